import { toMessage, type EventMessage } from '@frontline/events';
import { PermanentRefusal, type Broker } from './kafka.ts';

/** A row of the outbox as the relay reads it. */
export interface OutboxRecord {
  id: string;
  event_id: string;
  aggregate_type: string;
  aggregate_id: string;
  sequence: string;
  type: string;
  topic: string;
  payload: unknown;
  headers: { correlationid?: string; causationid?: string; traceparent?: string };
  occurred_at: Date;
  recorded_at: Date;
}

/** What became of rows that were to be published. Rows in neither are to be tried again. */
export interface Published {
  /** Ids of rows that the broker has. */
  sent: string[];
  /** Rows that it will never take, with its reason: the first of each aggregate concerned. */
  refused: { row: OutboxRecord; reason: string }[];
  /** What kept the rest from being sent; `undefined` if all was tried. */
  interruption: unknown;
}

/** The bytes of one send; a broker takes 1 MiB a batch unless told otherwise, and headers and framing come on top. */
const SEND_BYTES = 700_000;

/**
 * Publishes rows in their order. One that is refused for good is looked for by halves, and stops its own aggregate only:
 * later rows of that aggregate stay, all others go on.
 */
export async function publishInOrder(
  broker: Broker,
  service: string,
  epoch: number,
  rows: readonly OutboxRecord[],
): Promise<Published> {
  const published: Published = { sent: [], refused: [], interruption: undefined };
  const blocked = new Set<string>();
  const refuse = (row: OutboxRecord, reason: string) => {
    if (blocked.has(keyOf(row))) return;
    blocked.add(keyOf(row));
    published.refused.push({ row, reason });
  };

  async function send(part: readonly Outgoing[]): Promise<void> {
    const open = part.filter(({ row }) => !blocked.has(keyOf(row)));
    if (open.length === 0) return;
    try {
      await broker.publish(open.map(({ message }) => message));
      for (const { row } of open) published.sent.push(row.id);
    } catch (error) {
      if (!(error instanceof PermanentRefusal)) throw error;
      const topics = new Set(open.map(({ row }) => row.topic));
      if (topics.size > 1) for (const topic of topics) await send(open.filter(({ row }) => row.topic === topic));
      else if (error.scope === 'topic' || open.length === 1) for (const { row } of open) refuse(row, error.code);
      else {
        const half = Math.ceil(open.length / 2);
        await send(open.slice(0, half));
        await send(open.slice(half));
      }
    }
  }

  try {
    for (const part of parts(outgoing(service, epoch, rows, refuse))) await send(part);
  } catch (error) {
    published.interruption = error;
  }
  return published;
}

interface Outgoing {
  row: OutboxRecord;
  message: EventMessage;
}

function* outgoing(
  service: string,
  epoch: number,
  rows: readonly OutboxRecord[],
  refuse: (row: OutboxRecord, reason: string) => void,
): Generator<Outgoing> {
  for (const row of rows) {
    const message = messageOf(service, epoch, row);
    if (message) yield { row, message };
    else refuse(row, 'UNKNOWN_CONTRACT');
  }
}

/** The message of a row; `undefined` if this version has no contract for its type (an older version is running). */
export function messageOf(
  service: string,
  epoch: number,
  row: Omit<OutboxRecord, 'id' | 'recorded_at'>,
): EventMessage | undefined {
  try {
    return toMessage({
      id: row.event_id,
      type: row.type,
      source: `frontline/${service}`,
      subject: row.aggregate_id,
      time: row.occurred_at.toISOString(),
      sequence: Number(row.sequence),
      epoch,
      correlationId: row.headers.correlationid,
      causationId: row.headers.causationid,
      traceparent: row.headers.traceparent,
      data: row.payload,
    });
  } catch {
    return undefined;
  }
}

function* parts(messages: Iterable<Outgoing>): Generator<Outgoing[]> {
  let part: Outgoing[] = [];
  let bytes = 0;
  for (const each of messages) {
    const size = Buffer.byteLength(each.message.value) + 600;
    if (part.length > 0 && bytes + size > SEND_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(each);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

function keyOf({ aggregate_type: type, aggregate_id: id }: OutboxRecord): string {
  return `${type}:${id}`;
}
