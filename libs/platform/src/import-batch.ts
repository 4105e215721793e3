import type { EntityClass } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Fact } from '@frontline/events';
import { transaction } from './change.ts';
import type { Ctx } from './context.ts';
import { columnOf, tableOf } from './rows.ts';
import { saveRows } from './save-rows.ts';
import { personalDataCipher } from './sealed.ts';

/** Rows of one statement; larger batches gain nothing and hold more memory. */
const CHUNK = 5_000;

/** What a bulk import did. */
export interface ImportResult {
  inserted: number;
  updated: number;
  unchanged: number;
  /** Owned rows that the source no longer lists. */
  removed: number;
}

/** How rows are brought in. */
export interface ImportOptions<T> {
  /** The fact that tells others of a row that is new or changed. */
  fact?: (row: Partial<T> & { id: string }) => Fact | undefined;
  /**
   * The rows are everything that these owners have (a household's residents): what an earlier import brought of them and
   * this one doesn't list is removed. Only for rows without a history of their own.
   */
  ownedBy?: { property: keyof T & string; ids: readonly string[] };
}

/**
 * Brings many rows of an entity in, set-based: inserts what is new, updates what the source has changed since it was
 * imported, leaves alone what is the same. `rows` hold property names of the entity and an `id`; the caller has
 * applied the entity's rules. Facts go into the outbox in the same transaction. Joins an open transaction.
 */
export async function importBatch<T extends object>(
  ctx: Ctx,
  entity: EntityClass<T>,
  rows: readonly (Partial<T> & { id: string })[],
  { fact, ownedBy }: ImportOptions<T> = {},
): Promise<ImportResult> {
  const result: ImportResult = { inserted: 0, updated: 0, unchanged: 0, removed: 0 };
  if (ownedBy) {
    const listed = rows.map(({ id }) => id);
    result.removed = await transaction(ctx, (tx) => removeUnlisted(tx, entity, ownedBy, listed), true);
  }
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    const done = await transaction(ctx, (tx) => importChunk(tx, entity, chunk, fact), true);
    result.inserted += done.inserted;
    result.updated += done.updated;
    result.unchanged += chunk.length - done.inserted - done.updated;
  }
  return result;
}

/** Removes what earlier imports brought of these owners and this one doesn't list, so that it counts as new if it ever returns. */
async function removeUnlisted<T extends object>(
  ctx: Ctx,
  entity: EntityClass<T>,
  { property, ids }: { property: keyof T & string; ids: readonly string[] },
  listed: readonly string[],
): Promise<number> {
  const { tableName } = ctx.em.getMetadata().get(entity);
  const gone = await sql`
    with unlisted as (
      delete from imported_row i using ${tableOf(ctx.em, entity)}
      where i.table_name = ${tableName} and i.id = t.id and ${columnOf(ctx.em, entity, property)} = any(${[...ids]}::uuid[])
        and not exists (select 1 from unnest(${[...listed]}::uuid[]) as r(id) where r.id = t.id)
      returning i.id)
    delete from ${sql.table(tableName)} where id in (select id from unlisted)`.execute(ctx.em.getKysely());
  return Number(gone.numAffectedRows ?? 0);
}

async function importChunk<T extends object>(
  ctx: Ctx,
  entity: EntityClass<T>,
  rows: readonly (Partial<T> & { id: string })[],
  fact?: (row: Partial<T> & { id: string }) => Fact | undefined,
): Promise<{ inserted: number; updated: number }> {
  const db = ctx.em.getKysely();
  const meta = ctx.em.getMetadata().get(entity);
  const digests = new Map(rows.map((row) => [row.id, digestOf(row)]));
  const known = await sql<{ id: string; digest: string }>`
    select id, digest from imported_row where table_name = ${meta.tableName} and id = any(${[...digests.keys()]}::uuid[])`.execute(
    db,
  );
  for (const { id, digest } of known.rows) if (digests.get(id) === digest) digests.delete(id);
  const fresh = rows.filter((row) => digests.has(row.id));
  if (fresh.length === 0) return { inserted: 0, updated: 0 };

  const saved = await saveRows(ctx, entity, fresh, (row) => {
    const told = fact?.(row);
    return told ? [told] : [];
  });
  await sql`
    insert into imported_row (table_name, id, digest) select ${meta.tableName}, r.id, r.digest
    from unnest(${[...digests.keys()]}::uuid[], ${[...digests.values()]}::text[]) as r(id, digest)
    on conflict (table_name, id) do update set digest = excluded.digest, imported_at = now()`.execute(db);
  return saved;
}

/** Keyed, since a plain digest of a name or number could be guessed back. */
function digestOf(row: object): string {
  return personalDataCipher().digest(JSON.stringify(row));
}
