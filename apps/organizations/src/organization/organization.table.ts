import { v7 } from 'uuid';
import { organizationDissolved, organizationImported, organizationPathChanged, type Fact } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';
import {
  streamedRows,
  tellOf,
  type Decision,
  type LineGroup,
  type RecordChange,
  type TableKind,
} from '@frontline/platform/tables';
import { KEEPS_TREES } from './organization-change.resolver.ts';
import { lastingColumns, organizationColumns, parentColumns, type OrganizationLine } from './organization-columns.ts';
import {
  decideOrganization,
  type HeldOrganization,
  type KnownOrganization,
  type TreesSoFar,
} from './organization-decisions.ts';
import { lockTrees, organizationsBelow, rebuildPathsOf } from './organization-path.ts';
import {
  organizationRecordOf,
  organizationRecords,
  parentsToday,
  type OrganizationFacts,
} from './organization-record.ts';
import { statesOf, type OrganizationRows } from './organization-states.ts';
import { followDueSuccessions } from './tree-today.ts';
import type { Place } from './tree-rules.ts';
import { Organization, OrganizationLocation, OrganizationName, OrganizationParent } from './organization.entity.ts';

/** The columns of an organization that its table and its record need, with its rows, over alias `o`. */
const held = sql`o.id, o.code, o.kind, o.sector, o.status, o.valid_from::text as "validFrom", o.valid_to::text as "validTo",
  o.credit_code as "creditCode", o.residents, o.area_km2 as "areaKm2",
  coalesce((select json_agg(json_build_object('id', n.id, 'zh', n.zh, 'en', n.en, 'validFrom', n.valid_from, 'validTo', n.valid_to) order by n.valid_from)
    from organization_name n where n.organization_id = o.id), '[]'::json) as names,
  coalesce((select json_agg(json_build_object('id', p.id, 'tree', p.tree, 'parentId', p.parent_id, 'parentCode', (select code from organization above where above.id = p.parent_id),
    'validFrom', p.valid_from, 'validTo', p.valid_to) order by p.valid_from)
    from organization_parent p where p.organization_id = o.id), '[]'::json) as parents,
  coalesce((select json_agg(json_build_object('id', l.id, 'longitude', l.longitude, 'latitude', l.latitude, 'outline', l.outline,
    'validFrom', l.valid_from, 'validTo', l.valid_to) order by l.valid_from)
    from organization_location l where l.organization_id = o.id), '[]'::json) as locations`;

type HeldRow = OrganizationFacts &
  KnownOrganization &
  Record<(typeof lastingColumns)[number], unknown> & {
    names: OrganizationRows['names'];
    parents: (OrganizationRows['parents'][number] & { parentCode: string })[];
    locations: OrganizationRows['locations'];
  };

const heldOf = (row: HeldRow): HeldOrganization => ({
  ...row,
  lasting: Object.fromEntries(lastingColumns.map((name) => [name, row[name] ?? null])) as HeldOrganization['lasting'],
  rows: {
    organization: { validFrom: row.validFrom, validTo: row.validTo, status: row.status },
    names: row.names,
    parents: row.parents,
    locations: row.locations,
  },
});

async function findByCode(ctx: Ctx, groups: readonly LineGroup[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from organization where code = any(${groups.map(({ key }) => key)}::text[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
}

async function decide(ctx: Ctx, groups: readonly LineGroup[]): Promise<Decision[]> {
  await lockTrees(ctx);
  const ids = groups.flatMap(({ id }) => id ?? []);
  const { rows } = await sql<HeldRow>`select ${held} from organization o where o.id = any(${ids}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const byId = new Map(rows.map((row) => [row.id, heldOf(row)]));
  const trees = await treesFor(ctx, groups, rows);
  return groups.map((group) => decideOrganization(group, group.id ? byId.get(group.id) : undefined, trees));
}

/** Everything that the lines, or what stands there, name as a parent, with what stands above it. */
async function treesFor(ctx: Ctx, groups: readonly LineGroup[], rows: readonly HeldRow[]): Promise<TreesSoFar> {
  const db = ctx.em.getKysely();
  const named = groups.flatMap(({ lines }) =>
    lines.flatMap(({ values }) => Object.values(parentColumns).flatMap((column) => (values[column] as string) ?? [])),
  );
  const standing = rows.flatMap(({ parents }) => parents.map(({ parentId }) => parentId));
  const found = await sql<KnownOrganization>`
    select id, code, kind, valid_from::text as "validFrom", valid_to::text as "validTo" from organization
    where code = any(${[...new Set(named)]}::text[]) or id = any(${[...new Set(standing)]}::uuid[])`.execute(db);
  const places = await sql<Place & { organizationId: string }>`
    select p.organization_id as "organizationId", p.tree, p.parent_id as "parentId", p.valid_from::text as "validFrom", p.valid_to::text as "validTo"
    from organization_parent p where p.organization_id in (
      select op.ancestor_id from organization_path op where op.descendant_id = any(${found.rows.map(({ id }) => id)}::uuid[]))`.execute(
    db,
  );
  const above = Map.groupBy(places.rows, ({ organizationId }) => organizationId);
  const byCode = new Map(found.rows.map((each) => [each.code, each]));
  const codes = new Map(found.rows.map(({ id, code }) => [id, code]));
  const put = new Map<string, readonly Place[]>();
  return {
    byCode,
    codeOf: (id) => codes.get(id) ?? [...byCode.values()].find((each) => each.id === id)?.code,
    placesOf: (id) => put.get(id) ?? above.get(id) ?? [],
    put(id, places) {
      put.set(id, places);
    },
    fresh: v7,
  };
}

async function facts(ctx: Ctx, changes: readonly RecordChange[]): Promise<Map<string, Fact[]>> {
  const ids = changes.map(({ id }) => id);
  const parents = await parentsToday(ctx, ids);
  return new Map(
    changes.map(({ id, row }) => [
      id,
      [
        organizationImported.of({
          record: organizationRecordOf(row as unknown as OrganizationFacts, parents, ctx.today()),
        }),
      ],
    ]),
  );
}

/** What stands below organizations that have moved learns that its own path has changed, unless it is told anyway. */
async function tellBelow(ctx: Ctx, moved: readonly string[], toldAnyway: readonly string[]): Promise<void> {
  if (moved.length === 0) return;
  const below = (await organizationsBelow(ctx, moved)).filter((id) => !toldAnyway.includes(id));
  await tellOf(ctx, Organization, await told(ctx, below, (record) => organizationPathChanged.of({ record })));
}

/** Paths follow what was changed, and so do the contacts of what has ended. */
async function settle(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await rebuildPathsOf(ctx, await organizationsBelow(ctx, ids));
  await followDueSuccessions(ctx);
}

/** What rests on organizations: what stands under them, contacts, activities, successions, pairings. */
async function inUse(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const these = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; use: string }>`
    select id, string_agg(distinct use, ', ') as use from (
      select parent_id as id, 'organizations below' as use from organization_parent where parent_id = ${these} and organization_id <> all(${[...ids]}::uuid[])
      union all select target_id, 'assignments' from contact_assignment where target_id = ${these}
      union all select contactor_id, 'assignments' from contact_assignment where contactor_id = ${these}
      union all select n.id::uuid, 'schemes' from contact_scheme_version v
        cross join lateral jsonb_array_elements_text(v.contactor -> 'organizationIds') n(id) where n.id::uuid = ${these}
      union all select target_id, 'activities' from activity where target_id = ${these}
      union all select successor_id, 'successions' from organization_succession where successor_id = ${these}
      union all select branch_id, 'pairings' from branch_pairing where branch_id = ${these}
      union all select partner_id, 'pairings' from branch_pairing where partner_id = ${these}
    ) used group by id`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, use }) => [id, use]));
}

async function told(
  ctx: Ctx,
  ids: readonly string[],
  factOf: (record: Awaited<ReturnType<typeof organizationRecords>>[number]) => Fact,
): Promise<Map<string, Fact[]>> {
  return new Map((await organizationRecords(ctx, ids)).map((record) => [record.id, [factOf(record)]]));
}

/** Lines of every organization, an upper one before those below it. */
async function* lines(ctx: Ctx): AsyncGenerator<{ id: string; values: Readonly<Record<string, unknown>> }> {
  const inOrder = sql`
    with recursive up as (
      select o.id, o.id as above, 0 as depth from organization o
      union select up.id, p.parent_id, up.depth + 1 from up join organization_parent p on p.organization_id = up.above where up.depth < 20)
    select ${held} from organization o join (select id, max(depth) as depth from up group by id) d on d.id = o.id order by d.depth, o.code`;
  for await (const rows of streamedRows<HeldRow>(ctx, inOrder))
    for (const row of rows) {
      const organization = heldOf(row);
      const codes = new Map(row.parents.map(({ parentId, parentCode }) => [parentId, parentCode]));
      for (const { from, status, zh, en, parents, location } of statesOf(organization.rows)) {
        const line: OrganizationLine = {
          code: row.code,
          from,
          kind: row.kind,
          nameZh: zh,
          nameEn: en,
          territoryParent: codes.get(parents.TERRITORY ?? '') ?? null,
          functionParent: codes.get(parents.FUNCTION ?? '') ?? null,
          status,
          longitude: location.longitude,
          latitude: location.latitude,
          ...organization.lasting,
        } as OrganizationLine;
        yield { id: row.id, values: { ...line } };
      }
    }
}

/** 组织表: organizations with their names, parents and centres, day by day. Outlines and successions are not part of it, and stay. */
export const organizationTable: TableKind = {
  name: 'organizations',
  zh: '组织',
  en: 'organizations',
  columns: organizationColumns,
  access: KEEPS_TREES as TableKind['access'],
  personal: false,
  entity: Organization,
  owned: {
    names: { entity: OrganizationName, by: 'organizationId' },
    parents: { entity: OrganizationParent, by: 'organizationId' },
    locations: { entity: OrganizationLocation, by: 'organizationId' },
  },
  keyOf: ({ values }) => (values['code'] as string | undefined) ?? '',
  find: findByCode,
  decide,
  async facts(ctx, changes) {
    const moved = changes.filter(({ memo }) => (memo as { moved: boolean }).moved).map(({ id }) => id);
    await tellBelow(
      ctx,
      moved,
      changes.map(({ id }) => id),
    );
    return facts(ctx, changes);
  },
  settle,
  inUse,
  async restored(ctx, ids) {
    await tellBelow(ctx, ids, ids);
    return told(ctx, ids, (record) => organizationImported.of({ record }));
  },
  withdrawn: (ctx, ids) =>
    told(ctx, ids, (record) =>
      organizationDissolved.of({ on: record.from, record: { ...record, status: 'DISSOLVED', until: record.from } }),
    ),
  lines,
};
