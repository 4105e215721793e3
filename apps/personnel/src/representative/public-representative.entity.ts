import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import {
  publicRepresentativeEnded,
  publicRepresentativeRegistered,
  type Fact,
  type RecordOf,
  type publicRepresentativeRecord,
} from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  SealedType,
  connectionOf,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { checkedPeriod } from '../cadre/cadre.errors.ts';
import { overlap, type Period } from '../effective/timeline.ts';
import { representativeErrors } from './public-representative.errors.ts';

export const RepresentativeKind = domainEnum(
  'RepresentativeKind',
  '代表类别',
  'Which of the “two delegates and one member” somebody is.',
  {
    PARTY_DELEGATE: { zh: '党代表', en: 'Party delegate' },
    CONGRESS_DEPUTY: { zh: '人大代表', en: 'People’s-congress deputy' },
    CPPCC_MEMBER: { zh: '政协委员', en: 'CPPCC member' },
  },
);
export type RepresentativeKind = keyof typeof RepresentativeKind;

export const RepresentativeLevel = domainEnum(
  'RepresentativeLevel',
  '代表层级',
  'At which level somebody represents.',
  {
    MUNICIPAL: { zh: '市级', en: 'Municipal' },
    DISTRICT: { zh: '区级', en: 'District' },
  },
);
export type RepresentativeLevel = keyof typeof RepresentativeLevel;

/** Why a term ended before its time; ASSUMED. */
export const TermEndReason = domainEnum('TermEndReason', '任期提前结束原因', 'Why a term ended before its time.', {
  RESIGNED: { zh: '辞职', en: 'Resigned' },
  RECALLED: { zh: '罢免或撤销资格', en: 'Recalled' },
  MOVED_AWAY: { zh: '调离', en: 'Moved away' },
  DIED: { zh: '去世', en: 'Died' },
  OTHER: { zh: '其他', en: 'Another reason' },
});
export type TermEndReason = keyof typeof TermEndReason;

@ObjectType({ description: '两代表一委员 · A party delegate, people’s-congress deputy or CPPCC member, for a term.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class PublicRepresentative extends Aggregate {
  /** Personal data: read through the resolver, which masks it. */
  @Property({ type: SealedType })
  name!: string;

  /** For exact search; see `personalDataCipher().blindIndex`. */
  @Property({ type: 'text', index: true })
  nameIndex!: string;

  /** The cadre who is this representative, if one is. */
  @Property({ type: 'uuid', nullable: true, index: true })
  cadreId?: string | null;

  @Field(() => RepresentativeKind, { description: '类别 · Delegate, deputy or member.' })
  @Property({ type: 'text' })
  kind!: RepresentativeKind;

  @Field(() => RepresentativeLevel, { description: '层级 · Municipal or district.' })
  @Property({ type: 'text' })
  level!: RepresentativeLevel;

  @Field(() => LocalDate, { description: '任期起 · First day of the term.' })
  @Property({ type: 'date' })
  termFrom!: string;

  @Field(() => LocalDate, { nullable: true, description: '任期止 · First day after the term.' })
  @Property({ type: 'date', nullable: true })
  termUntil?: string | null;

  /** The organization whose people elected this representative. */
  @Property({ type: 'uuid', nullable: true, index: true })
  constituencyId?: string | null;

  /** The term before, which this one continues. */
  @Property({ type: 'uuid', nullable: true, unique: true })
  previousId?: string | null;

  @Field(() => TermEndReason, {
    nullable: true,
    description: '提前结束原因 · Why the term ended before its time, if it did.',
  })
  @Property({ type: 'text', nullable: true })
  endReason?: TermEndReason | null;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }

  get term(): Period {
    return { from: this.termFrom, until: this.termUntil ?? undefined };
  }

  /** Begins a term, after those that the same person has held of the same kind and level. */
  register(others: readonly PublicRepresentative[]): Fact[] {
    checkedPeriod(this.termFrom, this.termUntil, 'input.termUntil');
    if (this.kind === 'CPPCC_MEMBER' && this.constituencyId)
      throw representativeErrors('representative.constituency', {}, { field: 'input.constituencyId' });
    const other = others.find(
      (each) => each.kind === this.kind && each.level === this.level && overlap(each.term, this.term),
    );
    if (other)
      throw representativeErrors('representative.termsOverlap', { from: other.termFrom }, { field: 'input.termFrom' });
    const { previousId } = this;
    return [publicRepresentativeRegistered.of({ ...(previousId && { previousId }), record: this.record() })];
  }

  /** Ends the term before its time; `on` is the first day without it. */
  end(on: string, reason: TermEndReason): Fact[] {
    if (on <= this.termFrom || (this.termUntil && this.termUntil <= on))
      throw representativeErrors(
        'representative.outsideTerm',
        { from: this.termFrom, until: this.termUntil ?? '…' },
        { field: 'input.on' },
      );
    this.termUntil = on;
    this.endReason = reason;
    return [publicRepresentativeEnded.of({ on, reason, record: this.record() })];
  }

  /** What other services copy; no name. */
  record(): RecordOf<typeof publicRepresentativeRecord> {
    const { id, cadreId, kind, level, constituencyId, termFrom, termUntil } = this;
    return {
      id,
      kind,
      level,
      from: termFrom,
      ...(cadreId && { cadreId }),
      ...(constituencyId && { constituencyId }),
      ...(termUntil && { until: termUntil }),
    };
  }
}

export const PublicRepresentativeConnection = connectionOf(
  PublicRepresentative,
  'PublicRepresentative',
  '两代表一委员',
);
