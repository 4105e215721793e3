import { sql } from 'kysely';
import type { RecordContract, RecordOf } from '@frontline/events';
import type { Ctx } from './context.ts';
import { batched, isId, type Sql, type Visibility } from './rows.ts';

/** This service's copy of another service's record, by id; batched per request. Copies follow their owner within moments. */
export async function copyOf<R extends RecordContract>(
  ctx: Ctx,
  record: R,
  id: string | null | undefined,
): Promise<RecordOf<R> | undefined> {
  if (!id || !isId(id)) return undefined;
  return batched(ctx, `copy:${record.aggregate}`, id.toLowerCase(), async (ids) => {
    const { rows } = await sql<{ id: string; data: RecordOf<R> }>`
      select id, data from local_copy where aggregate_type = ${record.aggregate} and id = any(${ids}::uuid[])`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map(({ id: found, data }) => [found, data]));
  });
}

/**
 * Rows whose place lies in one of the caller's places: `column` holds the id of a copied record with a `path` (the ids
 * from the root down to itself), and one of `places` is on that path.
 */
export function withinPlaces(record: RecordContract, column: Sql, places: 'ALL' | readonly string[]): Visibility {
  if (places === 'ALL') return 'ALL';
  if (places.length === 0) return 'NONE';
  return sql`${column} in (select c.id from local_copy c where c.aggregate_type = ${record.aggregate} and c.data -> 'path' ?| ${[...places]}::text[])`;
}

/**
 * Ids of copied records of which an entry of a list names something on a day (YYYY-MM-DD): entries hold from a day, and
 * until another one if their end is known. As `in (…)` or `any(array(…))`.
 */
export function recordsNaming(
  record: RecordContract,
  { list, property, value, day }: { list: string; property: string; value: string; day: string },
): Sql {
  const entry = JSON.stringify({ [list]: [{ [property]: value }] });
  const path = `$.${list}[*] ? (@.${property} == $value && @.from <= $day && (!exists(@.until) || @.until > $day))`;
  return sql`select c.id from local_copy c where c.aggregate_type = ${sql.lit(record.aggregate)} and c.data @> ${entry}::jsonb
    and jsonb_path_exists(c.data, ${sql.lit(path)}::jsonpath, ${JSON.stringify({ value, day })}::jsonb)`;
}
