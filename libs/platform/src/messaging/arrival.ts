import { fromMessage, MalformedEvent, type Envelope, type EventContract } from '@frontline/events';
import { v5 } from 'uuid';
import type { IncomingMessage } from './kafka-subscription.ts';
import { isId } from '../rows.ts';

/** Where an event belongs: which one it is, and its place in its aggregate's history. */
export interface Place {
  eventId: string;
  type: string;
  aggregateType: string;
  /** A UUID for every well-formed event; else the message's key. */
  aggregateId: string;
  epoch: number;
  sequence: number;
}

/** A message that came in, read as far as it can be. */
export interface Arrival {
  place: Place;
  message: IncomingMessage;
  /** Why it is no event of this platform; such a message blocks its key until an operator decides. */
  malformed: string | undefined;
}

/** Namespace of the ids given to messages that bring none of their own (any fixed UUID). */
const NAMELESS = 'c3f5b7c2-6a54-4d0e-8f6a-0d8d1d0f2b71';

/** Reads the place of a message from its headers alone, so that types this version does not know keep their place too. */
export function arrivalOf(message: IncomingMessage): Arrival {
  const { headers, topic, partition, offset, key } = message;
  const { ce_id: id, ce_type: type, ce_subject: subject, ce_sequence: sequence, ce_epoch: epoch } = headers;
  const malformed = firstFault([
    [id !== undefined && isId(id), 'ce_id must be a UUID'],
    [type !== undefined && /^[A-Za-z]+\.[A-Za-z]+$/.test(type), 'ce_type must be aggregate.fact'],
    [subject !== undefined && isId(subject), 'ce_subject must be a UUID'],
    [subject === key, 'the key must be ce_subject'],
    [isCount(sequence) && Number(sequence) > 0, 'ce_sequence must be a whole number from 1'],
    [isCount(epoch), 'ce_epoch must be a whole number'],
  ]);
  const place = malformed
    ? {
        eventId: v5(`${topic}/${partition}/${offset}`, NAMELESS),
        type: type ?? 'unknown',
        aggregateType: /^frontline\.\w+\.(\w+)\.v\d+$/.exec(topic)?.[1] ?? topic,
        aggregateId: key ?? `${topic}/${partition}/${offset}`,
        epoch: 0,
        sequence: 0,
      }
    : {
        eventId: (id as string).toLowerCase(),
        type: type as string,
        aggregateType: (type as string).slice(0, (type as string).indexOf('.')),
        aggregateId: (subject as string).toLowerCase(),
        epoch: Number(epoch),
        sequence: Number(sequence),
      };
  return { place, message, malformed };
}

function firstFault(checks: readonly (readonly [boolean, string])[]): string | undefined {
  return checks.find(([holds]) => !holds)?.[1];
}

function isCount(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,15}$/.test(text);
}

/**
 * The event of an arrival if it is one of `events`, checked against its contract; `undefined` if the consumer does not
 * ask for its type. Throws {@link MalformedEvent}.
 */
export function eventOf(
  { message, malformed, place }: Arrival,
  events: readonly EventContract[],
): Envelope | undefined {
  if (malformed) throw new MalformedEvent(malformed);
  if (!events.some(({ type }) => type === place.type)) return undefined;
  return fromMessage(message.headers, message.value);
}
