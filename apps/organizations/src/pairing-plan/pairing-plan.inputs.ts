import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { ActivityKind } from '../activity/activity-enums.ts';
import { PairingSide } from '../branch-pairing/branch-pairing.inputs.ts';
import type { Side } from '../branch-pairing/pairing-rules.ts';
import { ItemOutcome } from './pairing-plan.entity.ts';

@InputType({ description: '计划事项 · One thing that the two branches mean to do.' })
export class PlanItemInput {
  @Field({ description: '事项 · What, 1 to 200 characters; name no resident.' })
  what!: string;

  @Field(() => LocalDate, { description: '计划日期 · When: in the year of the plan, while the pairing holds.' })
  plannedOn!: string;

  @Field(() => ActivityKind, { nullable: true, description: '活动类别 · What is to take place, if it is an activity.' })
  activityKind?: ActivityKind | null;
}

@InputType()
abstract class BySide {
  @Field({
    description: '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same plan.',
  })
  idempotencyKey!: string;

  @Field(() => PairingSide, {
    nullable: true,
    description: '一方 · The branch for which you act; needed only if you speak for both.',
  })
  side?: Side | null;
}

@InputType()
abstract class PlanChange extends BySide {
  @Field(() => ID, { description: '计划 · The plan.' })
  planId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '年度计划 · The plan of a pairing for a year.' })
export class MakePairingPlanInput extends BySide {
  @Field(() => ID, { description: '结对 · The pairing.' })
  pairingId!: string;

  @Field(() => Int, { description: '年度 · This year or the next.' })
  year!: number;

  @Field(() => [PlanItemInput], { description: '事项 · 1 to 24 things.' })
  items!: PlanItemInput[];
}

@InputType({ description: '调整计划 · All items of a plan, not only new ones.' })
export class ChangePairingPlanInput extends PlanChange {
  @Field(() => [PlanItemInput], { description: '事项 · 1 to 24 things.' })
  items!: PlanItemInput[];
}

@InputType({ description: '事项完成情况 · What became of one item.' })
export class PlanItemOutcomeInput {
  @Field(() => Int, { description: '序号 · Number of the item.' })
  number!: number;

  @Field(() => ItemOutcome, { description: '完成情况 · What became of it.' })
  outcome!: ItemOutcome;

  @Field(() => ID, { nullable: true, description: '活动 · The activity by which it was done.' })
  activityId?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: '完成日 · When it was done; that of the activity when absent.',
  })
  doneOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: '说明 · How it was done, or why it was not, up to 500 characters; name no resident.',
  })
  note?: string | null;
}

@InputType({ description: '年度总结 · What became of every item of a plan.' })
export class ReviewPairingPlanInput extends PlanChange {
  @Field(() => [PlanItemOutcomeInput], { description: '完成情况 · Of each item, once.' })
  outcomes!: PlanItemOutcomeInput[];

  @Field(() => String, {
    nullable: true,
    description: '总结 · On the year as a whole, up to 2000 characters; name no resident.',
  })
  note?: string | null;
}

@InputType({ description: '确认总结 · That the other branch’s review stands.' })
export class ConcludePairingReviewInput extends PlanChange {}
