import { contractOf, readTolerantly, topicOf } from './event-contract.ts';

/** An event with all its attributes (CloudEvents 1.0), as it travels. */
export interface Envelope<D = unknown> {
  /** Unique id of the event; the same in every delivery and replay. */
  readonly id: string;
  readonly type: string;
  /** Which service emitted it: `frontline/<context>`. */
  readonly source: string;
  /** Id of the aggregate; also Kafka's key and the CloudEvents partition key. */
  readonly subject: string;
  /** When it happened by the district's clock, RFC 3339 in UTC. */
  readonly time: string;
  /** The aggregate's count of emitted events, from 1, without gaps. */
  readonly sequence: number;
  /** Rises when the owner's database was restored to an earlier state and sequences are used again. */
  readonly epoch: number;
  /** The request that led to it. */
  readonly correlationId?: string | undefined;
  /** The event that led to it. */
  readonly causationId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  readonly data: D;
}

/** A Kafka message in CloudEvents binary mode. */
export interface EventMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Record<string, string>;
}

/** A message that is no event of this platform, or breaks its contract; `field` says where. */
export class MalformedEvent extends Error {}

/** The Kafka message of an event. */
export function toMessage(event: Envelope): EventMessage {
  const contract = contractOf(event.type);
  return {
    topic: topicOf(contract),
    key: event.subject,
    value: JSON.stringify(event.data),
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ce_subject: event.subject,
      ce_time: event.time,
      ce_partitionkey: event.subject,
      ce_sequence: String(event.sequence),
      ce_epoch: String(event.epoch),
      ...(event.correlationId && { ce_correlationid: event.correlationId }),
      ...(event.causationId && { ce_causationid: event.causationId }),
      ...(event.traceparent && { ce_traceparent: event.traceparent }),
    },
  };
}

/**
 * The event of a Kafka message, its data checked against the contract; fields that this version does not know are left
 * out. `undefined` for a type this version does not know (consumers skip it); throws {@link MalformedEvent} for anything that breaks the format.
 */
export function fromMessage(
  headers: Readonly<Record<string, string | Buffer | undefined>>,
  value: string | Buffer | null,
): Envelope | undefined {
  const text = (name: string): string | undefined => headers[name]?.toString();
  const required = (name: string): string => {
    const found = text(name);
    if (found === undefined || found === '') throw new MalformedEvent(`header ${name} is missing`);
    return found;
  };
  const count = (name: string): number => {
    const number = Number(required(name));
    if (!Number.isSafeInteger(number) || number < 0) throw new MalformedEvent(`header ${name} must be a whole number`);
    return number;
  };
  const type = required('ce_type');
  let contract;
  try {
    contract = contractOf(type);
  } catch {
    return undefined;
  }
  let data: unknown;
  try {
    data = JSON.parse(value?.toString() ?? '');
  } catch {
    throw new MalformedEvent(`the value of ${type} is not JSON`);
  }
  const checked = readTolerantly(contract.data, data);
  if (!checked.success)
    throw new MalformedEvent(
      `${type}: ${checked.error.issues[0]?.path.join('.')}: ${checked.error.issues[0]?.message}`,
    );
  return {
    id: required('ce_id'),
    type,
    source: required('ce_source'),
    subject: required('ce_subject'),
    time: required('ce_time'),
    sequence: count('ce_sequence'),
    epoch: count('ce_epoch'),
    correlationId: text('ce_correlationid'),
    causationId: text('ce_causationid'),
    traceparent: text('ce_traceparent'),
    data: checked.data,
  };
}
