import type { EntityClass, EntityManager, EntityProperty } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Fact } from '@frontline/events';
import { factRow, insertOutbox } from './change.ts';
import type { Ctx } from './context.ts';

/** What saving came to. */
export interface Saved {
  inserted: number;
  updated: number;
}

/**
 * Saves many rows of an entity in one statement, by id: those that are there get the columns that are given, the others
 * come in; versions grow. The facts of a row go into the outbox in the open transaction. The caller has applied the rules.
 */
export async function saveRows<T extends object>(
  ctx: Ctx,
  entity: EntityClass<T>,
  rows: readonly (Partial<T> & { id: string })[],
  factsOf: (row: Partial<T> & { id: string }) => readonly Fact[] = () => [],
): Promise<Saved> {
  if (rows.length === 0) return { inserted: 0, updated: 0 };
  const meta = ctx.em.getMetadata().get(entity);
  const facts = new Map(rows.map((row) => [row.id, factsOf(row)]));
  const columns = columnsOf(ctx.em, entity, rows);
  const versioned = 'eventSequence' in meta.properties;
  const names = columns.map(({ name }) => sql.ref(name));
  const saved = await sql<{ id: string; inserted: boolean; event_sequence: string | null }>`
    insert into ${sql.table(meta.tableName)} as t (${sql.join([...names, ...(versioned ? [sql.ref('version'), sql.ref('event_sequence')] : [])])})
    select ${sql.join([...columns.map(({ type }, index) => sql`${sql.ref(`r.c${index}`)}::${sql.raw(type)}`), ...(versioned ? [sql`1`, sql.ref('r.emitted')] : [])])}
    from unnest(${sql.join([...columns.map(({ values }) => sql`${values}::text[]`), sql`${rows.map((row) => facts.get(row.id)?.length ?? 0)}::bigint[]`])})
      as r(${sql.join([...columns.map((_, index) => sql.ref(`c${index}`)), sql.ref('emitted')])})
    on conflict (id) do update set ${sql.join([
      ...columns
        .filter(({ name }) => name !== 'id')
        .map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
      ...(versioned
        ? [sql`version = t.version + 1`, sql`event_sequence = t.event_sequence + excluded.event_sequence`]
        : [sql`id = t.id`]),
    ])}
    returning t.id, (xmax = 0) as inserted, ${versioned ? sql`t.event_sequence` : sql`null`} as event_sequence`.execute(
    ctx.em.getKysely(),
  );
  await insertFacts(ctx, saved.rows, facts);
  const inserted = saved.rows.filter((row) => row.inserted).length;
  return { inserted, updated: saved.rows.length - inserted };
}

/** Tells facts of records that are as they are to be; their versions grow with it, so that nobody overlooks it. */
export async function tellOf(
  ctx: Ctx,
  entity: EntityClass<object>,
  facts: ReadonlyMap<string, readonly Fact[]>,
): Promise<void> {
  const told = [...facts].filter(([, each]) => each.length > 0);
  if (told.length === 0) return;
  const { tableName } = ctx.em.getMetadata().get(entity);
  const { rows } = await sql<{ id: string; event_sequence: string }>`
    update ${sql.table(tableName)} t set version = t.version + 1, event_sequence = t.event_sequence + r.emitted
    from unnest(${told.map(([id]) => id)}::uuid[], ${told.map(([, each]) => each.length)}::bigint[]) as r(id, emitted)
    where t.id = r.id returning t.id, t.event_sequence`.execute(ctx.em.getKysely());
  await insertFacts(ctx, rows, facts);
}

/** Outbox rows of facts by aggregate; each row says up to which sequence its aggregate has come with them. */
async function insertFacts(
  ctx: Ctx,
  rows: readonly { id: string; event_sequence: string | null }[],
  facts: ReadonlyMap<string, readonly Fact[]>,
): Promise<void> {
  const now = ctx.now();
  const outbox = rows.flatMap(({ id, event_sequence: last }) => {
    const told = facts.get(id) ?? [];
    return told.map((fact, at) => factRow(fact, id, Number(last) - told.length + at + 1, now));
  });
  await insertOutbox(ctx, outbox);
}

/** Column by column, each value as text that PostgreSQL casts to the column's type: so every type, arrays and JSON included, travels alike. */
function columnsOf<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  rows: readonly object[],
): { name: string; type: string; values: (string | null)[] }[] {
  const meta = em.getMetadata().get(entity);
  const properties = meta.props.filter(
    (property) => property.persist !== false && property.name !== 'version' && property.name !== 'eventSequence',
  );
  const given = new Set(rows.flatMap((row) => Object.keys(row)));
  const unknown = [...given].filter((name) => !properties.some((property) => property.name === name));
  if (unknown.length > 0) throw new Error(`${entity.name} has no properties ${unknown.join(', ')} to import`);
  return properties
    .filter((property) => given.has(property.name))
    .map((property) => ({
      name: property.fieldNames[0] as string,
      type: property.columnTypes[0] as string,
      values: rows.map((row) =>
        asText(em, property as EntityProperty, (row as Record<string, unknown>)[property.name]),
      ),
    }));
}

function asText(em: EntityManager, property: EntityProperty, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const type = property.columnTypes[0] as string;
  if (type === 'jsonb' || type === 'json') return JSON.stringify(value);
  const converted =
    property.customType && !(value instanceof Date)
      ? property.customType.convertToDatabaseValue(value, em.getPlatform())
      : value;
  if (converted instanceof Date) return converted.toISOString();
  if (Array.isArray(converted)) return arrayLiteral(converted);
  return String(converted);
}

function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map((value) => `"${String(value).replace(/(["\\])/g, '\\$1')}"`).join(',')}}`;
}
