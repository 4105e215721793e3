import {
  checkedId,
  connect,
  connectUnder,
  manyBy,
  sql,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import { withinPlace } from '../directory/places.ts';
import { HomeVisitAmendment } from './home-visit-amendment.entity.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';
import type { HomeVisitFilter, HomeVisitOrder, HomeVisitsArgs } from './home-visit.inputs.ts';

const orders: Record<HomeVisitOrder, Order> = {
  NEWEST: [['t.held_at', 'desc']],
  OLDEST: [['t.held_at', 'asc']],
};

/** Midnight at which a day begins in the district; `after` more days may be added. */
function beginOf(day: string, after = 0): Sql {
  return sql`((${day}::date + ${after}::int)::timestamp at time zone 'Asia/Shanghai')`;
}

function conditions(filter: HomeVisitFilter): (Sql | undefined)[] {
  const { withdrawn, from, to, care, householdId, teamId, cadreId, residentialAreaId, within, dispositions } = filter;
  return [
    withdrawn ? sql`t.withdrawn_at is not null` : sql`t.withdrawn_at is null`,
    from ? sql`t.held_at >= ${beginOf(from)}` : undefined,
    to ? sql`t.held_at < ${beginOf(to, 1)}` : undefined,
    typeof care === 'boolean' ? sql`t.care = ${care}` : undefined,
    householdId ? sql`t.household_id = ${checkedId(householdId, 'filter.householdId')}` : undefined,
    teamId ? sql`t.team_id = ${checkedId(teamId, 'filter.teamId')}` : undefined,
    cadreId ? sql`t.cadre_ids @> array[${checkedId(cadreId, 'filter.cadreId')}]::uuid[]` : undefined,
    residentialAreaId
      ? sql`t.residential_area_id = ${checkedId(residentialAreaId, 'filter.residentialAreaId')}`
      : undefined,
    within ? withinPlace('t.residential_area_id', checkedId(within, 'filter.within')) : undefined,
    dispositions
      ? sql`exists (select 1 from home_visit_demand d where d.home_visit_id = t.id and d.amended_away_at is null and d.disposition = any(${[...dispositions]}::text[]))`
      : undefined,
  ];
}

/** Home visits by filter and order. */
export function homeVisits(ctx: Ctx, args: HomeVisitsArgs): Promise<Connection<HomeVisit>> {
  return connect(ctx, HomeVisit, args, { where: conditions(args.filter ?? {}), order: orders[args.order] });
}

/** Home visits to a household, or by a team. */
export function homeVisitsUnder(
  ctx: Ctx,
  parent: 't.household_id' | 't.team_id',
  parentId: string,
  args: HomeVisitsArgs,
): Promise<Connection<HomeVisit>> {
  return connectUnder(ctx, HomeVisit, parentId, args, {
    parent: sql.ref(parent),
    where: conditions(args.filter ?? {}),
    order: orders[args.order],
  });
}

/** What was asked for at a visit, in the order it was recorded, without what an amendment took away. */
export const demandsOf = (ctx: Ctx, homeVisitId: string): Promise<HomeVisitDemand[]> =>
  manyBy(ctx, HomeVisitDemand, 'homeVisitId', homeVisitId, {
    where: [sql`t.amended_away_at is null`],
    order: [['t.position', 'asc']],
  });

/** Amendments of a visit, latest first. */
export const amendmentsOf = (ctx: Ctx, homeVisitId: string): Promise<HomeVisitAmendment[]> =>
  manyBy(ctx, HomeVisitAmendment, 'homeVisitId', homeVisitId, { order: [['t.at', 'desc']] });
