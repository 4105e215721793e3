import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { dutyReopened, type Fact } from '@frontline/events';
import { MEETS_RESIDENTS, STAFF, allows, placesFor, readsDistrict } from '@frontline/access';
import {
  Access,
  Aggregate,
  LocalDate,
  SAME_AS_PARENT,
  connectionOf,
  domainEnum,
  sql,
  type Ctx,
  type Sql,
  type Visibility,
} from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import { postsOf } from '../directory/cadre-copies.ts';
import { dutyState, type DutyState } from './duty-state.ts';

export const DutyStateEnum = domainEnum('DutyState', '任务状态', 'Where a duty stands on the day of asking.', {
  UPCOMING: { zh: '未到期', en: 'Upcoming' },
  DUE: { zh: '应完成', en: 'Due' },
  FULFILLED: { zh: '已完成', en: 'Fulfilled' },
  LATE: { zh: '逾期完成', en: 'Late' },
  MISSED: { zh: '未完成', en: 'Missed' },
  EXCUSED: { zh: '已核免', en: 'Excused', description: 'leaves the denominator of rates, and is shown beside them' },
  SUBSTITUTED: { zh: '代为完成', en: 'Substituted' },
});

export const OwedUnder = domainEnum('OwedUnder', '任务来源', 'What a duty is owed under.', {
  ASSIGNMENT: { zh: '定点联系', en: 'Contact assignment' },
  ASSISTANCE: { zh: '结对帮扶', en: 'Paired assistance', description: 'a care visit each month' },
  TELL_BACK: { zh: '反馈告知', en: 'Tell-back', description: 'telling somebody what came of what they said' },
});
export type OwedUnder = keyof typeof OwedUnder;

@ObjectType({ description: '核免 · Who excused a duty, why, and when.' })
@Access(SAME_AS_PARENT)
export class DutyExcuse {
  @Field({ description: '核免人 · Who excused it (a role or staff number).' })
  by!: string;

  @Field({ description: '理由 · Why.' })
  reason!: string;

  @Field(() => LocalDate, { description: '日期 · When.' })
  on!: string;
}

@ObjectType({
  description:
    '联系任务 · One occurrence that an assignment, a paired assistance or a tell-back owes. A duty is not a visit: one visit may fulfil several.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Duty extends Aggregate {
  @Field(() => OwedUnder, { description: '来源 · Under what it is owed.' })
  @Property({ type: 'text', default: 'ASSIGNMENT' })
  owedUnder: OwedUnder = 'ASSIGNMENT';

  /** What owes it: the assignment, the paired assistance or the tell-back. */
  @Property({ type: 'uuid', index: true })
  assignmentId!: string;

  /** Who answers for it: of an assignment the contactor when the duty was made, of an assistance the helper. */
  @Property({ type: 'uuid' })
  contactorId!: string;

  /** The cadre who stands in for the contactor, who is away when the window closes. */
  @Property({ type: 'uuid', nullable: true })
  substituteId?: string | null;

  /** An organization, or the household of an assistance. */
  @Property({ type: 'uuid' })
  targetId!: string;

  /** The organization in whose place it is owed: the target, or the residential area of its household. */
  @Property({ type: 'uuid' })
  placeId!: string;

  @Field(() => String, { description: '联系制度 · Code of the scheme that asks for it.' })
  @Property({ type: 'text' })
  scheme!: string;

  @Field(() => Int, { description: '制度版本 · Version of the scheme that made it.' })
  @Property({ type: 'integer' })
  schemeVersion!: number;

  @Field({ description: '任务规则 · Code of the scheme’s duty rule.' })
  @Property({ type: 'text' })
  dutyCode!: string;

  @Field(() => ActivityKind, { description: '活动 · What must take place.' })
  @Property({ type: 'text' })
  activity!: ActivityKind;

  @Field(() => LocalDate, { description: '起 · First day of the window.' })
  @Property({ type: 'date' })
  windowStart!: string;

  @Field(() => LocalDate, { description: '止 · Last day of the window.' })
  @Property({ type: 'date' })
  windowEnd!: string;

  /** The activity, the care visit, or the tell-back itself. */
  @Property({ type: 'uuid', nullable: true, index: true })
  fulfilledBy?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '完成日 · When it was fulfilled.' })
  @Property({ type: 'date', nullable: true })
  fulfilledOn?: string | null;

  /** Whether it was kept by somebody who stood in for the contactor. */
  @Property({ type: 'boolean', default: false })
  substituted = false;

  /** The outcome that others were told last. */
  @Property({ type: 'text', nullable: true })
  toldState?: DutyState | null;

  @Field(() => DutyExcuse, { nullable: true, description: '核免 · The excuse, if there is one.' })
  @Property({ type: 'jsonb', nullable: true })
  excuse?: DutyExcuse | null;

  /**
   * Everyone sees what they owe themselves, alone, together or as part of an organization, what they stand in for, and
   * what they kept; who has a place, what is owed there or by an organization there; who reads the whole district, all. Which households are assisted is not for departments.
   */
  static visibleTo(ctx: Ctx): Visibility {
    const { actor } = ctx;
    if (!allows(STAFF, actor)) return 'NONE';
    if (readsDistrict(actor)) return 'ALL';
    const cadreId = actor.kind === 'person' ? (actor.cadreId ?? null) : null;
    const below = (places: 'ALL' | string[]): Sql =>
      sql`(select op.descendant_id from organization_path op where op.ancestor_id = any(${places === 'ALL' ? [] : places}::uuid[]))`;
    const near = below(placesFor(actor, MEETS_RESIDENTS));
    const units = below(placesFor(actor, ['DEPARTMENT']));
    return sql`(t.contactor_id = ${cadreId} or t.substitute_id = ${cadreId}
      or t.assignment_id in (select a.id from contact_assignment a
        where ${cadreId}::text = any(a.co_contactor_ids::text[]) or ${cadreId}::text = any(a.liaison_ids::text[]))
      or t.contactor_id in (${postsOf(cadreId, ctx.today())})
      or t.fulfilled_by in (select ap.activity_id from activity_participant ap where ap.cadre_id = ${cadreId})
      or t.place_id in ${near} or t.contactor_id in ${near}
      or (t.owed_under <> 'ASSISTANCE' and (t.place_id in ${units} or t.contactor_id in ${units})))`;
  }

  /** Where it stands on a day (YYYY-MM-DD). */
  stateOn(today: string): DutyState {
    return dutyState({ ...this, excused: Boolean(this.excuse) }, today);
  }

  /** Something done has fulfilled it, kept by who answers for it or by who stood in for them; the first one counts. */
  fulfil(deedId: string, on: string, { substituted = false } = {}): void {
    if (this.fulfilledOn) return;
    this.fulfilledBy = deedId;
    this.fulfilledOn = on;
    this.substituted = substituted;
  }

  /** What was said to have fulfilled it has not: it is owed again. Others are told if they were told that it was kept. */
  reopen(): Fact[] {
    const { id: dutyId, owedUnder, assignmentId, toldState } = this;
    Object.assign(this, { fulfilledBy: null, fulfilledOn: null, substituted: false, toldState: null });
    return toldState ? [dutyReopened.of({ dutyId, owedUnder, assignmentId })] : [];
  }
}

export const DutyConnection = connectionOf(Duty, 'Duty', '联系任务');
