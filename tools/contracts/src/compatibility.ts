import type { JsonSchema } from './json-schema.ts';

/** What is published about the events: a JSON Schema by topic and type, and how each topic is cut. */
export interface PublishedContracts {
  /** By topic, then by event type. */
  schemas: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  /** Partitions of each topic: another number moves keys, and with them the order of their events. */
  partitions: Readonly<Record<string, number>>;
}

/** Keywords that say something to people only. */
const ANNOTATIONS = new Set(['$schema', '$id', 'title', 'description', 'examples', 'deprecated', 'default']);

/** Keywords that are judged one by one; any other that differs is refused. */
const JUDGED = new Set(['type', 'format', 'enum', 'properties', 'required', 'items']);

/** Upper and lower bounds: tightening one refuses what was allowed before. */
const UPPER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']);
const LOWER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems']);

/**
 * What would break whoever reads the events, or readers of events that are already stored, a sentence each. Within a
 * major only additions are allowed: a new event type, a new optional field, a new value of an enum. A type may go only
 * when the same type exists in a higher major of its topic.
 */
export function breaksBetween(before: PublishedContracts, after: PublishedContracts): string[] {
  const types = Object.entries(before.schemas).flatMap(([topic, schemas]) =>
    Object.entries(schemas).flatMap(([type, schema]) => {
      const now = after.schemas[topic]?.[type];
      if (now) return schemaBreaks(`${type} on ${topic}`, schema, now);
      return hasHigherMajor(topic, type, after) ? [] : [`${type} on ${topic}: the event type was removed`];
    }),
  );
  const topics = Object.entries(before.partitions).flatMap(([topic, count]) => {
    const now = after.partitions[topic];
    if (now === count) return [];
    if (now !== undefined) return [`${topic}: ${count} partitions became ${now}; keys would move`];
    const moved = Object.keys(before.schemas[topic] ?? {}).every((type) => hasHigherMajor(topic, type, after));
    return moved ? [] : [`${topic}: the topic was removed`];
  });
  return [...types, ...topics];
}

function hasHigherMajor(topic: string, type: string, { schemas }: PublishedContracts): boolean {
  const [name, major] = topic.split(/\.v(?=\d+$)/);
  return Object.keys(schemas).some((other) => {
    const [otherName, otherMajor] = other.split(/\.v(?=\d+$)/);
    return otherName === name && Number(otherMajor) > Number(major) && schemas[other]?.[type] !== undefined;
  });
}

function schemaBreaks(at: string, before: JsonSchema, after: JsonSchema): string[] {
  return [
    ...retyped(at, before, after),
    ...narrowedEnum(at, before, after),
    ...changedProperties(at, before, after),
    ...(before.items && after.items ? schemaBreaks(`${at}[]`, before.items, after.items) : []),
    ...otherKeywords(at, before, after),
  ];
}

function retyped(at: string, before: JsonSchema, after: JsonSchema): string[] {
  return (['type', 'format'] as const)
    .filter((keyword) => before[keyword] !== after[keyword])
    .map((keyword) => `${at}: ${keyword} ${before[keyword] ?? 'none'} became ${after[keyword] ?? 'none'}`)
    .concat(Boolean(before.items) === Boolean(after.items) ? [] : [`${at}: what it is a list of changed`]);
}

function narrowedEnum(at: string, before: JsonSchema, after: JsonSchema): string[] {
  if (!before.enum && !after.enum) return [];
  if (!before.enum) return [`${at}: any value was allowed, now only ${after.enum?.join(', ')}`];
  if (!after.enum) return [`${at}: it was an enum and is none any more`];
  const gone = before.enum.filter((value) => !after.enum?.includes(value));
  return gone.length === 0 ? [] : [`${at}: the enum lost ${gone.join(', ')}`];
}

function changedProperties(at: string, before: JsonSchema, after: JsonSchema): string[] {
  const required = (schema: JsonSchema, name: string) => schema.required?.includes(name) ?? false;
  const kept = Object.entries(before.properties ?? {}).flatMap(([name, property]) => {
    const now = after.properties?.[name];
    const path = `${at}: ${name}`;
    if (!now) return [`${path} was removed or renamed`];
    const must = required(after, name);
    const always =
      must === required(before, name) ? [] : [must ? `${path} became required` : `${path} is no longer always there`];
    return [...always, ...schemaBreaks(path, property, now)];
  });
  const added = Object.keys(after.properties ?? {})
    .filter((name) => !before.properties?.[name] && required(after, name))
    .map((name) => `${at}: ${name} is new and required; events that are stored lack it`);
  return [...kept, ...added];
}

/** Bounds may be loosened; what this check doesn't know is refused rather than passed over. */
function otherKeywords(at: string, before: JsonSchema, after: JsonSchema): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((keyword) => !ANNOTATIONS.has(keyword) && !JUDGED.has(keyword))
    .filter((keyword) => !isLoosened(keyword, before[keyword], after[keyword]))
    .map((keyword) => `${at}: ${keyword} changed from ${json(before[keyword])} to ${json(after[keyword])}`);
}

function isLoosened(keyword: string, before: unknown, after: unknown): boolean {
  if (json(before) === json(after)) return true;
  if (!UPPER.has(keyword) && !LOWER.has(keyword)) return false;
  if (after === undefined) return true;
  if (before === undefined) return false;
  return UPPER.has(keyword) ? Number(after) >= Number(before) : Number(after) <= Number(before);
}

function json(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
