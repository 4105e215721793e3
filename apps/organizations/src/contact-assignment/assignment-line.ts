import { sql, validOn, type Ctx, type Sql } from '@frontline/platform';

/**
 * The line of each of these assignments, as a common table expression `line (root, id, depth)`: itself at depth 0, and those
 * that it goes on for, one before the other. An assignment that changes hands, follows a merger or loses one of a group is
 * another one from that day on, and so is one that fills a gap which the last one left; what was heard, promised and owed
 * before belongs to the line.
 */
export const linesOf = (ids: readonly string[]): Sql => linesFrom(sql`select unnest(${[...ids]}::uuid[])`);

const linesFrom = (roots: Sql): Sql => sql`recursive line (root, id, depth) as (
  select r.id, r.id, 0 from (${roots}) as r(id)
  union
  select line.root, before.id, line.depth + 1 from line cross join lateral (
    select a.continues_id as id from contact_assignment a where a.id = line.id and a.continues_id is not null
    union select h.assignment_id from handover h where h.next_assignment_id = line.id) before
  where line.depth < 100)`;

/** The assignments that each of these goes on for, the last one first; whoever goes on for none is absent. */
export async function predecessorsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ root: string; ids: string[] }>`
    with ${linesOf(ids)} select root, array_agg(id::text order by depth) as ids from line where depth > 0 group by root`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map((row) => [row.root, row.ids]));
}

/**
 * The line of each of these assignments the other way, as a common table expression `heirs (root, id, depth)`: itself at depth
 * 0, and those that go on for it, one after the other.
 */
const heirsOf = (ids: readonly string[]): Sql => sql`recursive heirs (root, id, depth) as (
  select r.id, r.id, 0 from unnest(${[...ids]}::uuid[]) as r(id)
  union
  select heirs.root, next.id, heirs.depth + 1 from heirs cross join lateral (
    select a.id from contact_assignment a where a.continues_id = heirs.id
    union select h.next_assignment_id from handover h where h.assignment_id = heirs.id and h.next_assignment_id is not null) next
  where heirs.depth < 100)`;

/** An assignment and those that go on for it, the nearest first. */
export async function heirsOfLine(ctx: Ctx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with ${heirsOf([id])} select heirs.id from heirs group by 1 order by min(heirs.depth)`.execute(ctx.em.getKysely());
  return rows.map((row) => row.id);
}

/** Of the line of each of these assignments the one that holds on a day: itself, or the nearest that goes on for it; absent where none does. */
export async function heldOfLines(ctx: Ctx, ids: readonly string[], day: string): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ root: string; id: string }>`
    with ${heirsOf(ids)} select distinct on (heirs.root) heirs.root, heirs.id
    from heirs join contact_assignment a on a.id = heirs.id and ${validOn('a', day)}
    order by heirs.root, heirs.depth, a.valid_from, a.id`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ root, id }) => [root, id]));
}

/**
 * Activities under the lines of what a cadre contacts on a day, as ids: whoever has taken a contact over is to know what was
 * heard and promised there before.
 */
export function activitiesOfLines(cadreId: string, day: string): Sql {
  const held = sql`select a.id from contact_assignment a
    where (a.contactor_id = ${cadreId} or a.co_contactor_ids @> array[${cadreId}]::uuid[]) and ${validOn('a', day)}`;
  return sql`select under.id from activity under where under.assignment_id = any(array(
    with ${linesFrom(held)} select line.id from line))`;
}

/** Whether a cadre contacts on a day under the line to which the assignment of an activity belongs. */
export async function holdsLineOf(ctx: Ctx, cadreId: string, activityId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 where ${activityId}::uuid in (${activitiesOfLines(cadreId, ctx.today())})`.execute(ctx.em.getKysely());
  return rows.length > 0;
}
