import { LockMode, OptimisticLockError, type EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { contractOf, topicOf, type Fact } from '@frontline/events';
import type { Aggregate } from './aggregate.ts';
import { within, type Ctx } from './context.ts';
import { platformErrors } from './errors.ts';
import { checkedId, condition, tableOf, type ReadableEntity } from './rows.ts';

/** What a client may say about the state it saw. */
export interface ChangeOptions {
  /** The version the client saw; another one is refused with `aggregate.versionConflict`. */
  expectedVersion?: number | null;
  /** Path of the input field that holds the id, for the error's sentence. */
  field?: string;
}

/** Attempts of a change that lost a race and whose client named no expectedVersion. */
const ATTEMPTS = 8;

/**
 * Loads an aggregate, lets `decide` change it and return the facts that came of it, and saves both in one transaction.
 * `decide` is pure and may run again when somebody else was faster. Facts must be returned, so that emitting can't be
 * forgotten; an empty array says that nobody needs to know.
 */
export function change<T extends Aggregate>(
  ctx: Ctx,
  entity: ReadableEntity<T>,
  id: string,
  decide: (aggregate: T) => readonly Fact[],
  options: ChangeOptions = {},
): Promise<T> {
  return changeAll(
    ctx,
    async (unit) => {
      const aggregate = await unit.load(entity, id, options);
      unit.emit(aggregate, ...decide(aggregate));
      return aggregate;
    },
    { retry: options.expectedVersion === undefined || options.expectedVersion === null },
  );
}

/** Saves a new aggregate and its facts in one transaction. */
export function create<T extends Aggregate>(ctx: Ctx, aggregate: T, facts: readonly Fact[]): Promise<T> {
  return changeAll(ctx, async (unit) => unit.add(aggregate, ...facts), { retry: false });
}

/** Several aggregates changed in one transaction. The closure may run again; it reads through `unit` only. */
export function changeAll<R>(
  ctx: Ctx,
  work: (unit: Unit) => Promise<R>,
  { retry = true }: { retry?: boolean } = {},
): Promise<R> {
  return transaction(
    ctx,
    async (tx) => {
      const unit = new Unit(tx);
      const result = await work(unit);
      await unit.commit();
      return result;
    },
    retry,
  );
}

/** Runs in the transaction that is open, or in a new one (again, after a lost race). */
export async function transaction<R>(ctx: Ctx, work: (tx: Ctx) => Promise<R>, retry: boolean): Promise<R> {
  if (ctx.em.isInTransaction()) return work(ctx);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.em.fork().transactional((em) => work(within(ctx, em as EntityManager)));
    } catch (error) {
      if (!lostRace(error)) throw error;
      if (!retry || attempt === ATTEMPTS) {
        throw error instanceof OptimisticLockError ? conflict(error) : error;
      }
    }
  }
}

function conflict(error: OptimisticLockError) {
  const type = error.getEntity()?.constructor.name ?? 'The object';
  const details = { type, expected: 'an older one', actual: 'newer' };
  return platformErrors('aggregate.versionConflict', details, { field: 'input.expectedVersion' });
}

/** Serialization failure, deadlock, or a version that moved under us. */
function lostRace(error: unknown): boolean {
  if (error instanceof OptimisticLockError) return true;
  const code = (error as { code?: string }).code;
  return code === '40001' || code === '40P01';
}

/** One transaction's aggregates and their facts. */
export class Unit {
  readonly #pending: { aggregate: Aggregate; facts: readonly Fact[] }[] = [];

  constructor(
    /** The request inside this transaction, for reads that decide. */
    readonly ctx: Ctx,
  ) {}

  /** Loads an aggregate that the caller may see; unknown or invisible is the same `aggregate.notFound`, what is no id `input.id`. */
  async load<T extends Aggregate>(
    entity: ReadableEntity<T>,
    id: string,
    { expectedVersion, field = 'id' }: ChangeOptions = {},
  ): Promise<T> {
    const { em } = this.ctx;
    const visible = await this.#visible(entity, checkedId(id, field));
    const found = visible ? await em.findOne(entity, { id } as FilterQuery<T>) : null;
    if (!found) throw platformErrors('aggregate.notFound', { type: entity.name }, { field });
    if (expectedVersion !== undefined && expectedVersion !== null && found.version !== expectedVersion) {
      throw platformErrors(
        'aggregate.versionConflict',
        { type: entity.name, expected: expectedVersion, actual: found.version },
        { field: 'input.expectedVersion' },
      );
    }
    return found as T;
  }

  /** All aggregates that match, locked in the order of their ids until the transaction ends. */
  async loadAll<T extends Aggregate>(entity: ReadableEntity<T>, where: FilterQuery<T>): Promise<T[]> {
    const found = await this.ctx.em.find(entity, where, {
      orderBy: { id: 'asc' } as never,
      lockMode: LockMode.PESSIMISTIC_WRITE,
    });
    return found as T[];
  }

  /** Adds a new aggregate with its facts. */
  add<T extends Aggregate>(aggregate: T, ...facts: Fact[]): T {
    this.ctx.em.persist(aggregate);
    this.emit(aggregate, ...facts);
    return aggregate;
  }

  /** Adds a row that belongs to an aggregate of this transaction and has no version of its own. */
  addOwned(row: object): void {
    this.ctx.em.persist(row);
  }

  /** Facts of an aggregate, in the order they happened. */
  emit(aggregate: Aggregate, ...facts: Fact[]): void {
    if (facts.length > 0) this.#pending.push({ aggregate, facts });
  }

  async #visible<T extends Aggregate>(entity: ReadableEntity<T>, id: string): Promise<boolean> {
    const { em } = this.ctx;
    const seen =
      await sql`select 1 from ${tableOf(em, entity)} where t.id = ${id} and ${condition(this.ctx, entity)}`.execute(
        em.getKysely(),
      );
    return seen.rows.length > 0;
  }

  /** Gives each fact its aggregate's next sequence, saves (the version check stands before), then writes the outbox. */
  async commit(): Promise<void> {
    const rows = this.#pending.flatMap(({ aggregate, facts }) =>
      facts.map((fact) => outboxRow(this.ctx, aggregate, fact)),
    );
    await this.ctx.em.flush();
    await insertOutbox(this.ctx, rows);
  }
}

/** A row of the outbox, as the relay publishes it. */
export interface OutboxRow {
  eventId: string;
  aggregateType: string;
  aggregateId: string;
  sequence: number;
  type: string;
  topic: string;
  payload: unknown;
  occurredAt: Date;
}

function outboxRow(ctx: Ctx, aggregate: Aggregate, fact: Fact): OutboxRow {
  const sequence = Number(aggregate.eventSequence) + 1;
  aggregate.eventSequence = String(sequence);
  return factRow(fact, aggregate.id, sequence, ctx.now());
}

/** The outbox row of a fact; throws when the fact breaks its contract, so that nothing unpublishable is committed. */
export function factRow(fact: Fact, aggregateId: string, sequence: number, occurredAt: Date): OutboxRow {
  const contract = contractOf(fact.type);
  return {
    eventId: v7(),
    aggregateType: contract.aggregate,
    aggregateId,
    sequence,
    type: fact.type,
    topic: topicOf(contract),
    payload: contract.data.parse(fact.data),
    occurredAt,
  };
}

/** Writes outbox rows inside the open transaction. */
export async function insertOutbox(ctx: Ctx, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  const headers = JSON.stringify({
    correlationid: ctx.requestId,
    ...(ctx.causationId && { causationid: ctx.causationId }),
    ...(ctx.traceparent && { traceparent: ctx.traceparent }),
  });
  await sql`
    insert into outbox (event_id, aggregate_type, aggregate_id, sequence, type, topic, payload, headers, occurred_at)
    select r.event_id, r.aggregate_type, r.aggregate_id, r.sequence, r.type, r.topic, r.payload::jsonb, ${headers}::jsonb, r.occurred_at
    from unnest(
      ${rows.map((row) => row.eventId)}::uuid[], ${rows.map((row) => row.aggregateType)}::text[], ${rows.map((row) => row.aggregateId)}::uuid[],
      ${rows.map((row) => row.sequence)}::bigint[], ${rows.map((row) => row.type)}::text[], ${rows.map((row) => row.topic)}::text[],
      ${rows.map((row) => JSON.stringify(row.payload))}::text[], ${rows.map((row) => row.occurredAt.toISOString())}::timestamptz[]
    ) with ordinality as r(event_id, aggregate_type, aggregate_id, sequence, type, topic, payload, occurred_at, position)
    order by r.position`.execute(ctx.em.getKysely());
}
