import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import {
  contactAssignmentEnded,
  contactAssignmentLiaisonsChanged,
  contactAssignmentMade,
  type contactAssignmentRecord,
  type Fact,
  type RecordOf,
} from '@frontline/events';
import { SIGNED_IN, allows } from '@frontline/access';
import {
  Access,
  Aggregate,
  LocalDate,
  SAME_AS_PARENT,
  connectionOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { ContactorKind } from '../contact-scheme/contact-scheme.entity.ts';
import { CadreStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
import { formerFrom, type FormerLiaisons } from './assignment-eligibility.ts';

export const ContactTargetKind = domainEnum('ContactTargetKind', '联系对象类别', 'What is contacted.', {
  ORGANIZATION: { zh: '单位', en: 'Organization' },
  PATCH: { zh: '片', en: 'Patch', description: 'residential areas that a group holds together' },
});
export type ContactTargetKind = keyof typeof ContactTargetKind;

@ObjectType({ description: '联系主体 · Who contacts: a cadre or an organization.' })
@Access(SAME_AS_PARENT)
export class Contactor {
  @Field(() => ID, { description: '标识 · Id of the cadre or organization.' })
  id!: string;

  @Field(() => ContactorKind, { description: '类别 · Which of the two.' })
  kind!: ContactorKind;

  @Field(() => CadreStub, { nullable: true, description: '干部 · The cadre, if it is one.' })
  cadre?: CadreStub;

  @Field(() => Organization, { nullable: true, description: '单位 · The organization, if it is one.' })
  organization?: Organization;
}

@ObjectType({ description: '定点联系 · Contactors fixed to a target under a scheme, for a time.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
@Entity()
export class ContactAssignment extends Aggregate {
  @Field({ description: '联系制度 · Code of the scheme.' })
  @Property({ type: 'text' })
  scheme!: string;

  @Property({ type: 'text' })
  contactorKind!: ContactorKind;

  /** The first contactor, who answers for the assignment. */
  @Property({ type: 'uuid', index: true })
  contactorId!: string;

  /** Others who hold it together with the first (a group of leaders). */
  @Property({ type: 'array', columnType: 'uuid[]' })
  coContactorIds: string[] = [];

  @Property({ type: 'uuid', index: true })
  targetId!: string;

  @Field(() => ContactTargetKind, { description: '对象类别 · Whether an organization or a patch is contacted.' })
  @Property({ type: 'text', default: 'ORGANIZATION' })
  targetKind: ContactTargetKind = 'ORGANIZATION';

  /** The organization in whose place the target is: the target itself, or the subdistrict of the patch. */
  @Property({ type: 'uuid' })
  placeId!: string;

  /** Who goes along now; see `liaisonsOn` for another day. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  liaisonIds: string[] = [];

  /** Who went along before, in the order of days. */
  @Property({ type: 'jsonb', default: '[]' })
  formerLiaisons: FormerLiaisons[] = [];

  /** Who goes along no more since they were to leave the service, with that day; nobody once others were chosen by hand. */
  @Property({ type: 'jsonb', default: '[]' })
  liaisonsLeft: { id: string; on: string }[] = [];

  @Field(() => LocalDate, { name: 'from', description: '起始日 · First day.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => LocalDate, {
    name: 'until',
    nullable: true,
    description: '截止日 · First day on which it no longer holds.',
  })
  @Property({ type: 'date', nullable: true })
  validTo?: string | null;

  /** Why it ended, as its event says it; nothing while no end was recorded here. */
  @Property({ type: 'text', nullable: true })
  endReason?: string | null;

  /** When it was to end before that; nothing where it was open. */
  @Property({ type: 'date', nullable: true })
  plannedUntil?: string | null;

  /** The one that this one goes on for: it changed hands, followed a merger, lost one of a group, or ended without an heir. */
  @Property({ type: 'uuid', nullable: true, index: true })
  continuesId?: string | null;

  @Field({ description: '缘由 · Why it was made.' })
  @Property({ type: 'text' })
  reason!: string;

  /** Who contacts whom is public to everyone who is signed in: residents are to know their contact. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }

  /** Every contactor, the answering one first. */
  get contactorIds(): string[] {
    return [this.contactorId, ...this.coContactorIds];
  }

  /** The fact that it has been made. */
  made(): Fact {
    return contactAssignmentMade.of({ record: this.record() });
  }

  /** Ends it on a day, or lets it never begin; nothing comes of it where it ends then or earlier already. */
  end(on: string, reason: string): Fact[] {
    const day = on < this.validFrom ? this.validFrom : on;
    if (this.validTo && this.validTo <= day) return [];
    if (!this.endReason) this.plannedUntil = this.validTo ?? null;
    this.endReason = reason;
    this.validTo = day;
    return [contactAssignmentEnded.of({ on: day, reason, record: this.record() })];
  }

  /** Says who goes along from a day on, today or the first one; who went along before stays on record, and so does who `left`. */
  goAlong(liaisonIds: readonly string[], day: string, left: ContactAssignment['liaisonsLeft'] = []): Fact[] {
    this.formerLiaisons = formerFrom(this, day);
    this.liaisonIds = [...liaisonIds];
    this.liaisonsLeft = left;
    return [contactAssignmentLiaisonsChanged.of({ record: this.record() })];
  }

  /** What this one is from a day on, where something is otherwise: one of its own; none without a contactor. */
  continued(
    day: string,
    otherwise: {
      contactorIds?: readonly string[];
      targetId?: string;
      placeId?: string;
      liaisonIds?: readonly string[];
      liaisonsLeft?: ContactAssignment['liaisonsLeft'];
    },
  ): ContactAssignment | undefined {
    const { scheme, contactorKind, targetKind, validTo, reason } = this;
    const [contactorId, ...coContactorIds] = otherwise.contactorIds ?? this.contactorIds;
    if (!contactorId) return undefined;
    return Object.assign(new ContactAssignment(), {
      scheme,
      contactorKind,
      contactorId,
      coContactorIds,
      targetId: otherwise.targetId ?? this.targetId,
      targetKind,
      placeId: otherwise.placeId ?? this.placeId,
      liaisonIds: [...(otherwise.liaisonIds ?? this.liaisonIds)],
      liaisonsLeft: otherwise.liaisonsLeft ?? [],
      validFrom: day,
      validTo: validTo ?? null,
      continuesId: this.id,
      reason,
    });
  }

  /** What others copy of this assignment. */
  record(): RecordOf<typeof contactAssignmentRecord> {
    const { id, scheme, contactorKind, contactorIds, targetId, targetKind, liaisonIds, validFrom, validTo } = this;
    return {
      id,
      scheme,
      contactorKind,
      contactorIds,
      targetId,
      ...(targetKind === 'PATCH' && { targetKind }),
      liaisonIds,
      from: validFrom,
      ...(validTo && { until: validTo }),
    };
  }
}

export const ContactAssignmentConnection = connectionOf(ContactAssignment, 'ContactAssignment', '定点联系');
