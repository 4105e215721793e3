import { Arg, Ctx as Context, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, manyBy, sql, type Ctx } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { BranchPairing } from '../branch-pairing/branch-pairing.entity.ts';
import {
  changePairingPlan,
  concludePairingReview,
  makePairingPlan,
  reviewPairingPlan,
} from './pairing-plan.commands.ts';
import { PairingPlan, PairingPlanItem, PlanStateEnum } from './pairing-plan.entity.ts';
import {
  ChangePairingPlanInput,
  ConcludePairingReviewInput,
  MakePairingPlanInput,
  ReviewPairingPlanInput,
} from './pairing-plan.inputs.ts';
import type { PlanState } from './plan-lifecycle.ts';

/** Roles in which somebody can speak for a branch; for which one is decided by place and post. */
const SPEAKS_FOR_BRANCHES = roles('CADRE', 'DEPARTMENT', 'SUBDISTRICT', 'GRID_WORKER');

@Resolver(() => PairingPlan)
export class PairingPlanResolver {
  @Query(() => PairingPlan, { nullable: true, description: '共建年度计划 · One plan by id; null when there is none.' })
  @Access(STAFF)
  pairingPlan(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<PairingPlan | undefined> {
    return byId(ctx, PairingPlan, id);
  }

  @Mutation(() => PairingPlan, { description: '制定年度计划 · Say what two paired branches mean to do in a year.' })
  @Access(SPEAKS_FOR_BRANCHES)
  makePairingPlan(
    @Context() ctx: Ctx,
    @Arg('input', () => MakePairingPlanInput, { description: '内容 · Which year, what, when.' })
    input: MakePairingPlanInput,
  ): Promise<PairingPlan> {
    return makePairingPlan(ctx, input);
  }

  @Mutation(() => PairingPlan, { description: '调整年度计划 · Change a plan that has not been reviewed.' })
  @Access(SPEAKS_FOR_BRANCHES)
  changePairingPlan(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangePairingPlanInput, { description: '内容 · All its items.' }) input: ChangePairingPlanInput,
  ): Promise<PairingPlan> {
    return changePairingPlan(ctx, input);
  }

  @Mutation(() => PairingPlan, {
    description: '年度总结 · Say what became of every item; the other branch then concludes it, or writes it anew.',
  })
  @Access(SPEAKS_FOR_BRANCHES)
  reviewPairingPlan(
    @Context() ctx: Ctx,
    @Arg('input', () => ReviewPairingPlanInput, { description: '内容 · What was done, and what was not.' })
    input: ReviewPairingPlanInput,
  ): Promise<PairingPlan> {
    return reviewPairingPlan(ctx, input);
  }

  @Mutation(() => PairingPlan, {
    description: '确认总结 · Conclude the other branch’s review; it then stands for good.',
  })
  @Access(SPEAKS_FOR_BRANCHES)
  concludePairingReview(
    @Context() ctx: Ctx,
    @Arg('input', () => ConcludePairingReviewInput, { description: '内容 · Which.' })
    input: ConcludePairingReviewInput,
  ): Promise<PairingPlan> {
    return concludePairingReview(ctx, input);
  }

  @FieldResolver(() => PlanStateEnum, { description: '状态 · Where it stands.' })
  state(@Root() plan: PairingPlan): PlanState {
    return plan.state;
  }

  @FieldResolver(() => BranchPairing, { nullable: true, description: '结对 · Of which pairing.' })
  pairing(@Root() { pairingId }: PairingPlan, @Context() ctx: Ctx): Promise<BranchPairing | undefined> {
    return byId(ctx, BranchPairing, pairingId);
  }
}

@Resolver(() => PairingPlanItem)
export class PairingPlanItemResolver {
  @FieldResolver(() => Activity, {
    nullable: true,
    description: '活动 · The activity by which it was done, as far as you may see it.',
  })
  activity(@Root() { activityId }: PairingPlanItem, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, activityId);
  }
}

@Resolver(() => BranchPairing)
export class PlannedPairingResolver {
  @FieldResolver(() => [PairingPlan], { nullable: true, description: '年度计划 · Its plans, latest year first.' })
  @Access(STAFF)
  plans(
    @Root() { id }: BranchPairing,
    @Context() ctx: Ctx,
    @Arg('year', () => Int, { nullable: true, description: '年度 · Only that of this year.' }) year?: number,
  ): Promise<PairingPlan[]> {
    return manyBy(ctx, PairingPlan, 'pairingId', id, {
      where: [year === undefined || year === null ? undefined : sql`t.year = ${year}`],
      order: [['t.year', 'desc']],
    });
  }
}
