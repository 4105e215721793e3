import { sql } from 'kysely';
import type { Ctx } from './context.ts';
import { defineErrors } from './errors.ts';

const importErrors = defineErrors({
  'import.unknownReference': {
    kind: 'invalid',
    en: '{field}: no {table} with the id {id} exists (and {more} more are missing); import those first.',
    zh: '{field}：不存在 id 为 {id} 的 {table}（另缺 {more} 个），请先导入。',
  },
});

/** Refuses an import that points to rows of ours that are not there, naming the first. */
export async function refuseUnknown(ctx: Ctx, table: string, ids: readonly string[], field: string): Promise<void> {
  const asked = [...new Set(ids)];
  const { rows } = await sql<{ id: string }>`
    select r.id from unnest(${asked}::uuid[]) as r(id) where not exists (select 1 from ${sql.table(table)} t where t.id = r.id)`.execute(
    ctx.em.getKysely(),
  );
  const first = rows[0];
  if (first) throw importErrors('import.unknownReference', { table, id: first.id, more: rows.length - 1 }, { field });
}
