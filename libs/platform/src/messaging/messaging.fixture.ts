import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import pg from 'pg';
import { Registry } from 'prom-client';
import { Migration } from '@mikro-orm/migrations';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@frontline/access';
import {
  contactSchemeCreated,
  toMessage,
  topicOf,
  type EventMessage,
  type organizationRecord,
  type RecordOf,
} from '@frontline/events';
import { Aggregate } from '../aggregate.ts';
import { subgraphSettings, type SubgraphSettings } from '../config.ts';
import { createContext } from '../context.ts';
import { DistrictClock } from '../district-clock.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import { PlatformTables } from '../migrations/platform-tables.ts';
import { openOrm } from '../orm.ts';
import type { Visibility } from '../rows.ts';
import type { OpenSubgraph } from '../subgraph.ts';
import type { IncomingMessage } from './kafka-subscription.ts';
import { messagingMetrics, type MessagingMetrics } from './messaging-metrics.ts';

/** What the services of these tests sign each other's tokens with. */
export const INTERNAL_SECRET = randomBytes(32).toString('hex');

/** Settings of a service of these tests on a database, with a broker or a peer where `more` says so. */
export function settingsOf(databaseUrl: string, more: Record<string, string> = {}): SubgraphSettings {
  return subgraphSettings.parse({
    DATABASE_URL: databaseUrl,
    PORT: 0,
    LOG_LEVEL: 'silent',
    FRONTLINE_MODE: 'development',
    INTERNAL_SECRET,
    PERSONAL_DATA_KEYS: `k:${randomBytes(32).toString('base64')}`,
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    ...more,
  });
}

/** Stands for any aggregate; the platform knows no domain noun. */
@Entity()
export class Sample extends Aggregate {
  @Property({ type: 'text' })
  label!: string;

  static visibleTo(): Visibility {
    return 'ALL';
  }
}

/** What others copy of a sample: some contract must name it, this one is an organization's. */
export function recordOf({ id, label }: Sample): RecordOf<typeof organizationRecord> {
  return { id, code: label, kind: 'SAMPLE', path: [id], status: 'ACTIVE', from: '2018-01-01' };
}

/** Its table, and one for effects in the order they happened. */
export class SampleTables extends Migration {
  override up(): void {
    this.addSql(
      `create table sample (id uuid primary key, version int not null default 1, event_sequence bigint not null default 0, label text not null)`,
    );
    this.addSql(
      `create table effect (position bigint generated always as identity primary key, consumer text, aggregate_id uuid, sequence int, at timestamptz default clock_timestamp())`,
    );
  }
}

export const log = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });

/** A contract with small data, whose events the tests write; the aggregates they belong to are made up. */
export const written = contactSchemeCreated;
export const topic = topicOf(written);
/** Data that the contract takes. */
export const writtenData = { code: 'A', version: 1, validFrom: '2018-01-01' };

/** Gives an empty database the platform's tables and those of {@link Sample}. */
export async function prepareDatabase(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const migration of [PlatformTables, SampleTables].map(
    (each) => new each(undefined as never, undefined as never),
  )) {
    migration.up();
    for (const query of migration.getQueries()) await client.query(String(query));
  }
  await client.end();
}

/** What `openSubgraph` gives, without a manifest. */
export async function openSample(
  url: string,
  service: Manifest['name'] = 'organizations',
): Promise<OpenSubgraph & { close(): Promise<void> }> {
  const orm = await openOrm(
    { name: service, entities: [Sample], migrations: [], migrationsPath: import.meta.dirname },
    url,
  );
  const clock = new DistrictClock();
  return {
    orm,
    log,
    clock,
    contextFor: (actor: Actor, requestId = randomUUID()) =>
      createContext({ em: orm.em as EntityManager, actor, clock, requestId, log, service }),
    close: () => orm.close(true),
  };
}

/** Metrics that nobody scrapes. */
export function freshMetrics(): { registry: Registry; metrics: MessagingMetrics } {
  const registry = new Registry();
  const nothing = async () => ({ unpublished: 0, oldestSeconds: 0, refusedAggregates: 0, parked: [] });
  return { registry, metrics: messagingMetrics(registry, [], nothing) };
}

/** Inserts one event into the outbox through any connection, so that a test decides when it commits. */
export async function insertEvent(
  client: pg.ClientBase,
  aggregateId: string,
  sequence: number,
  bytes = 0,
): Promise<string> {
  const eventId = randomUUID();
  await client.query(
    `insert into outbox (event_id, aggregate_type, aggregate_id, sequence, type, topic, payload, headers, occurred_at)
     values ($1, 'contactScheme', $2, $3, $4, $5, $6, '{}', now())`,
    [
      eventId,
      aggregateId,
      sequence,
      written.type,
      topic,
      JSON.stringify(bytes ? { ...writtenData, code: 'x'.repeat(bytes) } : writtenData),
    ],
  );
  return eventId;
}

/** The Kafka message of an event, as the relay would send it. */
export function eventMessage(
  aggregateId: string,
  sequence: number,
  { eventId = randomUUID() as string, epoch = 0 } = {},
): EventMessage {
  return toMessage({
    id: eventId,
    type: written.type,
    source: 'frontline/organizations',
    subject: aggregateId,
    time: new Date().toISOString(),
    sequence,
    epoch,
    data: writtenData,
  });
}

/** A consumer that writes each event into `effect`, in the inbox's transaction, unless `fail` throws first. */
export function recordingConsumer(
  name: string,
  fail: (aggregateId: string, sequence: number) => Promise<void> | void = () => undefined,
): Consumer {
  return {
    name,
    events: [written],
    async handle(ctx, { aggregateId, sequence }) {
      await fail(aggregateId, sequence);
      await ctx.em.execute('insert into effect (consumer, aggregate_id, sequence) values (?, ?, ?)', [
        name,
        aggregateId,
        sequence,
      ]);
    },
  };
}

/** The sequences that had their effect, in the order they had it. */
export async function effectsOf(client: pg.ClientBase, consumer: string, aggregateId: string): Promise<number[]> {
  const { rows } = await client.query<{ sequence: number }>(
    'select sequence from effect where consumer = $1 and aggregate_id = $2 order by position',
    [consumer, aggregateId],
  );
  return rows.map(({ sequence }) => sequence);
}

let offsets = 0;

/** A message as a consumer gets it; each at the next offset of one partition, unless told otherwise. */
export function arrived({ topic: on, key, value, headers }: EventMessage, partition = 0): IncomingMessage {
  offsets += 1;
  return { topic: on, partition, offset: String(offsets), key, value, headers };
}

/** Waits until something holds; a test's own time limit is what ends a wait in vain. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
