import { SubgraphFailure } from '../index.ts';
import { smallGraph, type SmallSubgraph } from '../small-graph.fixture.ts';
import { entitiesAsked } from './joined-questions.fixture.ts';

const people: SmallSubgraph = {
  sdl: `type Person @key(fields: "id") { id: ID! }
    type Query { me: Person you: Person crowd(size: Int!): [Person!]! }
    type Mutation { greet: Person meet: Person }`,
  resolvers: {
    Query: {
      me: () => ({ id: '1' }),
      you: () => ({ id: '2' }),
      crowd: (_: unknown, { size }: { size: number }) => Array.from({ length: size }, (__, n) => ({ id: String(n) })),
    },
    Mutation: { greet: () => ({ id: '1' }), meet: () => ({ id: '2' }) },
  },
};

const facts: SmallSubgraph = {
  sdl: 'type Person @key(fields: "id") { id: ID! age(in: Int): Int name: String friend: Person }',
  resolvers: {
    Person: {
      age: ({ id }: { id: string }, { in: years = 0 }: { in?: number }) => Number(id) * 10 + years,
      name: ({ id }: { id: string }) => `person ${id}`,
      friend: ({ id }: { id: string }) => ({ id: String(Number(id) + 1) }),
    },
  },
};

/** Facts that answer in their own way; who joined questions are told apart by `e0` and its like. */
const answering = (answer: NonNullable<SmallSubgraph['answer']>) => smallGraph({ people, facts: { ...facts, answer } });
const factsAsked = ({ asked }: ReturnType<typeof smallGraph>) => asked.filter(({ subgraph }) => subgraph === 'facts');
const isJoined = (query: string) => query.includes('e0:_entities');

describe('questions for one subgraph at the same moment', () => {
  it('travel in one request, each with its own entities and with the variables of all', async () => {
    const graph = smallGraph({ people, facts });
    const source =
      'query Both($in: Int, $off: Int = 4) { me { age(in: $in) } you { name older: age(in: $in) off: age(in: $off) } }';
    expect((await graph.ask(source, { in: 5 })).json).toEqual({
      me: { age: 15 },
      you: { name: 'person 2', older: 25, off: 24 },
    });
    const [asked, ...others] = factsAsked(graph);
    expect(others).toEqual([]);
    expect(asked?.query).toBe(
      'query Both__facts__1_1($r0:[_Any!]!,$in:Int,$r1:[_Any!]!,$off:Int=4){' +
        'e0:_entities(representations:$r0){...on Person{age(in:$in)}} ' +
        'e1:_entities(representations:$r1){...on Person{name older:age(in:$in)off:age(in:$off)}}}',
    );
    expect(asked?.variables).toEqual({
      r0: [{ __typename: 'Person', id: '1' }],
      r1: [{ __typename: 'Person', id: '2' }],
      in: 5,
    });
  });

  it('travel alone where a variable of the client has the name of their representations', async () => {
    const graph = smallGraph({ people, facts });
    expect((await graph.ask('query($r0: Int) { me { age(in: $r0) } you { name } }', { r0: 1 })).json).toEqual({
      me: { age: 11 },
      you: { name: 'person 2' },
    });
    expect(factsAsked(graph)).toHaveLength(2);
  });

  it('travel alone when they are about many entities', async () => {
    const graph = smallGraph({ people, facts });
    const { json } = await graph.ask('{ me { age } crowd(size: 201) { name } }');
    expect(json).toMatchObject({ me: { age: 10 } });
    expect(factsAsked(graph)).toHaveLength(2);
  });

  it('are joined when answers to others set them going, also after a mutation', async () => {
    const graph = smallGraph({ people, facts });
    await graph.ask('mutation { greet { age } meet { name } }');
    expect(factsAsked(graph)).toHaveLength(1);
    expect(factsAsked(graph)[0]?.query).toMatch(/^query\(/);
  });

  it('keep their errors apart', async () => {
    const graph = answering(({ variables }) => ({
      data: entitiesAsked(variables).answered(({ id }) => (id === '1' ? { age: null } : { name: 'two' })),
      errors: [
        { message: 'one has no age', path: ['e0', 0, 'age'], extensions: { code: 'age.none' } },
        { message: 'slowly' },
        { message: 'oddly', path: ['constructor'] },
      ],
    }));
    const { json, errors } = await graph.ask('{ me { age } you { name } }');
    expect(json).toEqual({ me: { age: null }, you: { name: 'two' } });
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      // as each of them would have been told alone
      ['slowly', undefined],
      ['oddly', undefined],
      ['one has no age', ['me', 'age']],
      ['slowly', undefined],
      ['oddly', undefined],
    ]);
  });
});

describe('a question that spoils the answer to all', () => {
  const alone = (variables: Record<string, unknown>) => ({
    data: entitiesAsked(variables).answered(({ id }) => (id === '1' ? { age: 7 } : { name: 'two' })),
  });

  it.each([
    ['no data', () => ({ data: null, errors: [{ message: 'no' }] })],
    ['a refused document', () => ({ errors: [{ message: 'Cannot query field "age"' }] })],
    [
      'a refusal by status',
      () => {
        throw new SubgraphFailure('refused: 400', {}, { isAboutQuestion: true });
      },
    ],
  ])('fails alone: %s', async (_, spoilt) => {
    const graph = answering(({ query, variables }) => {
      if (isJoined(query) || query.includes('age')) return spoilt();
      return alone(variables);
    });
    const { json, errors } = await graph.ask('{ me { age } you { name } }');
    expect(json).toEqual({ me: { age: null }, you: { name: 'two' } });
    expect(errors).toHaveLength(1);
    expect(factsAsked(graph)).toHaveLength(3);
  });

  it('is not asked again when the subgraph itself fails', async () => {
    const graph = answering(() => {
      throw new Error('gone');
    });
    const { json, errors } = await graph.ask('{ me { age } you { name } }');
    expect(json).toEqual({ me: { age: null }, you: { name: null } });
    expect(errors.map(({ message, path }) => [message, path])).toEqual([
      ['gone', ['me', 'age']],
      ['gone', ['you', 'name']],
    ]);
    expect(factsAsked(graph)).toHaveLength(1);
  });
});
