import { smallGraph, type SmallSubgraph } from './small-graph.fixture.ts';

/** People who know each other. */
export const people: SmallSubgraph = {
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
/** What else is known of them. */
export const score: SmallSubgraph = {
  sdl: 'type Person @key(fields: "id") { id: ID! score(of: Int): Int! mood: String } type Mutation { praise: Int } type Query { best: Person }',
  resolvers: {
    Query: { best: () => ({ id: '2' }) },
    Mutation: { praise: () => 5 },
    Person: { score: ({ id }: { id: string }, { of = 0 }: { of?: number }) => Number(id) * 10 + of, mood: () => null },
  },
};
/** Both, and more subgraphs, or others in their place. */
export const graph = (more: Record<string, SmallSubgraph> = {}) => smallGraph({ people, score, ...more });
