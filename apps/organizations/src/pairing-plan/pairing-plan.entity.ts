import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import {
  pairingPlanChanged,
  pairingPlanConcluded,
  pairingPlanMade,
  pairingPlanReviewed,
  type Fact,
} from '@frontline/events';
import {
  Access,
  Aggregate,
  LocalDate,
  SAME_AS_PARENT,
  domainEnum,
  type Ctx,
  type Visibility,
} from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import type { Side } from '../branch-pairing/pairing-rules.ts';
import { planErrors } from './pairing-plan.errors.ts';
import { planLifecycle, planState, reviewableFrom, type PlanAction, type PlanState } from './plan-lifecycle.ts';

export const PlanStateEnum = domainEnum('PairingPlanState', '年度计划状态', 'Where the plan of a pairing stands.', {
  PLANNED: { zh: '已计划', en: 'Planned' },
  REVIEWED: { zh: '已总结', en: 'Reviewed', description: 'by one branch, to be concluded by the other' },
  CONCLUDED: { zh: '双方已确认', en: 'Concluded', description: 'by both branches; it changes no more' },
});

export const ItemOutcome = domainEnum('PlanItemOutcome', '事项完成情况', 'What became of an item of a plan.', {
  DONE: { zh: '已完成', en: 'Done' },
  NOT_DONE: { zh: '未完成', en: 'Not done', description: 'the note says why' },
});
export type ItemOutcome = keyof typeof ItemOutcome;

@ObjectType({ description: '计划事项 · One thing that two branches mean to do in a year, and what became of it.' })
@Access(SAME_AS_PARENT)
export class PairingPlanItem {
  @Field(() => Int, { description: '序号 · From 1 on, in its plan.' })
  number!: number;

  @Field({ description: '事项 · What is meant to be done, in words.' })
  what!: string;

  @Field(() => LocalDate, { description: '计划日期 · When.' })
  plannedOn!: string;

  @Field(() => ActivityKind, { nullable: true, description: '活动类别 · What is to take place, if it is an activity.' })
  activityKind?: ActivityKind | null;

  @Field(() => ItemOutcome, { nullable: true, description: '完成情况 · What became of it; null until it is reviewed.' })
  outcome?: ItemOutcome | null;

  @Field(() => LocalDate, { nullable: true, description: '完成日 · When it was done.' })
  doneOn?: string | null;

  @Field(() => String, { nullable: true, description: '说明 · How it was done, or why it was not.' })
  note?: string | null;

  /** The activity by which it was done. */
  activityId?: string | null;
}

/** What a review says of one item. */
export type ReviewedItem = Required<Pick<PairingPlanItem, 'outcome' | 'doneOn' | 'note' | 'activityId'>>;

@ObjectType({ description: '共建年度计划 · What two paired branches mean to do in a year, and their review of it.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
@Unique({ properties: ['pairingId', 'year'] })
export class PairingPlan extends Aggregate {
  @Property({ type: 'uuid' })
  pairingId!: string;

  @Field(() => Int, { description: '年度 · The year; a pairing has one plan for each.' })
  @Property({ type: 'integer' })
  year!: number;

  @Field(() => [PairingPlanItem], { description: '事项 · What they mean to do, in its order.' })
  @Property({ type: 'jsonb' })
  items!: PairingPlanItem[];

  @Field(() => LocalDate, { nullable: true, description: '总结日 · When the review was written that stands.' })
  @Property({ type: 'date', nullable: true })
  reviewedOn?: string | null;

  @Field(() => String, { nullable: true, description: '总结 · What the review says of the year as a whole.' })
  @Property({ type: 'text', nullable: true })
  reviewNote?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '支部确认日 · When the office, enterprise or institution branch concluded the review.',
  })
  @Property({ type: 'date', nullable: true })
  concludedByBranchOn?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '共建支部确认日 · When the community or two-new branch concluded the review.',
  })
  @Property({ type: 'date', nullable: true })
  concludedByPartnerOn?: string | null;

  /** What branches plan together is no secret among staff. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }

  get state(): PlanState {
    return planState(this);
  }

  /** The fact that it has been made. */
  made(): Fact {
    return pairingPlanMade.of({ ...factsOf(this), items: this.items.length });
  }

  /** Other items, while nobody has looked back on the year. */
  plan(items: PairingPlanItem[], field: string): Fact[] {
    refuseInState(this, 'CHANGE', field);
    this.items = items;
    return [pairingPlanChanged.of({ ...factsOf(this), items: items.length })];
  }

  /** One branch says what became of every item; that concludes it for this side, and the other is asked. */
  review(
    outcomes: readonly ReviewedItem[],
    note: string | null,
    { side, today, pairingEnds }: { side: Side; today: string; pairingEnds: string | null | undefined },
  ): Fact[] {
    refuseInState(this, 'REVIEW', 'input.planId');
    const from = reviewableFrom(this.year, pairingEnds);
    if (today < from) throw planErrors('pairingPlan.tooEarly', { from }, { field: 'input.planId' });
    this.items = this.items.map((item, at) => ({ ...item, ...outcomes[at] }));
    this.reviewNote = note;
    this.reviewedOn = today;
    this.concludedByBranchOn = side === 'BRANCH' ? today : null;
    this.concludedByPartnerOn = side === 'PARTNER' ? today : null;
    return [pairingPlanReviewed.of({ ...factsOf(this), by: side, ...countsOf(this) })];
  }

  /** The other branch concludes the review, which then stands for good. */
  conclude(side: Side, today: string): Fact[] {
    refuseInState(this, 'CONCLUDE', 'input.planId');
    const before = side === 'BRANCH' ? this.concludedByBranchOn : this.concludedByPartnerOn;
    if (before) throw planErrors('pairingPlan.concluded', { on: before }, { field: 'input.side' });
    if (side === 'BRANCH') this.concludedByBranchOn = today;
    else this.concludedByPartnerOn = today;
    return [pairingPlanConcluded.of({ ...factsOf(this), on: today, ...countsOf(this) })];
  }
}

/** Refuses what may not be done with a plan as it stands. */
function refuseInState(plan: PairingPlan, action: PlanAction, field: string): void {
  if (!planLifecycle[plan.state].includes(action))
    throw planErrors('pairingPlan.state', { state: plan.state, action }, { field });
}

const factsOf = ({ id: planId, pairingId, year }: PairingPlan) => ({ planId, pairingId, year });

const countsOf = ({ items }: PairingPlan) => ({
  items: items.length,
  done: items.filter(({ outcome }) => outcome === 'DONE').length,
});
