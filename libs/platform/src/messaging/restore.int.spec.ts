import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';
import { Registry } from 'prom-client';
import {
  organizationCreated,
  organizationRecord,
  organizationRenamed,
  pairedAssistanceStarted,
  toMessage,
  topicOf,
  type RecordOf,
} from '@frontline/events';
import { describeWith } from '@frontline/test-servers';
import { changeAll, create } from '../change.ts';
import { subgraphSettings, type SubgraphSettings } from '../config.ts';
import type { Ctx } from '../context.ts';
import { internalTokens } from '../internal-token.ts';
import { copyOf } from '../local-copies.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import { migrate } from '../orm.ts';
import { openSubgraph, startSubgraph, storageOf, type RunningSubgraph } from '../subgraph.ts';
import { openBroker } from './kafka.ts';
import { startMessaging } from './messaging.ts';
import { effectsOf, log, openSample, Sample, SampleTables, until } from './messaging.fixture.ts';
import { operate } from './operators-commands.ts';
import { brokers, emptyDatabase, freshDatabase } from './servers.fixture.ts';

const INTERNAL_SECRET = randomBytes(32).toString('hex');

function settingsOf(databaseUrl: string, more: Record<string, string> = {}): SubgraphSettings {
  return subgraphSettings.parse({
    DATABASE_URL: databaseUrl,
    PORT: 0,
    LOG_LEVEL: 'silent',
    INTERNAL_SECRET,
    PERSONAL_DATA_KEYS: `k:${randomBytes(32).toString('base64')}`,
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    KAFKA_BROKERS: brokers.join(','),
    ...more,
  });
}

const recordOf = ({ id, label }: Sample): RecordOf<typeof organizationRecord> => ({
  id,
  code: label,
  kind: 'SAMPLE',
  path: [id],
  status: 'ACTIVE',
  from: '2018-01-01',
});

const owner: Manifest = {
  name: 'organizations',
  entities: [Sample],
  resolvers: [],
  references: {},
  migrations: [SampleTables],
  migrationsPath: import.meta.dirname,
  snapshots: [
    {
      record: organizationRecord,
      entity: Sample,
      read: async (ctx, ids) => (await ctx.em.find(Sample, { id: { $in: [...ids] } })).map(recordOf),
    },
  ],
};

/** Another one, whose topic no other test reads: it may be emptied. */
const assisting: Manifest = { ...owner, name: 'households' };

describeWith('kafka')('events after a disaster', () => {
  const ended: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ended.splice(0).reverse()) await end();
  });

  const system = (running: RunningSubgraph): Ctx => running.contextFor({ kind: 'system', service: 'organizations' });

  async function startOwner(url: string, port = 0, manifest = owner): Promise<RunningSubgraph> {
    const running = await startSubgraph(manifest, settingsOf(url, { PORT: String(port) }));
    ended.push(() => running.stop().catch(() => undefined));
    return running;
  }

  async function stopOwner(running: RunningSubgraph): Promise<void> {
    ended.pop();
    await running.stop();
  }

  async function add(running: RunningSubgraph, label: string): Promise<string> {
    const sample = Object.assign(new Sample(), { label });
    await create(system(running), sample, [organizationCreated.of({ record: recordOf(sample) })]);
    return sample.id;
  }

  async function rename(running: RunningSubgraph, id: string, label: string): Promise<void> {
    await changeAll(system(running), async (unit) => {
      const sample = await unit.load(Sample, id);
      sample.label = label;
      unit.emit(sample, organizationRenamed.of({ on: '2018-08-01', record: recordOf(sample) }));
    });
  }

  /** Another service, with a consumer of its own and copies. */
  async function startFollower(peer: string, copies = [organizationRecord]) {
    const url = await freshDatabase();
    const open = await openSample(url, 'cases');
    const db = new pg.Client(url);
    await db.connect();
    const name = `restore-${randomUUID()}`;
    const consumer: Consumer = {
      name,
      events: copies.length > 0 ? [organizationCreated, organizationRenamed] : [pairedAssistanceStarted],
      async handle(ctx, { aggregateId, sequence }) {
        await ctx.em.execute('insert into effect (consumer, aggregate_id, sequence) values (?, ?, ?)', [
          name,
          aggregateId,
          sequence,
        ]);
      },
    };
    const messaging = await startMessaging({
      manifest: { ...owner, name: 'cases', snapshots: [], consumers: [consumer], copies },
      settings: settingsOf(url, { PEER_URL_ORGANIZATIONS: peer }),
      open,
      tokens: internalTokens(INTERNAL_SECRET),
      metrics: new Registry(),
    });
    ended.push(async () => {
      await messaging.stop();
      await open.close();
      await db.end();
    });
    const context = () => open.contextFor({ kind: 'system', service: 'cases' });
    return {
      effects: (id: string) => effectsOf(db, name, id),
      copied: async (id: string) => (await copyOf(context(), organizationRecord, id))?.code,
      parked: async (id: string) =>
        (await db.query('select sequence, reason from parked_event where aggregate_id = $1 order by sequence', [id]))
          .rows as unknown[],
    };
  }

  async function command(url: string, ...argv: string[]): Promise<unknown[]> {
    const settings = settingsOf(url);
    const manifest = argv.includes('--type') || argv.includes('--from') ? assisting : owner;
    const open = await openSubgraph(manifest, settings);
    const lines: unknown[] = [];
    try {
      await operate(manifest, settings, open, argv, (line) => lines.push(JSON.parse(line)));
    } finally {
      await open.orm.close(true);
    }
    return lines;
  }

  async function asAdministrator<R>(url: string, work: (db: pg.Client) => Promise<R>): Promise<R> {
    const db = new pg.Client(url);
    await db.connect();
    try {
      return await work(db);
    } finally {
      await db.end();
    }
  }

  it('are applied from a database that was set back, once its epoch is raised; what it forgot is dropped', async () => {
    const url = await emptyDatabase();
    await migrate(storageOf(owner), url);
    let running = await startOwner(url);
    const port = Number(new URL(running.url).port);
    const kept = await add(running, 'kept 1');
    await rename(running, kept, 'kept 2');
    await until(async () =>
      asAdministrator(url, async (db) => (await db.query('select 1 from outbox')).rowCount === 0),
    );

    // a backup as of now
    await stopOwner(running);
    const backup = new URL(url);
    backup.pathname = `${backup.pathname}_backup`;
    const postgres = new URL(url);
    postgres.pathname = '/postgres';
    await asAdministrator(postgres.href, (db) =>
      db.query(`create database ${backup.pathname.slice(1)} template ${new URL(url).pathname.slice(1)}`),
    );

    running = await startOwner(url, port);
    const follower = await startFollower(running.url);
    const lost = await add(running, 'lost');
    for (const turn of [3, 4, 5]) await rename(running, kept, `kept ${turn}`);
    await until(async () => (await follower.effects(kept)).length === 5 && (await follower.copied(lost)) === 'lost');
    await expect(command(url, 'restore-finish', '--reason', 'too early')).rejects.toMatchObject({
      code: 'restore.running',
    });
    await running.stop();

    const restored = backup.href;
    expect(await command(restored, 'restore-finish', '--reason', 'drill')).toEqual([{ epoch: 1 }]);
    running = await startOwner(restored, port);
    await rename(running, kept, 'kept, restored');
    await until(async () => (await follower.effects(kept)).length === 6);
    // an event of the time that is no more, which comes late
    const broker = openBroker({ KAFKA_BROKERS: brokers, KAFKA_SSL: false } as never, 'restore-test', log);
    ended.push(() => broker.close());
    const record = { id: kept, code: 'of old', kind: 'SAMPLE', path: [kept], status: 'ACTIVE', from: '2018-01-01' };
    await broker.publish([
      toMessage({
        id: randomUUID(),
        type: organizationRenamed.type,
        source: 'frontline/organizations',
        subject: kept,
        time: new Date().toISOString(),
        sequence: 6,
        epoch: 0,
        data: { on: '2018-08-01', record },
      }),
    ]);
    await rename(running, kept, 'kept, restored twice');
    await until(async () => (await follower.effects(kept)).length === 7);
    expect(await follower.effects(kept)).toEqual([1, 2, 3, 4, 5, 3, 4]);
    await until(async () => (await follower.copied(kept)) === 'kept, restored twice');
    await until(async () => (await follower.copied(lost)) === undefined);
    expect(await follower.parked(kept)).toEqual([]);
    const { rows } = await asAdministrator(restored, (db) =>
      db.query(`select reason from audit_entry where action = 'events.restoreFinish'`),
    );
    expect(rows).toEqual([{ reason: 'drill (epoch 1)' }]);
  });

  it('reach a new consumer from the archive when their topic has forgotten them', async () => {
    const url = await emptyDatabase();
    await migrate(storageOf(owner), url);
    const running = await startOwner(url, 0, assisting);
    const sample = Object.assign(new Sample(), { label: 'old' });
    const { id } = sample;
    const fact = pairedAssistanceStarted.of({
      record: { id, cadreId: id, householdId: id, residentialAreaId: id, from: '2018-01-01' },
    });
    await create(system(running), sample, [fact, fact, fact]);
    const ids = () =>
      asAdministrator(
        url,
        async (db) => (await db.query('select event_id from outbox_archive order by sequence')).rows,
      );
    await until(async () => (await ids()).length === 3);
    const before = await ids();
    await forgetTopic();
    await changeAll(system(running), async (unit) => unit.emit(await unit.load(Sample, id), fact));
    const follower = await startFollower(running.url, []);
    await until(async () => (await follower.parked(id)).length === 1);
    expect(await follower.parked(id)).toEqual([{ sequence: '4', reason: 'gap' }]);

    const again = await command(url, 'events', 'replay', '--type', fact.type, '--id', id, '--reason', 'new consumer');
    expect(again).toEqual([{ sent: 4, refused: [] }]);
    await until(async () => (await follower.effects(id)).length === 4);
    // whoever had them drops them
    const twice = await command(url, 'events', 'replay', '--id', id, '--from', '2018-01-01', '--reason', 'once more');
    expect(twice).toEqual([{ sent: 4, refused: [] }]);
    await changeAll(system(running), async (unit) => unit.emit(await unit.load(Sample, id), fact));
    await until(async () => (await follower.effects(id)).length === 5);
    expect(await follower.effects(id)).toEqual([1, 2, 3, 4, 5]);
    expect(await follower.parked(id)).toEqual([]);
    // sent with the ids they had: a replay archives nothing anew
    expect((await ids()).slice(0, 3)).toEqual(before);
    const { rows } = await asAdministrator(url, (db) =>
      db.query(`select reason from audit_entry where action = 'events.replay' order by at`),
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({ reason: `new consumer (aggregateId ${id}, type pairedAssistance.started)` });
  });

  it.each([
    [['events', 'replay', '--reason', 'why not'], /at least one of/],
    [['events', 'replay', '--id', '7', '--reason', 'why not'], /--id must be a UUID/],
    [['events', 'replay', '--from', 'yesterday', '--reason', 'why not'], /--from must be a time/],
    [['events', 'replay', '--type', 'organization.created'], /--reason must say why/],
    [['restore-finish'], /--reason must say why/],
  ])('are not sent again by a command that does not say which, or why: %s', async (argv, sentence) => {
    const url = await emptyDatabase();
    await migrate(storageOf(owner), url);
    await expect(command(url, ...argv)).rejects.toThrow(sentence);
  });
});

/** Lets the topic forget all it has, as retention would. No other test reads it. */
async function forgetTopic(): Promise<void> {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topic = topicOf(pairedAssistanceStarted);
    const partitions = await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
    });
  } finally {
    await admin.disconnect();
  }
}
