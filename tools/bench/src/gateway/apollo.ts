/** A side of the gateway comparison: @apollo/gateway under @apollo/server as their documentation sets them up, or the same with undici fetching. */
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Pool } from 'undici';
import { benchArgument, serveBench } from '../forked.ts';

/** What the comparison starts it with. */
export interface ApolloArgument {
  /** Path of the supergraph. */
  supergraph: string;
  /** Whether subgraphs are fetched from over kept connections of undici. */
  undici: boolean;
}

type Fetcher = RemoteGraphQLDataSource['fetcher'];

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
const { supergraph, undici } = benchArgument<ApolloArgument>();
const pools = new Map<string, Pool>();

const overUndici: Fetcher = async (url, init) => {
  const { origin, pathname } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 128 });
  pools.set(origin, pool);
  const { statusCode, headers, body } = await pool.request({
    method: 'POST',
    path: pathname,
    headers: init?.headers ?? {},
    body: String(init?.body),
  });
  const text = await body.text();
  return {
    url,
    ok: statusCode === 200,
    status: statusCode,
    statusText: '',
    headers: new Headers({ 'content-type': String(headers['content-type']) }),
    text: async () => text,
    json: async () => JSON.parse(text) as unknown,
  } as unknown as Awaited<ReturnType<Fetcher>>;
};

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  ...(undici && {
    buildService: ({ url }) => new RemoteGraphQLDataSource({ ...(url && { url }), fetcher: overUndici }),
  }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: 0, host: '127.0.0.1' } });
serveBench(url);
