import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF, roles } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { CadreStub, HouseholdStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
import { recordActivity } from './activity.commands.ts';
import {
  Activity,
  ActivityAmendment,
  ActivityConnection,
  AmendedField,
  Demand,
  DemandConnection,
} from './activity.entity.ts';
import { ActivitiesArgs, DemandsArgs, RecordActivityInput } from './activity.inputs.ts';
import { AmendActivityInput, WithdrawActivityInput } from './amend-activity.inputs.ts';
import { withdrawActivity } from './withdraw-activity.commands.ts';
import { activities, amendmentsOf, demands, demandsOf, participantsOf } from './activity.queries.ts';
import { amendActivity } from './amend-activity.commands.ts';

@Resolver(() => Activity)
export class ActivityResolver {
  @Query(() => ActivityConnection, { nullable: true, description: '走访活动列表 · Activities, latest first.' })
  @Access(STAFF)
  activities(@Context() ctx: Ctx, @Args(() => ActivitiesArgs) args: ActivitiesArgs): Promise<Connection<Activity>> {
    return activities(ctx, args);
  }

  @Query(() => Activity, { nullable: true, description: '走访活动 · One activity by id; null when there is none.' })
  @Access(STAFF)
  activity(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Activity | undefined> {
    return byId(ctx, Activity, id);
  }

  @Mutation(() => Activity, {
    description: '记录走访 · Record what took place, with what was heard; each demand for a case opens exactly one.',
  })
  @Access(roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER'))
  recordActivity(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordActivityInput, { description: '内容 · What took place.' }) input: RecordActivityInput,
  ): Promise<Activity> {
    return recordActivity(ctx, input);
  }

  @Mutation(() => Activity, {
    description:
      '更正走访 · Amend what was recorded; what was before is kept. Only who recorded it or took part, for a limited time.',
  })
  @Access(roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER'))
  amendActivity(
    @Context() ctx: Ctx,
    @Arg('input', () => AmendActivityInput, { description: '内容 · What changes, and why.' }) input: AmendActivityInput,
  ): Promise<Activity> {
    return amendActivity(ctx, input);
  }

  @Mutation(() => Activity, {
    description:
      '撤销走访 · Withdraw an activity that did not take place, not on that day, or was recorded twice; its open cases and promises are withdrawn, its history stays.',
  })
  @Access(roles('CADRE', 'SUBDISTRICT', 'GRID_WORKER'))
  withdrawActivity(
    @Context() ctx: Ctx,
    @Arg('input', () => WithdrawActivityInput, { description: '内容 · Which activity, and why.' })
    input: WithdrawActivityInput,
  ): Promise<Activity> {
    return withdrawActivity(ctx, input);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '对象 · Where it took place.' })
  target(@Root() { targetId }: Activity, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, targetId);
  }

  @FieldResolver(() => ContactAssignment, {
    nullable: true,
    description: '定点联系 · The assignment under which it took place.',
  })
  assignment(@Root() { assignmentId }: Activity, @Context() ctx: Ctx): Promise<ContactAssignment | undefined> {
    return byId(ctx, ContactAssignment, assignmentId);
  }

  @FieldResolver(() => [CadreStub], { description: '参加干部 · Cadres who took part.' })
  async cadres(@Root() { id }: Activity, @Context() ctx: Ctx): Promise<CadreStub[]> {
    return (await participantsOf(ctx, id)).map((cadreId) => CadreStub.of(cadreId));
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '登记人 · The cadre who recorded it; null when it was no cadre, or it was brought in.',
  })
  recordedBy(@Root() { recordedById }: Activity): CadreStub | undefined {
    return recordedById ? CadreStub.of(recordedById) : undefined;
  }

  @FieldResolver(() => [Demand], { description: '诉求 · What was asked for or said, each with what became of it.' })
  demands(@Root() { id }: Activity, @Context() ctx: Ctx): Promise<Demand[]> {
    return demandsOf(ctx, id);
  }

  @FieldResolver(() => [ActivityAmendment], { description: '更正历史 · Its amendments, latest first.' })
  amendments(@Root() { id }: Activity, @Context() ctx: Ctx): Promise<ActivityAmendment[]> {
    return amendmentsOf(ctx, id);
  }
}

@Resolver(() => ActivityAmendment)
export class ActivityAmendmentResolver {
  @FieldResolver(() => CadreStub, { nullable: true, description: '更正人 · The cadre who amended; null for others.' })
  by(@Root() { byCadreId }: ActivityAmendment): CadreStub | undefined {
    return byCadreId ? CadreStub.of(byCadreId) : undefined;
  }

  @FieldResolver(() => [AmendedField], { description: '更正内容 · What it changed, with what was before.' })
  changes(@Root() { changed }: ActivityAmendment): AmendedField[] {
    return JSON.parse(changed) as AmendedField[];
  }
}

@Resolver(() => Demand)
export class DemandResolver {
  @Query(() => DemandConnection, { nullable: true, description: '诉求列表 · Demands, latest first.' })
  @Access(STAFF)
  demands(@Context() ctx: Ctx, @Args(() => DemandsArgs) args: DemandsArgs): Promise<Connection<Demand>> {
    return demands(ctx, args);
  }

  @Query(() => Demand, { nullable: true, description: '诉求 · One demand by id; null when there is none.' })
  @Access(STAFF)
  demand(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<Demand | undefined> {
    return byId(ctx, Demand, id);
  }

  @FieldResolver(() => Activity, { nullable: true, description: '走访活动 · Where it was heard.' })
  activity(@Root() { activityId }: Demand, @Context() ctx: Ctx): Promise<Activity | undefined> {
    return byId(ctx, Activity, activityId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '所在地 · The organization it concerns.' })
  area(@Root() { areaId }: Demand, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, areaId);
  }

  @FieldResolver(() => HouseholdStub, { nullable: true, description: '家庭 · The household it concerns, if one.' })
  household(@Root() { householdId }: Demand): HouseholdStub | undefined {
    return householdId ? HouseholdStub.of(householdId) : undefined;
  }
}
