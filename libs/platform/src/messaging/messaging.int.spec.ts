import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Registry } from 'prom-client';
import { organizationCreated, organizationRecord, organizationRenamed, topicOf, topics } from '@frontline/events';
import { describeWith } from '@frontline/test-servers';
import { changeAll, create } from '../change.ts';
import type { Ctx } from '../context.ts';
import { internalTokens } from '../internal-token.ts';
import { copyOf } from '../local-copies.ts';
import { copyFollower, type Consumer, type Manifest, type ReceivedEvent } from '../manifest.ts';
import { migrate } from '../orm.ts';
import { startSubgraph, storageOf, type RunningSubgraph } from '../subgraph.ts';
import { openBroker } from './kafka.ts';
import { startMessaging, type Messaging } from './messaging.ts';
import {
  effectsOf,
  INTERNAL_SECRET,
  log,
  openSample,
  recordOf,
  Sample,
  SampleTables,
  settingsOf,
  until,
} from './messaging.fixture.ts';
import { brokers, emptyDatabase, freshDatabase } from './servers.fixture.ts';

/** The service that owns the records: any aggregate does. */
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

describeWith('kafka')('messaging', () => {
  const withBroker = { KAFKA_BROKERS: brokers.join(',') };
  const nowhere = { KAFKA_BROKERS: '127.0.0.1:1' };
  const ended: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ended.splice(0).reverse()) await end();
  });

  async function startOwner(more: Record<string, string> = {}, port = '0'): Promise<RunningSubgraph> {
    const url = await emptyDatabase();
    await migrate(storageOf(owner), url);
    const running = await startSubgraph(owner, settingsOf(url, { ...more, PORT: port }));
    ended.push(() => running.stop());
    return running;
  }

  /** A service that follows the owner; it may be stopped and started again on the same database. */
  async function follower(more: Record<string, string>, consumers: Consumer[] = [], takes: Partial<Manifest> = {}) {
    const url = await freshDatabase();
    const open = await openSample(url, 'cases');
    const db = new pg.Client(url);
    await db.connect();
    const metrics = new Registry();
    let messaging: Messaging | undefined;
    const manifest: Manifest = {
      ...owner,
      name: 'cases',
      snapshots: [],
      consumers,
      copies: [organizationRecord],
      ...takes,
    };
    const service = {
      db,
      metrics,
      async start() {
        metrics.clear();
        messaging = await startMessaging({
          manifest,
          settings: settingsOf(url, more),
          open,
          tokens: internalTokens(INTERNAL_SECRET),
          metrics,
        });
      },
      async stop() {
        await messaging?.stop();
        messaging = undefined;
      },
      health: () => messaging?.health(),
      context: (): Ctx => open.contextFor({ kind: 'system', service: 'cases' }),
    };
    ended.push(async () => {
      await service.stop();
      await open.close();
      await db.end();
    });
    return service;
  }

  function system(running: RunningSubgraph): Ctx {
    return running.contextFor({ kind: 'system', service: 'organizations' });
  }

  async function add(running: RunningSubgraph, label: string): Promise<Sample> {
    const sample = new Sample();
    sample.label = label;
    return create(system(running), sample, [organizationCreated.of({ record: recordOf(sample) })]);
  }

  async function rename(running: RunningSubgraph, id: string, label: string): Promise<void> {
    await changeAll(system(running), async (unit) => {
      const sample = await unit.load(Sample, id);
      sample.label = label;
      unit.emit(sample, organizationRenamed.of({ on: '2018-08-01', record: recordOf(sample) }));
    });
  }

  async function copied(service: { context(): Ctx }, id: string): Promise<string | undefined> {
    return (await copyOf(service.context(), organizationRecord, id))?.code;
  }

  function effecting(handle: (ctx: Ctx, event: ReceivedEvent) => void = () => undefined): Consumer {
    const name = `effecting-${randomUUID()}`;
    return {
      name,
      events: [organizationCreated, organizationRenamed],
      async handle(ctx, event) {
        handle(ctx, event);
        await ctx.em.execute('insert into effect (consumer, aggregate_id, sequence) values (?, ?, ?)', [
          name,
          event.aggregateId,
          event.sequence,
        ]);
      },
    };
  }

  it('carries a change of one service to an effect in another, once, with what caused it', async () => {
    const running = await startOwner(withBroker);
    const contexts: Ctx[] = [];
    const events: ReceivedEvent[] = [];
    const sample = await add(running, 'one');
    const consumer = effecting((ctx, event) => {
      if (event.aggregateId !== sample.id) return;
      contexts.push(ctx);
      events.push(event);
    });
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: running.url }, [consumer]);
    await service.start();
    await rename(running, sample.id, 'two');
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 2);

    expect(await effectsOf(service.db, consumer.name, sample.id)).toEqual([1, 2]);
    expect(
      events.map(({ type, sequence, data }) => [type, sequence, (data as { record: { code: string } }).record.code]),
    ).toEqual([
      ['organization.created', 1, 'one'],
      ['organization.renamed', 2, 'two'],
    ]);
    expect(contexts[0]).toMatchObject({ actor: { kind: 'system', service: 'cases' }, causationId: events[0]?.id });
    expect(await service.metrics.metrics()).toMatch(
      /events_consumed_total\{consumer="effecting-[\w-]+",outcome="applied"\} \d/,
    );
    expect(service.health()).toEqual({ degraded: [], reasons: [] });
  });

  it('goes on where it was when it is stopped and started while events come', async () => {
    const running = await startOwner(withBroker);
    const consumer = effecting();
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: running.url }, [consumer]);
    await service.start();
    const sample = await add(running, 'kept');
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 1);
    await service.stop();
    for (let turn = 2; turn <= 6; turn += 1) await rename(running, sample.id, `kept ${turn}`);
    await service.start();
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 6);
    expect(await effectsOf(service.db, consumer.name, sample.id)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('stops within moments while it waits for events', async () => {
    const running = await startOwner(withBroker);
    const consumer = effecting();
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: running.url }, [consumer, effecting()]);
    await service.start();
    const sample = await add(running, 'stopped');
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 1);
    const began = Date.now();
    await service.stop();
    // a fetch that waits out kafkajs's own five seconds would be in the way
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  it('stops within moments while the broker is away, and keeps what waits', async () => {
    const url = await emptyDatabase();
    await migrate(storageOf(owner), url);
    const running = await startSubgraph(owner, settingsOf(url, nowhere));
    await add(running, 'waits');
    const service = await follower({ ...nowhere, PEER_URL_ORGANIZATIONS: running.url }, [effecting(), effecting()]);
    await service.start();
    await until(() => service.health()?.reasons.length === 0 && (service.health()?.degraded.length ?? 0) > 0);
    const began = Date.now();
    await Promise.all([service.stop(), running.stop()]);
    expect(Date.now() - began).toBeLessThan(3_000);
    const db = new pg.Client(url);
    await db.connect();
    expect((await db.query('select type from outbox')).rows).toEqual([{ type: 'organization.created' }]);
    await db.end();
  });

  it('survives a database that cuts every connection', async () => {
    const running = await startOwner(withBroker);
    const consumer = effecting();
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: running.url }, [consumer]);
    await service.start();
    const sample = await add(running, 'cut');
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 1);
    for (let turn = 2; turn <= 5; turn += 1) {
      await rename(running, sample.id, `cut ${turn}`);
      await service.db.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    await until(async () => (await effectsOf(service.db, consumer.name, sample.id)).length === 5);
    expect(await effectsOf(service.db, consumer.name, sample.id)).toEqual([1, 2, 3, 4, 5]);
    expect((await service.db.query('select 1 from parked_event')).rows).toEqual([]);
  });

  it('fills a service that starts from nothing from the snapshot, then follows the topic', async () => {
    const running = await startOwner(withBroker);
    const before = await add(running, 'before');
    await rename(running, before.id, 'before, renamed');
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: running.url });
    await service.start();
    await until(async () => (await copied(service, before.id)) === 'before, renamed');
    await until(() => service.health()?.reasons.length === 0 && service.health()?.degraded.length === 0);
    const after = await add(running, 'after');
    await rename(running, before.id, 'before, renamed twice');
    await until(async () => (await copied(service, after.id)) === 'after');
    await until(async () => (await copied(service, before.id)) === 'before, renamed twice');
  });

  it('fills from the snapshot without a broker, waits for the owner, and sees what changes', async () => {
    const first = await startOwner();
    const sample = await add(first, 'alone');
    expect(await copied({ context: () => system(first) }, sample.id)).toBeUndefined();
    const service = await follower({ PEER_URL_ORGANIZATIONS: first.url });
    await service.start();
    expect(service.health()).toEqual({
      degraded: ['no broker is configured: events wait in the outbox'],
      reasons: ['waits for the organization snapshot of organizations'],
    });
    await until(async () => (await copied(service, sample.id)) === 'alone');
    await until(() => service.health()?.reasons.length === 0);
    await rename(first, sample.id, 'alone, renamed');
    await until(async () => (await copied(service, sample.id)) === 'alone, renamed');
  });

  it('lets a follower do with each copy that changed what it must, or keeps none of both; it can wait for the first', async () => {
    const first = await startOwner(withBroker);
    const sample = await add(first, 'first');
    const seen: string[] = [];
    let fails = 1;
    const followed = copyFollower(organizationRecord, async (ctx, records) => {
      // the topic brings what other tests told as well
      for (const { id, code } of records.filter((each) => each.id === sample.id)) {
        await ctx.em.execute(`insert into effect (consumer, aggregate_id) values (?, ?)`, [code, id]);
        if ((fails -= 1) >= 0) throw new Error('broken off');
        seen.push(code);
      }
    });
    const service = await follower({ ...withBroker, PEER_URL_ORGANIZATIONS: first.url }, [], {
      copies: [],
      copyFollowers: [followed],
    });
    await service.start();
    expect(service.health()?.reasons).toEqual([]);
    await until(async () => (await copied(service, sample.id)) === 'first');
    await until(() => service.health()?.degraded.length === 0);
    await rename(first, sample.id, 'renamed');
    await until(async () => (await copied(service, sample.id)) === 'renamed');
    expect(seen).toEqual(['first', 'renamed']);
    const { rows } = await service.db.query('select consumer from effect order by position');
    expect(rows.map(({ consumer }) => consumer)).toEqual(['first', 'renamed']);
  });

  it('lets a follower leave to a consumer what that has gone beyond: an older state is not followed, the next one is', async () => {
    const first = await startOwner();
    const sample = await add(first, 'passed');
    const seen: string[] = [];
    const follow = (_ctx: Ctx, records: readonly { code: string }[]) =>
      Promise.resolve(void seen.push(...records.map(({ code }) => code)));
    const copyFollowers = [copyFollower(organizationRecord, follow, 'a consumer')];
    const service = await follower({ PEER_URL_ORGANIZATIONS: first.url }, [], { copies: [], copyFollowers });
    await service.db.query(`insert into "position" values ('a consumer', 'organization', $1, 0, 2)`, [sample.id]);
    await service.start();
    await until(async () => (await copied(service, sample.id)) === 'passed');
    for (const label of ['as late', 'later']) {
      await rename(first, sample.id, label);
      await until(async () => (await copied(service, sample.id)) === label);
    }
    expect(seen).toEqual(['as late', 'later']);
  });

  it('is ready with what it has when the owner is away at its next start, and not ready at its first', async () => {
    const running = await startOwner();
    const sample = await add(running, 'known');
    const service = await follower({ PEER_URL_ORGANIZATIONS: running.url });
    await service.start();
    await until(() => service.health()?.reasons.length === 0);
    await service.stop();
    await running.stop();
    await service.start();
    await until(() => service.health()?.reasons.length === 0);
    expect(await copied(service, sample.id)).toBe('known');
    const stranger = await follower({ PEER_URL_ORGANIZATIONS: running.url });
    await stranger.start();
    expect(stranger.health()?.reasons).toEqual(['waits for the organization snapshot of organizations']);
  });

  it('reads a large snapshot page by page and refuses bad pages', async () => {
    const running = await startOwner();
    await changeAll(system(running), async (unit) => {
      for (let number = 0; number < 25; number += 1) {
        const sample = new Sample();
        sample.label = `n${number}`;
        unit.add(sample);
      }
    });
    const ask = async (args: string) => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await running.tokens.sign('organizations', { kind: 'system', service: 'cases' })}`,
        },
        body: JSON.stringify({
          query: `{ organizationSnapshot(${args}) { epoch mark nodes { id sequence record } pageInfo { hasNextPage endCursor } } }`,
        }),
      });
      return (await response.json()) as {
        data?: {
          organizationSnapshot: {
            mark: string;
            nodes: { id: string }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          };
        };
        errors?: { extensions: { code: string } }[];
      };
    };
    const ids: string[] = [];
    for (let after = ''; ;) {
      const page = (await ask(`first: 10${after}`)).data?.organizationSnapshot;
      ids.push(...(page?.nodes.map(({ id }) => id) ?? []));
      if (!page?.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(new Set(ids).size).toBe(25);
    expect((await ask('first: 0')).data?.organizationSnapshot).toMatchObject({ nodes: [], mark: '0:25:0' });
    expect((await ask('first: 1001')).errors?.[0]?.extensions.code).toBe('page.size');
    expect((await ask('first: 1, after: "x"')).errors?.[0]?.extensions.code).toBe('page.cursor');
  });

  it('builds a consumer again, however often its membership ends', async () => {
    const broker = openBroker({ KAFKA_BROKERS: brokers, KAFKA_SSL: false } as never, 'rebuild', log);
    ended.push(() => broker.close());
    const key = randomUUID();
    const topic = topicOf(organizationCreated);
    await broker.ensureTopics(topics.filter((each) => each.topic === topic));
    await broker.publish([{ topic, key, value: '{}', headers: {} }]);
    let failures = 0;
    let arrived = false;
    const subscription = broker.subscribe({
      group: `rebuild-${randomUUID()}`,
      topics: topics.filter((each) => each.topic === topic),
      async handle(messages, done) {
        if ((failures += 1) <= 3) throw new Error('the database is away');
        if (messages.some((message) => message.key === key)) arrived = true;
        for (const message of messages) await done(message);
      },
    });
    await until(() => arrived);
    expect(failures).toBeGreaterThan(3);
    expect(subscription.trouble).toBeUndefined();
  });
});
