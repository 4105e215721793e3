import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import { sql } from 'kysely';
import type { Consumer } from '../manifest.ts';
import { arrivalOf, type Arrival, type Place } from './arrival.ts';
import type { DeadLetters } from './dead-letters.ts';
import { giveEffect, isMalformed, type ContextOf } from './effect.ts';
import { DEATHS, failureOf, faultOf } from './failure.ts';
import {
  beginParked,
  countOf,
  endParked,
  insertParked,
  lockKey,
  messageOf,
  removeParked,
  waitingOf,
  type Key,
  type ParkedReason,
  type ParkedRow,
} from './parked-table.ts';
import { stand } from './position.ts';

/** What a resumption led to. */
export interface Resumed {
  /** Events that have had their effect and left. */
  applied: number;
  /** Events that still wait. */
  left: number;
}

/** The events of one consumer that wait, key by key, while their partitions go on. */
export class ParkedEvents {
  readonly #consumer: Consumer;
  readonly #contextOf: ContextOf;
  readonly #db: () => EntityManager;
  readonly #deadLetters: DeadLetters;
  readonly #log: Logger;

  constructor(options: {
    consumer: Consumer;
    contextOf: ContextOf;
    db: () => EntityManager;
    deadLetters: DeadLetters;
    log: Logger;
  }) {
    this.#consumer = options.consumer;
    this.#contextOf = options.contextOf;
    this.#db = options.db;
    this.#deadLetters = options.deadLetters;
    this.#log = options.log.child({ consumer: options.consumer.name });
  }

  /**
   * Parks an event. `done`: it has had its effect meanwhile; `next`: what it waited for came meanwhile, so deliver it
   * again.
   */
  async park(
    arrival: Arrival,
    reason: ParkedReason,
    error?: unknown,
    attempts = 0,
  ): Promise<'parked' | 'done' | 'next'> {
    const { place } = arrival;
    const became = await this.#underLock(place, async (em) => {
      const verdict = arrival.malformed
        ? await this.#standOfMalformed(em, place)
        : await stand(em, this.#consumer.name, place);
      if (verdict === 'drop') return 'done';
      if (verdict === 'apply' && (reason === 'gap' || reason === 'waiting')) return 'next';
      const added = await insertParked(em, this.#consumer.name, arrival, { reason, error: textOf(error), attempts });
      return added ? 'added' : 'known';
    });
    if (became === 'done' || became === 'next') return became;
    if (became === 'added' && reason !== 'waiting') {
      this.#log.error(
        { ...place, reason, err: error },
        'parked: later events of this aggregate wait, all others go on',
      );
      await this.#deadLetters.announce(place, reason, error);
    }
    return 'parked';
  }

  async #standOfMalformed(em: EntityManager, { eventId }: Place): Promise<'drop' | 'apply'> {
    const { rows } =
      await sql`select 1 from inbox where consumer = ${this.#consumer.name} and event_id = ${eventId}`.execute(
        em.getKysely(),
      );
    return rows.length > 0 ? 'drop' : 'apply';
  }

  /**
   * Gives effect to what waits for a key, in order, as far as it goes and at most to `most` events: what only waited,
   * whose gap is filled, or what an operator wants retried. A head that failed stops it.
   */
  async resume(aggregate: Omit<Key, 'consumer'>, most = Infinity): Promise<Resumed> {
    const key = this.#key(aggregate);
    let applied = 0;
    while (applied < most) {
      const [head] = await waitingOf(this.#db(), key, 1);
      const open = head?.reason === 'waiting' || head?.reason === 'gap';
      if (!head || !open || !(await this.#tryHead(key, head))) break;
      applied += 1;
    }
    return { applied, left: await countOf(this.#db(), key) };
  }

  /** Whether the head of a key is done with; false leaves it where it is, with the reason it stays for. */
  async #tryHead(key: Key, head: ParkedRow): Promise<boolean> {
    if (head.started - head.finished >= DEATHS) {
      await endParked(this.#db(), head.id, 'killed', `${DEATHS} processes ended while they handled this event`);
      return false;
    }
    const arrival = arrivalOf(messageOf(head));
    await beginParked(this.#db(), head.id);
    try {
      const { verdict } = await giveEffect(this.#consumer, this.#contextOf, arrival, async (em) => {
        await lockKey(em, key);
        // gone already if another process was faster; then the claim says `drop`
        await removeParked(em, head.id);
      });
      if (verdict === 'drop') await removeParked(this.#db(), head.id);
      else if (verdict !== 'apply') await endParked(this.#db(), head.id, 'gap', null);
      return verdict === 'apply' || verdict === 'drop';
    } catch (error) {
      if (failureOf(error) === 'infrastructure') throw error;
      const reason = isMalformed(error) ? 'invalid' : 'failed';
      await endParked(this.#db(), head.id, reason, textOf(error));
      this.#log.error({ ...arrival.place, reason, err: error }, 'a parked event failed again');
      return false;
    }
  }

  /** Resumes every key whose head is not known to be wrong; heals what a crash or a race left half done. */
  async resumeAll(): Promise<void> {
    const { rows } = await sql<{ aggregate_type: string; aggregate_id: string }>`
      select aggregate_type, aggregate_id from (
        select distinct on (aggregate_type, aggregate_id) aggregate_type, aggregate_id, reason
        from parked_event where consumer = ${this.#consumer.name} order by aggregate_type, aggregate_id, epoch, sequence, parked_at
      ) heads where reason in ('waiting', 'gap')`.execute(this.#db().getKysely());
    for (const row of rows) await this.resume({ aggregateType: row.aggregate_type, aggregateId: row.aggregate_id });
  }

  #underLock<R>(aggregate: Omit<Key, 'consumer'>, work: (em: EntityManager) => Promise<R>): Promise<R> {
    return this.#db().transactional(async (em) => {
      await lockKey(em as EntityManager, this.#key(aggregate));
      return work(em as EntityManager);
    });
  }

  #key({ aggregateType, aggregateId }: Omit<Key, 'consumer'>): Key {
    return { consumer: this.#consumer.name, aggregateType, aggregateId };
  }
}

/** The fault on the first line, as {@link faultOf} has it; then all that is known, for who may read the table. */
function textOf(error: unknown): string | null {
  if (error === undefined) return null;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${faultOf(error)}\n${text}`.replaceAll('\0', '').slice(0, 4_000);
}
