import { createHash } from 'node:crypto';
import { contractOf, toMessage, type EventContract } from '@frontline/events';
import { dataSchema, type JsonSchema } from './json-schema.ts';

/** The day of the first samples; any will do, as long as all of them share it. */
const DAY = '2018-08-17';

/** A field has no example that could stand in a sample. */
export class NoExample extends Error {}

/**
 * The first sample of a new event type, in the form of `libs/events/samples`: every field is filled, with the example
 * of its description where it has one. Whoever adds the event then makes it tell something; it is never written again.
 */
export function firstSample(type: string): string {
  const contract = contractOf(type);
  const data = valueOf(dataSchema(contract), contract, contract.aggregate) as Record<string, unknown>;
  const subject = idNamed(`${contract.aggregate}Id`);
  const message = toMessage({
    id: idNamed(type),
    type,
    source: `frontline/${contract.context}`,
    subject,
    time: `${DAY}T01:30:00.000Z`,
    sequence: 1,
    epoch: 0,
    correlationId: idNamed('request'),
    causationId: undefined,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    data,
  });
  return `${JSON.stringify(message, undefined, 2)}\n`;
}

function valueOf(schema: JsonSchema, contract: EventContract, name: string): unknown {
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [
        key,
        valueOf(property, contract, nameOf(key, name, contract)),
      ]),
    );
  if (schema.items) return [valueOf(schema.items, contract, name.replace(/Ids$/, 'Id'))];
  const example = schema.examples?.[0] ?? schema.enum?.[0];
  if (example !== undefined) return example;
  if (schema.format === 'uuid') return idNamed(name);
  if (schema.format === 'date') return DAY;
  if (schema.format === 'date-time') return `${DAY}T01:00:00.000Z`;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  throw new NoExample(
    `${contract.type}: ${name} needs an example: .meta({ description, examples: [...] }), or code(…)`,
  );
}

/** The id of a record is that of its aggregate, so that samples which refer to it fit together. */
function nameOf(key: string, holder: string, { aggregate }: EventContract): string {
  if (key !== 'id') return key;
  return holder === 'record' ? `${aggregate}Id` : `${holder}Id`;
}

/** A UUID of version 8 from a name: the same name is the same thing in all samples. */
function idNamed(name: string): string {
  const hex = createHash('sha256').update(`frontline sample ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
