import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '@frontline/access';
import { householdImported, toMessage } from '@frontline/events';
import { describeWith } from '@frontline/test-servers';
import { ConfigError, subgraphSettings, type SubgraphSettings } from '../config.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import { migrate } from '../orm.ts';
import { openSubgraph, startSubgraph, storageOf, type RunningSubgraph } from '../subgraph.ts';
import { openBroker, type Broker } from './kafka.ts';
import { effectsOf, log, Sample, SampleTables, until } from './messaging.fixture.ts';
import { operate } from './operators-commands.ts';
import { brokers, emptyDatabase } from './servers.fixture.ts';

const admin: Actor = { kind: 'person', sub: 'an-admin', grants: [{ role: 'ADMIN' }] };
const audience: Actor = { kind: 'person', sub: 'a-leader', grants: [{ role: 'LEADER' }] };

/** What an error may quote and nobody may read. */
const SECRET = 'Zhang San, 13800000000';

describeWith('kafka')('what operators see and decide of events that wait', () => {
  const consumerName = `operated-${randomUUID()}`;
  let broken: boolean;
  let settings: SubgraphSettings;
  let manifest: Manifest;
  let running: RunningSubgraph;
  let broker: Broker;
  let db: pg.Client;

  beforeAll(async () => {
    const url = await emptyDatabase();
    const consumer: Consumer = {
      name: consumerName,
      events: [householdImported],
      async handle(ctx, { aggregateId, sequence }) {
        if (broken && ours.has(aggregateId)) throw Object.assign(new TypeError(SECRET), { code: 'household.unknown' });
        await ctx.em.execute('insert into effect (consumer, aggregate_id, sequence) values (?, ?, ?)', [
          consumerName,
          aggregateId,
          sequence,
        ]);
      },
    };
    manifest = {
      name: 'cases',
      entities: [Sample],
      resolvers: [],
      references: {},
      migrations: [SampleTables],
      migrationsPath: import.meta.dirname,
      consumers: [consumer],
    };
    settings = subgraphSettings.parse({
      DATABASE_URL: url,
      PORT: 0,
      LOG_LEVEL: 'silent',
      INTERNAL_SECRET: randomBytes(32).toString('hex'),
      PERSONAL_DATA_KEYS: `k:${randomBytes(32).toString('base64')}`,
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
      KAFKA_BROKERS: brokers.join(','),
    });
    await migrate(storageOf(manifest), url);
    running = await startSubgraph(manifest, settings);
    broker = openBroker({ KAFKA_BROKERS: brokers, KAFKA_SSL: false } as never, 'operators-test', log);
    db = new pg.Client(url);
    await db.connect();
  });

  afterAll(async () => {
    await running.stop();
    await broker.close();
    await db.end();
  });

  const ours = new Set<string>();

  function message(subject: string, sequence: number) {
    const record = { id: subject, code: 'x', residentialAreaId: randomUUID(), gridId: randomUUID() };
    return toMessage({
      id: randomUUID(),
      type: householdImported.type,
      source: 'frontline/households',
      subject,
      time: new Date().toISOString(),
      sequence,
      epoch: 0,
      data: { record },
    });
  }

  /** Publishes events 1 to `count` of a new aggregate, and waits until all of them are parked. */
  async function park(count: number): Promise<string> {
    broken = true;
    const id = randomUUID();
    ours.add(id);
    await broker.publish(Array.from({ length: count }, (_, index) => message(id, index + 1)));
    await until(async () => (await waiting(id)).length === count);
    return id;
  }

  async function waiting(id: string): Promise<{ event_id: string; reason: string }[]> {
    const { rows } = await db.query(
      'select event_id, reason from parked_event where aggregate_id = $1 order by sequence',
      [id],
    );
    return rows as { event_id: string; reason: string }[];
  }

  async function ask(query: string, variables: Record<string, unknown> = {}, actor: Actor = admin) {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await running.tokens.sign('cases', actor)}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    expect(text).not.toContain(SECRET);
    return JSON.parse(text) as {
      data: Record<string, { waiting: number; events: { eventId: string; reason: string }[] }>;
      errors?: { extensions: { code: string; field?: string } }[];
    };
  }

  const list = `query ($first: Int, $after: String, $consumer: String) {
    casesParkedAggregates(first: $first, after: $after, consumer: $consumer) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { consumer aggregateType aggregateId waiting events { type sequence reason fault attempts } }
    } }`;
  const decision = (name: string, input: string) =>
    `mutation ($input: ${input}!) { decided: ${name}(input: $input) { waiting events { eventId reason } } }`;
  const retry = decision('retryCasesParkedAggregate', 'ParkedAggregateInput');
  const skip = decision('skipCasesParkedEvent', 'SkipParkedEventInput');
  const discard = decision('discardCasesParkedAggregate', 'ParkedAggregateInput');

  function inputOf(aggregateId: string, more: Record<string, unknown> = {}) {
    const idempotencyKey = `operators-${randomUUID()}`;
    return {
      idempotencyKey,
      consumer: consumerName,
      aggregateType: 'household',
      aggregateId,
      reason: 'mended',
      ...more,
    };
  }

  async function audited(id: string): Promise<string[]> {
    const { rows } = await db.query<{ action: string }>(
      'select action from audit_entry where aggregate_id = $1 order by at',
      [id],
    );
    return rows.map(({ action }) => action);
  }

  async function command(...argv: string[]): Promise<unknown[]> {
    const open = await openSubgraph(manifest, settings);
    const lines: unknown[] = [];
    try {
      await operate(manifest, settings, open, argv, (line) => lines.push(JSON.parse(line)));
    } finally {
      await open.orm.close(true);
    }
    return lines;
  }

  it('are listed page by page, without payload and error text, to administrators alone', async () => {
    const ids = [await park(2), await park(3)].sort();
    const first = (await ask(list, { first: 1 })).data['casesParkedAggregates'] as never as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: { aggregateId: string }[];
    };
    expect(first).toMatchObject({
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      nodes: [{ consumer: consumerName, aggregateType: 'household', aggregateId: ids[0] }],
    });
    expect((first.nodes[0] as never as { events: unknown[] }).events.slice(0, 2)).toEqual([
      { type: 'household.imported', sequence: 1, reason: 'FAILED', fault: 'TypeError household.unknown', attempts: 1 },
      { type: 'household.imported', sequence: 2, reason: 'WAITING', fault: null, attempts: 0 },
    ]);
    const second = await ask(list, { first: 1, after: first.pageInfo.endCursor });
    expect(second.data['casesParkedAggregates']).toMatchObject({
      pageInfo: { hasNextPage: false },
      nodes: [{ aggregateId: ids[1] }],
    });
    expect((await ask(list, { consumer: 'another' })).data['casesParkedAggregates']).toMatchObject({
      totalCount: 0,
      nodes: [],
    });
    expect((await ask(list, { first: 1, after: 'x' })).errors?.[0]?.extensions.code).toBe('page.cursor');
    expect((await ask(list, {}, audience)).errors?.[0]?.extensions.code).toBe('access.denied');
    await until(async () =>
      (await (await fetch(`${running.url}/metrics`)).text()).includes(
        `parked_keys{consumer="${consumerName}",service="cases"} 2`,
      ),
    );
    for (const id of ids) await ask(discard, { input: inputOf(id) });
  });

  it('go on after a retry, once for its idempotency key, audited', async () => {
    const id = await park(3);
    const input = inputOf(id);
    const failed = await ask(retry, { input: inputOf(id) });
    expect(failed.data['decided']).toMatchObject({ waiting: 3, events: [{ reason: 'FAILED' }, {}, {}] });
    broken = false;
    expect((await ask(retry, { input })).data['decided']).toEqual({ waiting: 0, events: [] });
    expect((await ask(retry, { input })).data['decided']).toEqual({ waiting: 0, events: [] });
    expect((await ask(retry, { input: { ...input, reason: 'another' } })).errors?.[0]?.extensions.code).toBe(
      'idempotency.keyReused',
    );
    expect(await effectsOf(db, consumerName, id)).toEqual([1, 2, 3]);
    expect(await audited(id)).toEqual(['parkedEvents.retry', 'parkedEvents.retry']);
  });

  it('are skipped one by one, or discarded together', async () => {
    const id = await park(3);
    const [first, second] = await waiting(id);
    broken = false;
    const wrong = await ask(skip, { input: inputOf(id, { eventId: second?.event_id }) });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'parkedEvent.notFirst', field: 'input.eventId' });
    expect(await audited(id)).toEqual([]);
    expect((await ask(skip, { input: inputOf(id, { eventId: first?.event_id }) })).data['decided']?.waiting).toBe(0);
    expect(await effectsOf(db, consumerName, id)).toEqual([2, 3]);
    const other = await park(2);
    broken = false;
    expect((await ask(discard, { input: inputOf(other) })).data['decided']).toEqual({ waiting: 0, events: [] });
    expect((await ask(discard, { input: inputOf(other) })).errors?.[0]?.extensions.code).toBe('parkedEvent.none');
    await broker.publish([message(other, 3)]);
    await until(async () => (await effectsOf(db, consumerName, other)).length > 0);
    expect(await effectsOf(db, consumerName, other)).toEqual([3]);
  });

  it.each([
    ['another consumer', { consumer: 'nobody' }, 'input.invalid', 'input.consumer'],
    ['no reason', { reason: ' ' }, 'input.invalid', 'input.reason'],
    ['an aggregate of which nothing waits', {}, 'parkedEvent.none', undefined],
  ])('are not decided on with %s', async (_, more, code, field) => {
    const { errors } = await ask(retry, { input: inputOf(randomUUID(), more) });
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(field && { field }) });
  });

  it('are told by their metadata alone in the dead-letter topic', async () => {
    const id = await park(2);
    const letters: { key: string | undefined; value: string | null }[] = [];
    broker.subscribe({
      group: `letters-${randomUUID()}`,
      topics: [{ topic: `frontline.dead-letter.${consumerName}.v1`, partitions: 1, retentionMs: 1, cleanup: 'delete' }],
      async handle(messages, done) {
        letters.push(...messages);
        for (const each of messages) await done(each);
      },
    });
    await until(() => letters.some(({ key }) => key === id));
    const ofThis = letters.filter(({ key }) => key === id).map(({ value }) => JSON.parse(value as string) as object);
    expect(ofThis).toEqual([
      expect.objectContaining({
        service: 'cases',
        consumer: consumerName,
        type: 'household.imported',
        aggregateId: id,
        sequence: 1,
        reason: 'failed',
        error: 'TypeError household.unknown',
      }),
    ]);
    expect(JSON.stringify(letters)).not.toContain(SECRET);
    await ask(discard, { input: inputOf(id) });
  });

  it('are listed and decided on by command, with a readable refusal of a wrong one', async () => {
    const id = await park(2);
    const [first] = await waiting(id);
    const of = ['--consumer', consumerName, '--aggregate', 'household', '--id', id];
    expect(await command('events', 'list')).toMatchObject([
      { aggregateId: id, waiting: 2, events: [{ sequence: 1, reason: 'failed' }, {}] },
    ]);
    await expect(command('events', 'skip', ...of, '--reason', 'of no use')).rejects.toThrow(ConfigError);
    await expect(command('events', 'skip', ...of, '--event', first?.event_id as string)).rejects.toThrow(
      /--reason must say why/,
    );
    await expect(command('events', 'retry', '--consumer', 'x', '--reason', 'why not')).rejects.toThrow(
      /--consumer must be one of/,
    );
    await expect(command('events', 'shuffle')).rejects.toThrow(/Unknown command/);
    await expect(command('events', 'list', '--what')).rejects.toThrow(/Use: events list/);
    expect(
      await command('events', 'skip', ...of, '--event', first?.event_id as string, '--reason', 'of no use'),
    ).toEqual([{ applied: 0, left: 1 }]);
    broken = false;
    expect(await command('events', 'retry', ...of, '--reason', 'mended')).toEqual([{ applied: 1, left: 0 }]);
    expect(await effectsOf(db, consumerName, id)).toEqual([2]);
    const { rows } = await db.query('select action, actor from audit_entry where aggregate_id = $1 order by at', [id]);
    expect(rows).toMatchObject([
      {
        action: 'parkedEvents.skip',
        actor: { kind: 'system', service: expect.stringMatching(/^operator /) as string },
      },
      { action: 'parkedEvents.retry' },
    ]);
  });
});
