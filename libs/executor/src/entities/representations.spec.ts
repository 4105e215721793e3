import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import { representations } from './representations.ts';

const types = new TypeHierarchy(
  buildSchema(
    'interface I { id: ID } type T implements I { id: ID } type U implements I { id: ID } type Query { i: I }',
  ),
);
const field = (name: string, selections?: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'Field',
  name,
  ...(selections && { selections }),
});
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const typename = field('__typename');
const represent = (...requires: QueryPlanSelectionNode[]) => representations(requires, types, undefined);

describe('a representation', () => {
  it('is the key of an entity, and the same text for the same key', () => {
    const byId = represent(on('T', typename, field('id')));
    expect(byId({ __typename: 'T', id: '1', more: 2 })).toBe('{"__typename":"T","id":"1"}');
    expect(byId({ __typename: 'T', id: '1' })).toBe('{"__typename":"T","id":"1"}');
    expect(byId({ __typename: 'T', id: 1 })).toBe('{"__typename":"T","id":1}');
    expect(byId({ __typename: 'T', id: null })).toBe('{"__typename":"T","id":null}');
    expect(byId({ __typename: 'T', id: '"\\' })).toBe('{"__typename":"T","id":"\\"\\\\"}');
  });

  it('is null where a subgraph answered something else than the object that is needed', () => {
    const within = on('T', typename, field('id'), field('place', [field('x')]));
    for (const broken of [true, 'text', 5, null]) {
      const given = { __typename: 'T', id: '1', place: broken };
      expect(represent(within)(given)).toBe('{"__typename":"T","id":"1","place":null}');
      expect(represent(within, on('T', field('id')))(given)).toBe('{"__typename":"T","id":"1","place":null}');
    }
    expect(represent(within)({ __typename: 'T', id: '1', place: [{ x: 1 }, true] })).toBe(
      '{"__typename":"T","id":"1","place":[{"x":1},null]}',
    );
  });

  it('stays right when there are more keys than are remembered', () => {
    const byId = represent(on('I', typename, field('id')));
    for (let n = 0; n < 12_000; n += 1)
      expect(byId({ __typename: n % 2 ? 'T' : 'U', id: String(n) })).toBe(
        `{"__typename":"${n % 2 ? 'T' : 'U'}","id":"${n}"}`,
      );
    expect(byId({ __typename: 'T', id: '0' })).toBe('{"__typename":"T","id":"0"}');
  });

  it.each([
    ['of another type', { __typename: 'U', id: '1' }],
    ['of a type that nobody knows', { __typename: 'X', id: '1' }],
    ['without a type', { id: '1' }],
    ['whose key is missing, because a fetch failed', { __typename: 'T' }],
  ])('does not exist of an entity %s', (_, entity) => {
    expect(represent(on('T', typename, field('id')))(entity)).toBeUndefined();
  });

  it('holds required fields, whatever their shape', () => {
    const withParts = represent(on('T', typename, field('id'), field('parts', [field('a'), field('b', [field('c')])])));
    const entity = { __typename: 'T', id: '1', parts: [{ a: 1, b: { c: [2], x: 0 }, x: 0 }, null, { a: 1 }] };
    expect(withParts(entity)).toBe('{"__typename":"T","id":"1","parts":[{"a":1,"b":{"c":[2]}},null,null]}');
  });

  it('joins what several fragments need, and leaves out one whose fields are missing', () => {
    const both = represent(
      on('I', typename, field('id')),
      on('T', field('v', [field('a')])),
      on('T', field('v', [field('b')])),
    );
    expect(both({ __typename: 'T', id: '1', v: { a: 1, b: 2 } })).toBe('{"__typename":"T","id":"1","v":{"a":1,"b":2}}');
    expect(both({ __typename: 'T', id: '1' })).toBe('{"__typename":"T","id":"1"}');
    expect(both({ __typename: 'U', id: '1', v: { a: 1 } })).toBe('{"__typename":"U","id":"1"}');
  });
});
