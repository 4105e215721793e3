import { smallGraph, type SmallSubgraph } from '../small-graph.fixture.ts';

const away = () => Promise.reject(new Error('away'));
const failing = () => ({ data: { _entities: [null] }, errors: [{ message: 'no', path: ['_entities', 0, 'rate'] }] });

/** `price` requires `rate`, which another service knows. */
const goods = (rates: SmallSubgraph['answer'], required = 'rate'): Record<string, SmallSubgraph> => ({
  list: {
    sdl: 'type Good @key(fields: "id") { id: ID! title: String maker: Good } type Query { good: Good }',
    resolvers: {
      Query: { good: () => ({ id: '1' }) },
      Good: { title: () => 'lamp', maker: () => ({ id: '2' }) },
    },
  },
  rates: {
    sdl: 'type Good @key(fields: "id") { id: ID! rate(in: String): Int }',
    ...(rates && { answer: rates }),
  },
  till: {
    sdl: `type Good @key(fields: "id") { id: ID! rate(in: String): Int @external
      price: Int @requires(fields: "${required.replaceAll('"', '\\"')}") }`,
    resolvers: { Good: { price: ({ rate }: { rate: number }) => rate } },
  },
});

describe('the path of an error is', () => {
  it.each([
    ['of a field that the client asked for', '{ good { rate price } }', [['good', 'rate']]],
    ['of a field that the client calls otherwise', '{ good { r: rate } }', [['good', 'r']]],
    ['of a field that is called as a required one', '{ good { rate: rate(in: "EUR") } }', [['good', 'rate']]],
    ['of a field that is only required, where nothing else bears its name', '{ good { price } }', [['good', 'rate']]],
    ['missing where another field of the client bears its name', '{ good { rate: title price } }', [undefined]],
    ['not led through what bears another name elsewhere', '{ good { rate: maker { id } price } }', [undefined]],
  ])('%s', async (_, source, paths) => {
    const { json, errors } = await smallGraph(goods(away)).ask(source);
    expect(json).toBeDefined();
    expect(errors.map(({ path }) => path)).toEqual(paths);
  });

  it('missing where the subgraph itself told of a field whose name another one bears', async () => {
    const { json, errors } = await smallGraph(goods(failing)).ask('{ good { rate: title price } }');
    expect(json).toEqual({ good: { rate: 'lamp', price: null } });
    expect(errors.map((error) => error.toJSON())).toEqual([
      { message: 'no', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'rates' } },
    ]);
  });

  it('missing of a required field that is fetched under a name of the plan’s own', async () => {
    const { errors } = await smallGraph(goods(away, 'rate(in: "EUR")')).ask('{ good { price } }');
    expect(errors.map(({ message, path }) => [message, path])).toEqual([['away', undefined]]);
  });
});
