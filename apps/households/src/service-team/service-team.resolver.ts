import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, byId, LocalDate, type Connection, type Ctx } from '@frontline/platform';
import { areaOn } from '../area-succession/area-on.ts';
import { CadreStub } from '../directory/cadre-stub.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { Grid } from '../grid/grid.entity.ts';
import { READS_HOUSEHOLDS } from '../household/household-access.ts';
import { Household } from '../household/household.entity.ts';
import { oneByIdOrCode } from '../one-by-code.ts';
import { ServiceTeam, ServiceTeamConnection } from './service-team.entity.ts';
import { ServiceTeamParticipantConnection, type ServiceTeamParticipant } from './service-team-participant.entity.ts';
import { OnDayArgs, ServiceTeamsArgs } from './service-team.inputs.ts';
import { participantsOf, serviceTeams, teamsIn, teamsOfCadre, teamsOfGrid } from './service-team.queries.ts';

@Resolver(() => ServiceTeam)
export class ServiceTeamResolver {
  @Query(() => ServiceTeamConnection, { nullable: true, description: '服务团队列表 · Service teams of the district.' })
  @Access(STAFF)
  serviceTeams(
    @Context() ctx: Ctx,
    @Args(() => ServiceTeamsArgs) args: ServiceTeamsArgs,
  ): Promise<Connection<ServiceTeam>> {
    return serviceTeams(ctx, args);
  }

  @Query(() => ServiceTeam, {
    nullable: true,
    description: '服务团队 · One service team, by id or by code; null when there is none.',
  })
  @Access(STAFF)
  serviceTeam(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('code', () => String, { nullable: true, description: '编码 · Code.' }) code?: string,
  ): Promise<ServiceTeam | undefined> {
    return oneByIdOrCode(ctx, ServiceTeam, id, code);
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '居民区 · The residential area that the team works in.',
  })
  residentialArea(
    @Root() team: ServiceTeam,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; now when absent.' })
    on?: string,
  ): Promise<OrganizationStub> {
    return areaOn(ctx, team, on);
  }

  @FieldResolver(() => [Grid], {
    description: '所服务网格 · The grids this team serves; empty when it serves the whole residential area.',
  })
  async grids(@Root() team: ServiceTeam, @Context() ctx: Ctx): Promise<Grid[]> {
    const found = await Promise.all(team.gridIds.map((gridId) => byId(ctx, Grid, gridId)));
    return found.filter((grid) => grid !== undefined);
  }

  @FieldResolver(() => ServiceTeamParticipantConnection, {
    nullable: true,
    description: '成员 · Who is in this team on a day.',
  })
  participants(
    @Root() team: ServiceTeam,
    @Context() ctx: Ctx,
    @Args(() => OnDayArgs) args: OnDayArgs,
  ): Promise<Connection<ServiceTeamParticipant>> {
    return participantsOf(ctx, team.id, args);
  }
}

@Resolver(() => Grid)
export class GridTeamsResolver {
  @FieldResolver(() => ServiceTeamConnection, {
    nullable: true,
    description: '服务团队 · Teams that serve this grid on a day, those of its whole residential area included.',
  })
  teams(
    @Root() grid: Grid,
    @Context() ctx: Ctx,
    @Args(() => OnDayArgs) args: OnDayArgs,
  ): Promise<Connection<ServiceTeam>> {
    return teamsOfGrid(ctx, grid.id, args);
  }
}

@Resolver(() => Household)
export class HouseholdTeamsResolver {
  @FieldResolver(() => ServiceTeamConnection, {
    nullable: true,
    description: '服务团队 · Teams that serve this household’s grid on a day.',
  })
  @Access(READS_HOUSEHOLDS)
  teams(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Args(() => OnDayArgs) args: OnDayArgs,
  ): Promise<Connection<ServiceTeam>> {
    return teamsOfGrid(ctx, household.gridId, args);
  }
}

@Resolver(() => OrganizationStub)
export class OrganizationTeamsResolver {
  @FieldResolver(() => ServiceTeamConnection, {
    nullable: true,
    description: '服务团队 · Service teams anywhere in this organization’s area.',
  })
  @Access(STAFF)
  serviceTeams(
    @Root() organization: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => ServiceTeamsArgs) args: ServiceTeamsArgs,
  ): Promise<Connection<ServiceTeam>> {
    return teamsIn(ctx, organization.id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreTeamsResolver {
  @FieldResolver(() => ServiceTeamConnection, {
    nullable: true,
    description: '所在服务团队 · Service teams in which this cadre takes part on a day.',
  })
  @Access(STAFF)
  serviceTeams(
    @Root() cadre: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => OnDayArgs) args: OnDayArgs,
  ): Promise<Connection<ServiceTeam>> {
    return teamsOfCadre(ctx, cadre.id, args, args.on ?? ctx.today());
  }
}
