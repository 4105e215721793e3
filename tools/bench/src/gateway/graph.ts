/*
 * A graph of four subgraphs to measure gateways with. Its subgraphs cost next to nothing (subgraphs.ts), so that what is
 * measured is the gateway. They bear the names of Frontline's services, since our gateway takes no others.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, parse, type GraphQLSchema } from 'graphql';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key"])';

const schemas = {
  personnel: `type Cadre @key(fields: "id") { id: ID! name: String! rank: String post: String }
    type Query { cadre(id: ID!): Cadre }`,
  organizations: `type Area @key(fields: "id") { id: ID! name: String! visits: [Visit!]! }
    type Visit @key(fields: "id") { id: ID! heldOn: String! summary: String! by: Cadre companion: Cadre household: Household }
    type Cadre @key(fields: "id", resolvable: false) { id: ID! }
    type Household @key(fields: "id", resolvable: false) { id: ID! }
    type Query { area(visits: Int!, different: Int!): Area }`,
  households: `type Household @key(fields: "id") { id: ID! address: String! people: Int! head: Cadre }
    type Cadre @key(fields: "id", resolvable: false) { id: ID! }
    type Query { household(id: ID!): Household }`,
  cases: `type Household @key(fields: "id") { id: ID! openCases: [Case!]! }
    type Cadre @key(fields: "id") { id: ID! caseload: Int! }
    type Case @key(fields: "id") { id: ID! title: String! state: String! due: String handler: Cadre }
    type Query { case(id: ID!): Case }`,
} as const;

/** Name of a subgraph. */
export type Subgraph = keyof typeof schemas;

/** The names of all subgraphs. */
export const subgraphs = Object.keys(schemas) as Subgraph[];

/** The supergraph, its subgraphs at these addresses. */
export function supergraphAt(urls: Readonly<Record<Subgraph, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map((name) => ({ name, url: urls[name], typeDefs: parse(`${LINK}\n${schemas[name]}`) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

interface Thing {
  id: string;
}

const nth = ({ id }: Thing) => Number(id);
const cadre = (n: number): Thing => ({ id: String(n) });

const resolvers: Record<Subgraph, Record<string, Record<string, (source: never, args: never) => unknown>>> = {
  personnel: {
    Query: { cadre: (_: never, { id }: Thing) => ({ id }) },
    Cadre: {
      name: (source: Thing) => `王小${nth(source)}`,
      rank: (source: Thing) => ['BUREAU', 'DIVISION', 'SECTION'][nth(source) % 3],
      post: (source: Thing) => `Secretary of residential area ${nth(source)}`,
    },
  },
  organizations: {
    Query: {
      area: (_: never, { visits, different }: { visits: number; different: number }) => ({
        id: '1',
        name: '殷行街道',
        visits: Array.from({ length: visits }, (__, n) => ({
          id: String(n),
          household: cadre(n % different),
          by: cadre(n % different),
          companion: cadre((n + 1) % different),
        })),
      }),
    },
    Visit: {
      heldOn: (source: Thing) => `2018-08-${10 + (nth(source) % 20)}`,
      summary: (source: Thing) => `What was heard at visit ${nth(source)}: the lamp at the gate is broken again.`,
    },
  },
  households: {
    Query: { household: (_: never, { id }: Thing) => ({ id }) },
    Household: {
      address: (source: Thing) => `开鲁路 ${nth(source)} 弄 ${nth(source) % 40} 号`,
      people: (source: Thing) => nth(source) % 5,
      head: (source: Thing) => cadre(nth(source) + 3),
    },
  },
  cases: {
    Query: { case: (_: never, { id }: Thing) => ({ id }) },
    Household: {
      openCases: (source: Thing) => Array.from({ length: 2 }, (_, n) => ({ id: String(nth(source) * 2 + n) })),
    },
    Cadre: { caseload: (source: Thing) => nth(source) % 9 },
    Case: {
      title: (source: Thing) => `Case ${nth(source)}: broken lamp`,
      state: () => 'IN_PROGRESS',
      due: () => '2018-09-01',
      handler: (source: Thing) => cadre(nth(source)),
    },
  },
};

/** What clients may ask where only one fetch is compared. */
export const apiSchema: GraphQLSchema = buildSchema(schemas.personnel.replace('@key(fields: "id")', ''));

/** The executable schema of a subgraph. */
export function schemaOf(name: Subgraph): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${schemas[name]}`), resolvers: resolvers[name] as never }]);
}

const page = (visits: number, different: number) => `{ area(visits: ${visits}, different: ${different}) { name visits {
  heldOn summary
  by { name rank post caseload } companion { name rank caseload }
  household { address people head { name caseload } openCases { title state due handler { name rank } } }
} } }`;

/** What is asked, by its name. */
export const shapes: Readonly<Record<string, string>> = {
  'one fetch': '{ cadre(id: "7") { id name rank post } }',
  'about 3 kB over four subgraphs': page(5, 5),
  'about 88 kB, entities repeated': page(135, 6),
  'about 88 kB, all entities different': page(135, 1000),
};
