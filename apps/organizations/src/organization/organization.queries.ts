import {
  batched,
  byId,
  checkedId,
  connect,
  connectUnder,
  manyBy,
  sql,
  validOn,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import type { OrganizationOrder, OrganizationTree } from './organization-enums.ts';
import {
  Organization,
  OrganizationLocation,
  OrganizationName,
  OrganizationSuccession,
  type Succession,
} from './organization.entity.ts';
import type { OrganizationFilter, OrganizationsArgs, SubtreeArgs } from './organization.inputs.ts';
import { standsBelow } from './organization-path.ts';

const orders: Record<OrganizationOrder, (day: string) => Order> = {
  CODE: () => [['t.code', 'asc']],
  NAME: (day) => [
    [
      sql`coalesce((select n.zh from organization_name n where n.organization_id = t.id and ${validOn('n', day)} limit 1), '')`,
      'asc',
    ],
  ],
};

function conditions(filter: OrganizationFilter, today: string): (Sql | undefined)[] {
  return [
    filter.kinds ? sql`t.kind = any(${[...filter.kinds]}::text[])` : undefined,
    filter.sectors ? sql`t.sector = any(${[...filter.sectors]}::text[])` : undefined,
    filter.codes ? sql`t.code = any(${[...filter.codes]}::text[])` : undefined,
    filter.activeOn ? validOn('t', filter.activeOn) : undefined,
    filter.pairedOn
      ? sql`exists (select 1 from branch_pairing bp where (bp.branch_id = t.id or bp.partner_id = t.id) and ${validOn('bp', filter.pairedOn)})`
      : undefined,
    filter.within
      ? sql`${standsBelow(checkedId(filter.within, 'filter.within'), filter.activeOn ?? today)} and t.id <> ${filter.within}`
      : undefined,
    filter.search
      ? sql`(starts_with(t.code, ${filter.search}) or exists (select 1 from organization_name n where n.organization_id = t.id and (strpos(n.zh, ${filter.search}) > 0 or n.en ilike '%' || ${filter.search} || '%')))`
      : undefined,
  ];
}

/** Organizations by filter and order. */
export function organizations(ctx: Ctx, args: OrganizationsArgs): Promise<Connection<Organization>> {
  return connect(ctx, Organization, args, {
    where: conditions(args.filter ?? {}, ctx.today()),
    order: orders[args.order](ctx.today()),
  });
}

/** One organization by its code. */
export async function organizationByCode(ctx: Ctx, code: string): Promise<Organization | undefined> {
  return (await connect(ctx, Organization, { first: 1 }, { where: [sql`t.code = ${code}`] })).nodes[0];
}

/** All names an organization has had, latest first. */
export const namesOf = (ctx: Ctx, organizationId: string): Promise<OrganizationName[]> =>
  manyBy(ctx, OrganizationName, 'organizationId', organizationId, { order: [['t.valid_from', 'desc']] });

/** The name of a day; the nearest one for a day on which the organization did not exist. */
export async function nameOn(ctx: Ctx, organizationId: string, day: string): Promise<OrganizationName | undefined> {
  const names = await namesOf(ctx, organizationId);
  return names.find((name) => name.holdsOn(day)) ?? names.find((name) => name.validFrom <= day) ?? names.at(-1);
}

/** All centres and outlines an organization has had, latest first. */
export const locationsOf = (ctx: Ctx, organizationId: string): Promise<OrganizationLocation[]> =>
  manyBy(ctx, OrganizationLocation, 'organizationId', organizationId, { order: [['t.valid_from', 'desc']] });

/** Centre and outline of a day; of its last day for an organization that has ended by then. */
export async function locationOn(
  ctx: Ctx,
  { id, validTo }: Organization,
  day: string,
): Promise<OrganizationLocation | undefined> {
  const locations = await locationsOf(ctx, id);
  const hasEnded = validTo && validTo <= day;
  return locations.find((each) => (hasEnded ? each.validTo === validTo : each.holdsOn(day)));
}

/** What stands below an organization on a day, at any depth or only directly. */
export function subtreeOf(
  ctx: Ctx,
  organization: Organization,
  args: SubtreeArgs,
  { direct }: { direct: boolean },
): Promise<Connection<Organization>> {
  const day = args.on ?? ctx.today();
  return connectUnder(ctx, Organization, organization.id, args, {
    join: sql`join organization_path op on op.descendant_id = t.id and op.tree = ${args.tree} and ${direct ? sql`op.depth = 1` : sql`op.depth > 0`} and ${validOn('op', day)}`,
    parent: sql.ref('op.ancestor_id'),
    where: [args.kinds ? sql`t.kind = any(${[...args.kinds]}::text[])` : undefined],
    order: [['t.code', 'asc']],
  });
}

/** What stands above an organization on a day, the root first. */
export async function ancestorsOf(
  ctx: Ctx,
  organizationId: string,
  tree: OrganizationTree,
  day: string,
): Promise<Organization[]> {
  const ids = await batched(ctx, `ancestors:${tree}:${day}`, organizationId, async (descendants) => {
    const { rows } = await sql<{ descendant_id: string; ids: string[] }>`
      select op.descendant_id, array_agg(op.ancestor_id::text order by op.depth desc) as ids from organization_path op
      where op.descendant_id = any(${descendants}::uuid[]) and op.tree = ${tree} and op.depth > 0 and ${validOn('op', day)} group by 1`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map((row) => [row.descendant_id, row.ids]));
  });
  const found = await Promise.all((ids ?? []).map((id) => byId(ctx, Organization, id)));
  return found.filter((each) => each !== undefined);
}

async function successions(
  ctx: Ctx,
  rows: readonly OrganizationSuccession[],
  other: 'organizationId' | 'successorId',
): Promise<Succession[]> {
  const made = await Promise.all(
    rows.map(async (row) => {
      const organization = await byId(ctx, Organization, row[other]);
      const areas = await Promise.all(row.residentialAreaIds.map((id) => byId(ctx, Organization, id)));
      return (
        organization && {
          organization,
          on: row.validFrom,
          residentialAreas: areas.filter((area) => area !== undefined),
        }
      );
    }),
  );
  return made.filter((each) => each !== undefined);
}

/** Who took over an organization, or parts of it. */
export const successorsOf = async (ctx: Ctx, id: string): Promise<Succession[]> =>
  successions(ctx, await manyBy(ctx, OrganizationSuccession, 'organizationId', id), 'successorId');

/** Of whom an organization took over something. */
export const predecessorsOf = async (ctx: Ctx, id: string): Promise<Succession[]> =>
  successions(ctx, await manyBy(ctx, OrganizationSuccession, 'successorId', id), 'organizationId');
