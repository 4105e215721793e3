import { z } from 'zod';
import {
  caseRecord,
  caseRegistered,
  contractOf,
  contracts,
  fromMessage,
  MalformedEvent,
  readRecord,
  records,
  topicOf,
  topics,
  toMessage,
  type Envelope,
} from './index.ts';
import { personalData } from './personal-data.fixture.ts';

const id = '00000000-0000-7000-8000-000000000001';
const event: Envelope = {
  id: '00000000-0000-7000-8000-000000000002',
  type: 'case.registered',
  source: 'frontline/cases',
  subject: id,
  time: '2018-08-17T01:00:00.000Z',
  sequence: 1,
  epoch: 0,
  correlationId: 'request-1',
  causationId: undefined,
  traceparent: undefined,
  data: {
    record: {
      id,
      number: '2018-000001',
      state: 'REGISTERED',
      categoryCode: 'roads.manhole',
      areaId: id,
      registeredAt: '2018-08-17T01:00:00.000Z',
    },
  },
};

type Property = { description?: string };

/** All properties anywhere in a contract, as its JSON Schema has them. */
function propertiesOf({ data }: { data: z.ZodType }): [string, Property][] {
  const within = (schema: unknown): [string, Property][] => {
    if (schema === null || typeof schema !== 'object') return [];
    const { properties = {}, ...rest } = schema as { properties?: Record<string, Property> };
    return [...Object.entries(properties), ...[...Object.values(properties), ...Object.values(rest)].flatMap(within)];
  };
  return within(z.toJSONSchema(data));
}

describe('the contracts', () => {
  it.each([...contracts.values()].map((contract) => [contract.type, contract] as const))(
    '%s carries no personal data and no free text',
    (_type, contract) => {
      expect(propertiesOf(contract).filter(([property]) => personalData.test(property))).toEqual([]);
    },
  );

  it.each([...contracts.values()].map((contract) => [contract.type, contract] as const))(
    '%s describes every field in both languages',
    (_type, contract) => {
      expect(propertiesOf(contract).filter(([, { description = '' }]) => !/^.+ · .+\.$/.test(description))).toEqual([]);
    },
  );

  it('say when and why each is emitted, and belong to the service their record belongs to', () => {
    for (const { type, when, why, aggregate, context } of contracts.values()) {
      expect([type, when.endsWith('.'), why.endsWith('.')]).toEqual([type, true, true]);
      expect([type, records.get(aggregate)?.context ?? context]).toEqual([type, context]);
    }
  });

  it('are carried by one declared topic per aggregate', () => {
    expect(topicOf(caseRegistered)).toBe('frontline.cases.case.v1');
    expect(new Set(topics.map(({ topic }) => topic))).toEqual(new Set([...contracts.values()].map(topicOf)));
    expect(topics.length).toBe(new Set([...contracts.values()].map(({ aggregate }) => aggregate)).size);
  });

  it('are known by their type alone', () => expect(() => contractOf('case.vanished')).toThrow(/case\.vanished/));
});

describe('an event on its way', () => {
  it('is a CloudEvent in binary mode, keyed by its aggregate', () => {
    const message = toMessage(event);
    expect(message).toMatchObject({
      topic: 'frontline.cases.case.v1',
      key: id,
      headers: {
        ce_specversion: '1.0',
        ce_type: 'case.registered',
        ce_sequence: '1',
        ce_partitionkey: id,
        'content-type': 'application/json',
      },
    });
    expect(message.headers).not.toHaveProperty('ce_causationid');
  });

  it('comes out as it went in, whether headers are text or bytes', () => {
    const { headers, value } = toMessage(event);
    expect(fromMessage(headers, value)).toEqual(event);
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
    expect(fromMessage(bytes, Buffer.from(value))).toEqual(event);
  });

  it('of a type that this version does not know is skipped', () => {
    const { headers, value } = toMessage(event);
    expect(fromMessage({ ...headers, ce_type: 'case.celebrated' }, value)).toBeUndefined();
  });

  it('of a newer version is read without what this version does not know', () => {
    const { headers, value } = toMessage(event);
    const newer = JSON.parse(value) as { record: Record<string, unknown> };
    const added = { ...newer, priority: 1, record: { ...newer.record, source: { kind: 'ACTIVITY', id, room: 4 } } };
    expect(fromMessage(headers, JSON.stringify(added))?.data).toEqual({
      record: { ...newer.record, source: { kind: 'ACTIVITY', id } },
    });
  });

  it('serves a snapshot whose records an older reader takes without what it does not know', () => {
    const { record } = event.data as { record: Record<string, unknown> };
    expect(readRecord(caseRecord, { ...record, priority: 1 })).toEqual(record);
    expect(() => readRecord(caseRecord, { ...record, state: 'ASLEEP' })).toThrow(/state/);
  });

  it('is refused when something is added and something else is wrong', () => {
    const { headers, value } = toMessage(event);
    const wrong = { ...(JSON.parse(value) as object), priority: 1, record: { id } };
    expect(() => fromMessage(headers, JSON.stringify(wrong))).toThrow(MalformedEvent);
  });

  it.each([
    ['a missing id', { ce_id: undefined }, undefined],
    ['a sequence that is no count', { ce_sequence: '-1' }, undefined],
    ['an epoch that is no number', { ce_epoch: 'new' }, undefined],
    ['a value that is not JSON', {}, 'nonsense'],
    ['data that breaks the contract', {}, JSON.stringify({ record: { id } })],
  ])('is refused with %s', (_what, change, other) => {
    const { headers, value } = toMessage(event);
    expect(() => fromMessage({ ...headers, ...change }, other ?? value)).toThrow(MalformedEvent);
  });
});
