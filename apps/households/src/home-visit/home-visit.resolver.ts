import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { CadreStub } from '../directory/cadre-stub.ts';
import { caseOfDemand } from '../directory/case-of-demand.ts';
import { CaseStub } from '../directory/case-stub.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { READS_HOUSEHOLDS } from '../household/household-access.ts';
import { Household } from '../household/household.entity.ts';
import { disclosed } from '../household/unmasked-read.ts';
import { ServiceTeam } from '../service-team/service-team.entity.ts';
import { HomeVisit, HomeVisitConnection, HomeVisitDemand } from './home-visit.entity.ts';
import { RECORDS_HOME_VISITS, recordHomeVisit } from './home-visit.commands.ts';
import { HomeVisitsArgs, RecordHomeVisitInput } from './home-visit.inputs.ts';
import { demandsOf, homeVisits, homeVisitsUnder } from './home-visit.queries.ts';

@Resolver(() => HomeVisit)
export class HomeVisitResolver {
  @Query(() => HomeVisitConnection, {
    nullable: true,
    description: '上门走访列表 · Home visits that the caller may see, by role and place.',
  })
  @Access(READS_HOUSEHOLDS)
  homeVisits(@Context() ctx: Ctx, @Args(() => HomeVisitsArgs) args: HomeVisitsArgs): Promise<Connection<HomeVisit>> {
    return homeVisits(ctx, args);
  }

  @Query(() => HomeVisit, {
    nullable: true,
    description: '上门走访 · One home visit by id; null when there is none that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  homeVisit(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { description: '标识 · Id.' }) id: string,
  ): Promise<HomeVisit | undefined> {
    return byId(ctx, HomeVisit, id);
  }

  @Mutation(() => HomeVisit, {
    description:
      '记录上门走访 · Records a visit at a door with what was asked for; each demand with disposition CASE opens exactly one case.',
  })
  @Access(RECORDS_HOME_VISITS)
  recordHomeVisit(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordHomeVisitInput, { description: '内容 · What took place.' }) input: RecordHomeVisitInput,
  ): Promise<HomeVisit> {
    return recordHomeVisit(ctx, input);
  }

  @FieldResolver(() => Household, { nullable: true, description: '家庭 · The household that was visited.' })
  household(@Root() visit: HomeVisit, @Context() ctx: Ctx): Promise<Household | undefined> {
    return byId(ctx, Household, visit.householdId);
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '居民区 · Residential area of the visit.' })
  residentialArea(@Root() visit: HomeVisit): OrganizationStub {
    return OrganizationStub.of(visit.residentialAreaId);
  }

  @FieldResolver(() => ServiceTeam, { nullable: true, description: '服务团队 · The team that went, if one did.' })
  team(@Root() visit: HomeVisit, @Context() ctx: Ctx): Promise<ServiceTeam | undefined> {
    return byId(ctx, ServiceTeam, visit.teamId);
  }

  @FieldResolver(() => [CadreStub], { description: '走访干部 · The cadres who went.' })
  cadres(@Root() visit: HomeVisit): CadreStub[] {
    return visit.cadreIds.map((id) => CadreStub.of(id));
  }

  @FieldResolver(() => String, {
    name: 'findings',
    nullable: true,
    description: '走访情况 · What was found; null unless the caller sees this household’s personal data.',
  })
  findings(@Root() visit: HomeVisit, @Context() ctx: Ctx): Promise<string | undefined> {
    return disclosed<string | undefined>(ctx, visit, visit.findings, undefined);
  }

  @FieldResolver(() => [HomeVisitDemand], { description: '诉求 · What was asked for, in the order it was recorded.' })
  demands(@Root() visit: HomeVisit, @Context() ctx: Ctx): Promise<HomeVisitDemand[]> {
    return demandsOf(ctx, visit.id);
  }
}

@Resolver(() => HomeVisitDemand)
export class HomeVisitDemandResolver {
  @FieldResolver(() => String, {
    name: 'text',
    nullable: true,
    description: '诉求内容 · In somebody’s own words; null unless the caller sees this household’s personal data.',
  })
  text(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<string | undefined> {
    return spoken(ctx, demand, demand.text);
  }

  @FieldResolver(() => String, {
    name: 'outcome',
    nullable: true,
    description: '处置结果 · What was done on the spot, or the receipt of a transfer; null as for text.',
  })
  outcome(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<string | undefined> {
    return spoken(ctx, demand, demand.outcome ?? undefined);
  }

  @FieldResolver(() => HomeVisit, { nullable: true, description: '走访 · The visit at which it was said.' })
  homeVisit(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<HomeVisit | undefined> {
    return byId(ctx, HomeVisit, demand.homeVisitId);
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '区域 · Where what was asked for is to be done.',
  })
  area(@Root() demand: HomeVisitDemand): OrganizationStub {
    return OrganizationStub.of(demand.areaId);
  }

  @FieldResolver(() => Household, { nullable: true, description: '家庭 · The household that asks, if one does.' })
  household(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<Household | undefined> {
    return byId(ctx, Household, demand.householdId);
  }

  @FieldResolver(() => CaseStub, {
    nullable: true,
    description:
      '案件 · The case that was opened from this demand; null for other dispositions, and for the moment before it is.',
  })
  async case(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<CaseStub | undefined> {
    const opened = await caseOfDemand(ctx, demand.id);
    return opened && CaseStub.of(opened.id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      '案件编号 · Number of its case, from this service’s own copy: shown even while the cases service is down.',
  })
  async caseNumber(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<string | undefined> {
    return (await caseOfDemand(ctx, demand.id))?.number;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      '案件状态 · State of its case (a value of the cases service’s CaseState), from this service’s own copy.',
  })
  async caseState(@Root() demand: HomeVisitDemand, @Context() ctx: Ctx): Promise<string | undefined> {
    return (await caseOfDemand(ctx, demand.id))?.state;
  }
}

/** Words of a demand, as far as the caller sees the personal data of the household that was visited. */
async function spoken(ctx: Ctx, demand: HomeVisitDemand, words: string | undefined): Promise<string | undefined> {
  const visit = await byId(ctx, HomeVisit, demand.homeVisitId);
  if (!visit || words === undefined) return undefined;
  return disclosed<string | undefined>(ctx, visit, words, undefined);
}

@Resolver(() => Household)
export class HouseholdVisitsResolver {
  @FieldResolver(() => HomeVisitConnection, { nullable: true, description: '上门走访 · Visits to this household.' })
  visits(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Args(() => HomeVisitsArgs) args: HomeVisitsArgs,
  ): Promise<Connection<HomeVisit>> {
    return homeVisitsUnder(ctx, 't.household_id', household.id, args);
  }
}

@Resolver(() => ServiceTeam)
export class TeamVisitsResolver {
  @FieldResolver(() => HomeVisitConnection, {
    nullable: true,
    description: '上门走访 · Visits by this team that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  visits(
    @Root() team: ServiceTeam,
    @Context() ctx: Ctx,
    @Args(() => HomeVisitsArgs) args: HomeVisitsArgs,
  ): Promise<Connection<HomeVisit>> {
    return homeVisitsUnder(ctx, 't.team_id', team.id, args);
  }
}
