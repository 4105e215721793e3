import { breaksBetween, type PublishedContracts } from './compatibility.ts';
import type { JsonSchema } from './json-schema.ts';

const topic = 'frontline.cases.case.v1';
const schema: JsonSchema = {
  type: 'object',
  properties: {
    caseId: { type: 'string', format: 'uuid' },
    state: { type: 'string', enum: ['OPEN', 'CLOSED'] },
    note: { type: 'string', maxLength: 40 },
    count: { type: 'integer', minimum: 1 },
    holders: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } },
  },
  required: ['caseId', 'state', 'holders'],
};
const published = (data: JsonSchema, at = topic): PublishedContracts => ({
  schemas: { [at]: { 'case.closed': data } },
  partitions: { [at]: 6 },
});
const changed = (change: (copy: Required<Pick<JsonSchema, 'properties' | 'required'>>) => void): PublishedContracts => {
  const copy = structuredClone(schema) as Required<Pick<JsonSchema, 'properties' | 'required'>>;
  change(copy);
  return published(copy);
};
const before = published(schema);

describe('within a major, a contract', () => {
  it('may stay as it is', () => expect(breaksBetween(before, before)).toEqual([]));

  it.each<[string, PublishedContracts]>([
    ['an optional field', changed(({ properties }) => (properties['area'] = { type: 'string' }))],
    [
      'an optional field of a list’s members',
      changed(({ properties }) => (properties['holders']!.items!.properties!['since'] = { type: 'string' })),
    ],
    ['a value of an enum', changed(({ properties }) => (properties['state']!.enum = ['OPEN', 'HANDLING', 'CLOSED']))],
    ['a description', changed(({ properties }) => (properties['note']!.description = 'Why.'))],
    ['room below a bound', changed(({ properties }) => (properties['note']!['maxLength'] = 80))],
    ['an event type', { ...before, schemas: { [topic]: { 'case.closed': schema, 'case.opened': schema } } }],
    [
      'a topic',
      {
        schemas: { ...before.schemas, 'frontline.cases.order.v1': {} },
        partitions: { ...before.partitions, 'frontline.cases.order.v1': 6 },
      },
    ],
  ])('may gain %s', (_what, after) => expect(breaksBetween(before, after)).toEqual([]));

  it.each<[string, PublishedContracts, string]>([
    [
      'lose a field',
      changed(({ properties }) => delete properties['note']),
      'case.closed on frontline.cases.case.v1: note was removed or renamed',
    ],
    [
      'lose a field of a list’s members',
      changed(({ properties }) => delete properties['holders']!.items!.properties!['id']),
      'holders[]: id was removed',
    ],
    [
      'rename a field',
      changed(({ properties }) => {
        properties['remark'] = properties['note']!;
        delete properties['note'];
      }),
      'note was removed or renamed',
    ],
    [
      'change a field’s type',
      changed(({ properties }) => (properties['count']!.type = 'string')),
      'count: type integer became string',
    ],
    [
      'change a field’s format',
      changed(({ properties }) => delete properties['caseId']!.format),
      'caseId: format uuid became none',
    ],
    [
      'make a list of a field',
      changed(({ properties }) => (properties['note'] = { type: 'array', items: { type: 'string' } })),
      'note: type string became array',
    ],
    [
      'require a field that was optional',
      changed(({ required }) => (required as string[]).push('note')),
      'note became required',
    ],
    [
      'add a required field',
      changed(({ properties, required }) => {
        properties['area'] = { type: 'string' };
        (required as string[]).push('area');
      }),
      'area is new and required',
    ],
    [
      'leave out what was always there',
      changed((copy) => (copy.required = ['caseId', 'holders'])),
      'state is no longer always there',
    ],
    [
      'lose a value of an enum',
      changed(({ properties }) => (properties['state']!.enum = ['OPEN'])),
      'state: the enum lost CLOSED',
    ],
    [
      'limit a free value to an enum',
      changed(({ properties }) => (properties['note']!.enum = ['A'])),
      'note: any value was allowed',
    ],
    ['open an enum', changed(({ properties }) => delete properties['state']!.enum), 'state: it was an enum'],
    [
      'tighten an upper bound',
      changed(({ properties }) => (properties['note']!['maxLength'] = 20)),
      'note: maxLength changed from 40 to 20',
    ],
    [
      'tighten a lower bound',
      changed(({ properties }) => (properties['count']!['minimum'] = 2)),
      'count: minimum changed from 1 to 2',
    ],
    [
      'gain a bound',
      changed(({ properties }) => (properties['note']!['minLength'] = 1)),
      'note: minLength changed from none to 1',
    ],
    ['gain a pattern', changed(({ properties }) => (properties['note']!['pattern'] = '^A')), 'note: pattern changed'],
    [
      'use a keyword that the check does not know',
      changed(({ properties }) => (properties['note']!['anyOf'] = [])),
      'note: anyOf changed',
    ],
    [
      'vanish',
      { ...before, schemas: { [topic]: {} } },
      'case.closed on frontline.cases.case.v1: the event type was removed',
    ],
    ['move to another topic', published(schema, 'frontline.cases.file.v1'), 'the event type was removed'],
    ['be cut into other partitions', { ...before, partitions: { [topic]: 12 } }, '6 partitions became 12'],
    ['lose its topic', { ...before, partitions: {}, schemas: {} }, 'the topic was removed'],
  ])('may not %s', (_what, after, sentence) => {
    expect(breaksBetween(before, after).join('\n')).toContain(sentence);
  });

  it('may give way to the same event of the next major, whatever that looks like', () => {
    expect(breaksBetween(before, published({ type: 'object' }, 'frontline.cases.case.v2'))).toEqual([]);
    const lower = published(schema, 'frontline.cases.case.v2');
    expect(breaksBetween(lower, published({ type: 'object' }))).not.toEqual([]);
  });
});
