import { readFile } from 'node:fs/promises';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { startSmallDistrict, type SmallDistrict } from '../small-district.fixture.ts';

let district: SmallDistrict;
let stock: { server: ApolloServer; url: string };
beforeAll(async () => {
  district = await startSmallDistrict();
  const urls: Record<string, string> = { personnel: district.personnel.url, cases: district.cases.url };
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: await readFile(district.supergraphFile, 'utf8'),
      buildService: ({ name }) => new RemoteGraphQLDataSource({ url: urls[name] ?? '' }),
    }),
  });
  stock = { server, ...(await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } })) };
});
afterAll(async () => {
  await stock.server.stop();
  await district.stop();
});

const overTwo = '{ cadre(id: "4") { name openCases } }';

async function policyOf(url: string, query: string): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  await response.json();
  return response.headers.get('cache-control');
}

const said = [
  undefined,
  'max-age=60',
  'max-age=30, public',
  'private, max-age=10',
  'no-store',
  'public',
  'max-age=x',
  'max-age=0',
];

describe('how long an answer may be kept', () => {
  it('is the shortest that a service said, as Apollo’s gateway has it', async () => {
    for (const personnel of said)
      for (const cases of said) {
        district.personnel.cacheControl = personnel;
        district.cases.cacheControl = cases;
        const ours = await policyOf(`${district.gateway.url}/graphql`, overTwo);
        expect([personnel, cases, ours]).toEqual([personnel, cases, await policyOf(stock.url, overTwo)]);
      }
  });

  it('is what all of them allow', async () => {
    district.personnel.cacheControl = 'max-age=60, public';
    district.cases.cacheControl = 'max-age=30, private';
    expect(await policyOf(`${district.gateway.url}/graphql`, overTwo)).toBe('max-age=30, private');
  });

  it('is not at all when something failed, and not where a service forbids it beside an age', async () => {
    district.personnel.cacheControl = 'max-age=60';
    district.cases.cacheControl = 'max-age=60';
    expect(await policyOf(`${district.gateway.url}/graphql`, '{ refused caseCount }')).toBe('no-store');
    district.cases.cacheControl = 'max-age=60, no-store';
    expect(await policyOf(`${district.gateway.url}/graphql`, '{ caseCount }')).toBe('no-store');
  });
});
