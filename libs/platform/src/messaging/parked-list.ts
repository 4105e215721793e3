import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import type { Key, ParkedReason } from './parked-table.ts';

/** Events shown of one aggregate; the rest is in the count. */
const SHOWN = 20;

/** An event that waits, without its payload and without its error's text. */
export interface WaitingEvent {
  eventId: string;
  type: string;
  epoch: number;
  sequence: number;
  reason: ParkedReason;
  /** Kind and code of the error, for what failed. */
  fault: string | null;
  attempts: number;
  parkedAt: Date;
}

/** An aggregate whose events wait for one consumer. */
export interface WaitingAggregate extends Key {
  /** Events that wait. */
  waiting: number;
  /** The first of them, in the order in which they will be applied. */
  events: WaitingEvent[];
}

interface Row extends Omit<WaitingAggregate, 'events'> {
  events: (Omit<WaitingEvent, 'parkedAt'> & { parkedAt: string })[];
}

/** Aggregates that wait, by consumer, type and id; `after` is the last one seen. One statement. */
export function waitingAggregates(
  em: EntityManager,
  { consumer, after, limit }: { consumer?: string; after?: Key | undefined; limit: number },
): Promise<WaitingAggregate[]> {
  const of = consumer === undefined ? sql`true` : sql`consumer = ${consumer}`;
  const behind = after
    ? sql`(consumer, aggregate_type, aggregate_id) > (${after.consumer}, ${after.aggregateType}, ${after.aggregateId})`
    : sql`true`;
  return read(em, sql`${of} and ${behind}`, limit);
}

/** How one aggregate stands; with nothing in it when nothing of it waits. */
export async function waitingAggregate(em: EntityManager, key: Key): Promise<WaitingAggregate> {
  const { consumer, aggregateType, aggregateId } = key;
  const [found] = await read(
    em,
    sql`consumer = ${consumer} and aggregate_type = ${aggregateType} and aggregate_id = ${aggregateId}`,
    1,
  );
  return found ?? { consumer, aggregateType, aggregateId, waiting: 0, events: [] };
}

/** How many aggregates wait. */
export async function countWaiting(em: EntityManager, consumer?: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select distinct consumer, aggregate_type, aggregate_id from parked_event
      where ${consumer === undefined ? sql`true` : sql`consumer = ${consumer}`}) keys`.execute(em.getKysely());
  return rows[0]?.count ?? 0;
}

async function read(em: EntityManager, where: RawBuilder<unknown>, limit: number): Promise<WaitingAggregate[]> {
  const { rows } = await sql<Row>`
    with keys as (
      select consumer, aggregate_type, aggregate_id, count(*)::int as waiting from parked_event
      where ${where} group by 1, 2, 3 order by 1, 2, 3 limit ${limit}
    )
    select k.consumer, k.aggregate_type as "aggregateType", k.aggregate_id as "aggregateId", k.waiting, first.events
    from keys k cross join lateral (
      select json_agg(json_build_object('eventId', e.event_id, 'type', e.type, 'epoch', e.epoch, 'sequence', e.sequence, 'reason', e.reason,
        'fault', split_part(split_part(e.error, E'\n', 1), ':', 1), 'attempts', e.started, 'parkedAt', e.parked_at)
        order by e.epoch, e.sequence, e.parked_at, e.id) as events
      from (select * from parked_event p
            where p.consumer = k.consumer and p.aggregate_type = k.aggregate_type and p.aggregate_id = k.aggregate_id
            order by p.epoch, p.sequence, p.parked_at, p.id limit ${SHOWN}) e
    ) first order by 1, 2, 3`.execute(em.getKysely());
  return rows.map(({ events, ...key }) => ({
    ...key,
    events: events.map((event) => ({ ...event, parkedAt: new Date(event.parkedAt) })),
  }));
}
