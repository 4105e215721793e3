import { v5 } from 'uuid';
import { cadreRecord } from '@frontline/events';
import { batched, sql, transaction, type Ctx, type Sql } from '@frontline/platform';
import type { CadreFacts, OrganizationFacts } from '../contact-assignment/assignment-eligibility.ts';
import { namedByRules, stretchesOf } from '../contact-scheme/rule-heirs.ts';
import { heirsOf } from '../organization/organization-heirs.ts';
import {
  coverageSpells,
  type CoverageSpell,
  type CoverageTerms,
  type HeldContact,
  type Subject,
} from './coverage-spells.ts';

/** What was counted, and how many rows of the projection were otherwise before. */
export interface CoverageKept {
  subjects: number;
  changed: number;
}

/** Subjects whose facts are read at once. */
const CHUNK = 1_000;

/**
 * Counts anew whoever is stale by now, if anybody is, so that what is asked next equals a full recount. Triggers note
 * who is, in the transaction of each change, whoever makes it; nobody has to remember to call.
 */
export async function keepCoverage(ctx: Ctx): Promise<CoverageKept> {
  const { rows } = await sql`select 1 from coverage_stale limit 1`.execute(ctx.em.getKysely());
  if (rows.length === 0) return { subjects: 0, changed: 0 };
  return transaction(ctx, countStale, true);
}

/** {@link keepCoverage}, once a request however many fields of it ask. */
export function coverageKept(ctx: Ctx): Promise<CoverageKept | undefined> {
  return batched(ctx, 'coverage:kept', 'all', async () => new Map([['all', await keepCoverage(ctx)]]));
}

/** Counts everybody anew under every scheme; `changed` is then how many rows were wrong or missing. */
export function rebuildCoverage(ctx: Ctx): Promise<CoverageKept> {
  return transaction(
    ctx,
    async (tx) => {
      await oneAtATime(tx);
      const db = tx.em.getKysely();
      await sql`delete from coverage_stale`.execute(db);
      const gone =
        await sql`delete from coverage_spell s where not exists (select 1 from contact_scheme c where c.id = s.scheme_id)`.execute(
          db,
        );
      const kept = await count(tx, await everySubject(tx), sql`true`);
      await noteCounted(tx);
      return { ...kept, changed: kept.changed + Number(gone.numAffectedRows ?? 0) };
    },
    true,
  );
}

async function countStale(ctx: Ctx): Promise<CoverageKept> {
  await oneAtATime(ctx);
  const { rows } = await sql<{ subjects: string[]; schemes: string[]; posts: string[] }>`
    with stale as (delete from coverage_stale returning subject_id, scheme_id, post_at)
    select coalesce(array_agg(distinct subject_id::text) filter (where subject_id is not null), '{}') as subjects,
      coalesce(array_agg(distinct scheme_id::text) filter (where scheme_id is not null), '{}') as schemes,
      coalesce(array_agg(distinct post_at::text) filter (where post_at is not null), '{}') as posts from stale`.execute(
    ctx.em.getKysely(),
  );
  const { subjects = [], schemes = [], posts = [] } = rows[0] ?? {};
  const concerned = new Set([...subjects, ...(await cadresWithPostAt(ctx, posts))]);
  const done = await count(ctx, [...concerned], sql`s.id <> all(${schemes}::uuid[])`);
  const whole = schemes.length > 0 && (await count(ctx, await everySubject(ctx), sql`s.id = any(${schemes}::uuid[])`));
  await noteCounted(ctx);
  return whole ? { subjects: done.subjects + whole.subjects, changed: done.changed + whole.changed } : done;
}

async function noteCounted(ctx: Ctx): Promise<void> {
  await sql`insert into coverage_counted (at) values (${ctx.now()}) on conflict (one) do update set at = excluded.at`.execute(
    ctx.em.getKysely(),
  );
}

/** Two that count at once would each write what it saw; the second waits, and then counts what is left. */
async function oneAtATime(ctx: Ctx): Promise<void> {
  const db = ctx.em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtext('coverage'))`.execute(db);
}

async function cadresWithPostAt(ctx: Ctx, organizationIds: readonly string[]): Promise<string[]> {
  if (organizationIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct c.id::text as id from local_copy c cross join jsonb_array_elements(c.data -> 'posts') as post
    where c.aggregate_type = ${cadreRecord.aggregate} and post ->> 'organizationId' = any(${[...organizationIds]}::text[])`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/** Everybody whom a scheme may concern, and whoever the projection still knows. */
async function everySubject(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id::text as id from local_copy c where c.aggregate_type = ${cadreRecord.aggregate}
    union select id::text from organization union select subject_id::text from coverage_spell`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(({ id }) => id);
}

/** Makes the projection of these subjects what it must be, under the schemes of a condition over alias `s`. */
async function count(ctx: Ctx, subjectIds: readonly string[], schemes: Sql): Promise<CoverageKept> {
  const terms = await termsOf(ctx, schemes);
  const done: CoverageKept = { subjects: 0, changed: 0 };
  for (let at = 0; at < subjectIds.length && terms.size > 0; at += CHUNK) {
    const ids = subjectIds.slice(at, at + CHUNK);
    const [subjects, held] = [await subjectsOf(ctx, ids), await heldBy(ctx, ids)];
    const rows = subjects.flatMap((subject) =>
      [...terms].flatMap(([schemeId, versions]) =>
        coverageSpells(versions, subject, held.get(`${schemeId} ${subject.id}`) ?? []).map((spell) => ({
          id: v5(`${spell.side}/${subject.id}/${spell.validFrom}`, schemeId),
          schemeId,
          subject,
          spell,
        })),
      ),
    );
    done.subjects += ids.length;
    done.changed += await save(ctx, ids, [...terms.keys()], rows);
  }
  return done;
}

/** What each scheme says, by its id, with the organizations that its rules name at each time. */
async function termsOf(ctx: Ctx, schemes: Sql): Promise<Map<string, CoverageTerms[]>> {
  const { rows } = await sql<CoverageTerms & { schemeId: string }>`
    select s.id as "schemeId", v.valid_from::text as "validFrom", v.valid_to::text as "validTo", v.contactor, v.target_kinds as "targetKinds",
      v.liaisons, v.cardinalities from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id where ${schemes}`.execute(
    ctx.em.getKysely(),
  );
  const heirs = await heirsOf(ctx, namedByRules(rows));
  return Map.groupBy(
    rows.flatMap((version) => stretchesOf(version, heirs)),
    ({ schemeId }) => schemeId,
  );
}

async function subjectsOf(ctx: Ctx, ids: readonly string[]): Promise<Subject[]> {
  const db = ctx.em.getKysely();
  const cadres = await sql<{ id: string; cadre: CadreFacts }>`
    select id, data as cadre from local_copy where aggregate_type = ${cadreRecord.aggregate} and id = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  const placed = cadres.rows.flatMap(({ cadre }) => cadre.posts.map(({ organizationId }) => organizationId));
  const organizations = await sql<OrganizationFacts>`
    select id, kind, valid_from::text as "validFrom", valid_to::text as "validTo" from organization
    where id = any(${[...new Set([...ids, ...placed])]}::uuid[])`.execute(db);
  const kindOf = new Map(organizations.rows.map(({ id, kind }) => [id, kind]));
  const asked = new Set(ids);
  return [
    ...cadres.rows.map(({ id, cadre }) => ({ kind: 'CADRE', id, cadre, kindOf }) as const),
    ...organizations.rows
      .filter(({ id }) => asked.has(id))
      .map((organization) => ({ kind: 'ORGANIZATION', id: organization.id, organization }) as const),
  ];
}

/** Assignments in which these have a part, by scheme and subject; who holds a patch contacts each of its areas. */
async function heldBy(ctx: Ctx, ids: readonly string[]): Promise<Map<string, HeldContact[]>> {
  const these = sql`${[...ids]}::uuid[]`;
  const { rows } = await sql<HeldContact & { schemeId: string }>`
    select s.id as "schemeId", array_prepend(a.contactor_id, a.co_contactor_ids) as "contactorIds", r.organization_id as "targetId",
      a.liaison_ids as "liaisonIds", a.former_liaisons as "formerLiaisons", r.valid_from::text as "validFrom", r.valid_to::text as "validTo"
    from contact_reach r join contact_assignment a on a.id = r.assignment_id join contact_scheme s on s.code = a.scheme
    where a.contactor_id = any(${these}) or r.organization_id = any(${these}) or a.co_contactor_ids && ${these}`.execute(
    ctx.em.getKysely(),
  );
  const held = new Map<string, HeldContact[]>();
  for (const { schemeId, ...contact } of rows)
    for (const id of new Set([contact.targetId, ...contact.contactorIds])) {
      const key = `${schemeId} ${id}`;
      held.set(key, [...(held.get(key) ?? []), contact]);
    }
  return held;
}

interface Row {
  id: string;
  schemeId: string;
  subject: Subject;
  spell: CoverageSpell;
}

/** Writes what is otherwise and nothing else; gives how many rows that were. */
async function save(
  ctx: Ctx,
  subjectIds: readonly string[],
  schemeIds: readonly string[],
  rows: readonly Row[],
): Promise<number> {
  const db = ctx.em.getKysely();
  const column = (type: string, value: (row: Row) => unknown): Sql => sql`${rows.map(value)}::${sql.raw(type)}[]`;
  const wanted = column('uuid', ({ id }) => id);
  const gone = await sql`
    delete from coverage_spell t where t.subject_id = any(${[...subjectIds]}::uuid[]) and t.scheme_id = any(${[...schemeIds]}::uuid[])
      and t.id not in (select w.id from unnest(${wanted}) as w(id))`.execute(db);
  const saved = await sql`
    insert into coverage_spell as t (id, valid_from, valid_to, scheme_id, side, subject_kind, subject_id, place_ids, covered, reasons)
    select r.id, r.valid_from, r.valid_to, r.scheme_id, r.side, r.subject_kind, r.subject_id, r.place_ids::uuid[], r.covered, r.reasons::text[]
    from unnest(${wanted}, ${column('date', ({ spell }) => spell.validFrom)}, ${column('date', ({ spell }) => spell.validTo)},
      ${column('uuid', ({ schemeId }) => schemeId)}, ${column('text', ({ spell }) => spell.side)},
      ${column('text', ({ subject }) => subject.kind)}, ${column('uuid', ({ subject }) => subject.id)},
      ${column('text', ({ spell }) => `{${spell.placeIds.join()}}`)}, ${column('boolean', ({ spell }) => spell.covered)},
      ${column('text', ({ spell }) => `{${spell.reasons.join()}}`)})
      as r(id, valid_from, valid_to, scheme_id, side, subject_kind, subject_id, place_ids, covered, reasons)
    on conflict (id) do update set valid_to = excluded.valid_to, place_ids = excluded.place_ids, covered = excluded.covered, reasons = excluded.reasons
    where (t.valid_to, t.place_ids, t.covered, t.reasons) is distinct from (excluded.valid_to, excluded.place_ids, excluded.covered, excluded.reasons)`.execute(
    db,
  );
  return Number(gone.numAffectedRows ?? 0) + Number(saved.numAffectedRows ?? 0);
}
