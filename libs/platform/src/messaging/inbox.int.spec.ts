import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import fc from 'fast-check';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventMessage } from '@frontline/events';
import type { Ctx } from '../context.ts';
import type { Consumer } from '../manifest.ts';
import { DeadLetters } from './dead-letters.ts';
import type { ContextOf } from './effect.ts';
import { Inbox } from './inbox.ts';
import {
  arrived,
  effectsOf,
  eventMessage,
  freshMetrics,
  log,
  openSample,
  recordingConsumer,
  until,
} from './messaging.fixture.ts';
import { decideNow } from './parked-decisions.ts';
import { ParkedEvents } from './parked-events.ts';
import { freshDatabase } from './servers.fixture.ts';

describe('inbox', () => {
  let url: string;
  let db: pg.Client;
  let open: Awaited<ReturnType<typeof openSample>>;

  beforeAll(async () => {
    url = await freshDatabase();
    db = new pg.Client(url);
    await db.connect();
    open = await openSample(url);
  });

  afterAll(async () => {
    await open.close();
    await db.end();
  });

  function inboxOf(consumer: Consumer) {
    const { metrics } = freshMetrics();
    const fork = () => open.orm.em.fork() as EntityManager;
    const contextOf: ContextOf = () => open.contextFor({ kind: 'system', service: 'organizations' });
    const deadLetters = new DeadLetters({ consumer: consumer.name, service: 'organizations', broker: undefined, log });
    const parked = new ParkedEvents({ consumer, contextOf, db: fork, deadLetters, log });
    const inbox = new Inbox({ consumer, contextOf, parked, consumed: metrics.consumed, db: fork });
    return { inbox, parked };
  }

  /** A consumer of its own for each test: what it did before is nobody else's. */
  function fresh(fail?: (aggregateId: string, sequence: number) => Promise<void> | void) {
    const consumer = recordingConsumer(`c-${randomUUID()}`, fail);
    const aggregateId = randomUUID();
    const parts = inboxOf(consumer);
    return {
      ...parts,
      consumer,
      aggregateId,
      event: (sequence: number, options?: { eventId?: string; epoch?: number }) =>
        eventMessage(aggregateId, sequence, options),
      deliver: (message: EventMessage) => parts.inbox.deliver(arrived(message)),
      effects: (id = aggregateId) => effectsOf(db, consumer.name, id),
    };
  }

  function operator(): Ctx {
    return open.contextFor({ kind: 'person', sub: 'admin', grants: [{ role: 'ADMIN' }] } as never);
  }

  async function parkedIds(consumer: string): Promise<Map<number, string>> {
    const { rows } = await db.query<{ sequence: string; event_id: string }>(
      'select sequence, event_id from parked_event where consumer = $1',
      [consumer],
    );
    return new Map(rows.map((row) => [Number(row.sequence), row.event_id]));
  }

  async function parkedReasons(consumer: string): Promise<string[]> {
    const { rows } = await db.query<{ sequence: string; reason: string }>(
      'select sequence, reason from parked_event where consumer = $1 order by aggregate_id, epoch, sequence',
      [consumer],
    );
    return rows.map(({ sequence, reason }) => `${sequence} ${reason}`);
  }

  it('gives an event that is delivered three times one effect', async () => {
    const { event, deliver, effects } = fresh();
    const first = event(1);
    expect([await deliver(first), await deliver(first), await deliver(first)]).toEqual([
      'applied',
      'dropped',
      'dropped',
    ]);
    expect(await effects()).toEqual([1]);
  });

  it('drops a rewound topic and goes on behind it', async () => {
    const { event, deliver, effects } = fresh();
    const events = [1, 2, 3, 4].map((sequence) => event(sequence));
    for (const message of [...events.slice(0, 3), ...events]) await deliver(message);
    expect(await effects()).toEqual([1, 2, 3, 4]);
  });

  it('drops by position what the inbox has forgotten', async () => {
    const { event, deliver, effects, consumer } = fresh();
    for (const sequence of [1, 2]) await deliver(event(sequence));
    await db.query('delete from inbox where consumer = $1', [consumer.name]);
    expect(await deliver(event(1))).toBe('dropped');
    expect(await effects()).toEqual([1, 2]);
  });

  it('parks behind a gap, and heals when the missing event comes', async () => {
    const { event, deliver, effects, consumer } = fresh();
    await deliver(event(1));
    for (const sequence of [3, 4, 5]) expect(await deliver(event(sequence))).toBe('parked');
    expect(await parkedReasons(consumer.name)).toEqual(['3 gap', '4 waiting', '5 waiting']);
    expect(await effects()).toEqual([1]);
    expect(await deliver(event(2))).toBe('applied');
    expect(await effects()).toEqual([1, 2, 3, 4, 5]);
    expect(await parkedReasons(consumer.name)).toEqual([]);
  });

  it('parks poison with what follows it, while other aggregates go on', async () => {
    const other = randomUUID();
    let broken = true;
    const { event, deliver, effects, parked, aggregateId, consumer } = fresh((id, sequence) => {
      if (broken && id === aggregateId && sequence === 2) throw new TypeError('cannot read this');
    });
    for (const message of [event(1), event(2), eventMessage(other, 1), event(3), eventMessage(other, 2)])
      await deliver(message);
    expect(await effects()).toEqual([1]);
    expect(await effects(other)).toEqual([1, 2]);
    expect(await parkedReasons(consumer.name)).toEqual(['2 failed', '3 waiting']);

    const key = { aggregateType: 'contactScheme', aggregateId };
    const retry = () => decideNow(operator(), { ...key, consumer: consumer.name }, { kind: 'retry', reason: 'mended' });
    await retry();
    expect(await parked.resume(key)).toEqual({ applied: 0, left: 2 });
    broken = false;
    expect(await parked.resume(key)).toEqual({ applied: 0, left: 2 });
    await retry();
    expect(await parked.resume(key)).toEqual({ applied: 2, left: 0 });
    expect(await deliver(event(4))).toBe('applied');
    expect(await effects()).toEqual([1, 2, 3, 4]);
  });

  it('leaves nothing of a handler that fails half way', async () => {
    const { event, deliver, effects, consumer } = fresh();
    const half: Consumer = {
      ...consumer,
      async handle(ctx, received) {
        await consumer.handle(ctx, received);
        throw new TypeError('too late');
      },
    };
    const { inbox } = inboxOf(half);
    expect(await inbox.deliver(arrived(event(1)))).toBe('parked');
    expect(await effects()).toEqual([]);
    const { rows } = await db.query('select 1 from inbox where consumer = $1', [consumer.name]);
    expect(rows).toEqual([]);
    expect(await deliver(event(2))).toBe('parked');
  });

  it('tries again what may pass', async () => {
    let failures = 0;
    const { event, deliver, effects } = fresh(() => {
      if ((failures += 1) <= 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    expect(await deliver(event(1))).toBe('applied');
    expect(failures).toBe(4);
    expect(await effects()).toEqual([1]);
  });

  it('parks what fails transiently without end', async () => {
    const { event, deliver, consumer } = fresh(() => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    });
    expect(await deliver(event(1))).toBe('parked');
    const { rows } = await db.query('select started, finished from parked_event where consumer = $1', [consumer.name]);
    expect(rows).toEqual([{ started: 5, finished: 5 }]);
  });

  it('parks nothing while the database is away', async () => {
    let away = 5;
    const { event, deliver, effects, consumer } = fresh(() => {
      if ((away -= 1) >= 0) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    });
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(deliver(event(1))).rejects.toThrow('terminating');
    expect(await parkedReasons(consumer.name)).toEqual([]);
    expect(await deliver(event(1))).toBe('applied');
    expect(await effects()).toEqual([1]);
  });

  it('parks nothing when its connection ends between two statements', async () => {
    const { event, effects, consumer } = fresh();
    let cuts = 1;
    const { inbox } = inboxOf({
      ...consumer,
      async handle(ctx, received) {
        await consumer.handle(ctx, received);
        if ((cuts -= 1) < 0) return;
        const rows = await ctx.em.execute<{ pid: number }[]>('select pg_backend_pid() as pid');
        await db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        // the commit that follows then finds a client that has already noticed, which has no SQLSTATE to tell
        await until(() =>
          ctx.em.execute('select 1').then(
            () => false,
            ({ message }: Error) => message.includes('not queryable'),
          ),
        );
      },
    });
    const message = arrived(event(1));
    await expect(inbox.deliver(message)).rejects.toThrow('not queryable');
    expect(await parkedReasons(consumer.name)).toEqual([]);
    expect(await inbox.deliver(message)).toBe('applied');
    expect(await effects()).toEqual([1]);
  });

  it('parks an event over which processes die again and again, and no other', async () => {
    const { event, effects, consumer } = fresh();
    let release = () => undefined as void;
    const never = new Promise<void>((_, reject) => (release = () => reject(new Error('Connection terminated'))));
    const deadly: Consumer = {
      ...consumer,
      handle: (ctx, received) => (received.sequence === 2 ? never : consumer.handle(ctx, received)),
    };
    const events = [1, 2, 3].map((sequence) => event(sequence));
    const dying: Promise<unknown>[] = [];
    for (let life = 1; life <= 4; life += 1) {
      // the first death goes unnoticed, since that process had finished an event before it;
      // a process that dies leaves an attempt begun, a transaction rolled back, and the offset where it was
      const { inbox } = inboxOf(deadly);
      await inbox.deliver(arrived(events[0] as EventMessage));
      dying.push(inbox.deliver(arrived(events[1] as EventMessage)).catch(() => 'died'));
      await until(async () => {
        const { rows } = await db.query<{ pid: number }>(
          `select a.pid from pg_stat_activity a where a.datname = current_database() and a.state = 'idle in transaction' and a.query like '%insert into inbox%'`,
        );
        for (const { pid } of rows) await db.query('select pg_terminate_backend($1)', [pid]);
        return rows.length > 0;
      });
    }
    const { inbox } = inboxOf(deadly);
    for (const message of events) await inbox.deliver(arrived(message));
    expect(await parkedReasons(consumer.name)).toEqual(['2 killed', '3 waiting']);
    expect(await effects()).toEqual([1]);
    release();
    expect(await Promise.all(dying)).toEqual(['died', 'died', 'died', 'died']);
  });

  it('goes on behind an event that an operator skips, or behind a gap', async () => {
    const { event, deliver, effects, parked, aggregateId, consumer } = fresh((_, sequence) => {
      if (sequence === 2) throw new TypeError('never');
    });
    const key = { aggregateType: 'contactScheme', aggregateId };
    const skip = async (sequence: number) =>
      decideNow(
        operator(),
        { ...key, consumer: consumer.name },
        { kind: 'skip', reason: 'of no use', eventId: (await parkedIds(consumer.name)).get(sequence) as string },
      );
    for (const sequence of [1, 2, 3, 5, 6]) await deliver(event(sequence));
    await expect(skip(3)).rejects.toMatchObject({ code: 'parkedEvent.notFirst' });
    await skip(2);
    expect(await parked.resume(key)).toEqual({ applied: 1, left: 2 });
    await skip(5);
    expect(await parked.resume(key)).toEqual({ applied: 2, left: 0 });
    expect(await effects()).toEqual([1, 3, 5, 6]);
    const { rows } = await db.query(
      'select action, actor, aggregate_type, reason from audit_entry where aggregate_id = $1',
      [aggregateId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['parkedEvents.skip', 'parkedEvents.skip']);
    expect(rows[0]).toMatchObject({ actor: { kind: 'person', sub: 'admin' }, aggregate_type: 'contactScheme' });
    expect(rows[0].reason).toMatch(/^of no use \(c-.*, from sequence 2, 1 events\)$/);
    expect(await deliver(event(4))).toBe('dropped');
    expect(await deliver(event(7))).toBe('applied');
  });

  it('forgets a key whose events an operator discards, and takes the next one', async () => {
    const { event, deliver, effects, aggregateId, consumer } = fresh((_, sequence) => {
      if (sequence === 1) throw new TypeError('never');
    });
    const events = [1, 2, 3].map((sequence) => event(sequence));
    for (const message of events) await deliver(message);
    const key = { aggregateType: 'contactScheme', aggregateId, consumer: consumer.name };
    const discard = () => decideNow(operator(), key, { kind: 'discard', reason: 'of no use' });
    await discard();
    await expect(discard()).rejects.toMatchObject({ code: 'parkedEvent.none' });
    for (const message of events) expect(await deliver(message)).toBe('dropped');
    expect(await deliver(event(4))).toBe('applied');
    expect(await effects()).toEqual([4]);
  });

  it('takes sequences again after the owner raised its epoch', async () => {
    const { event, deliver, effects } = fresh();
    for (const sequence of [1, 2, 3, 4]) await deliver(event(sequence));
    expect(await deliver(event(3, { epoch: 1 }))).toBe('applied');
    expect(await deliver(event(4))).toBe('dropped');
    expect(await deliver(event(4, { epoch: 1 }))).toBe('applied');
    expect(await effects()).toEqual([1, 2, 3, 4, 3, 4]);
  });

  it('blocks the key of a message that is no event, or breaks its contract', async () => {
    const { event, deliver, consumer, aggregateId, effects } = fresh();
    await deliver(event(1));
    expect(await deliver({ ...event(2), value: '{"code":1}' })).toBe('parked');
    expect(await deliver(event(3))).toBe('parked');
    const rogue = randomUUID();
    expect(await deliver({ topic: event(1).topic, key: rogue, value: 'a\0b', headers: {} })).toBe('parked');
    expect(await deliver(eventMessage(rogue, 1))).toBe('parked');
    expect((await parkedReasons(consumer.name)).sort()).toEqual(['0 invalid', '1 waiting', '2 invalid', '3 waiting']);
    expect(await effects()).toEqual([1]);
    expect(aggregateId).not.toBe(rogue);
  });

  it('keeps the place of types that this version does not know', async () => {
    const { event, deliver, effects } = fresh();
    await deliver(event(1));
    const later = event(2);
    expect(await deliver({ ...later, headers: { ...later.headers, ce_type: 'contactScheme.invented' } })).toBe(
      'applied',
    );
    expect(await deliver(event(3))).toBe('applied');
    expect(await effects()).toEqual([1, 3]);
  });

  it('takes turns when two members hold one partition for a moment', async () => {
    const { event, consumer, effects, aggregateId } = fresh();
    const events = [1, 2, 3, 4, 5, 6, 7, 8].map((sequence) => event(sequence));
    const members = [inboxOf(consumer), inboxOf(consumer), inboxOf(consumer)];
    await Promise.all(
      members.map(async ({ inbox }) => {
        for (const message of events) await inbox.deliver(arrived(message));
      }),
    );
    await members[0]?.parked.resume({ aggregateType: 'contactScheme', aggregateId });
    expect(await effects()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('has the effect of exactly-once, in-order delivery under whatever Kafka may do', async () => {
    // what Kafka may do with one partition: deliver from any earlier point again, at any time; relays that overlap
    // repeat stretches inside the topic itself. Handlers may fail transiently on the way.
    const stretches = fc.array(fc.record({ back: fc.nat(6), onward: fc.integer({ min: 1, max: 6 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(2), { minLength: 1, maxLength: 12 }),
        stretches,
        fc.nat(9),
        async (owners, rewinds, seed) => {
          let calls = seed;
          const { deliver, effects } = fresh(() => {
            if ((calls += 1) % 7 === 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
          });
          const aggregates = [randomUUID(), randomUUID(), randomUUID()];
          const counts = [0, 0, 0];
          const history = owners.map((owner) =>
            eventMessage(aggregates[owner] as string, (counts[owner] = (counts[owner] ?? 0) + 1)),
          );
          let at = 0;
          for (const { back, onward } of rewinds) {
            at = Math.max(0, at - back);
            for (const message of history.slice(at, at + onward)) await deliver(message);
            at = Math.min(history.length, at + onward);
          }
          for (const message of history.slice(at)) await deliver(message);
          for (const [index, id] of aggregates.entries()) {
            expect(await effects(id)).toEqual(Array.from({ length: counts[index] as number }, (_, each) => each + 1));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends in order under any order of arrival at all, once everything came', async () => {
    const orders = fc.integer({ min: 1, max: 7 }).chain((count) => {
      const all = Array.from({ length: count }, (_, index) => index);
      return fc.tuple(
        fc.shuffledSubarray(all, { minLength: count }),
        fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 6 }),
      );
    });
    await fc.assert(
      fc.asyncProperty(orders, async ([order, repeats]) => {
        const { event, deliver, effects } = fresh();
        const events = order.map((_, index) => event(index + 1));
        for (const index of [...repeats, ...order, ...repeats]) await deliver(events[index] as EventMessage);
        expect(await effects()).toEqual(order.map((_, index) => index + 1));
      }),
      { numRuns: 40 },
    );
  });
});
