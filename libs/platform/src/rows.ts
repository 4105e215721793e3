import DataLoader from 'dataloader';
import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from './context.ts';
import { platformErrors } from './errors.ts';
import { toEntities } from './row-reader.ts';

/** A piece of SQL with its parameters. */
export type Sql = RawBuilder<unknown>;

/** Sort keys of a list, most significant first; column texts such as `t.name` or fragments that are never null. */
export type Order = readonly (readonly [by: string | Sql, direction: 'asc' | 'desc'])[];

/** Which rows of an entity the caller may see: all, none, or those for which the fragment over alias `t` holds. */
export type Visibility = Sql | 'ALL' | 'NONE';

/** An entity that the readers serve; without `visibleTo` a service does not start. */
export type ReadableEntity<T extends object> = EntityClass<T> & { visibleTo(ctx: Ctx): Visibility };

/** What narrows and orders a list; the entity's table has the alias `t` in every fragment. */
export interface Selection {
  where?: readonly (Sql | undefined)[];
  order?: Order;
}

/** True for rows whose half-open validity (`valid_from`, `valid_to`) covers the day; `alias` is the table's alias. */
export function validOn(alias: string, day: string): Sql {
  const from = sql.ref(`${alias}.valid_from`);
  const to = sql.ref(`${alias}.valid_to`);
  return sql`(${from} <= ${day}::date and (${to} is null or ${day}::date < ${to}))`;
}

/** The entity's table under alias `t`. */
export function tableOf(em: EntityManager, entity: EntityClass<object>): Sql {
  return sql`${sql.table(em.getMetadata().get(entity).tableName)} as t`;
}

/** The column behind a property of an entity, as `t.column`. */
export function columnOf<T extends object>(em: EntityManager, entity: EntityClass<T>, property: keyof T & string): Sql {
  const column = em.getMetadata().get(entity).properties[property as never] as { fieldNames: string[] } | undefined;
  if (!column) throw new Error(`${entity.name} has no property ${property}`);
  return sql.ref(`t.${column.fieldNames[0]}`);
}

/** Conditions joined by `and`, with the caller's visibility first; nothing visible becomes `false`. */
export function condition<T extends object>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  where: readonly (Sql | undefined)[] = [],
): Sql {
  const visible = entity.visibleTo(ctx);
  const parts = where.filter((part) => part !== undefined);
  if (visible === 'NONE') return sql`false`;
  if (visible !== 'ALL') parts.unshift(sql`(${visible})`);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** `order by` of a list; the id is always the last key, so that the order is total. */
export function ordering(order: Order): Sql {
  return sql.join(
    [...order, ['t.id', 'asc'] as const].map(([by, direction]) => sql`${orderKey(by)} ${sql.raw(direction)}`),
  );
}

/** The expression of a sort key. */
export function orderKey(by: string | Sql): Sql {
  return typeof by === 'string' ? sql.ref(by) : by;
}

/** Identifies a question by its fragments, parameters included, so that equal questions share one loader; nothing is compiled for it. */
export function signatureOf(
  entity: { name: string },
  { where = [], order = [] }: Selection,
  ...more: unknown[]
): string {
  const node = (part: unknown) => (isSql(part) ? part.toOperationNode() : part);
  return JSON.stringify([
    entity.name,
    where.map(node),
    order.map(([by, direction]) => [node(by), direction]),
    more.map(node),
  ]);
}

function isSql(part: unknown): part is Sql {
  return typeof part === 'object' && part !== null && 'toOperationNode' in part;
}

/**
 * A value by key, loaded once per request and together with all others of the same name asked for in the same tick.
 * `load` gets the distinct keys and answers with a map; a key that is absent there yields `undefined`.
 */
export function batched<K extends string, V>(
  ctx: Ctx,
  name: string,
  key: K,
  load: (keys: K[]) => Promise<Map<K, V>>,
): Promise<V | undefined> {
  let loader = ctx.loaders.get(name) as DataLoader<K, V | undefined> | undefined;
  if (!loader) {
    loader = new DataLoader(
      async (keys) => {
        const found = await load(keys as K[]);
        return keys.map((each) => found.get(each));
      },
      { maxBatchSize: 1000 },
    );
    ctx.loaders.set(name, loader);
  }
  return loader.load(key);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of this graph's ids. */
export function isId(value: string): boolean {
  return uuid.test(value);
}

/** An id that a client gave in a filter or input; refuses what can't be one (`input.id`). */
export function checkedId(id: string, field: string): string {
  if (!isId(id)) throw platformErrors('input.id', {}, { field });
  return id;
}

/** One entity by id, as far as the caller may see it; batched per request. */
export async function byId<T extends object>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  id: string | null | undefined,
): Promise<T | undefined> {
  if (!id || !isId(id)) return undefined;
  return batched(ctx, `byId:${entity.name}`, id.toLowerCase(), async (ids) => {
    const { rows } = await sql<Record<string, unknown>>`
      select t.* from ${tableOf(ctx.em, entity)} where t.id = any(${ids}::uuid[]) and ${condition(ctx, entity)}`.execute(
      ctx.em.getKysely(),
    );
    return new Map(toEntities(ctx.em, entity, rows).map((found) => [(found as { id: string }).id, found]));
  });
}

/** All entities whose property equals the key, for small owned sets (a cadre's posts); long lists are connections. */
export async function manyBy<T extends object>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  property: keyof T & string,
  key: string,
  selection: Selection = {},
): Promise<T[]> {
  const name = `manyBy:${property}:${signatureOf(entity, selection)}`;
  const found = await batched(ctx, name, key, async (keys) => {
    const { where = [], order = [] } = selection;
    const column = columnOf(ctx.em, entity, property);
    const { rows } = await sql<Record<string, unknown>>`
      select t.*, ${column}::text as "$key" from ${tableOf(ctx.em, entity)}
      where ${column} = any(${keys}) and ${condition(ctx, entity, where)} order by ${ordering(order)}`.execute(
      ctx.em.getKysely(),
    );
    const groups = Map.groupBy(rows, ({ $key }) => $key as string);
    return new Map([...groups].map(([each, group]) => [each, toEntities(ctx.em, entity, group)]));
  });
  return found ?? [];
}
