/*
 * What a field requires may be missing because its entity isn't there (its subgraph answered null for it, and no error),
 * or because something went wrong. Only in the first case is the field not there either.
 */
import { smallGraph, type SmallSubgraph } from '../small-graph.fixture.ts';

const parcels = (answer: () => unknown = () => ({ data: { _entities: [null] } })): Record<string, SmallSubgraph> => ({
  list: {
    sdl: 'type Parcel @key(fields: "id") { id: ID! } type Query { parcel: Parcel sure: Parcel! }',
    resolvers: { Query: { parcel: () => ({ id: '1' }), sure: () => ({ id: '1' }) } },
  },
  scales: { sdl: 'type Parcel @key(fields: "id") { id: ID! grams: Int! size: Int }', answer },
  tariff: {
    sdl: `type Parcel @key(fields: "id") { id: ID! grams: Int! @external size: Int @external
      price: Int! @requires(fields: "grams size") note: String @requires(fields: "grams") }`,
    resolvers: { Parcel: { price: ({ grams }: { grams: number }) => grams * 2, note: () => 'noted' } },
  },
  till: {
    sdl: 'type Parcel @key(fields: "id") { id: ID! price: Int! @external receipt: String! @requires(fields: "price") }',
    resolvers: { Parcel: { receipt: ({ price }: { price: number }) => `paid ${price}` } },
  },
});

const asked = async (source: string, subgraphs = parcels()) => {
  const { json, errors, invalid } = await smallGraph(subgraphs).ask(source);
  return { json, errors: errors.map(({ message }) => message), invalid };
};

describe('a field that requires one of an entity that is not there', () => {
  it('is not there either', async () => {
    expect(await asked('{ parcel { id price } }')).toEqual({
      json: { parcel: null },
      errors: [],
      invalid: [expect.objectContaining({ path: ['parcel', 'price'], isAbsent: true })],
    });
  });

  it('is null where it may be', async () => {
    expect(await asked('{ parcel { id note } }')).toEqual({
      json: { parcel: { id: '1', note: null } },
      errors: [],
      invalid: [],
    });
  });

  it('passes that on to what requires it', async () => {
    const { json, invalid } = await asked('{ parcel { id receipt } }');
    expect([json, invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      { parcel: null },
      [[['parcel', 'receipt'], true]],
    ]);
  });

  it('is an error where its null goes beyond the link to the entity', async () => {
    const { json, invalid } = await asked('{ sure { price } }');
    expect([json, invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([null, [[['sure', 'price'], false]]]);
  });
});

describe('a field that requires one which is missing for another reason', () => {
  it.each([
    ['all of it', [{ __typename: 'Parcel' }]],
    ['a part of it', [{ __typename: 'Parcel', size: 3 }]],
  ])('is broken: %s was left out of an answer', async (_, entities) => {
    const { json, errors, invalid } = await asked(
      '{ parcel { id price } }',
      parcels(() => ({ data: { _entities: entities } })),
    );
    expect([json, errors, invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      { parcel: null },
      [],
      [[['parcel', 'price'], false]],
    ]);
  });

  it('is missing beside the error about it', async () => {
    const { json, errors, invalid } = await asked(
      '{ parcel { id price } }',
      parcels(() => ({ data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0, 'grams'] }] })),
    );
    expect([json, errors, invalid]).toEqual([{ parcel: null }, ['no'], []]);
  });

  it('is broken if a part of it is not there and another was left out', async () => {
    const answers = (sdl: string, entity: unknown) => ({ sdl, answer: () => ({ data: { _entities: [entity] } }) });
    const { json, errors, invalid } = await asked('{ parcel { id price } }', {
      ...parcels(),
      scales: answers('type Parcel @key(fields: "id") { id: ID! grams: Int! }', null),
      rulers: answers('type Parcel @key(fields: "id") { id: ID! size: Int }', { __typename: 'Parcel' }),
    });
    expect([json, errors, invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      { parcel: null },
      [],
      [[['parcel', 'price'], false]],
    ]);
  });
});
