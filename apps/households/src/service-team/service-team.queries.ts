import {
  batched,
  checkedId,
  connect,
  connectUnder,
  manyBy,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Order,
  type PageArgs,
  type Sql,
} from '@frontline/platform';
import { joinPlacesAbove, withinPlace } from '../directory/places.ts';
import { ServiceTeam } from './service-team.entity.ts';
import { ServiceTeamParticipant, TeamMembership } from './service-team-participant.entity.ts';
import type {
  OnDayArgs,
  ServiceTeamFilter,
  ServiceTeamOrder,
  ServiceTeamParticipantFilter,
  ServiceTeamParticipantsArgs,
  ServiceTeamsArgs,
} from './service-team.inputs.ts';

const orders: Record<ServiceTeamOrder, Order> = {
  CODE: [['t.code', 'asc']],
  NAME: [
    ['t.name', 'asc'],
    ['t.code', 'asc'],
  ],
};

function teamConditions(filter: ServiceTeamFilter): (Sql | undefined)[] {
  const { activeOn, residentialAreaId, within, gridId, codes, search } = filter;
  return [
    activeOn ? validOn('t', activeOn) : undefined,
    residentialAreaId
      ? sql`t.residential_area_id = ${checkedId(residentialAreaId, 'filter.residentialAreaId')}`
      : undefined,
    within ? withinPlace('t.residential_area_id', checkedId(within, 'filter.within')) : undefined,
    gridId ? sql`t.grid_ids @> array[${checkedId(gridId, 'filter.gridId')}]::uuid[]` : undefined,
    codes ? sql`t.code = any(${[...codes]}::text[])` : undefined,
    search ? sql`(strpos(t.name, ${search}) > 0 or starts_with(t.code, ${search}))` : undefined,
  ];
}

function participantConditions(filter: ServiceTeamParticipantFilter): (Sql | undefined)[] {
  const { activeOn, roles, teamId, within, cadreId, organizationId } = filter;
  const membership = [
    activeOn ? validOn('m', activeOn) : undefined,
    teamId ? sql`m.team_id = ${checkedId(teamId, 'filter.teamId')}` : undefined,
    within
      ? sql`m.team_id in (select s.id from service_team s where ${withinPlace('s.residential_area_id', checkedId(within, 'filter.within'))})`
      : undefined,
  ].filter((part) => part !== undefined);
  return [
    membership.length > 0
      ? sql`t.id in (select m.participant_id from team_membership m where ${sql.join(membership, sql` and `)})`
      : undefined,
    roles ? sql`t.role = any(${[...roles]}::text[])` : undefined,
    cadreId ? sql`t.cadre_id = ${checkedId(cadreId, 'filter.cadreId')}` : undefined,
    organizationId ? sql`t.organization_id = ${checkedId(organizationId, 'filter.organizationId')}` : undefined,
  ];
}

/** Service teams by filter and order. */
export function serviceTeams(ctx: Ctx, args: ServiceTeamsArgs): Promise<Connection<ServiceTeam>> {
  return connect(ctx, ServiceTeam, args, { where: teamConditions(args.filter ?? {}), order: orders[args.order] });
}

/** Service teams anywhere in an organization's area. */
export function teamsIn(ctx: Ctx, organizationId: string, args: ServiceTeamsArgs): Promise<Connection<ServiceTeam>> {
  return connectUnder(ctx, ServiceTeam, organizationId, args, {
    join: joinPlacesAbove('t.residential_area_id'),
    parent: sql.ref('a.ancestor_id'),
    where: teamConditions(args.filter ?? {}),
    order: orders[args.order],
  });
}

/** The teams that serve a grid on a day: those that name it, and those of its whole residential area. */
export function teamsOfGrid(ctx: Ctx, gridId: string, args: OnDayArgs): Promise<Connection<ServiceTeam>> {
  return connectUnder(ctx, ServiceTeam, gridId, args, {
    join: sql`join grid g on (t.grid_ids @> array[g.id] or (t.grid_ids = '{}' and t.residential_area_id = g.residential_area_id))`,
    parent: sql.ref('g.id'),
    where: [validOn('t', args.on ?? ctx.today())],
    order: orders.CODE,
  });
}

/** People in service teams, each once. */
export function participants(ctx: Ctx, args: ServiceTeamParticipantsArgs): Promise<Connection<ServiceTeamParticipant>> {
  return connect(ctx, ServiceTeamParticipant, args, {
    where: participantConditions(args.filter ?? {}),
    order: [['t.code', 'asc']],
  });
}

/** The people in a team on a day. */
export function participantsOf(ctx: Ctx, teamId: string, args: OnDayArgs): Promise<Connection<ServiceTeamParticipant>> {
  return connectUnder(ctx, ServiceTeamParticipant, teamId, args, {
    // a person may have left a team and come back, but is in it once on a day
    join: sql`join (select distinct m.participant_id, m.team_id from team_membership m where ${validOn('m', args.on ?? ctx.today())}) m on m.participant_id = t.id`,
    parent: sql.ref('m.team_id'),
    order: [['t.code', 'asc']],
  });
}

/** The teams a cadre takes part in on a day. */
export function teamsOfCadre(ctx: Ctx, cadreId: string, page: PageArgs, day: string): Promise<Connection<ServiceTeam>> {
  return connectUnder(ctx, ServiceTeam, cadreId, page, {
    join: sql`join (select distinct m.team_id, p.cadre_id from team_membership m
      join service_team_participant p on p.id = m.participant_id where ${validOn('m', day)}) m on m.team_id = t.id`,
    parent: sql.ref('m.cadre_id'),
    where: [validOn('t', day)],
    order: orders.CODE,
  });
}

/** A person's times in teams, latest first. */
export const membershipsOf = (ctx: Ctx, participantId: string): Promise<TeamMembership[]> =>
  manyBy(ctx, TeamMembership, 'participantId', participantId, { order: [['t.valid_from', 'desc']] });

/** The residential areas of the teams in which a person is or was; batched per request. */
export async function areasOfParticipant(ctx: Ctx, participantId: string): Promise<string[]> {
  const found = await batched(ctx, 'areasOfParticipant', participantId, async (ids) => {
    const { rows } = await sql<{ id: string; areas: string[] }>`
      select m.participant_id as id, array_agg(distinct s.residential_area_id::text) as areas
      from team_membership m join service_team s on s.id = m.team_id
      where m.participant_id = any(${ids}::uuid[]) group by 1`.execute(ctx.em.getKysely());
    return new Map(rows.map(({ id, areas }) => [id, areas]));
  });
  return found ?? [];
}
