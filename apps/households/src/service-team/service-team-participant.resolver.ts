import { Arg, Args, Ctx as Context, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { maskName, personalData, STAFF } from '@frontline/access';
import { Access, byId, type Connection, type Ctx } from '@frontline/platform';
import { CadreStub } from '../directory/cadre-stub.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { auditOnce, pathOf } from '../household/unmasked-read.ts';
import { oneByIdOrCode } from '../one-by-code.ts';
import { ServiceTeam } from './service-team.entity.ts';
import {
  ServiceTeamParticipant,
  ServiceTeamParticipantConnection,
  TeamMembership,
} from './service-team-participant.entity.ts';
import { ServiceTeamParticipantsArgs } from './service-team.inputs.ts';
import { areasOfParticipant, membershipsOf, participants } from './service-team.queries.ts';

@Resolver(() => ServiceTeamParticipant)
export class ServiceTeamParticipantResolver {
  @Query(() => ServiceTeamParticipantConnection, {
    nullable: true,
    description: '服务团队成员列表 · People in service teams, each once, whatever the number of their teams.',
  })
  @Access(STAFF)
  serviceTeamParticipants(
    @Context() ctx: Ctx,
    @Args(() => ServiceTeamParticipantsArgs) args: ServiceTeamParticipantsArgs,
  ): Promise<Connection<ServiceTeamParticipant>> {
    return participants(ctx, args);
  }

  @Query(() => ServiceTeamParticipant, {
    nullable: true,
    description: '服务团队成员 · One person in service teams, by id or by code; null when there is none.',
  })
  @Access(STAFF)
  serviceTeamParticipant(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('code', () => String, { nullable: true, description: '编码 · Code.' }) code?: string,
  ): Promise<ServiceTeamParticipant | undefined> {
    return oneByIdOrCode(ctx, ServiceTeamParticipant, id, code);
  }

  @FieldResolver(() => String, {
    name: 'name',
    description:
      '姓名 · Name; only its first characters unless the caller works where one of this person’s teams does.',
  })
  async name(@Root() { id, name }: ServiceTeamParticipant, @Context() ctx: Ctx): Promise<string> {
    const areas = await areasOfParticipant(ctx, id);
    const paths = await Promise.all(areas.map((area) => pathOf(ctx, area)));
    if (!paths.some((path) => personalData(ctx.actor, path) === 'CLEAR')) return maskName(name);
    await auditOnce(ctx, 'serviceTeamParticipant', id);
    return name;
  }

  @FieldResolver(() => CadreStub, { nullable: true, description: '干部 · The cadre who this person is, if one is.' })
  cadre(@Root() { cadreId }: ServiceTeamParticipant): CadreStub | undefined {
    return cadreId ? CadreStub.of(cadreId) : undefined;
  }

  @FieldResolver(() => OrganizationStub, {
    nullable: true,
    description: '单位 · The organization this person comes from, if it is known.',
  })
  organization(@Root() { organizationId }: ServiceTeamParticipant): OrganizationStub | undefined {
    return organizationId ? OrganizationStub.of(organizationId) : undefined;
  }

  @FieldResolver(() => [TeamMembership], { description: '团队任期 · This person’s times in teams, latest first.' })
  memberships(@Root() { id }: ServiceTeamParticipant, @Context() ctx: Ctx): Promise<TeamMembership[]> {
    return membershipsOf(ctx, id);
  }
}

@Resolver(() => TeamMembership)
export class TeamMembershipResolver {
  @FieldResolver(() => ServiceTeam, { nullable: true, description: '团队 · The team.' })
  team(@Root() { teamId }: TeamMembership, @Context() ctx: Ctx): Promise<ServiceTeam | undefined> {
    return byId(ctx, ServiceTeam, teamId);
  }
}
