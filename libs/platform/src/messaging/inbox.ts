import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Consumer } from '../manifest.ts';
import { arrivalOf, type Arrival } from './arrival.ts';
import { backoff } from './bell.ts';
import { giveEffect, isMalformed, type ContextOf } from './effect.ts';
import { DEATHS, failureOf } from './failure.ts';
import type { IncomingMessage } from './kafka-subscription.ts';
import type { MessagingMetrics } from './messaging-metrics.ts';
import type { ParkedEvents } from './parked-events.ts';

/** What became of a delivery. Whatever it is, the message's offset may be committed. */
export type Outcome = 'applied' | 'dropped' | 'parked';

/** Attempts at an event that fails in a way that may pass. */
const ATTEMPTS = 5;

/** Where one consumer's events arrive, and have their effect exactly once and in order. */
export class Inbox {
  readonly #consumer: Consumer;
  readonly #contextOf: ContextOf;
  readonly #parked: ParkedEvents;
  readonly #consumed: MessagingMetrics['consumed'];
  readonly #db: () => EntityManager;
  /** Partitions of which this process has finished an event that was new; see {@link #suspect}. */
  readonly #finished = new Set<string>();
  /** Attempts that ended while the database was away, not yet written down. */
  readonly #unwritten = new Map<string, number>();

  constructor(options: {
    consumer: Consumer;
    contextOf: ContextOf;
    parked: ParkedEvents;
    consumed: MessagingMetrics['consumed'];
    /** A fresh unit of work for bookkeeping outside the handler's transaction. */
    db: () => EntityManager;
  }) {
    this.#consumer = options.consumer;
    this.#contextOf = options.contextOf;
    this.#parked = options.parked;
    this.#consumed = options.consumed;
    this.#db = options.db;
  }

  /**
   * Deals with one message: gives it its effect, drops it, or parks it. Throws only when the database is away: then
   * nothing has happened, and the same message must be delivered again.
   */
  async deliver(message: IncomingMessage): Promise<Outcome> {
    const arrival = arrivalOf(message);
    const outcome = await this.#deliver(arrival);
    if (outcome !== 'dropped') this.#finished.add(partitionOf(arrival));
    this.#consumed.inc({ consumer: this.#consumer.name, outcome });
    return outcome;
  }

  async #deliver(arrival: Arrival): Promise<Outcome> {
    for (let attempt = 1; ;) {
      const counted = attempt > 1 || this.#suspect(arrival);
      if (counted && (await this.#begin(arrival)) > DEATHS) {
        const error = new Error(`${DEATHS} processes ended while they handled this event`);
        return parkedOutcome(await this.#parked.park(arrival, 'killed', error, attempt));
      }
      try {
        const { verdict, followed } = await giveEffect(this.#consumer, this.#contextOf, arrival, (em) =>
          counted ? this.#forget(em, arrival) : Promise.resolve(),
        );
        if (verdict === 'apply') {
          if (followed) await this.#parked.resume(arrival.place);
          return 'applied';
        }
        if (counted) await this.#forget(this.#db(), arrival);
        if (verdict === 'drop') return 'dropped';
        const parked = await this.#parked.park(arrival, verdict === 'gap' ? 'gap' : 'waiting');
        // what it waited for came in between
        if (parked === 'next') continue;
        return parkedOutcome(parked);
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'infrastructure') {
          if (counted) this.#owe(arrival);
          throw error;
        }
        if (counted) await this.#end(arrival);
        if (failure === 'poison' || attempt >= ATTEMPTS) {
          const reason = isMalformed(error) ? 'invalid' : 'failed';
          return parkedOutcome(await this.#parked.park(arrival, reason, error, attempt));
        }
        await pause(backoff(attempt, 50, 2_000));
        attempt += 1;
      }
    }
  }

  /**
   * Whether this event may be the one over which an earlier process died. A partition's events are handled one by one
   * and each leaves its mark with its effect, so after a death it is the first that is new to us; only for those is
   * an attempt written down before it begins.
   */
  #suspect(arrival: Arrival): boolean {
    return !this.#finished.has(partitionOf(arrival));
  }

  /** Writes down that an attempt begins; returns how many have begun and not ended, this one included. */
  async #begin({ place: { eventId } }: Arrival): Promise<number> {
    const ended = this.#unwritten.get(eventId) ?? 0;
    const { rows } = await sql<{ open: number }>`
      insert into delivery_attempt as a (consumer, event_id, started, finished) values (${this.#consumer.name}, ${eventId}, 1, 0)
      on conflict (consumer, event_id) do update set started = a.started + 1, finished = a.finished + ${ended}
      returning started - finished as open`.execute(this.#db().getKysely());
    this.#unwritten.delete(eventId);
    return rows[0]?.open ?? 1;
  }

  async #end({ place: { eventId } }: Arrival): Promise<void> {
    await sql`update delivery_attempt set finished = finished + 1 where consumer = ${this.#consumer.name} and event_id = ${eventId}`.execute(
      this.#db().getKysely(),
    );
  }

  async #forget(em: EntityManager, { place: { eventId } }: Arrival): Promise<void> {
    await sql`delete from delivery_attempt where consumer = ${this.#consumer.name} and event_id = ${eventId}`.execute(
      em.getKysely(),
    );
  }

  #owe({ place: { eventId } }: Arrival): void {
    this.#unwritten.set(eventId, (this.#unwritten.get(eventId) ?? 0) + 1);
  }
}

function partitionOf({ message: { topic, partition } }: Arrival): string {
  return `${topic}/${partition}`;
}

function parkedOutcome(parked: 'parked' | 'done' | 'next'): Outcome {
  return parked === 'done' ? 'dropped' : 'parked';
}
