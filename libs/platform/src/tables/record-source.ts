import type { EntityClass } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { batched } from '../rows.ts';
import { tableErrors } from './table.errors.ts';

/** Which systems are the authority for these records, by id; those that the platform is the authority for are absent. */
export async function sourcesOf(
  ctx: Ctx,
  entity: EntityClass<object>,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { tableName } = ctx.em.getMetadata().get(entity);
  const { rows } = await sql<{ id: string; system: string }>`
    select id, system from record_source where table_name = ${tableName} and id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, system }) => [id, system]));
}

/** Sets which system is the authority for records; `null` gives them back to the platform. */
export async function setSources(
  ctx: Ctx,
  entity: EntityClass<object>,
  sources: ReadonlyMap<string, string | null>,
): Promise<void> {
  const db = ctx.em.getKysely();
  const { tableName } = ctx.em.getMetadata().get(entity);
  const given = [...sources].filter((each): each is [string, string] => each[1] !== null);
  const back = [...sources.keys()].filter((id) => sources.get(id) === null);
  await sql`delete from record_source where table_name = ${tableName} and id = any(${back}::uuid[])`.execute(db);
  await sql`
    insert into record_source (table_name, id, system) select ${tableName}, r.id, r.system
    from unnest(${given.map(([id]) => id)}::uuid[], ${given.map(([, system]) => system)}::text[]) as r(id, system)
    on conflict (table_name, id) do update set system = excluded.system`.execute(db);
}

/** The system that is the authority for a record; batched per request. */
export async function sourceOf(ctx: Ctx, entity: EntityClass<object>, id: string): Promise<string | null> {
  return (await batched(ctx, `source:${entity.name}`, id, (ids) => sourcesOf(ctx, entity, ids))) ?? null;
}

/** Refuses a change by hand of a record that another system is the authority for, naming it. */
export async function refuseForeignRecord(
  ctx: Ctx,
  entity: EntityClass<object>,
  id: string,
  field: string,
): Promise<void> {
  const system = (await sourcesOf(ctx, entity, [id])).get(id.toLowerCase());
  if (system) throw tableErrors('record.ownedElsewhere', { system }, { field });
}
