import { buildSchema, getIntrospectionQuery, graphqlSync, printSchema, parse } from 'graphql';
import { planningThread } from './index.ts';
import { entitiesAsked } from './plan/joined-questions.fixture.ts';
import { graph, people, score } from './people.fixture.ts';
import { smallGraph, supergraphOf, type SmallSubgraph } from './small-graph.fixture.ts';

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

  it('tells an error about no entity once for each question, however many places its answer goes to', async () => {
    let questions = 0;
    const grumbling: SmallSubgraph = {
      ...score,
      answer: ({ variables }) => {
        const { lists, answered } = entitiesAsked(variables);
        questions += lists.size;
        return { data: answered(() => ({ mood: 'good' })), errors: [{ message: 'slowly' }] };
      },
    };
    const { json, errors } = await graph({ score: grumbling }).ask('{ me { mood } people { mood } }');
    expect(json).toEqual({ me: { mood: 'good' }, people: [{ mood: 'good' }, { mood: 'good' }, { mood: 'good' }] });
    expect(questions).toBe(2);
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      ['slowly', undefined],
      ['slowly', undefined],
    ]);
  });

  it('puts no lists together that two subgraphs disagree about', async () => {
    const parts = (name: string, count: number): SmallSubgraph => ({
      sdl: `type Person @key(fields: "id") { id: ID! parts: [Part!]! @shareable } type Part @shareable { size: Int ${name}: Int }`,
      resolvers: {
        Person: { parts: () => Array.from({ length: count }, (_, size) => ({ size, [name]: size })) },
      },
    });
    const { json } = await graph({ one: parts('one', 3), two: parts('two', 2) }).ask(
      '{ me { parts { size one two } } }',
    );
    const { parts: list } = (json as { me: { parts: { one?: unknown; two?: unknown }[] } }).me;
    expect(list.filter(({ one, two }) => one !== null && two !== null)).toEqual([]);
    expect([2, 3]).toContain(list.length);
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
    const again = await ask('query ($n: String!) { __type(name: $n) { kind name } me { id } }', { n: 'Int' });
    expect(again.json).toEqual({ __type: { kind: 'SCALAR', name: 'Int' }, me: { id: '1' } });
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

  it('refuses null where a condition needs an answer, as any argument that must not be null', async () => {
    const { ask, asked } = graph();
    const source = 'query A($v: Boolean = true) { me { name ...F } } fragment F on Person { id @include(if: $v) }';
    const { data, errors } = await ask(source, { v: null });
    expect([data, errors.map(({ message }) => message), asked.length]).toEqual([
      undefined,
      ['Variable "$v" of non-null type "Boolean!" must not be null.'],
      0,
    ]);
    expect((await ask(source)).json).toEqual({ me: { name: 'person 1', id: '1' } });
  });

  it('keeps apart the variables of several operations in one document', async () => {
    const source = 'query A($v: Int) { me { score(of: $v) } } query B($v: Boolean!) { me { name @include(if: $v) } }';
    const { executor } = graph();
    const answer = await executor.execute({
      ...{ document: parse(source), source, operationName: 'A', variables: { v: null } },
      ...{ context: '', signal: undefined },
    });
    expect([String(answer.data), answer.errors]).toEqual(['{"me":{"score":10}}', []]);
  });

  it('gives every question the context of its own request', async () => {
    const { ask, asked } = graph();
    await Promise.all(['ann', 'bob'].map((context) => ask('{ me { score } }', {}, { context })));
    expect(asked.map(({ context }) => context).sort()).toEqual(['ann', 'ann', 'bob', 'bob']);
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

  it.each([
    ['planNode', { kind: 'Defer', primary: {}, deferred: [] }],
    ['planPath', { kind: 'Flatten', path: ['me', 'friends.|[Person]'], node: { kind: 'Sequence', nodes: [] } }],
  ])('is refused, before anybody is asked: a plan with an unknown %s', async (reason, node) => {
    const { ask, asked } = smallGraph({ people, score }, { plan: () => node as never });
    await expect(ask('{ me { name } }')).rejects.toMatchObject({ reason });
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

it('plans again after the thread that plans has died', async () => {
  const { plan, stop } = planningThread('type Query {');
  const request = { source: '{ a }', operationName: undefined, overrides: [] };
  await expect(plan(request)).rejects.toThrow('Syntax Error');
  await expect(plan(request)).rejects.toThrow('Syntax Error');
  await stop();
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
