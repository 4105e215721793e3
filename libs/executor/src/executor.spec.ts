import { buildSchema, getIntrospectionQuery, graphqlSync, printSchema, parse } from 'graphql';
import { planningThread, SubgraphFailure } from './index.ts';
import { entitiesAsked } from './plan/joined-questions.fixture.ts';
import { smallGraph, supergraphOf, type SmallSubgraph } from './small-graph.fixture.ts';

const people: SmallSubgraph = {
  sdl: `
    type Person @key(fields: "id") { id: ID! name: String! boss: Person friends: [Person!]! address: Address }
    type Address { city: String }
    type Query { me: Person people: [Person!]! strict: Person! }
    type Mutation { rename(name: String!): Person }`,
  resolvers: {
    Query: {
      me: () => ({ id: '1' }),
      people: () => ['1', '2', '1'].map((id) => ({ id })),
      strict: () => ({ id: '1' }),
    },
    Mutation: { rename: (_: unknown, { name }: { name: string }) => ({ id: '1', name }) },
    Person: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id, name }: { id: string; name?: string }) => name ?? `person ${id}`,
      boss: ({ id }: { id: string }) => (id === '9' ? null : { id: '9' }),
      friends: () => [{ id: '2' }, { id: '1' }],
      address: ({ id }: { id: string }) => ({ city: `city ${id}` }),
    },
  },
};
const score: SmallSubgraph = {
  sdl: 'type Person @key(fields: "id") { id: ID! score(of: Int): Int! mood: String } type Mutation { praise: Int } type Query { best: Person }',
  resolvers: {
    Query: { best: () => ({ id: '2' }) },
    Mutation: { praise: () => 5 },
    Person: { score: ({ id }: { id: string }, { of = 0 }: { of?: number }) => Number(id) * 10 + of, mood: () => null },
  },
};
const graph = (more: Record<string, SmallSubgraph> = {}) => smallGraph({ people, score, ...more });

describe('an executor', () => {
  it('joins the answers of several subgraphs, in the order of the query', async () => {
    const { data } = await graph().ask('{ me { score boss { score name } name } best { name } }');
    expect(data).toBe(
      '{"me":{"score":10,"boss":{"score":90,"name":"person 9"},"name":"person 1"},"best":{"name":"person 2"}}',
    );
  });

  it('answers aliases, fragments, conditions and type names as GraphQL has them', async () => {
    const source = `query ($no: Boolean!, $yes: Boolean = true) {
      kind: __typename
      me { ...P again: name ... @skip(if: $no) { id } ... @include(if: $no) { gone: id } friends @include(if: $yes) { __typename id } }
    }
    fragment P on Person { name ten: score(of: 5) score }`;
    expect((await graph().ask(source, { no: false })).json).toEqual({
      kind: 'Query',
      me: {
        name: 'person 1',
        ten: 15,
        score: 10,
        again: 'person 1',
        id: '1',
        friends: [
          { __typename: 'Person', id: '2' },
          { __typename: 'Person', id: '1' },
        ],
      },
    });
    expect((await graph().ask(source, { no: true, yes: false })).json).toEqual({
      kind: 'Query',
      me: { name: 'person 1', ten: 15, score: 10, again: 'person 1', gone: '1' },
    });
  });

  it('asks each subgraph once for an entity that stands in many places', async () => {
    const { ask, asked } = graph();
    await ask('{ people { score friends { score } } me { score } }');
    const representations = asked
      .filter(({ subgraph }) => subgraph === 'score')
      .flatMap(({ variables }) => [...entitiesAsked(variables).lists.values()].flat());
    expect(representations).toEqual(
      [
        { __typename: 'Person', id: '1' },
        { __typename: 'Person', id: '2' },
      ].sort(),
    );
  });

  it('does not ask again for what another part of the same request is asking for, and gives both the error', async () => {
    let questions = 0;
    const failing: SmallSubgraph = {
      ...score,
      answer: ({ variables }) => {
        const { lists, answered } = entitiesAsked(variables);
        questions += lists.size;
        return {
          data: answered(() => null),
          errors: [...lists].flatMap(([name, asked]) =>
            asked.map((_, index) => ({ message: 'no', path: [name, index, 'mood'], extensions: { code: 'a.b' } })),
          ),
        };
      },
    };
    const { json, errors } = await graph({ score: failing }).ask('{ me { mood } people { mood } }');
    expect(json).toEqual({ me: { mood: null }, people: [{ mood: null }, { mood: null }, { mood: null }] });
    expect(errors.map(({ path }) => path?.join('.')).sort()).toEqual([
      'me.mood',
      'people.0.mood',
      'people.1.mood',
      'people.2.mood',
    ]);
    expect(questions).toBe(2);
  });

  it('writes what stands in several places in each of them, also when the first is nulled', async () => {
    const feed: SmallSubgraph = {
      sdl: `type Post { author: Person title: String! } type Person @key(fields: "id", resolvable: false) { id: ID! }
        type Query { feed: [Post] }`,
      answer: () => {
        const author = { __typename: 'Person', id: '1' };
        return {
          data: {
            feed: [
              { author, title: null },
              { author, title: 'second' },
              { author, title: 'third' },
            ],
          },
        };
      },
    };
    const { data } = await graph({ feed }).ask('{ feed { author { address { city } } title } }');
    const post = (title: string) => `{"author":{"address":{"city":"city 1"}},"title":"${title}"}`;
    expect(data).toBe(`{"feed":[null,${post('second')},${post('third')}]}`);
  });

  it.each(['constructor', 'toString', '__proto__', '_alias_name', 'id', 'score'])(
    'answers under whatever name the client wants: %s',
    async (name) => {
      const { data, errors } = await graph().ask(`{ me { ${name}: name mood } }`);
      expect([data, errors]).toEqual([`{"me":{"${name}":"person 1","mood":null}}`, []]);
    },
  );

  it('executes mutations one after the other and then reads', async () => {
    const { ask, asked } = graph();
    const { json } = await ask('mutation { a: rename(name: "x") { name score } praise b: rename(name: "y") { name } }');
    expect(json).toEqual({ a: { name: 'x', score: 10 }, praise: 5, b: { name: 'y' } });
    expect(asked.filter(({ query }) => query.startsWith('mutation')).map(({ subgraph }) => subgraph)).toEqual([
      'people',
      'score',
      'people',
    ]);
  });

  it('answers introspection as graphql-js does, beside data', async () => {
    const { ask, executor } = graph();
    expect((await ask(getIntrospectionQuery())).json).toEqual(
      graphqlSync({ schema: executor.schema, source: getIntrospectionQuery() }).data,
    );
    const { json } = await ask('query ($n: String!) { __type(name: $n) { kind name } me { id } }', { n: 'Person' });
    expect(json).toEqual({ __type: { kind: 'OBJECT', name: 'Person' }, me: { id: '1' } });
  });

  it('refuses variables that do not fit, without asking anybody', async () => {
    const { ask, asked } = graph();
    const { data, errors } = await ask('query ($n: Int!) { me { score(of: $n) } }', { n: 'five' });
    expect([data, errors[0]?.message, asked.length]).toEqual([
      undefined,
      expect.stringContaining('"$n" got invalid value'),
      0,
    ]);
  });

  it('gives every question the context of its own request', async () => {
    const { ask, asked } = graph();
    await Promise.all(['ann', 'bob'].map((context) => ask('{ me { score } }', {}, { context })));
    expect(asked.map(({ context }) => context).sort()).toEqual(['ann', 'ann', 'bob', 'bob']);
  });
});

describe('errors', () => {
  it('stand at the places of the client, with code and details, and leave the rest', async () => {
    const failing = {
      ...score,
      answer: () => ({
        data: { _entities: [{ mood: 'good' }, null] },
        errors: [{ message: 'refused', path: ['_entities', 1, 'mood'], extensions: { code: 'case.no', field: 'x' } }],
      }),
    };
    const { json, errors } = await graph({ score: failing }).ask('{ people { name m: mood } }');
    expect(json).toMatchObject({ people: [{ name: 'person 1' }, { name: 'person 2' }, { name: 'person 1' }] });
    expect(errors.map((error) => error.toJSON())).toEqual([
      {
        message: 'refused',
        path: ['people', 1, 'mood'],
        extensions: { code: 'case.no', field: 'x', serviceName: 'score' },
      },
    ]);
  });

  it.each([
    [
      'does not answer',
      () => Promise.reject(new SubgraphFailure('away', { code: 'service.unavailable' })),
      'service.unavailable',
    ],
    ['answers something else', () => '<html>', 'DOWNSTREAM_SERVICE_ERROR'],
    ['answers JSON that is no answer', () => '[]', 'DOWNSTREAM_SERVICE_ERROR'],
    ['answers about fewer entities', () => ({ data: { _entities: [] } }), 'DOWNSTREAM_SERVICE_ERROR'],
  ])('name every missing field when a subgraph %s, for the first of many', async (_, answer, code) => {
    const { json, errors } = await graph({ score: { ...score, answer } }).ask(
      '{ people { name mood m: score(of: 1) } me { id } }',
    );
    expect(json).toBeNull();
    expect(errors.map(({ path }) => path)).toEqual([
      ['people', 0, 'mood'],
      ['people', 0, 'm'],
    ]);
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual([code, code]);
  });

  it('name what is missing of an entity in whose place something else was answered', async () => {
    const odd = { ...score, answer: () => ({ data: { _entities: [1.5, { mood: 'good' }] } }) };
    const { json, errors } = await graph({ score: odd }).ask('{ people { mood } }');
    expect(json).toEqual({ people: [{ mood: null }, { mood: 'good' }, { mood: null }] });
    expect(errors.map(({ path }) => path)).toEqual([['people', 0, 'mood']]);
  });

  it('of a root field name that field', async () => {
    const { json, errors } = await graph({ score: { ...score, answer: () => Promise.reject(new Error('x')) } }).ask(
      '{ me { name } best { mood } }',
    );
    expect(json).toEqual({ me: { name: 'person 1' }, best: null });
    expect(errors.map(({ path }) => path)).toEqual([['best']]);
  });
});

describe('values that break their types', () => {
  const answering = (data: unknown) =>
    smallGraph({
      one: {
        sdl: 'enum E { A } interface I { i: Int } type T implements I { i: Int s: String id: ID f: Float b: Boolean e: E l: [Int!] t: T must: Int! } type U implements I { i: Int } type Query { t: T i: I must: Int! }',
        answer: () => ({ data }),
      },
    });

  it.each([
    ['Int', { t: { i: 2147483648 } }, '{ t { i } }', { t: { i: null } }, ['t', 'i']],
    ['Int', { t: { i: -2147483649 } }, '{ t { i } }', { t: { i: null } }, ['t', 'i']],
    ['Int', { t: { i: '5' } }, '{ t { i } }', { t: { i: null } }, ['t', 'i']],
    ['String', { t: { s: 5 } }, '{ t { s } }', { t: { s: null } }, ['t', 's']],
    ['Float', { t: { f: 'x' } }, '{ t { f } }', { t: { f: null } }, ['t', 'f']],
    ['Boolean', { t: { b: 1 } }, '{ t { b } }', { t: { b: null } }, ['t', 'b']],
    ['enum', { t: { e: 'B' } }, '{ t { e } }', { t: { e: null } }, ['t', 'e']],
    ['ID', { t: { id: 1.5 } }, '{ t { id } }', { t: { id: null } }, ['t', 'id']],
    ['list', { t: { l: 5 } }, '{ t { l } }', { t: { l: null } }, ['t', 'l']],
    ['list with null', { t: { l: [1, null] } }, '{ t { l } }', { t: { l: null } }, ['t', 'l', 1]],
    ['object', { t: { t: 'x' } }, '{ t { t { i } } }', { t: { t: null } }, ['t', 't']],
    ['object', { t: { t: [] } }, '{ t { t { i } } }', { t: { t: null } }, ['t', 't']],
    ['required', { t: { i: 1, must: null } }, '{ t { i must } }', { t: null }, ['t', 'must']],
    ['root', { must: null }, '{ must }', null, ['must']],
    ['type', { i: { __typename: 'Nobody', i: 1 } }, '{ i { i } }', { i: null }, ['i']],
    ['type of elsewhere', { i: { __typename: 'Query', i: 1 } }, '{ i { i } }', { i: null }, ['i']],
  ])('are null, or make null what they stand in: %s', async (_, data, source, expected, path) => {
    const { json, invalid } = await answering(data).ask(source);
    expect(json).toEqual(expected);
    expect(invalid.map((value) => value.path)).toEqual([path]);
  });

  it('are what their types allow, to the letter', async () => {
    const { data, invalid } = await answering({
      t: { i: -2147483648, id: 7, s: '值"\n\u2028', f: 1e21, l: [0, -0] },
    }).ask('{ t { i id s f l } }');
    expect(data).toBe('{"t":{"i":-2147483648,"id":"7","s":"值\\"\\n\u2028","f":1e+21,"l":[0,0]}}');
    expect(invalid).toEqual([]);
  });

  it('are told apart from fields of an entity that its subgraph knows nothing of', async () => {
    const knowing = (entities: unknown[]) =>
      graph({ score: { ...score, answer: () => ({ data: { _entities: entities } }) } });
    const broken = await knowing([{ score: null }]).ask('{ me { name score } }');
    expect([broken.json, broken.invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      { me: null },
      [[['me', 'score'], false]],
    ]);
    const gone = await knowing([null]).ask('{ me { name score } strict { id } }');
    expect([gone.json, gone.errors, gone.invalid.map(({ isAbsent }) => isAbsent)]).toEqual([
      { me: null, strict: { id: '1' } },
      [],
      [true],
    ]);
  });

  it('are reported where the null of an entity that is not there goes beyond its own place', async () => {
    const nobody = graph({
      score: {
        ...score,
        answer: ({ variables }) => ({
          data: { _entities: (variables['representations'] as unknown[]).map(() => null) },
        }),
      },
    });
    const listed = await nobody.ask('{ people { name score } me { name } }');
    expect([listed.json, listed.invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      null,
      [[['people', 0, 'score'], false]],
    ]);
    const inside = await nobody.ask('{ me { name friends { name score } } strict { id } }');
    expect([inside.json, inside.invalid.map(({ path, isAbsent }) => [path, isAbsent])]).toEqual([
      { me: null, strict: { id: '1' } },
      [[['me', 'friends', 0, 'score'], false]],
    ]);
    const root = await nobody.ask('{ strict { score } me { name } }');
    expect([root.json, root.invalid.map(({ isAbsent }) => isAbsent)]).toEqual([null, [false]]);
    const link = await nobody.ask('{ me { name boss { score } } }');
    expect([link.json, link.invalid.map(({ isAbsent }) => isAbsent)]).toEqual([
      { me: { name: 'person 1', boss: null } },
      [true],
    ]);
  });

  it('are not reported beside errors, which are their cause', async () => {
    const { invalid, errors } = await smallGraph({
      one: {
        sdl: 'type Query { must: Int! }',
        answer: () => ({ data: null, errors: [{ message: 'x', path: ['must'] }] }),
      },
    }).ask('{ must }');
    expect([invalid, errors.map(({ path }) => path)]).toEqual([[], [['must']]]);
  });
});

describe('what is not executed', () => {
  it('is refused: a variable that has the name of federation’s own', async () => {
    const { ask, asked } = graph();
    await expect(
      ask('query ($representations: Int) { best { name } me { score(of: $representations) } }'),
    ).rejects.toMatchObject({ reason: 'variableName' });
    expect(asked).toEqual([]);
  });

  it.each(['authenticated', 'requiresScopes', 'policy'])(
    'is refused when it is loaded: a graph that rests on @%s',
    (feature) => {
      const { supergraph } = graph();
      const guarded = supergraph.replace(
        'schema',
        `schema @link(url: "https://specs.apollo.dev/${feature}/v0.1", for: SECURITY)`,
      );
      expect(guarded).not.toBe(supergraph);
      expect(() => smallGraph({ people, score }, { supergraph: guarded })).toThrow(feature);
    },
  );
});

describe('an executor keeps', () => {
  it('compiled operations within its bytes', async () => {
    const { executor, ask } = smallGraph({ people, score }, { cacheBytes: 8_000 });
    for (let n = 0; n < 30; n += 1) await ask(`{ me { a${n}: name score } }`);
    expect(executor.kept().operations).toBeGreaterThan(1);
    expect(executor.kept().operations).toBeLessThan(20);
    expect(executor.kept().bytes).toBeLessThanOrEqual(8_000);
  });

  it('one plan for requests that come at once, and one for each combination of conditions', async () => {
    let plans = 0;
    const { plan: thread, stop } = planningThread(graph().supergraph);
    const { ask } = smallGraph({ people, score }, { plan: (request) => ((plans += 1), thread(request)) });
    const source = 'query ($a: Boolean!) { me { name score @include(if: $a) } }';
    await Promise.all([true, true, false, true].map((a) => ask(source, { a })));
    await ask(source, { a: false });
    expect(plans).toBe(2);
    await stop();
  });

  it('an operation ready that was prepared', async () => {
    let plans = 0;
    const { supergraph } = graph();
    const thread = planningThread(supergraph);
    const { executor, ask } = smallGraph(
      { people, score },
      { plan: (request) => ((plans += 1), thread.plan(request)) },
    );
    const source = '{ me { score } }';
    await executor.prepare({ document: parse(source), source });
    await ask(source);
    expect(plans).toBe(1);
    await thread.stop();
    await expect(thread.plan({ source, operationName: undefined, overrides: [] })).rejects.toThrow('stopped');
  });
});

describe('when nobody waits any more', () => {
  it('no further subgraph is asked', async () => {
    const leaving = new AbortController();
    const { ask, asked } = graph({
      people: { ...people, answer: () => (leaving.abort(), { data: { me: { __typename: 'Person', id: '1' } } }) },
    });
    await ask('{ me { score } }', {}, { signal: leaving.signal });
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['people']);
  });

  it('the one being asked is told', async () => {
    const leaving = new AbortController();
    const answer = (_: unknown, signal?: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('left')));
        leaving.abort();
      });
    const { errors } = await graph({ people: { ...people, answer } }).ask(
      '{ me { name } }',
      {},
      { signal: leaving.signal },
    );
    expect(errors.map(({ message }) => message)).toEqual(['left']);
  });
});

it('offers the schema that clients may ask, without what is federation’s', () => {
  const { executor } = graph();
  expect(printSchema(executor.schema)).toBe(printSchema(buildSchema(printSchema(executor.schema))));
  expect(printSchema(executor.schema)).not.toMatch(/join__|_entities/);
  expect(supergraphOf({ people: people.sdl, score: score.sdl })).toContain('join__Graph');
});
