import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { v7 } from 'uuid';
import type { Arrival } from './arrival.ts';
import type { IncomingMessage } from './kafka-subscription.ts';

/**
 * Why an event is parked: its handler `failed`, or `killed` its process; it is no event of this platform (`invalid`);
 * an event before it has not come (`gap`), or is parked itself (`waiting`).
 */
export type ParkedReason = 'failed' | 'killed' | 'invalid' | 'gap' | 'waiting';

/** One aggregate's history as one consumer sees it: what is parked together. */
export interface Key {
  consumer: string;
  aggregateType: string;
  aggregateId: string;
}

/** An event that waits, with its message as it came. */
export interface ParkedRow {
  id: string;
  event_id: string;
  type: string;
  epoch: number;
  sequence: string;
  message: IncomingMessage | { base64: string };
  reason: ParkedReason;
  error: string | null;
  started: number;
  finished: number;
  parked_at: Date;
}

/** One taker of a key at a time: parking, resuming and operators' decisions, in whatever process they run. */
export async function lockKey(em: EntityManager, { consumer, aggregateType, aggregateId }: Key): Promise<void> {
  const name = `${consumer} ${aggregateType} ${aggregateId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(em.getKysely());
}

/** Adds an event; false if it was parked already. What was noted of its attempts moves to the row. */
export async function insertParked(
  em: EntityManager,
  consumer: string,
  { place, message }: Arrival,
  { reason, error, attempts }: { reason: ParkedReason; error: string | null; attempts: number },
): Promise<boolean> {
  const inserted = await sql`
    insert into parked_event
      (id, consumer, event_id, aggregate_type, aggregate_id, epoch, sequence, type, topic, message, reason, error, started, finished)
    values (${v7()}, ${consumer}, ${place.eventId}, ${place.aggregateType}, ${place.aggregateId}, ${place.epoch}, ${place.sequence},
      ${place.type}, ${message.topic}, ${storable(message)}::jsonb, ${reason}, ${error}, ${attempts}, ${attempts})
    on conflict (consumer, event_id) do nothing`.execute(em.getKysely());
  await sql`delete from delivery_attempt where consumer = ${consumer} and event_id = ${place.eventId}`.execute(
    em.getKysely(),
  );
  return Number(inserted.numAffectedRows) > 0;
}

/** The first events that wait for a key, in their order. */
export async function waitingOf(em: EntityManager, key: Key, limit?: number): Promise<ParkedRow[]> {
  const { rows } = await sql<ParkedRow>`
    select id, event_id, type, epoch, sequence, message, reason, error, started, finished, parked_at
    from parked_event where ${isOf(key)} order by epoch, sequence, parked_at, id limit ${limit ?? null}`.execute(
    em.getKysely(),
  );
  return rows;
}

/** How many events wait for a key. */
export async function countOf(em: EntityManager, key: Key): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from parked_event where ${isOf(key)}`.execute(em.getKysely());
  return rows[0]?.count ?? 0;
}

/** Takes a row out; false if somebody else has. */
export async function removeParked(em: EntityManager, id: string): Promise<boolean> {
  const removed = await sql`delete from parked_event where id = ${id}`.execute(em.getKysely());
  return Number(removed.numAffectedRows) > 0;
}

/** Writes down that an attempt at a parked event begins; the row as it was before. */
export async function beginParked(em: EntityManager, id: string): Promise<void> {
  await sql`update parked_event set started = started + 1 where id = ${id}`.execute(em.getKysely());
}

/** Writes down how an attempt at a parked event ended. */
export async function endParked(
  em: EntityManager,
  id: string,
  reason: ParkedReason,
  error: string | null,
): Promise<void> {
  await sql`update parked_event set finished = least(finished + 1, started), reason = ${reason}, error = ${error} where id = ${id}`.execute(
    em.getKysely(),
  );
}

/** Makes a parked event one that only waits: its attempts are forgotten, and it is tried when its key is resumed. */
export async function reopenParked(em: EntityManager, id: string): Promise<void> {
  await sql`update parked_event set reason = 'waiting', started = 0, finished = 0 where id = ${id}`.execute(
    em.getKysely(),
  );
}

/** The message of a row as it came. */
export function messageOf({ message }: ParkedRow): IncomingMessage {
  return 'base64' in message
    ? (JSON.parse(Buffer.from(message.base64, 'base64').toString()) as IncomingMessage)
    : message;
}

/** JSON that PostgreSQL takes: it has no NUL character, so what holds one is wrapped. */
function storable(message: IncomingMessage): string {
  const text = JSON.stringify(message);
  return text.includes('\\u0000') ? JSON.stringify({ base64: Buffer.from(text).toString('base64') }) : text;
}

function isOf({ consumer, aggregateType, aggregateId }: Key): RawBuilder<unknown> {
  return sql`consumer = ${consumer} and aggregate_type = ${aggregateType} and aggregate_id = ${aggregateId}`;
}
