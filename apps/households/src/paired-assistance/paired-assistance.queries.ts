import { type pairedAssistanceRecord, type RecordOf } from '@frontline/events';
import {
  checkedId,
  connect,
  manyBy,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import { withinPlace } from '../directory/places.ts';
import { PairedAssistance } from './paired-assistance.entity.ts';
import type {
  PairedAssistanceFilter,
  PairedAssistanceOrder,
  PairedAssistancesArgs,
} from './paired-assistance.inputs.ts';

const orders: Record<PairedAssistanceOrder, Order> = {
  NEWEST: [['t.valid_from', 'desc']],
  OLDEST: [['t.valid_from', 'asc']],
};

function conditions(filter: PairedAssistanceFilter): (Sql | undefined)[] {
  const { activeOn, cadreId, householdId, residentialAreaId, within } = filter;
  return [
    activeOn ? validOn('t', activeOn) : undefined,
    cadreId ? sql`t.cadre_id = ${checkedId(cadreId, 'filter.cadreId')}` : undefined,
    householdId ? sql`t.household_id = ${checkedId(householdId, 'filter.householdId')}` : undefined,
    residentialAreaId
      ? sql`t.residential_area_id = ${checkedId(residentialAreaId, 'filter.residentialAreaId')}`
      : undefined,
    within ? withinPlace('t.residential_area_id', checkedId(within, 'filter.within')) : undefined,
  ];
}

/** Paired assistances by filter and order. */
export function pairedAssistances(ctx: Ctx, args: PairedAssistancesArgs): Promise<Connection<PairedAssistance>> {
  return connect(ctx, PairedAssistance, args, { where: conditions(args.filter ?? {}), order: orders[args.order] });
}

/** Every paired assistance that a household ever had, latest first. */
export const assistancesOf = (ctx: Ctx, householdId: string): Promise<PairedAssistance[]> =>
  manyBy(ctx, PairedAssistance, 'householdId', householdId, { order: orders.NEWEST });

/** The paired assistance of a household on a day; there is at most one. */
export async function assistanceOn(ctx: Ctx, householdId: string, day: string): Promise<PairedAssistance | undefined> {
  const found = await manyBy(ctx, PairedAssistance, 'householdId', householdId, { where: [validOn('t', day)] });
  return found[0];
}

/** The records of these paired assistances, for those who copy them. */
export async function pairedAssistanceRecords(
  ctx: Ctx,
  ids: readonly string[],
): Promise<RecordOf<typeof pairedAssistanceRecord>[]> {
  const found = await ctx.em.find(PairedAssistance, { id: { $in: [...ids] } });
  return found.map((assistance) => assistance.record());
}
