import pg from 'pg';
import type { Logger } from 'pino';
import type { TopicDeclaration } from '@frontline/events';
import { advisoryLocks } from '../advisory-locks.ts';
import { backoff, Bell } from './bell.ts';
import type { Broker } from './kafka.ts';
import type { MessagingMetrics } from './messaging-metrics.ts';
import { archive, tendArchive } from './outbox-archive.ts';
import { publishInOrder, type OutboxRecord } from './outbox-publish.ts';

/** What a relay works with. */
export interface RelayOptions {
  service: string;
  /** A direct connection: a pooler in transaction mode would lose the session's lock and LISTEN. */
  databaseUrl: string;
  broker: Broker;
  /** The topics that this service publishes to, created before the first send. */
  topics: readonly TopicDeclaration[];
  metrics: Pick<MessagingMetrics, 'relayActive' | 'published' | 'refused' | 'publishSeconds'>;
  log: Logger;
  /** Rows of one round. */
  batch?: number;
}

/** How often the relay looks even if nobody notified, and how often a standby asks for the lock, in milliseconds. */
const LOOK_MS = 1_000;

/** How often refused aggregates are tried again (rights may have been granted since), in milliseconds. */
const REFUSED_AGAIN_MS = 5 * 60_000;

const TEND_ARCHIVE_MS = 60 * 60_000;

/** Failed sends in a row after which an active relay lets a standby of another process, perhaps with a better network, try. */
const YIELD_AFTER = 12;

/**
 * Publishes the outbox of one database. Every replica of a service runs one; the one that holds the session's advisory
 * lock is active, and loses it with its connection. It reads ALL unpublished rows by id, again and again, and keeps no
 * cursor: a row that commits late is simply among the next ones. A batch that fails is sent again from its start;
 * consumers drop what they get twice.
 */
export class OutboxRelay {
  readonly #options: RelayOptions;
  readonly #pause = new Bell();
  #bell = new Bell();
  readonly #running: Promise<void>;
  #stopping = false;
  #active = false;
  #trouble: string | undefined;

  constructor(options: RelayOptions) {
    this.#options = { ...options, log: options.log.child({ part: 'relay' }) };
    this.#running = this.#keepAlive();
  }

  /** Whether this is the database's active relay. */
  get active(): boolean {
    return this.#active;
  }

  /** Why events wait, if they do: the broker is down or the database is. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Ends after the batch that is on its way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pause.ring();
    this.#bell.ring();
    await this.#running;
  }

  async #keepAlive(): Promise<void> {
    for (let failures = 0; !this.#stopping;) {
      try {
        await this.#session();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#note(error, 'the relay lost its database session');
      }
      // a session that ended without failing yielded: others ask for the lock once a second
      const rest = failures === 0 ? 2 * LOOK_MS : backoff(failures, 250, 10_000);
      if (!this.#stopping) await this.#pause.wait(rest);
    }
  }

  /** One connection's life: wait for the lock, then drain until stopped, until it fails, or until it should yield. */
  async #session(): Promise<void> {
    const { databaseUrl, service, metrics, log } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `frontline-${service}-relay`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 60_000,
    });
    const broken = new Promise<never>((_, reject) =>
      client.on('error', reject).on('end', () => reject(new Error('the connection ended'))),
    );
    broken.catch(() => undefined);
    const bell = new Bell();
    this.#bell = bell;
    try {
      await client.connect();
      await prepare(client);
      if (!(await this.#lock(client))) return;
      this.#active = true;
      metrics.relayActive.set(1);
      log.info('active');
      client.on('notification', () => bell.ring());
      await client.query('listen outbox');
      await Promise.race([this.#drain(client, bell), broken]);
    } finally {
      this.#active = false;
      metrics.relayActive.set(0);
      await client.end().catch((error: unknown) => log.debug({ err: error }, 'closing'));
    }
  }

  async #lock(client: pg.Client): Promise<boolean> {
    while (!this.#stopping) {
      const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
        advisoryLocks.relay,
      ]);
      if (rows[0]?.locked) return true;
      // a blocking lock would wait inside a statement, whose snapshot holds back vacuum for as long
      await this.#bell.wait(LOOK_MS);
    }
    return false;
  }

  async #drain(client: pg.Client, bell: Bell): Promise<void> {
    let tended = 0;
    let triedRefused = 0;
    for (let failures = 0; !this.#stopping && failures < YIELD_AFTER;) {
      if (Date.now() - tended > TEND_ARCHIVE_MS) {
        await tendArchive(client);
        tended = Date.now();
      }
      if (Date.now() - triedRefused > REFUSED_AGAIN_MS) {
        await client.query('update outbox set refusal = null where refusal is not null');
        triedRefused = Date.now();
      }
      const { found, interruption } = await this.#round(client);
      if (interruption === undefined) {
        failures = 0;
        this.#clear();
        if (found === 0) await bell.wait(LOOK_MS);
      } else {
        failures += 1;
        this.#note(interruption, 'the broker does not take events; they wait in the outbox');
        if (!this.#stopping) await bell.wait(backoff(failures, 200, 5_000));
      }
    }
  }

  /** Reads, sends and archives one batch. */
  async #round(client: pg.Client): Promise<{ found: number; interruption: unknown }> {
    const { broker, service, topics, batch = 1_000 } = this.#options;
    const { rows } = await client.query<OutboxRecord>(unpublished, [batch]);
    if (rows.length === 0) return { found: 0, interruption: undefined };
    try {
      await broker.ensureTopics(topics);
    } catch (error) {
      return { found: rows.length, interruption: error };
    }
    const epoch = await epochOf(client);
    const { sent, refused, interruption } = await publishInOrder(broker, service, epoch, rows);
    if (sent.length > 0) {
      await archive(client, sent, epoch);
      this.#count(rows, new Set(sent));
    }
    for (const { row, reason } of refused) await this.#refuse(client, row, reason);
    return { found: rows.length, interruption };
  }

  #count(rows: readonly OutboxRecord[], sent: ReadonlySet<string>): void {
    const { published, publishSeconds } = this.#options.metrics;
    const now = Date.now();
    for (const row of rows) {
      if (!sent.has(row.id)) continue;
      published.inc({ type: row.type });
      publishSeconds.observe(Math.max(0, now - row.recorded_at.getTime()) / 1000);
    }
  }

  async #refuse(client: pg.Client, row: OutboxRecord, reason: string): Promise<void> {
    await client.query('update outbox set refusal = $2 where id = $1', [row.id, reason]);
    this.#options.metrics.refused.inc({ reason });
    this.#options.log.error(
      { eventId: row.event_id, type: row.type, aggregateId: row.aggregate_id, sequence: row.sequence, reason },
      'the broker refuses this event for good: its aggregate is blocked until that is mended',
    );
  }

  #note(error: unknown, what: string): void {
    const message = error instanceof Error ? error.message : String(error);
    // one line when it begins, not one a second
    if (this.#trouble === undefined && !this.#stopping) this.#options.log.warn({ err: error }, what);
    this.#trouble = message;
  }

  #clear(): void {
    if (this.#trouble !== undefined) this.#options.log.info('events are published again');
    this.#trouble = undefined;
  }
}

/** Rows of blocked aggregates stay out; everything else comes by id, whenever it committed. */
const unpublished = `
  select id, event_id, aggregate_type, aggregate_id, sequence, type, topic, payload, headers, occurred_at, recorded_at
  from outbox o
  where not exists (select from outbox r where r.refusal is not null and r.aggregate_type = o.aggregate_type and r.aggregate_id = o.aggregate_id)
  order by id limit $1`;

/** Raised by `restore-finish` when the database was set back and sequences are used again. */
async function epochOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ epoch: number }>(
    `select (value #>> '{}')::int as epoch from platform_setting where key = 'epoch'`,
  );
  return rows[0]?.epoch ?? 0;
}

async function prepare(client: pg.Client): Promise<void> {
  await client.query(`
    set synchronous_commit = off; -- an archive move that a crash forgets is sent again, and dropped by consumers
    set enable_seqscan = off; -- the outbox looks empty to the planner, and is not while it drains
    set enable_bitmapscan = off;
    set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; -- a vanished host's lock goes within half a minute
  `);
}
