import { activeOverrides } from './override-labels.ts';
import { smallGraph } from '../small-graph.fixture.ts';

describe('arguments inside @requires', () => {
  const prices = {
    sdl: 'type Thing @key(fields: "id") { id: ID! price(currency: String!): Int! box: Box } type Box { weight(unit: String!): Int! } type Query { things: [Thing!]! }',
    resolvers: {
      Query: { things: () => [{ id: '1' }, { id: '2' }] },
      Thing: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        price: ({ id }: { id: string }, { currency }: { currency: string }) =>
          Number(id) * (currency === 'EUR' ? 10 : 11),
        box: () => ({}),
      },
      Box: { weight: (_: unknown, { unit }: { unit: string }) => (unit === 'kg' ? 1 : 1000) },
    },
  };
  const shop = {
    sdl: `type Thing @key(fields: "id") {
        id: ID! price(currency: String!): Int! @external box: Box @external
        inEuro: String @requires(fields: "price(currency: \\"EUR\\")")
        inDollar: String @requires(fields: "price(currency: \\"USD\\")")
        grams: String @requires(fields: "box { weight(unit: \\"g\\") }")
      }
      type Box { weight(unit: String!): Int! @external }`,
    resolvers: {
      Thing: {
        inEuro: ({ price }: { price: number }) => `${price} €`,
        inDollar: ({ price }: { price: number }) => `${price} $`,
        grams: ({ box }: { box: { weight: number } }) => `${box.weight} g`,
      },
    },
  };

  it('give each field the value for its own arguments, beside the same field asked by the client', async () => {
    const { json, errors } = await smallGraph({ prices, shop }).ask(
      '{ things { inEuro inDollar price(currency: "EUR") other: price(currency: "USD") grams } }',
    );
    expect(errors).toEqual([]);
    expect(json).toEqual({
      things: [
        { inEuro: '10 €', inDollar: '11 $', price: 10, other: 11, grams: '1000 g' },
        { inEuro: '20 €', inDollar: '22 $', price: 20, other: 22, grams: '1000 g' },
      ],
    });
  });

  it('do not show in the schema', () => {
    expect(
      Object.keys(
        (smallGraph({ prices, shop }).executor.schema.getType('Thing') as never as { getFields(): object }).getFields(),
      ),
    ).toEqual(expect.arrayContaining(['price', 'inEuro']));
    expect(JSON.stringify(Object.keys(smallGraph({ prices, shop }).executor.schema.getTypeMap()))).not.toContain(
      '_required',
    );
  });
});

describe('a required field beside names and conditions of the client', () => {
  const one = {
    sdl: 'type T @key(fields: "id") { id: ID! r: String! o: String } type Query { t: T }',
    resolvers: { Query: { t: () => ({ id: '1' }) }, T: { r: () => 'right', o: () => 'other' } },
  };
  const two = {
    sdl: 'type T @key(fields: "id") { id: ID! r: String! @external b: String @requires(fields: "r") c: String }',
    resolvers: { T: { b: ({ r }: { r: string }) => `b of ${r}`, c: ({ id }: { id: string }) => `c of ${id}` } },
  };

  it('is what the subgraph is sent, even if another field is called by its name', async () => {
    expect((await smallGraph({ one, two }).ask('{ t { r: o b c } }')).json).toEqual({
      t: { r: 'other', b: 'b of right', c: 'c of 1' },
    });
    expect((await smallGraph({ one, two }).ask('{ t { id: o b c } }')).json).toEqual({
      t: { id: 'other', b: 'b of right', c: 'c of 1' },
    });
  });

  it.each([true, false])('does not make other fields wait for a condition: %s', async (v) => {
    expect(
      (await smallGraph({ one, two }).ask('query ($v: Boolean!) { t { b @include(if: $v) c } }', { v })).json,
    ).toEqual({
      t: { ...(v && { b: 'b of right' }), c: 'c of 1' },
    });
  });

  it('stays an object when every field of it is left out', async () => {
    expect(
      (await smallGraph({ one, two }).ask('query ($v: Boolean!) { t { b @include(if: $v) } }', { v: false })).json,
    ).toEqual({ t: {} });
  });
});

describe('keys that can not be resolved', () => {
  const a = {
    sdl: 'type T @key(fields: "id") @key(fields: "code", resolvable: false) { id: ID! code: String! size: Int! } type Query { t: T }',
    resolvers: {
      Query: { t: () => ({ id: '1', code: 'c', size: 3 }) },
      T: { __resolveReference: ({ id }: { id?: string }) => (id ? { id, code: 'c', size: 3 } : null) },
    },
  };
  const b = {
    sdl: 'type T @key(fields: "code") @key(fields: "id") { id: ID! code: String! size: Int! @external double: Int @requires(fields: "size") } type Query { other: T }',
    resolvers: {
      Query: { other: () => ({ id: '1', code: 'c' }) },
      T: { double: ({ size }: { size?: number }) => (size === undefined ? null : size * 2) },
    },
  };

  it('are not used on the way back to a required field', async () => {
    const { json, errors } = await smallGraph({ a, b }).ask('{ other { double } t { double code } }');
    expect([json, errors]).toEqual([{ other: { double: 6 }, t: { double: 6, code: 'c' } }, []]);
  });
});

describe('an interface that one subgraph knows as an object', () => {
  const media = {
    sdl: `interface Media @key(fields: "id") { id: ID! title: String }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
      type Song implements Media @key(fields: "id") { id: ID! title: String bpm: Int }
      type Query { media: [Media!]! }`,
    resolvers: {
      Media: {
        __resolveType: ({ id }: { id: string }) => (id.startsWith('f') ? 'Film' : 'Song'),
        __resolveReference: ({ id }: { id: string }) => ({ id, __typename: id.startsWith('f') ? 'Film' : 'Song' }),
      },
      Query: { media: () => [{ id: 'f1' }, { id: 's1' }] },
      Film: { title: () => 'a film', minutes: () => 90 },
      Song: { title: () => 'a song', bpm: () => 120 },
    },
  };
  const scores = {
    sdl: 'type Media @interfaceObject @key(fields: "id") { id: ID! score: Int } type Query { top: Media }',
    resolvers: { Media: { score: ({ id }: { id: string }) => id.length }, Query: { top: () => ({ id: 's1' }) } },
  };

  it('adds its fields to every type, and finds the type where it begins', async () => {
    const { json, errors } = await smallGraph({ media, scores }).ask(
      '{ media { score ... on Film { minutes } ... on Song { bpm score } __typename } top { score title __typename ... on Song { bpm } ... on Film { minutes } } }',
    );
    expect(errors).toEqual([]);
    expect(json).toEqual({
      media: [
        { score: 2, minutes: 90, __typename: 'Film' },
        { score: 2, bpm: 120, __typename: 'Song' },
      ],
      top: { score: 2, title: 'a song', __typename: 'Song', bpm: 120 },
    });
  });

  it('keeps the type that one subgraph found, whatever those say that know only the interface', async () => {
    const stars = {
      sdl: 'type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int } type Query { best: Media }',
      resolvers: { Media: { stars: () => 5 }, Query: { best: () => ({ id: 'f7' }) } },
    };
    const { json, errors } = await smallGraph({ media, scores, stars }).ask(
      '{ best { ... on Film { score stars id } } top { ... on Song { score stars bpm } ... on Media { __typename } } }',
    );
    expect([json, errors]).toEqual([
      { best: { score: 2, stars: 5, id: 'f7' }, top: { score: 2, stars: 5, bpm: 120, __typename: 'Song' } },
      [],
    ]);
  });

  it('has no type that could be shown while the subgraph that knows it does not answer', async () => {
    const { json, errors } = await smallGraph({
      media: { ...media, answer: () => Promise.reject(new Error('away')) },
      scores,
    }).ask('{ top { score __typename } }');
    expect([json, errors.length > 0]).toEqual([{ top: null }, true]);
  });

  it('is not there if the subgraph that knows its type knows nothing of it', async () => {
    const { json, errors, invalid } = await smallGraph({
      media: { ...media, answer: () => ({ data: { _entities: [null] } }) },
      scores,
    }).ask('{ top { score kind: __typename } }');
    expect([json, errors]).toEqual([{ top: null }, []]);
    expect(invalid.map(({ path, isAbsent }) => [path, isAbsent])).toEqual([[['top', 'kind'], true]]);
  });
});

describe('a progressive override', () => {
  const before = {
    sdl: 'type T @key(fields: "id") { id: ID! f: String } type Query { t: T }',
    resolvers: { Query: { t: () => ({ id: '1', f: 'old' }) } },
  };
  const after = {
    sdl: 'type T @key(fields: "id") { id: ID! f: String @override(from: "before", label: "percent(25)") }',
    resolvers: { T: { f: () => 'new' } },
  };

  it('is decided for each request', async () => {
    let isOn = false;
    const { ask } = smallGraph({ before, after }, { overrideIsOn: (label) => label === 'percent(25)' && isOn });
    expect((await ask('{ t { f } }')).json).toEqual({ t: { f: 'old' } });
    isOn = true;
    expect((await ask('{ t { f } }')).json).toEqual({ t: { f: 'new' } });
    isOn = false;
    expect((await ask('{ t { f } }')).json).toEqual({ t: { f: 'old' } });
  });

  it('is on for its share of the requests unless somebody else decides', () => {
    const times = (label: string) =>
      Array.from({ length: 4000 }, () => activeOverrides([label]).length).filter(Boolean).length;
    expect(times('percent(25)')).toBeGreaterThan(800);
    expect(times('percent(25)')).toBeLessThan(1200);
    expect([times('percent(0)'), times('percent(100)'), times('somebody-knows')]).toEqual([0, 4000, 0]);
  });
});

describe('an argument from context', () => {
  const shops = {
    sdl: `type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! goods: [Good!]! }
      type Good @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): String }
      type Query { shops: [Shop!]! }`,
    resolvers: {
      Query: {
        shops: () => [
          { id: 'a', currency: 'EUR' },
          { id: 'b', currency: 'CNY' },
        ],
      },
      Shop: { goods: () => [{ id: '1' }, { id: '2' }] },
      Good: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        price: ({ id }: { id: string }, args: { in: string }) => `${id} ${args.in}`,
      },
    },
  };
  const others = {
    sdl: 'type Good @key(fields: "id") { id: ID! stock(of: Int): Int }',
    resolvers: { Good: { stock: () => 1 } },
  };

  it('is taken from whichever type of object is above it', async () => {
    const places = {
      sdl: `interface Place { id: ID! goods: [Good!]! }
        type Mall implements Place @key(fields: "id") @context(name: "place") { id: ID! currency: String! goods: [Good!]! }
        type Stall implements Place @key(fields: "id") @context(name: "place") { id: ID! money: String! goods: [Good!]! }
        type Good @key(fields: "id") { id: ID!
          price(in: String @fromContext(field: "$place ... on Mall { currency } ... on Stall { money }")): String }
        type Query { places: [Place!]! }`,
      resolvers: {
        Good: shops.resolvers.Good,
        Place: { __resolveType: ({ id }: { id: string }) => (id === 'm' ? 'Mall' : 'Stall') },
        Mall: { goods: () => [{ id: '1' }] },
        Stall: { goods: () => [{ id: '1' }] },
        Query: {
          places: () => [
            { id: 'm', currency: 'EUR' },
            { id: 's', money: 'CNY' },
          ],
        },
      },
    };
    const { json, errors } = await smallGraph({ places, others }).ask(
      '{ places { ... on Mall { goods { price stock } } ... on Stall { goods { price stock } } } }',
    );
    expect([json, errors]).toEqual([
      { places: [{ goods: [{ price: '1 EUR', stock: 1 }] }, { goods: [{ price: '1 CNY', stock: 1 }] }] },
      [],
    ]);
  });

  it('never travels with another question, which would be sent the same values', async () => {
    const linked = {
      sdl: 'type Shop @key(fields: "id", resolvable: false) { id: ID! } type Query { shop: Shop }',
      resolvers: { Query: { shop: () => ({ id: 'a' }) } },
    };
    const found = {
      ...shops.resolvers,
      Shop: { ...shops.resolvers.Shop, __resolveReference: () => ({ currency: 'JPY' }) },
    };
    const { ask, asked } = smallGraph({ shops: { ...shops, resolvers: found }, others, linked });
    const { json } = await ask('{ shop { currency } shops { goods { stock price } } }');
    expect(json).toMatchObject({
      shop: { currency: 'JPY' },
      shops: [{ goods: [{ price: '1 EUR' }, { price: '2 EUR' }] }, { goods: [{ price: '1 CNY' }, { price: '2 CNY' }] }],
    });
    const entities = asked.filter(({ subgraph, query }) => subgraph === 'shops' && query.includes('_entities'));
    expect(entities).toHaveLength(3);
  });

  it('is not taken for a variable of the client’s that has its name', async () => {
    const { ask, asked } = smallGraph({ shops, others });
    await ask('{ shops { goods { price } } }');
    const [name = ''] = /contextualArgument\w+/.exec(asked.map(({ query }) => query).join()) ?? [];
    const count = asked.length;
    const source = `query ($${name}: Int) { shops { goods { price stock(of: $${name}) } } }`;
    await expect(ask(source, { [name]: 7 })).rejects.toMatchObject({ reason: 'variableName' });
    expect(asked).toHaveLength(count);
  });

  it('is what the objects above the place say, even for the same entity at two places', async () => {
    const { json, errors } = await smallGraph({ shops, others }).ask('{ shops { goods { price stock } } }');
    expect(errors).toEqual([]);
    expect(json).toEqual({
      shops: [
        {
          goods: [
            { price: '1 EUR', stock: 1 },
            { price: '2 EUR', stock: 1 },
          ],
        },
        {
          goods: [
            { price: '1 CNY', stock: 1 },
            { price: '2 CNY', stock: 1 },
          ],
        },
      ],
    });
  });
});
