/**
 * A side of the flagship comparison: @apollo/gateway under @apollo/server as their documentation sets them up, over the
 * same supergraph and the same services, asking on behalf of the same actor. It checks no token and limits nothing.
 */
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Actor } from '@frontline/access';
import { internalTokens } from '@frontline/platform/process';
import { benchArgument, serveBench } from './forked.ts';

/** What the flagship comparison starts it with. */
export interface StockGateway {
  supergraph: string;
  urls: Record<string, string>;
  secret: string;
  actor: Actor;
}

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
const { supergraph, urls, secret, actor } = benchArgument<StockGateway>();
const tokens = internalTokens(secret);
const held = new Map<string, { token: string; at: number }>();

async function tokenFor(service: string): Promise<string> {
  const known = held.get(service);
  if (known && Date.now() - known.at < 20_000) return known.token;
  const token = await tokens.sign(service, actor);
  held.set(service, { token, at: Date.now() });
  return token;
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraph, 'utf8'),
  buildService: ({ name }) =>
    new RemoteGraphQLDataSource({
      url: urls[name] ?? '',
      async willSendRequest({ request }) {
        request.http?.headers.set('authorization', `Bearer ${await tokenFor(name)}`);
      },
    }),
});
const server = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
serveBench(url);
