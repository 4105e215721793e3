import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, type GraphQLSchema } from 'graphql';
import { startSmallDistrict, supergraphOf, type SmallDistrict } from '../small-district.fixture.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])';
const schemas = {
  personnel: `${link}
    type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! goods: [Good!]! }
    type Good @key(fields: "id") { id: ID! price(in: String @fromContext(field: "$shop { currency }")): String }
    type Query { shops: [Shop!]! }`,
  cases: `${link} type Good @key(fields: "id") { id: ID! stock(of: ID): Int }`,
};
const resolvers = {
  personnel: {
    Query: { shops: () => ['EUR', 'CNY'].map((currency) => ({ id: currency, currency })) },
    Shop: { goods: () => [{ id: '1' }] },
    Good: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      price: ({ id }: { id: string }, args: { in: string }) => `${id} ${args.in}`,
    },
  },
  cases: { Good: { stock: () => 1 } },
};

const servers: Server[] = [];
let directory: string;
let district: SmallDistrict;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'frontline-context-'));
  const file = join(directory, 'supergraph.graphql');
  await writeFile(file, supergraphOf(schemas));
  const serve = async (name: keyof typeof schemas) =>
    served(buildSubgraphSchema([{ typeDefs: parse(schemas[name]), resolvers: resolvers[name] }]));
  district = await startSmallDistrict({
    SUPERGRAPH_FILE: file,
    SUBGRAPH_URL_PERSONNEL: await serve('personnel'),
    SUBGRAPH_URL_CASES: await serve('cases'),
  });
});
afterAll(async () => {
  await district.stop();
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

async function served(schema: GraphQLSchema): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
    const answer = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

describe('a graph with arguments from context', () => {
  it('is loaded and executed', async () => {
    expect((await district.ask('{ shops { goods { price stock } } }')).data).toEqual({
      shops: [{ goods: [{ price: '1 EUR', stock: 1 }] }, { goods: [{ price: '1 CNY', stock: 1 }] }],
    });
  });

  it('is never left to Apollo’s executor, which would pass over the arguments', async () => {
    const query = 'query ($representations: ID) { shops { goods { price stock(of: $representations) } } }';
    const { errors } = await district.ask(query, { variables: { representations: '1' } });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['internal']);
    const metrics = await (await fetch(`${district.gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/operations_executed_total\{executor="nobody",reason="variableName"[^}]*\} 1/);
  });
});
