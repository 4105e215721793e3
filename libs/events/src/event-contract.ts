import { z } from 'zod';

/** The services that own events. */
export type Context = 'personnel' | 'organizations' | 'households' | 'cases';

/** Something that happened, ready to be saved with the change that made it so. */
export interface Fact<D = unknown> {
  readonly type: string;
  readonly data: D;
}

/** One type of event: whose it is, what it carries, when and why it is emitted. The major stands in the topic only. */
export interface EventContract<S extends z.ZodType = z.ZodType> {
  readonly context: Context;
  readonly aggregate: string;
  /** `aggregate.name`, such as `case.registered`. */
  readonly type: string;
  readonly major: number;
  readonly data: S;
  /** When it is emitted, in a sentence. */
  readonly when: string;
  /** What somebody would want it for, in a sentence. */
  readonly why: string;
  /** Makes a fact of this type; its data is checked when it is saved and again when it is read. */
  of(data: z.input<S>): Fact<z.input<S>>;
}

/** What others copy of an aggregate: ids, codes, states and dates, never personal data. */
export interface RecordContract<S extends z.ZodType = z.ZodType> {
  readonly context: Context;
  readonly aggregate: string;
  readonly schema: S;
}

/** The type of a record. */
export type RecordOf<R extends RecordContract> = z.output<R['schema']> & { id: string };

/** Every event of every service, by type. */
export const contracts = new Map<string, EventContract>();

/** Every record that is copied, by aggregate. */
export const records = new Map<string, RecordContract>();

/** Declares a type of event. */
export function defineEvent<S extends z.ZodObject>(definition: {
  context: Context;
  aggregate: string;
  name: string;
  major?: number;
  data: S;
  when: string;
  why: string;
}): EventContract<S> {
  const { name, major = 1, ...rest } = definition;
  const type = `${definition.aggregate}.${name}`;
  if (contracts.has(type)) throw new Error(`The event ${type} is defined twice`);
  const contract: EventContract<S> = { ...rest, type, major, of: (data) => ({ type, data }) };
  contracts.set(type, contract as unknown as EventContract);
  return contract;
}

/** Declares the record of an aggregate. */
export function defineRecord<S extends z.ZodObject>(record: {
  context: Context;
  aggregate: string;
  schema: S;
}): RecordContract<S> {
  records.set(record.aggregate, record);
  return record;
}

/**
 * Data as a reader of this version takes it: what a newer version has added is left out, anything else that breaks the
 * schema is an issue. Writers are strict (nothing undeclared is ever saved), readers are not, so that services and
 * partners needn't be updated on the same day.
 */
export function readTolerantly<S extends z.ZodType>(schema: S, data: unknown): z.ZodSafeParseResult<z.output<S>> {
  const strict = schema.safeParse(data);
  if (strict.success) return strict;
  const { issues } = strict.error;
  if (!issues.every((issue) => issue.code === 'unrecognized_keys')) return strict;
  const known = structuredClone(data);
  for (const { path, keys } of issues) {
    const holder = path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], known);
    for (const key of keys) delete (holder as Record<string, unknown>)[key];
  }
  return schema.safeParse(known);
}

/** A record as its owner's snapshot serves it, read as tolerantly as an event; throws what zod found. */
export function readRecord<R extends RecordContract>(contract: R, data: unknown): RecordOf<R> {
  const read = readTolerantly(contract.schema, data);
  if (!read.success) throw read.error;
  return read.data as RecordOf<R>;
}

/** The contract of a type; throws for a type that nobody has declared. */
export function contractOf(type: string): EventContract {
  const contract = contracts.get(type);
  if (!contract) throw new Error(`No contract is declared for the event ${type}`);
  return contract;
}

/** The topic that carries an aggregate's events, all types of one major together so that its history is in order. */
export function topicOf({
  context,
  aggregate,
  major = 1,
}: {
  context: Context;
  aggregate: string;
  major?: number;
}): string {
  return `frontline.${context}.${aggregate}.v${major}`;
}

/** A calendar day in Asia/Shanghai, YYYY-MM-DD. Give it a meaning with `.describe('中文 · English.')`. */
export const day = z.iso.date();
/** An instant in RFC 3339. */
export const instant = z.iso.datetime({ offset: true });
/** An id of this platform. */
export const id = z.uuid();
/** The id of the record itself. */
export const ownId = id.describe('标识 · Id of the object itself; also the key of its events.');
/** A code of a register or catalogue: its meaning, and an example that the generated documents and samples show. */
export const code = (description: string, example: string) => z.string().meta({ description, examples: [example] });
/** A half-open time for which something holds: `until` is the first day on which it no longer does. */
export const period = {
  from: day.describe('起始日 · First day on which it holds.'),
  until: day
    .optional()
    .describe('终止日（不含） · First day on which it no longer holds; absent while no end is known.'),
};
