import { SubgraphFailure } from './index.ts';
import { graph, people, score } from './people.fixture.ts';
import { smallGraph, supergraphOf } from './small-graph.fixture.ts';

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

describe('a query type that stands further down', () => {
  const lists = {
    sdl: 'type Query { list: [Query!] }',
    resolvers: { Query: { list: () => [{}, {}] } },
  };
  const failing = {
    sdl: 'type Query { deep: Int }',
    answer: () => ({ data: { deep: null }, errors: [{ message: 'no', path: ['deep'] }] }),
  };
  // what composes it here takes no such field
  const supergraph = supergraphOf({ lists: 'type Query { list: [Int!] }', failing: failing.sdl }).replace(
    'list: [Int!]',
    'list: [Query!]',
  );

  it('has the errors of its fields at each of its places', async () => {
    const { json, errors } = await smallGraph({ lists, failing }, { supergraph }).ask('{ list { deep } }');
    expect(json).toEqual({ list: [{ deep: null }, { deep: null }] });
    expect(errors.map(({ path }) => path)).toEqual([
      ['list', 0, 'deep'],
      ['list', 1, 'deep'],
    ]);
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

  it.each([
    ['score name', ['me.name']],
    ['name score', ['me.name']],
    ['score friends { id }', ['me.friends']],
    ['friends { id } score', ['me.friends']],
    ['score boss { name } name', ['me.boss.name', 'me.name']],
    ['score boss { name }', ['me.boss.name']],
  ])(
    'are reported beside a field of an entity that is not there, in whatever order they are asked for: %s',
    async (fields, paths) => {
      const person = { __typename: 'Person', id: '1', name: 5, friends: null, boss: { id: '9', name: null } };
      const { json, invalid } = await graph({
        people: { ...people, answer: () => ({ data: { me: person, strict: { id: '1' } } }) },
        score: { ...score, answer: () => ({ data: { _entities: [null] } }) },
      }).ask(`{ me { ${fields} } strict { id } }`);
      expect(json).toEqual({ me: null, strict: { id: '1' } });
      expect(invalid.flatMap(({ path, isAbsent }) => (isAbsent ? [] : [path.join('.')]))).toEqual(paths);
    },
  );

  it('are counted once for an object of which several fields are not there', async () => {
    const nobody = { ...score, sdl: score.sdl.replace('mood: String', 'mood: String!') };
    const { json, invalid } = await graph({
      score: { ...nobody, answer: () => ({ data: { _entities: [null] } }) },
    }).ask('{ me { score mood again: score } strict { id } }');
    expect(json).toEqual({ me: null, strict: { id: '1' } });
    expect(invalid.map(({ path, isAbsent }) => [path, isAbsent])).toEqual([[['me', 'score'], true]]);
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
