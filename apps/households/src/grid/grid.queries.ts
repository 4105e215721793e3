import {
  checkedId,
  connect,
  connectUnder,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Order,
  type PageArgs,
  type Sql,
} from '@frontline/platform';
import { joinPlacesAbove, withinPlace } from '../directory/places.ts';
import { Grid } from './grid.entity.ts';
import type { GridFilter, GridOrder, GridsArgs } from './grid.inputs.ts';

const orders: Record<GridOrder, Order> = {
  CODE: [['t.code', 'asc']],
  NAME: [
    ['t.name', 'asc'],
    ['t.code', 'asc'],
  ],
};

function conditions(filter: GridFilter): (Sql | undefined)[] {
  const { layer, activeOn, residentialAreaId, within, leaderId, hasLeader, codes, search } = filter;
  return [
    layer ? sql`t.layer = ${layer}` : undefined,
    activeOn ? validOn('t', activeOn) : undefined,
    residentialAreaId
      ? sql`t.residential_area_id = ${checkedId(residentialAreaId, 'filter.residentialAreaId')}`
      : undefined,
    within ? withinPlace('t.residential_area_id', checkedId(within, 'filter.within')) : undefined,
    leaderId ? sql`t.leader_cadre_id = ${checkedId(leaderId, 'filter.leaderId')}` : undefined,
    typeof hasLeader === 'boolean' ? sql`(t.leader_cadre_id is not null) = ${hasLeader}` : undefined,
    codes ? sql`t.code = any(${[...codes]}::text[])` : undefined,
    search ? sql`(strpos(t.name, ${search}) > 0 or starts_with(t.code, ${search}))` : undefined,
  ];
}

/** Grids by filter and order. */
export function grids(ctx: Ctx, args: GridsArgs): Promise<Connection<Grid>> {
  return connect(ctx, Grid, args, { where: conditions(args.filter ?? {}), order: orders[args.order] });
}

/** Grids anywhere in an organization's area. */
export function gridsIn(ctx: Ctx, organizationId: string, args: GridsArgs): Promise<Connection<Grid>> {
  return connectUnder(ctx, Grid, organizationId, args, {
    join: joinPlacesAbove('t.residential_area_id'),
    parent: sql.ref('a.ancestor_id'),
    where: conditions(args.filter ?? {}),
    order: orders[args.order],
  });
}

/** Grids that a cadre leads on a day. */
export function gridsLedBy(ctx: Ctx, cadreId: string, day: string, page: PageArgs): Promise<Connection<Grid>> {
  return connectUnder(ctx, Grid, cadreId, page, {
    parent: sql.ref('t.leader_cadre_id'),
    where: [validOn('t', day)],
    order: orders.CODE,
  });
}
