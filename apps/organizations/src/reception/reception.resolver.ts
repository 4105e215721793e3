import {
  Arg,
  Args,
  Ctx as Context,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { roles, SIGNED_IN, STAFF } from '@frontline/access';
import { Access, byId, SAME_AS_PARENT, type Connection, type Ctx } from '@frontline/platform';
import { Activity } from '../activity/activity.entity.ts';
import { CadreStub, RepresentativeStub } from '../directory/foreign-types.ts';
import { Organization } from '../organization/organization.entity.ts';
import { amendReceivers } from './amend-receivers.commands.ts';
import { holdReception } from './hold-reception.commands.ts';
import { planReceptions } from './plan-receptions.commands.ts';
import { ReceptionDay, ReceptionDayConnection, ReceptionSeat, ReceptionState } from './reception-day.entity.ts';
import { cancelReception, moveReception, swapReceptions } from './reception.commands.ts';
import {
  CancelReceptionInput,
  AmendReceiversInput,
  HoldReceptionInput,
  MoveReceptionInput,
  PlanReceptionsInput,
  ReceptionsArgs,
  SwapReceptionsInput,
} from './reception.inputs.ts';
import { receptionHours } from './reception-policy.ts';
import { raisedAt, receptionDays, receptionDaysUnder, seatsOf } from './reception.queries.ts';

@ObjectType({ description: '编排结果 · A year’s receptions, and how fair its rota is.' })
@Access(SAME_AS_PARENT)
export class PlannedReceptionsResult {
  @Field(() => Int, { description: '年度 · The calendar year.' })
  year!: number;

  @Field(() => Int, { description: '新增 · Receptions that were missing.' })
  added!: number;

  @Field(() => Int, { description: '调整 · Receptions that got another day or place by the schedule.' })
  changed!: number;

  @Field(() => Int, { description: '取消 · Receptions that the schedule no longer asks for.' })
  cancelled!: number;

  @Field(() => Int, { description: '席位 · Seats of the whole year, past receptions included.' })
  seats!: number;

  @Field(() => Int, { description: '空缺 · Seats ahead that nobody can take.' })
  vacant!: number;

  @Field(() => Int, { description: '最少次数 · Fewest seats of anybody who could come to one of the receptions.' })
  fewest!: number;

  @Field(() => Int, {
    description:
      '最多次数 · Most seats of anybody; more than one above the fewest only where absences or terms leave no choice.',
  })
  most!: number;

  @Field(() => [Organization], {
    description: '无场所 · Subdistricts with no service centre, or no community, to receive people at.',
  })
  withoutVenue!: Organization[];
}

@ObjectType({ description: '接待记录 · What came of a reception.' })
@Access(SAME_AS_PARENT)
export class ReceptionSession {
  @Field(() => Date, { description: '时间 · When it began.' })
  heldAt!: Date;

  @Field(() => Int, { description: '诉求数 · How many demands were raised.' })
  raised!: number;

  @Field(() => Activity, {
    nullable: true,
    description: '走访活动 · The activity with what was raised; null for those who may not read it.',
  })
  activity?: Activity | undefined;
}

@Resolver(() => ReceptionDay)
export class ReceptionDayResolver {
  @Query(() => ReceptionDayConnection, { nullable: true, description: '接待日列表 · Receptions, earliest first.' })
  @Access(SIGNED_IN)
  receptionDays(
    @Context() ctx: Ctx,
    @Args(() => ReceptionsArgs) args: ReceptionsArgs,
  ): Promise<Connection<ReceptionDay>> {
    return receptionDays(ctx, args);
  }

  @Query(() => ReceptionDay, { nullable: true, description: '接待日 · One reception by id; null when there is none.' })
  @Access(SIGNED_IN)
  receptionDay(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<ReceptionDay | undefined> {
    return byId(ctx, ReceptionDay, id);
  }

  @Mutation(() => PlannedReceptionsResult, {
    description:
      '编排接待 · Plans the receptions of a year that lie ahead by the contact scheme, and makes a fair rota of party delegates. The rota mends itself every day as absences and terms change; asking again does no harm.',
  })
  @Access(roles('FRONTLINE_OFFICE'))
  async planReceptions(
    @Context() ctx: Ctx,
    @Arg('input', () => PlanReceptionsInput, { description: '内容 · Which year.' }) input: PlanReceptionsInput,
  ): Promise<PlannedReceptionsResult> {
    const { withoutVenueIds, ...planned } = await planReceptions(ctx, input);
    const withoutVenue = await Promise.all(withoutVenueIds.map((id) => byId(ctx, Organization, id)));
    return { ...planned, withoutVenue: withoutVenue.filter((each) => each !== undefined) };
  }

  @Mutation(() => ReceptionDay, {
    description: '调换接待 · Two delegates who agreed on it receive in each other’s place.',
  })
  @Access(roles('FRONTLINE_OFFICE', 'SUBDISTRICT', 'CADRE'))
  swapReceptions(
    @Context() ctx: Ctx,
    @Arg('input', () => SwapReceptionsInput, { description: '内容 · Which two seats.' }) input: SwapReceptionsInput,
  ): Promise<ReceptionDay> {
    return swapReceptions(ctx, input);
  }

  @Mutation(() => ReceptionDay, { description: '接待改期 · Put a planned reception on another day.' })
  @Access(roles('FRONTLINE_OFFICE', 'SUBDISTRICT'))
  moveReception(
    @Context() ctx: Ctx,
    @Arg('input', () => MoveReceptionInput, { description: '内容 · Which, to when, and why.' })
    input: MoveReceptionInput,
  ): Promise<ReceptionDay> {
    return moveReception(ctx, input);
  }

  @Mutation(() => ReceptionDay, { description: '取消接待 · Cancel a planned reception.' })
  @Access(roles('FRONTLINE_OFFICE', 'SUBDISTRICT'))
  cancelReception(
    @Context() ctx: Ctx,
    @Arg('input', () => CancelReceptionInput, { description: '内容 · Which, and why.' }) input: CancelReceptionInput,
  ): Promise<ReceptionDay> {
    return cancelReception(ctx, input);
  }

  @Mutation(() => ReceptionDay, {
    description:
      '更正到场代表 · Correct who received at a reception that was recorded; what was before is kept with its activity. Only who recorded it or took part, for a limited time.',
  })
  @Access(roles('CADRE', 'SUBDISTRICT'))
  amendReceivers(
    @Context() ctx: Ctx,
    @Arg('input', () => AmendReceiversInput, { description: '内容 · Which, who, and why.' }) input: AmendReceiversInput,
  ): Promise<ReceptionDay> {
    return amendReceivers(ctx, input);
  }

  @Mutation(() => ReceptionDay, {
    description: '登记接待 · Record that a reception was held, with what was raised; each demand for a case opens one.',
  })
  @Access(roles('CADRE', 'SUBDISTRICT'))
  holdReception(
    @Context() ctx: Ctx,
    @Arg('input', () => HoldReceptionInput, { description: '内容 · Which, and what was heard.' })
    input: HoldReceptionInput,
  ): Promise<ReceptionDay> {
    return holdReception(ctx, input);
  }

  @FieldResolver(() => ReceptionState, { description: '状态 · Where it stands today.' })
  state(@Root() day: ReceptionDay, @Context() ctx: Ctx): ReceptionState {
    return day.stateOn(ctx.today());
  }

  @FieldResolver(() => Date, { description: '开始时间 · From when people are received, by the district’s policy.' })
  opensAt(@Root() { date }: ReceptionDay): Date {
    return receptionHours(date).opensAt;
  }

  @FieldResolver(() => Date, { description: '结束时间 · Until when people are received, by the district’s policy.' })
  closesAt(@Root() { date }: ReceptionDay): Date {
    return receptionHours(date).closesAt;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: '地点 · The service centre, or the residential area where people are received.',
  })
  venue(@Root() { venueId }: ReceptionDay, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, venueId);
  }

  @FieldResolver(() => Organization, { nullable: true, description: '街镇 · The subdistrict or town.' })
  subdistrict(@Root() { subdistrictId }: ReceptionDay, @Context() ctx: Ctx): Promise<Organization | undefined> {
    return byId(ctx, Organization, subdistrictId);
  }

  @FieldResolver(() => [ReceptionSeat], { nullable: true, description: '接待席位 · Who receives, in order of seats.' })
  @Access(STAFF)
  receivers(@Root() { id }: ReceptionDay, @Context() ctx: Ctx): Promise<ReceptionSeat[]> {
    return seatsOf(ctx, id);
  }

  @FieldResolver(() => ReceptionSession, {
    nullable: true,
    description: '接待记录 · What came of it; null until recorded.',
  })
  @Access(STAFF)
  async session(
    @Root() { activityId, heldAt }: ReceptionDay,
    @Context() ctx: Ctx,
  ): Promise<ReceptionSession | undefined> {
    if (!activityId || !heldAt) return undefined;
    const [raised, activity] = await Promise.all([raisedAt(ctx, activityId), byId(ctx, Activity, activityId)]);
    return { heldAt, raised, activity };
  }
}

@Resolver(() => ReceptionSeat)
export class ReceptionSeatResolver {
  @FieldResolver(() => RepresentativeStub, {
    nullable: true,
    description: '代表 · Who receives; null while nobody can.',
  })
  representative(@Root() { representativeId }: ReceptionSeat): RepresentativeStub | undefined {
    return representativeId ? RepresentativeStub.of(representativeId) : undefined;
  }

  @FieldResolver(() => CadreStub, {
    nullable: true,
    description: '干部 · The cadre who is that representative, if one is.',
  })
  cadre(@Root() { cadreId }: ReceptionSeat): CadreStub | undefined {
    return cadreId ? CadreStub.of(cadreId) : undefined;
  }
}

@Resolver(() => RepresentativeStub)
export class RepresentativeReceptionsResolver {
  @FieldResolver(() => ReceptionDayConnection, {
    nullable: true,
    description: '接待日 · Receptions at which this representative receives, earliest first.',
  })
  receptions(
    @Root() { id }: RepresentativeStub,
    @Context() ctx: Ctx,
    @Args(() => ReceptionsArgs) args: ReceptionsArgs,
  ): Promise<Connection<ReceptionDay>> {
    return receptionDaysUnder(ctx, 'representative', id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreReceptionsResolver {
  @FieldResolver(() => ReceptionDayConnection, {
    nullable: true,
    description: '接待日 · Receptions at which this cadre receives as a delegate, earliest first.',
  })
  receptions(
    @Root() { id }: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => ReceptionsArgs) args: ReceptionsArgs,
  ): Promise<Connection<ReceptionDay>> {
    return receptionDaysUnder(ctx, 'cadre', id, args);
  }
}

@Resolver(() => Organization)
export class OrganizationReceptionsResolver {
  @FieldResolver(() => ReceptionDayConnection, {
    nullable: true,
    description: '接待日 · Receptions of this subdistrict or town, earliest first.',
  })
  receptions(
    @Root() { id }: Organization,
    @Context() ctx: Ctx,
    @Args(() => ReceptionsArgs) args: ReceptionsArgs,
  ): Promise<Connection<ReceptionDay>> {
    return receptionDaysUnder(ctx, 'subdistrict', id, args);
  }
}
