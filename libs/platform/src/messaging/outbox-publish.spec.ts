import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { cadreDeparted, contactSchemeCreated, topicOf, type EventMessage } from '@frontline/events';
import { PermanentRefusal, type Broker } from './kafka.ts';
import { publishInOrder, type OutboxRecord } from './outbox-publish.ts';

const types = [contactSchemeCreated, cadreDeparted] as const;

function row(
  id: number,
  aggregateId: string,
  sequence: number,
  contract: (typeof types)[number] = contactSchemeCreated,
): OutboxRecord {
  return {
    id: String(id),
    event_id: randomUUID(),
    aggregate_type: contract.aggregate,
    aggregate_id: aggregateId,
    sequence: String(sequence),
    type: contract.type,
    topic: topicOf(contract),
    payload: {},
    headers: {},
    occurred_at: new Date(),
    recorded_at: new Date(),
  };
}

/** A bus that takes a send whole or not at all, and refuses as a broker does: without saying which message it means. */
class RefusingBus implements Broker {
  readonly taken: EventMessage[] = [];
  sends = 0;

  constructor(
    readonly refuses: (message: EventMessage) => 'message' | 'topic' | undefined,
    readonly failsAt = Infinity,
  ) {}

  async publish(messages: readonly EventMessage[]): Promise<void> {
    this.sends += 1;
    if (this.sends >= this.failsAt) throw new Error('connection lost');
    const scope = messages.map(this.refuses).find((refusal) => refusal !== undefined);
    if (scope)
      throw new PermanentRefusal(scope === 'topic' ? 'TOPIC_AUTHORIZATION_FAILED' : 'MESSAGE_TOO_LARGE', scope);
    this.taken.push(...messages);
  }

  ensureTopics = async () => undefined;
  close = async () => undefined;
  subscribe(): never {
    throw new Error('nobody consumes here');
  }
}

const aggregates = Array.from({ length: 4 }, () => randomUUID());

describe('publishing in order', () => {
  it('sends all in one go when nothing is wrong', async () => {
    const bus = new RefusingBus(() => undefined);
    const rows = [1, 2, 3].map((id) => row(id, aggregates[0] as string, id));
    expect(await publishInOrder(bus, 'organizations', 3, rows)).toEqual({
      sent: ['1', '2', '3'],
      refused: [],
      interruption: undefined,
    });
    expect(bus.sends).toBe(1);
    expect(bus.taken[0]?.headers).toMatchObject({
      ce_source: 'frontline/organizations',
      ce_epoch: '3',
      ce_sequence: '1',
    });
  });

  it('stops for an outage, and says what had been sent', async () => {
    const bus = new RefusingBus(() => undefined, 2);
    const large = { ...row(1, aggregates[0] as string, 1), payload: { text: 'x'.repeat(600_000) } };
    const rows = [large, { ...large, id: '2', sequence: '2' }];
    const { sent, refused, interruption } = await publishInOrder(bus, 'organizations', 0, rows);
    expect(sent).toEqual(['1']);
    expect(refused).toEqual([]);
    expect(interruption).toBeInstanceOf(Error);
  });

  it('refuses a type that this version has no contract for', async () => {
    const bus = new RefusingBus(() => undefined);
    const { sent, refused } = await publishInOrder(bus, 'organizations', 0, [
      { ...row(1, aggregates[0] as string, 1), type: 'contactScheme.invented' },
      row(2, aggregates[0] as string, 2),
      row(3, aggregates[1] as string, 1),
    ]);
    expect(sent).toEqual(['3']);
    expect(refused.map(({ row: { id }, reason }) => [id, reason])).toEqual([['1', 'UNKNOWN_CONTRACT']]);
  });

  it('blocks exactly the aggregates that have a refused row, from that row on, and keeps every order', async () => {
    const rowsOf = fc.array(fc.record({ owner: fc.nat(3), type: fc.nat(1), bad: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.boolean(), async (specs, topicDenied) => {
        const counts = new Map<string, number>();
        const rows = specs.map(({ owner, type }, index) => {
          const contract = types[type] as (typeof types)[number];
          const key = `${contract.aggregate}:${owner}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          return row(index + 1, aggregates[owner] as string, counts.get(key) as number, contract);
        });
        const isBad = (each: OutboxRecord) => specs[Number(each.id) - 1]?.bad === 0;
        const isDenied = (each: OutboxRecord) => topicDenied && each.topic === topicOf(cadreDeparted);
        const badEvents = new Set(rows.filter(isBad).map(({ event_id: id }) => id));
        const bus = new RefusingBus((message) => {
          if (topicDenied && message.topic === topicOf(cadreDeparted)) return 'topic';
          return badEvents.has(message.headers['ce_id'] as string) ? 'message' : undefined;
        });

        const { sent, refused, interruption } = await publishInOrder(bus, 'organizations', 0, rows);

        const blocked = new Set<string>();
        const expected = rows.filter((each) => {
          const key = `${each.aggregate_type}:${each.aggregate_id}`;
          if (isBad(each) || isDenied(each)) blocked.add(key);
          return !blocked.has(key);
        });
        expect(interruption).toBeUndefined();
        expect([...sent].sort()).toEqual(expected.map(({ id }) => id).sort());
        expect(new Set(refused.map(({ row: { aggregate_type: type, aggregate_id: id } }) => `${type}:${id}`))).toEqual(
          blocked,
        );
        const taken = bus.taken.map(({ headers }) => headers['ce_id']);
        for (const { topic } of types.map((contract) => ({ topic: topicOf(contract) }))) {
          const inTopic = new Set(
            rows.filter((each) => each.topic === topic).map(({ event_id: id }) => id as string | undefined),
          );
          expect(taken.filter((id) => inTopic.has(id))).toEqual(
            expected.filter((each) => each.topic === topic).map(({ event_id: id }) => id),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
