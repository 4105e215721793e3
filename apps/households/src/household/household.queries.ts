import {
  audit,
  checkedId,
  connect,
  connectUnder,
  manyBy,
  personalDataCipher,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import { joinPlacesAbove, withinPlace } from '../directory/places.ts';
import { searchableHouseholds } from './household-access.ts';
import { HardshipCertificate, Household, Resident } from './household.entity.ts';
import type { HouseholdOrder } from './household-enums.ts';
import type { HouseholdFilter, HouseholdsArgs } from './household.inputs.ts';

const orders: Record<HouseholdOrder, Order> = {
  CODE: [['t.code', 'asc']],
  NEWEST: [
    ['t.valid_from', 'desc'],
    ['t.code', 'asc'],
  ],
};

/** Households (by their id) with a certificate of hardship that holds on a day. */
export function inHardshipOn(day: string): Sql {
  return sql`t.id in (select h.household_id from hardship_certificate h where ${validOn('h', day)})`;
}

/** Households (by their id) that somebody assists on a day. */
export function assistedOn(day: string, more: Sql = sql`true`): Sql {
  return sql`t.id in (select pa.household_id from paired_assistance pa where ${validOn('pa', day)} and ${more})`;
}

function certificates(filter: HouseholdFilter): Sql | undefined {
  const { hardshipOn, hardshipCategories, hardshipLevels, reviewDueBy } = filter;
  const parts = [
    hardshipOn ? validOn('h', hardshipOn) : undefined,
    hardshipCategories ? sql`h.category = any(${[...hardshipCategories]}::text[])` : undefined,
    hardshipLevels ? sql`h.level = any(${[...hardshipLevels]}::text[])` : undefined,
    reviewDueBy ? sql`h.review_on <= ${reviewDueBy}::date` : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return sql`select h.household_id from hardship_certificate h where ${sql.join(parts, sql` and `)}`;
}

/** Hardship and help, by certificates and paired assistances of the days asked about. */
function circumstances(filter: HouseholdFilter, today: string): (Sql | undefined)[] {
  const { assistedOn: day, helperId, uncoveredOn } = filter;
  const certified = certificates(filter);
  const by = helperId ? sql`pa.cadre_id = ${checkedId(helperId, 'filter.helperId')}` : undefined;
  const assisted = day || by ? assistedOn(day ?? today, by) : undefined;
  if (!uncoveredOn) return [assisted, certified && sql`t.id in (${certified})`];
  const uncovered = (id: string) =>
    sql`not exists (select 1 from paired_assistance pu where pu.household_id = ${sql.ref(id)} and ${validOn('pu', uncoveredOn)})`;
  if (!certified) return [assisted, uncovered('t.id')];
  // gaps are rare: their ids are found first, or a list by code would read on and on to find the next
  return [assisted, sql`t.id = any(array(${certified} and ${uncovered('h.household_id')}))`];
}

/** Exact search through blind indexes; only where the caller would see the data anyway, so that nobody can ask by guessing. */
function personal(ctx: Ctx, { address, residentName, residentPhone }: HouseholdFilter): (Sql | undefined)[] {
  if (!address && !residentName && !residentPhone) return [];
  const index = (text: string) => personalDataCipher().blindIndex(text);
  return [
    searchableHouseholds(ctx),
    address ? sql`t.address_index = ${index(address)}` : undefined,
    residentName
      ? sql`t.id in (select r.household_id from resident r where r.name_index = ${index(residentName)})`
      : undefined,
    residentPhone
      ? sql`t.id in (select r.household_id from resident r where r.phone_index = ${index(residentPhone)})`
      : undefined,
  ];
}

function conditions(ctx: Ctx, filter: HouseholdFilter): (Sql | undefined)[] {
  const { activeOn, gridId, residentialAreaId, within, codes } = filter;
  return [
    activeOn ? validOn('t', activeOn) : undefined,
    ...circumstances(filter, ctx.today()),
    gridId ? sql`t.grid_id = ${checkedId(gridId, 'filter.gridId')}` : undefined,
    residentialAreaId
      ? sql`t.residential_area_id = ${checkedId(residentialAreaId, 'filter.residentialAreaId')}`
      : undefined,
    within ? withinPlace('t.residential_area_id', checkedId(within, 'filter.within')) : undefined,
    codes ? sql`t.code = any(${[...codes]}::text[])` : undefined,
    ...personal(ctx, filter),
  ];
}

async function auditSearch(ctx: Ctx, filter: HouseholdFilter): Promise<void> {
  const by = (['address', 'residentName', 'residentPhone'] as const).filter((name) => filter[name]);
  if (by.length > 0)
    await audit(ctx, { action: 'household.personalSearch', aggregateType: 'household', reason: by.join(', ') });
}

/** Households by filter and order. */
export async function households(ctx: Ctx, args: HouseholdsArgs): Promise<Connection<Household>> {
  const filter = args.filter ?? {};
  await auditSearch(ctx, filter);
  return connect(ctx, Household, args, { where: conditions(ctx, filter), order: orders[args.order] });
}

/** Households anywhere in an organization's area. */
export async function householdsIn(
  ctx: Ctx,
  organizationId: string,
  args: HouseholdsArgs,
): Promise<Connection<Household>> {
  const filter = args.filter ?? {};
  await auditSearch(ctx, filter);
  return connectUnder(ctx, Household, organizationId, args, {
    join: joinPlacesAbove('t.residential_area_id'),
    parent: sql.ref('a.ancestor_id'),
    where: conditions(ctx, filter),
    order: orders[args.order],
  });
}

/** Households of a grid. */
export async function householdsOfGrid(ctx: Ctx, gridId: string, args: HouseholdsArgs): Promise<Connection<Household>> {
  const filter = args.filter ?? {};
  await auditSearch(ctx, filter);
  return connectUnder(ctx, Household, gridId, args, {
    parent: sql.ref('t.grid_id'),
    where: conditions(ctx, filter),
    order: orders[args.order],
  });
}

/** Households that a cadre assists on a day. */
export function householdsAssistedBy(
  ctx: Ctx,
  cadreId: string,
  page: { first: number; after?: string | null },
  day: string,
): Promise<Connection<Household>> {
  return connectUnder(ctx, Household, cadreId, page, {
    join: sql`join paired_assistance p on p.household_id = t.id and ${validOn('p', day)}`,
    parent: sql.ref('p.cadre_id'),
    order: orders.CODE,
  });
}

/** Who lives in a household, its head first. */
export const residentsOf = (ctx: Ctx, householdId: string): Promise<Resident[]> =>
  manyBy(ctx, Resident, 'householdId', householdId, {
    order: [
      [sql`(not t.is_head)`, 'asc'],
      ['t.birth_year', 'asc'],
    ],
  });

/** A household's certificates of hardship, latest first. */
export const hardshipsOf = (ctx: Ctx, householdId: string): Promise<HardshipCertificate[]> =>
  manyBy(ctx, HardshipCertificate, 'householdId', householdId, { order: [['t.valid_from', 'desc']] });
