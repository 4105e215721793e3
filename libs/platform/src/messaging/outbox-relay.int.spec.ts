import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { topics } from '@frontline/events';
import { describeWith } from '@frontline/test-servers';
import { create, change } from '../change.ts';
import { openBroker, type Broker } from './kafka.ts';
import type { IncomingMessage } from './kafka-subscription.ts';
import {
  freshMetrics,
  insertEvent,
  log,
  openSample,
  Sample,
  topic,
  until,
  written,
  writtenData,
} from './messaging.fixture.ts';
import { tendArchive } from './outbox-archive.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { brokers, freshDatabase } from './servers.fixture.ts';

describeWith('kafka')('outbox relay', () => {
  let url: string;
  let db: pg.Client;
  let broker: Broker;
  let open: Awaited<ReturnType<typeof openSample>>;
  const relays: OutboxRelay[] = [];
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    url = await freshDatabase();
    db = new pg.Client(url);
    await db.connect();
    open = await openSample(url);
    broker = openBroker({ KAFKA_BROKERS: brokers, KAFKA_SSL: false } as never, 'relay-test', log);
    broker.subscribe({
      group: `relay-test-${randomUUID()}`,
      topics: topics.filter((each) => each.topic === topic),
      async handle(messages, done) {
        seen.push(...messages);
        for (const message of messages) await done(message);
      },
    });
  });

  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await db.query('delete from outbox');
  });

  afterAll(async () => {
    await broker.close();
    await open.close();
    await db.end();
  });

  function startRelay(through: Broker = broker, metrics = freshMetrics().metrics): OutboxRelay {
    const relay = new OutboxRelay({
      service: 'organizations',
      databaseUrl: url,
      broker: through,
      topics: topics.filter((each) => each.topic === topic),
      metrics,
      log,
    });
    relays.push(relay);
    return relay;
  }

  /** Sequences of an aggregate as they stand in the topic. */
  function inTopic(aggregateId: string): number[] {
    return seen.filter(({ key }) => key === aggregateId).map(({ headers }) => Number(headers['ce_sequence']));
  }

  async function unpublished(): Promise<number> {
    const { rows } = await db.query<{ count: number }>('select count(*)::int as count from outbox');
    return rows[0]?.count ?? 0;
  }

  async function terminateRelay(): Promise<void> {
    await db.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`);
  }

  it('publishes what is committed, and archives it with its epoch', async () => {
    const [id] = [randomUUID()];
    startRelay();
    const eventId = await insertEvent(db, id, 1);
    await until(() => inTopic(id).length === 1);
    await until(async () => (await unpublished()) === 0);
    const { rows } = await db.query('select event_id, epoch, sequence from outbox_archive where aggregate_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ event_id: eventId, epoch: 0, sequence: '1' }]);
    expect(seen.find(({ key }) => key === id)).toMatchObject({
      headers: { ce_id: eventId, ce_type: written.type, ce_source: 'frontline/organizations', ce_epoch: '0' },
    });
  });

  it('keeps a partition of the archive for today and tomorrow, and drops those whose time is over', async () => {
    const partitions = async () => {
      const { rows } = await db.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'outbox_archive'::regclass order by 1`,
      );
      return rows.map(({ name }) => name);
    };
    const { rows } = await db.query<{ name: string; day: string; until: string }>(
      `select 'outbox_archive_' || to_char(d, 'YYYYMMDD') as name, d::date::text as day, (d::date + 1)::text as until
       from unnest(array[-401, -400, 0, 1]) as days, lateral (select timezone('UTC', now())::date + days as d) as dates`,
    );
    const [old, last, today, tomorrow] = rows as [(typeof rows)[0], ...typeof rows];
    for (const each of [old, last] as (typeof rows)[0][]) {
      await db.query(
        `create table ${each.name} partition of outbox_archive for values from ('${each.day} 00:00:00+00') to ('${each.until} 00:00:00+00')`,
      );
    }
    await tendArchive(db);
    expect(await partitions()).toEqual([last?.name, today?.name, tomorrow?.name]);
    await tendArchive(db);
    expect(await partitions()).toHaveLength(3);
    await db.query(`drop table ${last?.name}`);
  });

  it('loses nothing that commits late', async () => {
    const [early, late] = [randomUUID(), randomUUID()];
    const slow = new pg.Client(url);
    await slow.connect();
    await slow.query('begin');
    await insertEvent(slow, late, 1);
    startRelay();
    for (const sequence of [1, 2, 3]) await insertEvent(db, early, sequence);
    await until(() => inTopic(early).length === 3);
    expect(inTopic(late)).toEqual([]);
    await slow.query('commit');
    await until(() => inTopic(late).length === 1);
    await slow.end();
  });

  it('keeps the order of each aggregate under concurrent writers', async () => {
    const system = () => open.contextFor({ kind: 'system', service: 'organizations' });
    const ids = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const sample = new Sample();
        sample.label = `sample ${number}`;
        await create(system(), sample, [written.of(writtenData)]);
        return sample.id;
      }),
    );
    startRelay();
    const writers = Array.from({ length: 9 }, async (_, writer) => {
      for (let turn = 0; turn < 12; turn += 1) {
        const id = ids[(writer + turn) % 3] as string;
        for (let saved = false; !saved;) {
          saved = await change(system(), Sample, id, (sample) => {
            sample.label = `${writer}.${turn}`;
            return [written.of(writtenData), written.of(writtenData)];
          }).then(
            () => true,
            () => false,
          );
        }
      }
    });
    await Promise.all(writers);
    await until(() => ids.every((id) => inTopic(id).length >= 73));
    for (const id of ids) expect(inTopic(id)).toEqual(Array.from({ length: 73 }, (_, index) => index + 1));
  });

  it('sends again what it had sent and not yet archived when it was cut off', async () => {
    const id = randomUUID();
    let cuts = 0;
    const cutting: Broker = {
      ...portOf(broker),
      async publish(messages) {
        await broker.publish(messages);
        if ((cuts += 1) <= 2) await terminateRelay();
      },
    };
    for (const sequence of [1, 2, 3]) await insertEvent(db, id, sequence);
    startRelay(cutting);
    await until(async () => (await unpublished()) === 0);
    await until(() => inTopic(id).length >= 9);
    expect(inTopic(id)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect(new Set(seen.filter(({ key }) => key === id).map(({ headers }) => headers['ce_id'])).size).toBe(3);
  });

  it('has one active relay, and another takes over when its session ends', async () => {
    const id = randomUUID();
    const [one, two] = [startRelay(), startRelay()];
    await until(() => one.active || two.active);
    await insertEvent(db, id, 1);
    await until(() => inTopic(id).length === 1);
    expect([one.active, two.active].filter(Boolean)).toHaveLength(1);
    const [active, standby] = one.active ? [one, two] : [two, one];
    await active.stop();
    await until(() => standby.active);
    await insertEvent(db, id, 2);
    await until(() => inTopic(id).length === 2);
    expect(inTopic(id)).toEqual([1, 2]);
  });

  it('holds back for good refusals their own aggregate only, alarms, and goes on when that is mended', async () => {
    const [large, small] = [randomUUID(), randomUUID()];
    const { metrics, registry } = freshMetrics();
    await insertEvent(db, large, 1);
    await insertEvent(db, large, 2, 2_000_000);
    for (const sequence of [1, 2]) await insertEvent(db, small, sequence);
    await insertEvent(db, large, 3);
    startRelay(broker, metrics);
    await until(async () => (await unpublished()) === 2);
    await until(() => inTopic(small).length === 2 && inTopic(large).length === 1);
    const waiting = async () => (await db.query('select sequence, refusal from outbox order by id')).rows;
    // the refusal is noted after what could be sent has gone
    await until(async () => (await waiting()).some(({ refusal }) => refusal !== null));
    expect(await waiting()).toEqual([
      { sequence: '2', refusal: 'MESSAGE_TOO_LARGE' },
      { sequence: '3', refusal: null },
    ]);
    expect(await registry.getSingleMetricAsString('events_refused_total')).toContain('reason="MESSAGE_TOO_LARGE"} 1');

    await db.query(`update outbox set refusal = null, payload = $2 where aggregate_id = $1`, [
      large,
      JSON.stringify(writtenData),
    ]);
    await until(() => inTopic(large).length === 3);
    expect(inTopic(large)).toEqual([1, 2, 3]);
  });

  it('keeps events through an outage of the broker and sends them after it', async () => {
    const id = randomUUID();
    let down = true;
    const nowhere = openBroker({ KAFKA_BROKERS: ['127.0.0.1:1'], KAFKA_SSL: false } as never, 'relay-test', log);
    const switching: Broker = { ...portOf(broker), publish: (messages) => (down ? nowhere : broker).publish(messages) };
    const relay = startRelay(switching);
    for (const sequence of [1, 2]) await insertEvent(db, id, sequence);
    await until(() => relay.trouble !== undefined);
    await insertEvent(db, id, 3);
    expect(await unpublished()).toBe(3);
    down = false;
    await until(() => inTopic(id).length === 3);
    expect(inTopic(id)).toEqual([1, 2, 3]);
    await until(() => relay.trouble === undefined);
    await nowhere.close();
  });

  it('wakes at once when somebody commits', async () => {
    const id = randomUUID();
    const relay = startRelay();
    await until(() => relay.active);
    await insertEvent(db, id, 1);
    await until(async () => (await unpublished()) === 0);
    const began = Date.now();
    for (let sequence = 2; sequence <= 21; sequence += 1) {
      await insertEvent(db, id, sequence);
      await until(async () => (await unpublished()) === 0);
    }
    // twenty looks once a second would take about ten seconds
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('notices when its connection is cut and comes back', async () => {
    const id = randomUUID();
    const relay = startRelay();
    await until(() => relay.active);
    await terminateRelay();
    await until(() => !relay.active);
    await insertEvent(db, id, 1);
    await until(() => inTopic(id).length === 1);
    expect(relay.active).toBe(true);
  });
});

/** The methods of a port, so that a test can replace one. */
function portOf(broker: Broker): Broker {
  return {
    publish: (messages) => broker.publish(messages),
    ensureTopics: (declared) => broker.ensureTopics(declared),
    subscribe: (subscription) => broker.subscribe(subscription),
    close: async () => undefined,
  };
}
