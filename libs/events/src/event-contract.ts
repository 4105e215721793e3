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

/** A calendar day in Asia/Shanghai, YYYY-MM-DD. */
export const day = z.iso.date();
/** An instant in RFC 3339. */
export const instant = z.iso.datetime({ offset: true });
/** An id of this platform. */
export const id = z.uuid();
/** A half-open time for which something holds: `until` is the first day on which it no longer does. */
export const period = { from: day, until: day.optional() };
