/**
 * Sides of the gateway comparison for one fetch, each with one layer more than the one before: what any gateway in Node
 * costs at least that is made of them. They pass one question on to one subgraph, without tokens, limits, logs or metrics.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastify } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { benchArgument, serveBench } from '../forked.ts';
import { apiSchema } from './graph.ts';

/** What answers: Node's HTTP server with undici; that with Fastify; these with Apollo Server. */
export type Layer = 'node' | 'fastify' | 'apollo';

/** What the comparison starts it with. */
export interface FloorArgument {
  layer: Layer;
  /** URL of the subgraph that is asked. */
  subgraph: string;
}

interface Question {
  query: string;
}

const { layer, subgraph } = benchArgument<FloorArgument>();
const { origin, pathname: path } = new URL(subgraph);
const pool = new Pool(origin, { connections: 128 });
const json = { 'content-type': 'application/json' };

/** Asks the subgraph as cheaply as undici does it: the pieces of the answer are taken as they come. */
function ask(body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    pool.dispatch(
      { method: 'POST', path, headers: json, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_, piece) => void pieces.push(piece),
        onResponseEnd: () => resolve(Buffer.concat(pieces)),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

async function nodeAlone(): Promise<string> {
  const pass = async (body: string, response: ServerResponse) => {
    const answer = await ask(body);
    response.writeHead(200, { ...json, 'content-length': answer.length }).end(answer);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void pass(Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function underFastify(): Promise<string> {
  const app = fastify();
  app.post<{ Body: Question }>('/graphql', async ({ body }, reply) => {
    void reply.headers(json);
    return ask(JSON.stringify(body));
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

async function underApollo(): Promise<string> {
  const server = new ApolloServer({
    gateway: {
      onSchemaLoadOrUpdate(loaded) {
        loaded({ apiSchema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        executor: async ({ source: query }) =>
          JSON.parse((await ask(JSON.stringify({ query }))).toString()) as ExecutionResult<Record<string, unknown>>,
      }),
      stop: async () => undefined,
    },
    plugins: [ApolloServerPluginCacheControlDisabled()],
  });
  await server.start();
  const app = fastify();
  app.post<{ Body: Question }>('/graphql', async ({ method, headers, body }, reply) => {
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method,
        headers: new HeaderMap(Object.entries(headers) as [string, string][]),
        search: '',
        body,
      },
      context: async () => ({}),
    });
    void reply.headers(Object.fromEntries(answer.headers));
    return answer.body.kind === 'complete' ? answer.body.string : undefined;
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const serve: Record<Layer, () => Promise<string>> = { node: nodeAlone, fastify: underFastify, apollo: underApollo };
serveBench(`${await serve[layer]()}/graphql`);
