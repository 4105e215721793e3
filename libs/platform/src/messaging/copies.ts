import { sql } from 'kysely';
import type { Logger } from 'pino';
import { contracts, readRecord, topicOf, topics, type RecordContract } from '@frontline/events';
import { transaction } from '../change.ts';
import type { Ctx } from '../context.ts';
import type { InternalTokens } from '../internal-token.ts';
import type { CopyFollower } from '../manifest.ts';
import { arrivalOf, eventOf } from './arrival.ts';
import { backoff, Bell } from './bell.ts';
import type { IncomingMessage, RunningSubscription, Subscription } from './kafka-subscription.ts';
import type { MessagingMetrics } from './messaging-metrics.ts';
import { SNAPSHOT_PAGE, type SnapshotPage } from './snapshot.ts';

/** A record as it was at one place of its aggregate's history. */
interface Version {
  aggregate: string;
  id: string;
  epoch: number;
  sequence: number;
  record: unknown;
}

/** What copies are kept with. */
export interface CopiesOptions {
  service: string;
  /** What this service can't work without. */
  records: readonly RecordContract[];
  /** Base URL of the service that owns a record; `undefined` if none is configured. */
  ownerUrl(record: RecordContract): string | undefined;
  tokens: InternalTokens;
  /** What hears of copies that changed. */
  followers: readonly CopyFollower[];
  /** A context of its own for each batch. */
  context: () => Ctx;
  consumed: MessagingMetrics['consumed'];
  log: Logger;
}

/** While the topics can't be followed, how often an owner is asked whether anything changed, in milliseconds. */
const ASK_MS = 3_000;

/** Time for an owner to answer a page, in milliseconds. */
const ANSWER_MS = 20_000;

/** Name under which copies count and subscribe. */
export const COPIES = 'copies';

/**
 * This service's copies of other services' records. Each is filled from its owner's snapshot, then kept up by the
 * owner's events: whatever comes, the record of the highest (epoch, sequence) stays. Without a broker the snapshot is
 * read again whenever its mark has changed.
 */
export class LocalCopies {
  readonly #options: CopiesOptions;
  readonly #bell = new Bell();
  /** Everything that is copied. */
  readonly #kept: readonly RecordContract[];
  readonly #unfilled: Set<RecordContract>;
  readonly #suspect = new Set<string>();
  /** The epoch that each owner's snapshot had when it was last asked. */
  readonly #epochs = new Map<string, number>();
  #running: Promise<void> | undefined;
  #following: RunningSubscription | undefined;
  #stopping = false;

  constructor(options: CopiesOptions) {
    this.#options = { ...options, log: options.log.child({ part: COPIES }) };
    this.#kept = [...new Set([...options.records, ...options.followers.map(({ record }) => record)])];
    this.#unfilled = new Set(this.#kept);
  }

  /** Begins to fill; `following` is the subscription made of {@link subscription}, if there is a broker. */
  start(following?: RunningSubscription): void {
    this.#following = following;
    this.#running = this.#keepFilled();
  }

  /** Copies that were never filled, each with whom it waits for: what keeps this service from being ready. */
  get missing(): string[] {
    return this.#waitingFor((record) => this.#options.records.includes(record));
  }

  /** The same of copies that are only followed: what comes of them can wait. */
  get awaited(): string[] {
    return this.#waitingFor((record) => !this.#options.records.includes(record));
  }

  #waitingFor(which: (record: RecordContract) => boolean): string[] {
    return [...this.#unfilled]
      .filter(which)
      .map(({ aggregate, context }) => `waits for the ${aggregate} snapshot of ${context}`);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    await this.#running;
  }

  /** What to subscribe to, to follow the owners. */
  subscription(group: string): Subscription {
    const names = new Set(this.#kept.map((record) => topicOf(record)));
    return {
      group,
      topics: topics.filter(({ topic }) => names.has(topic)),
      handle: async (messages, done) => {
        await this.#keepHighest(messages.flatMap((message) => this.#versionIn(message)));
        const last = messages.at(-1);
        if (last) await done(last);
      },
    };
  }

  #versionIn(message: IncomingMessage): Version[] {
    const { consumed, log } = this.#options;
    const arrival = arrivalOf(message);
    const { aggregateType, aggregateId, epoch, sequence } = arrival.place;
    try {
      const event = eventOf(arrival, [...contracts.values()]);
      const record = (event?.data as { record?: unknown } | undefined)?.record;
      consumed.inc({ consumer: COPIES, outcome: record ? 'applied' : 'dropped' });
      if (epoch > (this.#epochs.get(aggregateType) ?? Infinity)) {
        // its owner's database was set back: what it no longer has is learnt from the snapshot
        this.#suspect.add(aggregateType);
        this.#bell.ring();
      }
      return record ? [{ aggregate: aggregateType, id: aggregateId, epoch, sequence, record }] : [];
    } catch (error) {
      // a copy needs no order, so nothing is parked: the owner's snapshot is asked instead
      log.error({ err: error, ...arrival.place }, 'an event is malformed; its copies are read from the snapshot again');
      consumed.inc({ consumer: COPIES, outcome: 'malformed' });
      this.#suspect.add(aggregateType);
      this.#bell.ring();
      return [];
    }
  }

  async #keepFilled(): Promise<void> {
    for (let failures = 0, first = true; !this.#stopping; first = false) {
      let failed = false;
      for (const record of this.#kept) {
        const wanted =
          first || this.#unfilled.has(record) || this.#suspect.has(record.aggregate) || !this.#isFollowing();
        if (!wanted || this.#stopping) continue;
        try {
          await this.#fill(record);
        } catch (error) {
          failed = true;
          const { log } = this.#options;
          log[failures === 0 ? 'info' : 'debug'](
            { err: error, aggregate: record.aggregate },
            'the snapshot can’t be read yet; trying again',
          );
        }
      }
      failures = failed ? failures + 1 : 0;
      if (!this.#stopping) await this.#bell.wait(failed ? backoff(failures, 300, 5_000) : ASK_MS);
    }
  }

  #isFollowing(): boolean {
    return this.#following !== undefined && this.#following.trouble === undefined;
  }

  /** Reads an owner's snapshot, unless its mark says that nothing changed since the last time. */
  async #fill(record: RecordContract): Promise<void> {
    const { log } = this.#options;
    const db = () => this.#options.context().em;
    const { aggregate } = record;
    const setting = `copy:${aggregate}`;
    const known = await sql<{
      mark: string;
    }>`select value ->> 'mark' as mark from platform_setting where key = ${setting}`.execute(db().getKysely());
    const knownMark = known.rows[0]?.mark;
    // what an earlier process filled will do until the owner answers
    if (knownMark !== undefined) this.#unfilled.delete(record);
    const { mark, epoch } = await this.#page(record, 0);
    this.#epochs.set(aggregate, epoch);
    if (mark !== knownMark || this.#suspect.has(aggregate)) {
      this.#suspect.delete(aggregate);
      const count = await this.#readAll(record);
      // cut short: the next start reads all of it again
      if (this.#stopping) return;
      // what the owner has is of its epoch by now; what is older was lost when its database was set back
      await sql`delete from local_copy where aggregate_type = ${aggregate} and epoch < ${epoch}`.execute(
        db().getKysely(),
      );
      await sql`
        insert into platform_setting (key, value) values (${setting}, ${JSON.stringify({ mark, filledAt: new Date() })}::jsonb)
        on conflict (key) do update set value = excluded.value`.execute(db().getKysely());
      log.info({ aggregate, count }, 'filled from the snapshot');
    }
    this.#unfilled.delete(record);
  }

  async #readAll(record: RecordContract): Promise<number> {
    let count = 0;
    for (let after: string | null | undefined = null; after !== undefined && !this.#stopping;) {
      const page: SnapshotPage = await this.#page(record, SNAPSHOT_PAGE, after);
      const { epoch } = page;
      await this.#keepHighest(
        page.nodes.map(({ id, sequence, record: data }) => ({
          aggregate: record.aggregate,
          id,
          epoch,
          sequence,
          record: readRecord(record, data),
        })),
      );
      count += page.nodes.length;
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
    }
    return count;
  }

  async #page(record: RecordContract, first: number, after: string | null = null): Promise<SnapshotPage> {
    const { ownerUrl, tokens, service } = this.#options;
    const url = ownerUrl(record);
    if (!url) throw new Error(`no URL is configured for ${record.context} (PEER_URL_${record.context.toUpperCase()})`);
    const field = `${record.aggregate}Snapshot`;
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokens.sign(record.context, { kind: 'system', service })}`,
      },
      body: JSON.stringify({
        query: `query Snapshot($first: Int!, $after: String) { ${field}(first: $first, after: $after) { epoch mark nodes { id sequence record } pageInfo { hasNextPage endCursor } } }`,
        variables: { first, after },
      }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const answer = (await response.json()) as { data?: Record<string, SnapshotPage>; errors?: { message: string }[] };
    const page = answer.data?.[field];
    if (!page)
      throw new Error(`${record.context} answered ${response.status}: ${answer.errors?.[0]?.message ?? 'no snapshot'}`);
    return page;
  }

  /** One transaction for all, with what comes of them; sorted, so that two processes that fill at once can't block each other crosswise. */
  async #keepHighest(versions: readonly Version[]): Promise<void> {
    const highest = new Map<string, Version>();
    for (const version of versions) {
      const key = `${version.aggregate} ${version.id}`;
      const other = highest.get(key);
      if (!other || isLater(version, other)) highest.set(key, version);
    }
    if (highest.size === 0) return;
    const kept = [...highest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
    await transaction(
      this.#options.context(),
      async (tx) => {
        const changed = await keep(tx, kept);
        for (const { record, changed: follow, beside } of this.#options.followers) {
          const ofRecord = changed.filter(({ aggregate }) => aggregate === record.aggregate);
          const records = beside === undefined ? ofRecord : await notPassedBy(tx, beside, ofRecord);
          if (records.length > 0)
            await follow(
              tx,
              records.map(({ data }) => data),
            );
        }
      },
      true,
    );
  }
}

/** Keeps what is newer than what is there, in one statement, and gives it back. */
async function keep(tx: Ctx, versions: readonly Version[]): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    insert into local_copy as c (aggregate_type, id, epoch, sequence, data)
    select r.aggregate_type, r.id, r.epoch, r.sequence, r.data::jsonb
    from unnest(
      ${versions.map(({ aggregate }) => aggregate)}::text[], ${versions.map(({ id }) => id)}::uuid[], ${versions.map(({ epoch }) => epoch)}::int[],
      ${versions.map(({ sequence }) => sequence)}::bigint[], ${versions.map(({ record }) => JSON.stringify(record))}::text[]
    ) as r(aggregate_type, id, epoch, sequence, data)
    on conflict (aggregate_type, id) do update set epoch = excluded.epoch, sequence = excluded.sequence, data = excluded.data
    where (excluded.epoch, excluded.sequence) > (c.epoch, c.sequence)
    returning c.aggregate_type as aggregate, c.id, c.epoch, c.sequence::text, c.data`.execute(tx.em.getKysely());
  return rows;
}

/** A copy as it was just kept. */
interface Kept {
  aggregate: string;
  id: string;
  epoch: number;
  sequence: string;
  data: never;
}

/** Those of these copies that are as late as what a consumer has acted on, or later. */
async function notPassedBy(tx: Ctx, consumer: string, kept: readonly Kept[]): Promise<Kept[]> {
  const { rows } = await sql<{ id: string }>`
    select p.aggregate_id as id from unnest(
      ${kept.map(({ aggregate }) => aggregate)}::text[], ${kept.map(({ id }) => id)}::uuid[],
      ${kept.map(({ epoch }) => epoch)}::int[], ${kept.map(({ sequence }) => sequence)}::bigint[]
    ) as r(aggregate_type, id, epoch, sequence)
    join "position" p on p.consumer = ${consumer} and p.aggregate_type = r.aggregate_type and p.aggregate_id = r.id
      and (p.epoch, p.sequence) > (r.epoch, r.sequence)`.execute(tx.em.getKysely());
  const passed = new Set(rows.map(({ id }) => id));
  return kept.filter(({ id }) => !passed.has(id));
}

function isLater(a: Version, b: Version): boolean {
  return a.epoch === b.epoch ? a.sequence > b.sequence : a.epoch > b.epoch;
}
