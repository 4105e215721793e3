import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Sql } from '../rows.ts';

/** Rows that are fetched together. */
const FETCH = 1_000;

let opened = 0;

/**
 * The rows of a query a thousand at a time, so that memory is bounded however many there are; needs an open transaction.
 * The query has no parameters: PostgreSQL takes none where a cursor is declared.
 */
export async function* streamedRows<R>(ctx: Ctx, query: Sql): AsyncGenerator<R[]> {
  const db = ctx.em.getKysely();
  const cursor = sql.id(`rows_${(opened += 1)}`);
  await sql`declare ${cursor} no scroll cursor for ${query}`.execute(db);
  for (;;) {
    const { rows } = await sql<R>`fetch ${sql.raw(String(FETCH))} from ${cursor}`.execute(db);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close ${cursor}`.execute(db);
}
