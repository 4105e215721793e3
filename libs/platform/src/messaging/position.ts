import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Place } from './arrival.ts';

/**
 * What is to be done with an event:
 * `apply` it now (the claim is made, and holds if the transaction commits) · `drop` it, it has had its effect ·
 * `wait`, since an earlier event of its aggregate is parked · `gap`: an event before it has not come.
 */
export type Verdict = 'apply' | 'drop' | 'wait' | 'gap';

/** A verdict, and whether later events of the aggregate are parked, which an applied event may set free. */
export interface Claim {
  verdict: Verdict;
  followed: boolean;
}

/**
 * Claims an event for a consumer inside the open transaction: enters it into the inbox and moves the aggregate's
 * position to it, in one statement, if it is the next one. Any verdict but `apply` leaves marks that must be rolled back.
 *
 * The position's row is locked by the move, and the inbox's key by the insert, so that two members who hold the same
 * partition for a moment (a rebalance) take turns.
 */
export async function claim(em: EntityManager, consumer: string, place: Place): Promise<Claim> {
  const { eventId, aggregateType, aggregateId, epoch, sequence } = place;
  const key = sql`consumer = ${consumer} and aggregate_type = ${aggregateType}`;
  const { rows } = await sql<{
    moved: boolean;
    fresh: boolean;
    earlier: boolean;
    later: boolean;
    passed: boolean | null;
  }>`
    with fresh as (
      insert into inbox (consumer, event_id) values (${consumer}, ${eventId}) on conflict do nothing returning 1
    ), parked as (
      select coalesce(bool_or((epoch, sequence) <= (${epoch}::int, ${sequence}::bigint)), false) as earlier,
             coalesce(bool_or((epoch, sequence) > (${epoch}::int, ${sequence}::bigint)), false) as later
      from parked_event where ${key} and aggregate_id = ${aggregateId}
    ), moved as (
      insert into "position" as p (consumer, aggregate_type, aggregate_id, epoch, sequence)
      select ${consumer}, ${aggregateType}, ${aggregateId}::uuid, ${epoch}::int, ${sequence}::bigint
      from fresh, parked
      where not parked.earlier
        and (${sequence}::bigint = 1 or exists (select from "position" where ${key} and aggregate_id = ${aggregateId}::uuid))
      on conflict (consumer, aggregate_type, aggregate_id) do update set epoch = excluded.epoch, sequence = excluded.sequence
      where (excluded.epoch = p.epoch and excluded.sequence = p.sequence + 1)
         or (excluded.epoch > p.epoch and excluded.sequence <= p.sequence + 1)
      returning 1
    )
    select exists (select from moved) as moved, exists (select from fresh) as fresh, parked.earlier, parked.later,
           (select (p.epoch, p.sequence) >= (${epoch}::int, ${sequence}::bigint)
            from "position" p where ${key} and aggregate_id = ${aggregateId}::uuid) as passed
    from parked`.execute(em.getKysely());
  const found = rows[0];
  if (!found) throw new Error('claiming an event gave no answer');
  return { verdict: verdictOf(found), followed: found.later };
}

/** `passed` is read as of before the move: null for an aggregate of which this consumer has seen nothing. */
function verdictOf({
  moved,
  fresh,
  earlier,
  passed,
}: {
  moved: boolean;
  fresh: boolean;
  earlier: boolean;
  passed: boolean | null;
}): Verdict {
  if (moved) return 'apply';
  if (!fresh || passed === true) return 'drop';
  return earlier ? 'wait' : 'gap';
}

/** Moves an aggregate's position by decision of an operator: what lies before counts as done. */
export async function passOver(em: EntityManager, consumer: string, place: Place): Promise<void> {
  const { aggregateType, aggregateId, epoch, sequence } = place;
  await sql`
    insert into "position" as p (consumer, aggregate_type, aggregate_id, epoch, sequence)
    values (${consumer}, ${aggregateType}, ${aggregateId}::uuid, ${epoch}, ${sequence})
    on conflict (consumer, aggregate_type, aggregate_id) do update set epoch = excluded.epoch, sequence = excluded.sequence
    where (excluded.epoch, excluded.sequence) > (p.epoch, p.sequence)`.execute(em.getKysely());
}

/** What {@link claim} would say, claiming nothing. */
export async function stand(em: EntityManager, consumer: string, place: Place): Promise<Verdict> {
  const { eventId, aggregateType, aggregateId, epoch, sequence } = place;
  const { rows } = await sql<{ fresh: boolean; earlier: boolean; passed: boolean | null; next: boolean | null }>`
    select not exists (select from inbox where consumer = ${consumer} and event_id = ${eventId}) as fresh,
           exists (select from parked_event where consumer = ${consumer} and aggregate_type = ${aggregateType}
             and aggregate_id = ${aggregateId} and (epoch, sequence) <= (${epoch}::int, ${sequence}::bigint)) as earlier,
           p.passed, p.next
    from (select) as nothing left join lateral (
      select (epoch, sequence) >= (${epoch}::int, ${sequence}::bigint) as passed,
             (${epoch}::int = epoch and ${sequence}::bigint = sequence + 1) or (${epoch}::int > epoch and ${sequence}::bigint <= sequence + 1) as next
      from "position" where consumer = ${consumer} and aggregate_type = ${aggregateType} and aggregate_id = ${aggregateId}::uuid
    ) p on true`.execute(em.getKysely());
  const found = rows[0];
  if (!found) throw new Error('reading a position gave no answer');
  const moved = found.fresh && !found.earlier && (found.next ?? sequence === 1);
  return verdictOf({ ...found, moved });
}
