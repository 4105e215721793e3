import { Type } from '@mikro-orm/core';
import type { EntityClass, EntityManager, EntityMetadata, EntityProperty } from '@mikro-orm/postgresql';
import { SealedType } from './sealed.ts';

/** A row of an entity's table, by column, as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** Key under which a read entity keeps its row, for columns that are opened only when somebody asks. */
const SEALED = Symbol('sealed');

interface Column {
  property: string;
  column: string;
  convert: ((value: unknown) => unknown) | undefined;
}

/**
 * Turns rows into instances of an entity's class that nobody manages: no unit of work, no identity map, frozen, so that
 * what was read can neither be changed nor saved. Values are those that the ORM would give; sealed columns are opened
 * when they are asked for, and are left out of copies and of JSON.
 */
class RowReader<T extends object> {
  readonly #columns: Column[] = [];
  readonly #prototype: object;
  readonly #sealed: boolean;

  constructor(em: EntityManager, meta: EntityMetadata) {
    const own: PropertyDescriptorMap = {};
    let sealed = false;
    for (const property of meta.props.filter(({ persist }) => persist !== false)) {
      const { name, column, convert } = columnOf(em, meta, property);
      if (property.customType instanceof SealedType) {
        sealed = true;
        own[name] = {
          get(this: { [SEALED]: Row }) {
            return convert?.(this[SEALED][column]);
          },
        };
      } else {
        this.#columns.push({ property: name, column, convert });
        // hides the setter by which the ORM follows changes
        own[name] = { value: undefined, writable: true };
      }
    }
    this.#prototype = Object.create(meta.prototype as object, own) as object;
    this.#sealed = sealed;
  }

  read(row: Row): T {
    const entity = Object.create(this.#prototype) as Record<string | symbol, unknown>;
    for (const { property, column, convert } of this.#columns) {
      const value = row[column];
      entity[property] = convert === undefined || value === null || value === undefined ? value : convert(value);
    }
    if (this.#sealed) entity[SEALED] = row;
    return Object.freeze(entity) as T;
  }
}

function columnOf(em: EntityManager, meta: EntityMetadata, property: EntityProperty) {
  const { name, kind, customType, runtimeType, fieldNames, embedded, columnTypes } = property;
  const readable = kind === 'scalar' && !embedded && fieldNames.length === 1 && !property.ref;
  const zoned = runtimeType !== 'Date' || columnTypes[0]?.startsWith('timestamptz');
  if (!readable || !zoned) throw new Error(`${meta.className}.${name} is of a kind that readers can’t make of a row`);
  const platform = em.getPlatform();
  const steps: ((value: unknown) => unknown)[] = [];
  if (runtimeType === 'Date') steps.push((value) => platform.parseDate(value as string));
  if (customType && customType.convertToJSValue !== Type.prototype.convertToJSValue)
    steps.push((value) => customType.convertToJSValue(value, platform, { mode: 'serialization' } as never) as unknown);
  const [first, second] = steps;
  const convert = first && second ? (value: unknown) => second(first(value)) : first;
  return { name, column: fieldNames[0] as string, convert };
}

const readers = new WeakMap<EntityMetadata, RowReader<never>>();

/** Entities of rows of their whole table (`t.*`); they are for reading, see `Unit` for those that can be changed. */
export function toEntities<T extends object>(em: EntityManager, entity: EntityClass<T>, rows: readonly Row[]): T[] {
  const meta = em.getMetadata().get(entity) as EntityMetadata;
  let reader = readers.get(meta) as RowReader<T> | undefined;
  if (!reader) {
    reader = new RowReader<T>(em, meta);
    readers.set(meta, reader as RowReader<never>);
  }
  const found = reader;
  return rows.map((row) => found.read(row));
}
