import { v7 } from 'uuid';
import { placesFor } from '@frontline/access';
import {
  cadreDeparted,
  cadreImported,
  cadreMembershipChanged,
  cadrePosted,
  cadreRanked,
  cadreWithdrawn,
  hasLeft,
  organizationRecord,
  type Fact,
  type RecordOf,
} from '@frontline/events';
import { personalDataCipher, sql, type Ctx } from '@frontline/platform';
import {
  streamedRows,
  type Decision,
  type LineGroup,
  type RecordChange,
  type TableKind,
} from '@frontline/platform/tables';
import { heirsOf } from '../succession/organization-heir.entity.ts';
import { KEEPS_REGISTER } from './cadre-access.ts';
import { cadreColumns, type CadreLine, type PostCell } from './cadre-columns.ts';
import { decideCadre, type CadreMemo, type HeldCadre, type RegisterFacts } from './cadre-decisions.ts';
import { cadreRecords, recordedRows, recordOf, type CadreFacts, type RecordedRows } from './cadre-record.ts';
import { cadreStatesOf, firstDifference, type CadreRows } from './cadre-states.ts';
import { Cadre, Membership, Post, RankPeriod, StatusPeriod } from './cadre.entity.ts';

const periods = sql`'id', r.id, 'validFrom', r.valid_from, 'validTo', r.valid_to`;
const rowsOf = (table: string, fields: ReturnType<typeof sql>) =>
  sql`coalesce((select json_agg(json_build_object(${periods}, ${fields}) order by r.valid_from, r.id) from ${sql.table(table)} r where r.cadre_id = c.id), '[]'::json)`;

/** A cadre with the rows that the table shows, over alias `c`; the name is sealed. */
const held = sql`c.id, c.staff_number as "staffNumber", c.name as sealed, c.sex, c.born_on::text as "bornOn", c.recruited_on::text as "recruitedOn",
  json_build_object('statuses', ${rowsOf('status_period', sql`'status', r.status, 'reason', r.reason`)},
    'ranks', ${rowsOf('rank_period', sql`'rank', r.rank`)},
    'posts', ${rowsOf('post', sql`'organizationId', r.organization_id, 'title', r.title, 'temporary', r.temporary`)},
    'memberships', ${rowsOf('membership', sql`'kind', r.kind`)}) as rows`;

type HeldRow = Pick<CadreLine, 'staffNumber' | 'sex' | 'bornOn' | 'recruitedOn'> & {
  id: string;
  sealed: string;
  rows: CadreRows;
};

const personOf = ({ sealed, sex, bornOn, recruitedOn }: HeldRow) => ({
  name: personalDataCipher().open(sealed),
  sex,
  bornOn,
  recruitedOn,
});

async function find(ctx: Ctx, groups: readonly LineGroup[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; staffNumber: string }>`
    select id, staff_number as "staffNumber" from cadre where staff_number = any(${groups.map(({ key }) => key)}::text[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, staffNumber }) => [staffNumber, id]));
}

async function decide(ctx: Ctx, groups: readonly LineGroup[]): Promise<Decision[]> {
  const ids = groups.flatMap(({ id }) => id ?? []);
  const { rows } = await sql<HeldRow>`select ${held} from cadre c where c.id = any(${ids}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const resting = await othersRestOn(ctx, ids);
  const byId = new Map<string, HeldCadre>(
    rows.map((row) => {
      const held = { id: row.id, person: personOf(row), rows: row.rows };
      return [row.id, { ...held, othersRest: resting.has(row.id), goesAlong: resting.get(row.id) ?? false }];
    }),
  );
  const facts = await registerFacts(ctx, groups, rows);
  return groups.map((group) => decideCadre(group, group.id ? byId.get(group.id) : undefined, facts));
}

/** Cadres on whom liaisons, rotations or substitutions rest that have not ended, each with whether they are a liaison. */
async function othersRestOn(ctx: Ctx, ids: readonly string[]): Promise<Map<string, boolean>> {
  const these = sql`any(${[...ids]}::uuid[])`;
  const open = sql`(r.valid_to is null or r.valid_to > ${ctx.today()}::date)`;
  const { rows } = await sql<{ id: string; along: boolean }>`
    select id, bool_or(along) as along from (
      select r.cadre_id as id, false as along from liaison r where r.cadre_id = ${these} and ${open}
      union all select r.liaison_id, true from liaison r where r.liaison_id = ${these} and ${open}
      union all select r.substitute_id, false from absence r where r.substitute_id = ${these} and ${open}
      union all select r.cadre_id, false from rotation r where r.cadre_id = ${these} and r.state in ('PLANNED', 'ACTIVE')
    ) resting group by id`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, along }) => [id, along]));
}

/** The organizations that lines name by code and cadres have posts at, as we copy them. */
async function registerFacts(ctx: Ctx, groups: readonly LineGroup[], rows: readonly HeldRow[]): Promise<RegisterFacts> {
  const codes = groups.flatMap(({ lines }) =>
    lines.flatMap(({ values }) => ((values['posts'] ?? []) as PostCell[]).map(({ code }) => code)),
  );
  const ids = rows.flatMap((row) => row.rows.posts.map(({ organizationId }) => organizationId));
  const found = await sql<{ data: RecordOf<typeof organizationRecord> }>`
    select c.data from unnest(${[...new Set(codes)]}::text[]) as r(code)
      join local_copy c on c.aggregate_type = ${organizationRecord.aggregate} and c.data @> jsonb_build_object('code', r.code)
    union all
    select c.data from local_copy c where c.aggregate_type = ${organizationRecord.aggregate} and c.id = any(${[...new Set(ids)]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const byCode = new Map(found.rows.map(({ data }) => [data.code, data]));
  // an export names by its id an organization that we have no copy of: a post that is held there may stay
  const named = (code: string) => (ids.includes(code) ? { id: code, from: '0001-01-01' } : undefined);
  const paths = new Map(found.rows.map(({ data }) => [data.id, data.path]));
  return {
    today: ctx.today(),
    organizationBy: (code) => byCode.get(code) ?? named(code),
    places: placesFor(ctx.actor, ['ORG_DEPARTMENT']),
    pathOf: (id) => paths.get(id) ?? [],
    kinds: new Map(found.rows.map(({ data }) => [data.id, data.kind])),
    heirs: await heirsOf(ctx),
    fresh: v7,
    blindIndex: (name) => personalDataCipher().blindIndex(name),
  };
}

/** What others are told: that somebody left, was posted or ranked, joined or left the Party or the League, since they act on it; else that the register has changed. */
async function facts(ctx: Ctx, changes: readonly RecordChange[]): Promise<Map<string, Fact[]>> {
  const recorded = await recordedRows(
    ctx,
    changes.map(({ id }) => id),
  );
  return new Map(
    changes.map(({ id, row, outcome, memo }) => {
      const record = recordOf(row as unknown as Cadre, recorded.get(id) as RecordedRows, ctx.today());
      const { before, after } = memo as CadreMemo;
      return [id, outcome === 'CREATED' ? [cadreImported.of({ record })] : changesOf(before, after, record)];
    }),
  );
}

function changesOf(before: CadreMemo['before'], after: CadreMemo['after'], record: CadreFacts): Fact[] {
  const left = firstDifference(before, after, (state) => (hasLeft(state?.status ?? undefined) ? state?.status : null));
  if (left?.is) return [cadreDeparted.of({ on: left.on, reason: left.is as 'RETIRED' | 'DEPARTED', record })];
  const facts: Fact[] = [];
  const ranked = firstDifference(before, after, (state) => state?.rank ?? null);
  if (ranked?.is) facts.push(cadreRanked.of({ rank: ranked.is, on: ranked.on, record }));
  const posted = firstDifference(before, after, (state) => state?.posts ?? []);
  const [post] = posted?.is ?? [];
  if (posted && post) facts.push(cadrePosted.of({ organizationId: post.organizationId, on: posted.on, record }));
  for (const kind of ['PARTY', 'LEAGUE'] as const) {
    const joined = firstDifference(before, after, (state) => state?.memberships.includes(kind) ?? false);
    if (joined) facts.push(cadreMembershipChanged.of({ kind, on: joined.on, member: joined.is, record }));
  }
  return facts.length > 0 ? facts : [cadreImported.of({ record })];
}

/** What rests on cadres: others' liaisons and absences, rotations, experience, terms, accounts. */
async function inUse(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const uses = [
    ['liaison', 'cadre_id'],
    ['liaison', 'liaison_id'],
    ['absence', 'cadre_id'],
    ['absence', 'substitute_id'],
    ['rotation', 'cadre_id'],
    ['grassroots_experience', 'cadre_id'],
    ['public_representative', 'cadre_id'],
    ['account', 'cadre_id'],
  ] as const;
  const each = uses.map(
    ([table, column]) =>
      sql`select ${sql.ref(column)} as id, ${sql.lit(table)}::text as use from ${sql.table(table)} where ${sql.ref(column)} = any(${[...ids]}::uuid[])`,
  );
  const { rows } = await sql<{ id: string; use: string }>`
    select id, string_agg(distinct use, ', ') as use from (${sql.join(each, sql` union all `)}) used group by id`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, use }) => [id, use]));
}

async function told(
  ctx: Ctx,
  ids: readonly string[],
  factOf: (record: CadreFacts) => Fact,
): Promise<Map<string, Fact[]>> {
  return new Map((await cadreRecords(ctx, ids)).map((record) => [record.id, [factOf(record)]]));
}

/** A record of somebody who never served: departed since the first day, with nothing held. */
function neverServed(record: CadreFacts, today: string): Fact {
  const on = record.statuses?.[0]?.from ?? today;
  const { id, staffNumber } = record;
  const nothing = { ranks: [], posts: [], partyMember: [], liaisonIds: [], absences: [] };
  return cadreWithdrawn.of({
    on,
    record: { id, staffNumber, status: 'DEPARTED', statuses: [{ status: 'DEPARTED', from: on }], ...nothing },
  });
}

/** Lines of every cadre whom the caller keeps, by staff number. */
async function* lines(ctx: Ctx): AsyncGenerator<{ id: string; values: Readonly<Record<string, unknown>> }> {
  const places = placesFor(ctx.actor, ['ORG_DEPARTMENT']);
  const mine =
    places === 'ALL'
      ? sql`true`
      : sql`exists (select 1 from post p join local_copy o on o.aggregate_type = 'organization' and o.id = p.organization_id
          where p.cadre_id = c.id and (p.valid_to is null or p.valid_to > ${sql.lit(ctx.today())}::date)
            and o.data -> 'path' ?| array[${sql.join(places.map((id) => sql.lit(id)))}]::text[])`;
  const query = sql`select ${held} from cadre c where ${mine} order by c.staff_number`;
  for await (const rows of streamedRows<HeldRow>(ctx, query)) {
    const codeOf = await organizationCodes(ctx, rows);
    for (const row of rows)
      for (const state of cadreStatesOf(row.rows)) {
        if (state.status === null) continue;
        const { staffNumber } = row;
        const posts = state.posts.map(({ organizationId, ...post }) => ({ code: codeOf(organizationId), ...post }));
        yield { id: row.id, values: { staffNumber, ...personOf(row), ...state, posts } };
      }
  }
}

/** The codes of the organizations where cadres have posts; the id of one that we have no copy of. */
async function organizationCodes(ctx: Ctx, rows: readonly HeldRow[]): Promise<(id: string) => string> {
  const ids = new Set(rows.flatMap((row) => row.rows.posts.map(({ organizationId }) => organizationId)));
  const found = await sql<{ id: string; code: string }>`
    select id, data ->> 'code' as code from local_copy where aggregate_type = ${organizationRecord.aggregate} and id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const codes = new Map(found.rows.map(({ id, code }) => [id, code]));
  return (id) => codes.get(id) ?? id;
}

/** 干部表: cadres with status, rank, posts and membership, day by day. Experience, liaisons, absences and rotations are not part of it, and stay. */
export const cadreTable: TableKind = {
  name: 'cadres',
  zh: '干部',
  en: 'cadres',
  columns: cadreColumns,
  access: KEEPS_REGISTER as TableKind['access'],
  personal: true,
  entity: Cadre,
  owned: {
    statuses: { entity: StatusPeriod, by: 'cadreId' },
    ranks: { entity: RankPeriod, by: 'cadreId' },
    posts: { entity: Post, by: 'cadreId' },
    memberships: { entity: Membership, by: 'cadreId' },
  },
  keyOf: ({ values }) => (values['staffNumber'] as string | undefined) ?? '',
  find,
  decide,
  facts,
  inUse,
  restored: (ctx, ids) => told(ctx, ids, (record) => cadreImported.of({ record })),
  withdrawn: (ctx, ids) => told(ctx, ids, (record) => neverServed(record, ctx.today())),
  lines,
};
