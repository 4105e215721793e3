import type { EntityClass } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { columnOf, tableOf, type Sql } from '../rows.ts';
import type { TableKind } from './table-kind.ts';

/** A record with its owned rows, as the database has them. */
export interface Image {
  row: Record<string, unknown>;
  owned: Record<string, Record<string, unknown>[]>;
}

type Shape = Pick<TableKind, 'entity' | 'owned'>;

const tableName = (ctx: Ctx, entity: EntityClass<object>): string => ctx.em.getMetadata().get(entity).tableName;

const ownerColumn = (ctx: Ctx, { entity, by }: TableKind['owned'][string]): Sql =>
  columnOf(ctx.em, entity, by as never);

/** Versions of these records, which stay locked until the transaction ends; what isn't there is absent. */
export async function lockedVersions(
  ctx: Ctx,
  entity: EntityClass<object>,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`
    select t.id, t.version from ${tableOf(ctx.em, entity)} where t.id = any(${[...ids]}::uuid[]) order by t.id for update`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** What these records are now. */
export async function imagesOf(ctx: Ctx, shape: Shape, ids: readonly string[]): Promise<Map<string, Image>> {
  const db = ctx.em.getKysely();
  const { rows } = await sql<{ id: string; row: Record<string, unknown> }>`
    select t.id, to_jsonb(t) as row from ${tableOf(ctx.em, shape.entity)} where t.id = any(${[...ids]}::uuid[])`.execute(
    db,
  );
  const images = new Map<string, Image>(rows.map(({ id, row }) => [id, { row, owned: {} }]));
  for (const [name, owned] of Object.entries(shape.owned)) {
    const column = ownerColumn(ctx, owned);
    const found = await sql<{ owner: string; rows: Record<string, unknown>[] }>`
      select ${column} as owner, jsonb_agg(to_jsonb(t)) as rows from ${tableOf(ctx.em, owned.entity)}
      where ${column} = any(${[...ids]}::uuid[]) group by 1`.execute(db);
    const byOwner = new Map(found.rows.map((each) => [each.owner, each.rows]));
    for (const [id, image] of images) image.owned[name] = byOwner.get(id) ?? [];
  }
  return images;
}

/** Removes the owned rows of records. */
export async function removeOwned(ctx: Ctx, owned: TableKind['owned'][string], ids: readonly string[]): Promise<void> {
  await sql`delete from ${tableOf(ctx.em, owned.entity)} where ${ownerColumn(ctx, owned)} = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
}

/** Removes records with all they own. */
export async function removeRecords(ctx: Ctx, shape: Shape, ids: readonly string[]): Promise<void> {
  for (const owned of Object.values(shape.owned)) await removeOwned(ctx, owned, ids);
  await sql`delete from ${tableOf(ctx.em, shape.entity)} where t.id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
}

/** Makes records what they were; version and sequence go on, since what was told cannot be untold. */
export async function putBack(ctx: Ctx, shape: Shape, images: ReadonlyMap<string, Image>): Promise<void> {
  if (images.size === 0) return;
  const db = ctx.em.getKysely();
  const table = tableName(ctx, shape.entity);
  const meta = ctx.em.getMetadata().get(shape.entity);
  const columns = meta.props
    .filter(({ name, persist }) => persist !== false && !['id', 'version', 'eventSequence'].includes(name))
    .map(({ fieldNames }) => fieldNames[0] as string);
  for (const [name, owned] of Object.entries(shape.owned)) {
    await removeOwned(ctx, owned, [...images.keys()]);
    const rows = [...images.values()].flatMap((image) => image.owned[name] ?? []);
    const into = tableName(ctx, owned.entity);
    await sql`insert into ${sql.table(into)} select r.* from jsonb_populate_recordset(null::${sql.table(into)}, ${JSON.stringify(rows)}::jsonb) r`.execute(
      db,
    );
  }
  await sql`
    update ${sql.table(table)} t set version = t.version + 1, ${sql.join(columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`r.${column}`)}`))}
    from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify([...images.values()].map(({ row }) => row))}::jsonb) r
    where t.id = r.id`.execute(db);
}
