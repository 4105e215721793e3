import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { Access, SAME_AS_PARENT } from './access-rules.ts';
import type { Ctx } from './context.ts';
import { platformErrors } from './errors.ts';
import {
  batched,
  condition,
  orderKey,
  ordering,
  signatureOf,
  tableOf,
  type Order,
  type ReadableEntity,
  type Selection,
  type Sql,
} from './rows.ts';
import { toEntities, type Row } from './row-reader.ts';

/** Largest page of any list. */
export const MAX_PAGE = 100;

/** The paging arguments of every list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: '每页条数 · How many to return, 1 to 100.' })
  first = 20;

  @Field(() => String, {
    nullable: true,
    description: '游标 · Return what follows this cursor (an endCursor or edge cursor of the same list).',
  })
  after?: string | null;
}

@ObjectType({ description: '分页信息 · Where a page of a list stands.' })
@Directive('@shareable')
@Access(SAME_AS_PARENT)
export class PageInfo {
  @Field({ description: '是否有下一页 · Whether more follow.' })
  hasNextPage!: boolean;

  @Field({ description: '是否有上一页 · Whether some came before (true after a cursor was given).' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: '首游标 · Cursor of the first item.' })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: '末游标 · Cursor of the last item; pass it as `after`.' })
  endCursor?: string | null;
}

/** One item of a list with its cursor. */
export interface Edge<T> {
  node: T;
  cursor: string;
}

/** A page of a list. `totalCount` costs a query and is asked only when the client selects it. */
export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount(): Promise<number>;
}

/**
 * Makes the GraphQL types `XConnection` and `XEdge` of a node class; call it once per node class and export the result.
 * `shared`: several subgraphs have these types.
 */
export function connectionOf<T extends object>(
  node: ClassType<T>,
  name: string,
  zh: string,
  { shared = false } = {},
): ClassType<Connection<T>> {
  const sharing: ClassDecorator = shared ? Directive('@shareable') : () => undefined;

  @ObjectType(`${name}Edge`, { description: `${zh}列表项 · One ${name} of a list, with its cursor.` })
  @sharing
  @Access(SAME_AS_PARENT)
  class NodeEdge {
    @Field(() => node, { description: `${zh} · The ${name}.` })
    node!: T;

    @Field({ description: '游标 · Pass it as `after` to continue behind this item.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `${zh}列表 · A page of a list of ${name}.` })
  @sharing
  @Access(SAME_AS_PARENT)
  class NodeConnection {
    @Field(() => [NodeEdge], { description: '带游标的列表项 · The items with their cursors.' })
    edges!: NodeEdge[];

    @Field(() => [node], { description: '列表项 · The items.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: '分页信息 · Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { name: 'totalCount', description: '总数 · How many there are in all, over every page.' })
    totalCount!: () => Promise<number>;
  }
  return NodeConnection as never;
}

/** A page of all rows of an entity that the caller may see and the selection admits. One statement, and one more if the client asks for totalCount. */
export async function connect<T extends object>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  page: PageArgs,
  selection: Selection = {},
): Promise<Connection<T>> {
  const { where = [], order = [] } = selection;
  const first = pageSize(page);
  const conditions = condition(ctx, entity, where);
  const { rows } = await sql<Record<string, unknown>>`
    select t.*${cursorKeys(order)} from ${tableOf(ctx.em, entity)}
    where ${conditions} and ${afterCursor(entity, page, order)} order by ${ordering(order)} limit ${first + 1}`.execute(
    ctx.em.getKysely(),
  );
  return new RowConnection(ctx, entity, rows, page, order, async () => {
    const counted = await sql<{
      count: number;
    }>`select count(*)::int as count from ${tableOf(ctx.em, entity)} where ${conditions}`.execute(ctx.em.getKysely());
    return counted.rows[0]?.count ?? 0;
  });
}

/** How the rows of a nested list hang on their parent. */
export interface Under extends Selection {
  /**
   * Expression that equals the parent's id, such as `sql.ref('t.holder_id')`; or, where a row may hang on several parents, the
   * condition by which it hangs on the one with an id.
   */
  parent: Sql | ((id: Sql) => Sql);
  /** Joins that `parent` or `where` need. */
  join?: Sql;
}

/**
 * The same page under one parent, loaded for all parents of a level in one statement (LATERAL over the parents' ids),
 * and one more for their totalCounts if asked.
 */
export async function connectUnder<T extends object>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  parentId: string,
  page: PageArgs,
  under: Under,
): Promise<Connection<T>> {
  const { where = [], order = [], join = sql``, parent } = under;
  const first = pageSize(page);
  const hangs = typeof parent === 'function' ? parent(sql`"$p".id`) : sql`${parent} = "$p".id`;
  const signature = signatureOf(entity, under, hangs, under.join, first, page.after);
  const table = () => sql`${tableOf(ctx.em, entity)} ${join}`;
  const rows = await batched(ctx, `under:${signature}`, parentId, async (parents) => {
    const found = await sql<Record<string, unknown>>`
      select "$p".id::text as "$parent", r.* from unnest(${parents}::uuid[]) as "$p"(id) cross join lateral (
        select t.*${cursorKeys(order)} from ${table()}
        where ${hangs} and ${condition(ctx, entity, where)} and ${afterCursor(entity, page, order)} order by ${ordering(order)} limit ${first + 1}) r`.execute(
      ctx.em.getKysely(),
    );
    return Map.groupBy(found.rows, ({ $parent }) => $parent as string);
  });
  return new RowConnection(ctx, entity, rows ?? [], page, order, async () => {
    const count = await batched(ctx, `count:${signature}`, parentId, async (parents) => {
      const counted = await (
        typeof parent === 'function'
          ? sql<ParentCount>`
            select "$p".id::text as id, (select count(*)::int from ${table()} where ${hangs} and ${condition(ctx, entity, where)}) as count
            from unnest(${parents}::uuid[]) as "$p"(id)`
          : sql<ParentCount>`
            select ${parent}::text as id, count(*)::int as count from ${table()}
            where ${parent} = any(${parents}::uuid[]) and ${condition(ctx, entity, where)} group by 1`
      ).execute(ctx.em.getKysely());
      return new Map(counted.rows.map((row) => [row.id, row.count]));
    });
    return count ?? 0;
  });
}

interface ParentCount {
  id: string;
  count: number;
}

/** A page made of its rows; cursors are written only for whoever asks, since most queries want nodes alone. */
class RowConnection<T extends object> implements Connection<T> {
  readonly nodes: T[];
  readonly totalCount: () => Promise<number>;
  readonly #rows: readonly Row[];
  readonly #cursorOf: (row: Row | undefined) => string | null;
  readonly #page: PageArgs;

  constructor(
    ctx: Ctx,
    entity: ReadableEntity<T>,
    rows: readonly Row[],
    page: PageArgs,
    order: Order,
    totalCount: () => Promise<number>,
  ) {
    this.#page = page;
    this.#rows = rows;
    this.nodes = toEntities(ctx.em, entity, rows.slice(0, page.first));
    this.#cursorOf = (row) => (row ? encodeCursor(entity.name, order, keysOf(row, order)) : null);
    this.totalCount = once(totalCount);
  }

  get edges(): Edge<T>[] {
    return this.nodes.map((node, at) => ({ node, cursor: this.#cursorOf(this.#rows[at]) as string }));
  }

  get pageInfo(): PageInfo {
    return {
      hasNextPage: this.#rows.length > this.nodes.length,
      hasPreviousPage: Boolean(this.#page.after),
      startCursor: this.#cursorOf(this.#rows[0]),
      endCursor: this.#cursorOf(this.#rows[this.nodes.length - 1]),
    };
  }
}

export function pageSize({ first }: PageArgs): number {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) throw platformErrors('page.size', { max: MAX_PAGE });
  return first;
}

/** The sort keys of a row as text beside its columns, so that a cursor holds exactly what the order compares. */
function cursorKeys(order: Order): Sql {
  const keys = order.map(([by], at) => sql`, (${orderKey(by)})::text as ${sql.id(`$${at}`)}`);
  return sql.join(keys, sql``);
}

function keysOf(row: Row, order: Order): string[] {
  return [...order.map((_, at) => row[`$${at}`] as string), row['id'] as string];
}

/** Rows behind the cursor: a row comparison when all keys go one way (an index can serve it), else the expanded form. */
function afterCursor(entity: { name: string }, page: PageArgs, order: Order): Sql {
  if (page.after === undefined || page.after === null) return sql`true`;
  const values = decodeCursor(entity.name, order, page.after);
  const keys = [...order, ['t.id', 'asc'] as const].map(([by, direction], at) => ({
    key: orderKey(by),
    direction,
    value: sql`${values[at]}`,
  }));
  if (keys.every(({ direction }) => direction === 'asc')) {
    return sql`(${sql.join(keys.map(({ key }) => key))}) > (${sql.join(keys.map(({ value }) => value))})`;
  }
  const alternatives = keys.map(({ key, direction, value }, at) => {
    const before = keys.slice(0, at).map((each) => sql`${each.key} = ${each.value}`);
    return sql`(${sql.join([...before, sql`${key} ${sql.raw(direction === 'asc' ? '>' : '<')} ${value}`], sql` and `)})`;
  });
  return sql`(${sql.join(alternatives, sql` or `)})`;
}

export function encodeCursor(list: string, order: Order, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([checksum(list, order, keys), ...keys])).toString('base64url');
}

export function decodeCursor(list: string, order: Order, cursor: string): string[] {
  const malformed = platformErrors('page.cursor');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw malformed;
  }
  if (!Array.isArray(parts) || parts.length !== order.length + 2 || !parts.every((part) => typeof part === 'string'))
    throw malformed;
  const [check, ...keys] = parts as string[];
  if (check !== checksum(list, order, keys)) throw malformed;
  return keys;
}

/** Not a secret: it tells a damaged cursor, or one of another list or order, from a good one before SQL meets it. */
function checksum(list: string, order: Order, keys: readonly string[]): string {
  const shape = order.map(([by, direction]) => `${typeof by === 'string' ? by : '?'} ${direction}`);
  return createHash('sha256')
    .update(JSON.stringify([list, shape, keys]))
    .digest('base64url')
    .slice(0, 10);
}

export function once<V>(load: () => Promise<V>): () => Promise<V> {
  let loading: Promise<V> | undefined;
  return () => (loading ??= load());
}
