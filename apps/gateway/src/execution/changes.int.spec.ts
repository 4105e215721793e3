import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSmallDistrict, supergraphOf, type SmallDistrict } from '../small-district.fixture.ts';

const schemas = {
  personnel: 'type Query { a: Int } type Mutation { first: Int third: Int }',
  cases: 'type Query { b: Int } type Mutation { second: Int }',
};

/** What the services were asked, in order, and whether it was taken back. */
const asked: { field: string; isLeft(): boolean }[] = [];
const servers: Server[] = [];
let held: PromiseWithResolvers<void>;
let directory: string;
let district: SmallDistrict;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'frontline-changes-'));
  const file = join(directory, 'supergraph.graphql');
  await writeFile(file, supergraphOf(schemas));
  district = await startSmallDistrict({
    SUPERGRAPH_FILE: file,
    SUBGRAPH_URL_PERSONNEL: await served(),
    SUBGRAPH_URL_CASES: await served(),
  });
});
beforeEach(() => {
  asked.length = 0;
  held = Promise.withResolvers();
});
afterAll(async () => {
  await district.stop();
  for (const server of servers) server.close();
  await rm(directory, { recursive: true });
});

/** A service that makes the change which it is asked for, once it is let. */
async function served(): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const field = /first|second|third/.exec(text)?.[0] ?? '';
    asked.push({ field, isLeft: () => response.closed && !response.writableFinished });
    await held.promise;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { [field]: 1 } }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('changes are made one after the other, across services', async () => {
  held.resolve();
  const { data } = await district.ask('mutation { first second third }');
  expect(data).toEqual({ first: 1, second: 1, third: 1 });
  expect(asked.map(({ field }) => field)).toEqual(['first', 'second', 'third']);
});

it('a change is carried through, with those that follow, when the client has gone', async () => {
  const leaving = new AbortController();
  const answer = fetch(`${district.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { first second third }' }),
    signal: leaving.signal,
  }).catch((error: Error) => error.name);
  while (asked.length === 0) await turn();
  leaving.abort();
  expect(await answer).toBe('AbortError');
  // The gateway has noticed when it has told what it asked at that moment for somebody else who leaves
  const another = new AbortController();
  const query = fetch(`${district.gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ a }' }),
    signal: another.signal,
  }).catch((error: Error) => error.name);
  while (asked.length === 1) await turn();
  another.abort();
  expect(await query).toBe('AbortError');
  while (!asked[1]?.isLeft()) await turn();
  expect(asked[0]?.isLeft()).toBe(false);
  held.resolve();
  while (!asked.some(({ field }) => field === 'third')) await turn();
  expect(asked.map(({ field }) => field)).toEqual(['first', '', 'second', 'third']);
});
