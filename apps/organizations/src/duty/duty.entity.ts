import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
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
import { ActivityKind } from '../activity/activity-enums.ts';
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
    '联系任务 · One occurrence that an assignment owes. A duty is not a visit: one visit may fulfil several.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Duty extends Aggregate {
  @Property({ type: 'uuid', index: true })
  assignmentId!: string;

  /** The answering contactor of the assignment when the duty was made. */
  @Property({ type: 'uuid' })
  contactorId!: string;

  /** The cadre who stands in for the contactor, who is away when the window closes. */
  @Property({ type: 'uuid', nullable: true })
  substituteId?: string | null;

  @Property({ type: 'uuid' })
  targetId!: string;

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

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }

  /** Where it stands on a day (YYYY-MM-DD). */
  stateOn(today: string): DutyState {
    return dutyState({ ...this, excused: Boolean(this.excuse) }, today);
  }

  /** An activity has fulfilled it, kept by the contactor or by who stood in for them; the first one counts. */
  fulfil(activityId: string, on: string, { substituted = false } = {}): void {
    if (this.fulfilledOn) return;
    this.fulfilledBy = activityId;
    this.fulfilledOn = on;
    this.substituted = substituted;
  }
}

export const DutyConnection = connectionOf(Duty, 'Duty', '联系任务');
