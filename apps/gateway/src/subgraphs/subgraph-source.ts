import { RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { CallerTokens } from '../identity/caller-tokens.ts';
import type { Caller } from '../identity/caller.ts';
import { gatewayErrors, graphqlError } from '../errors/gateway-errors.ts';
import type { SubgraphAnswer, SubgraphPool } from './subgraph-pool.ts';

type Fetcher = RemoteGraphQLDataSource['fetcher'];
type Fetched = Awaited<ReturnType<Fetcher>>;

/**
 * Asks one service on behalf of the caller. Apollo's data source does the rest; only fetching is ours, over kept
 * connections (its own client cost a third of the gateway's time), and the headers.
 */
export class SubgraphSource extends RemoteGraphQLDataSource<Caller> {
  readonly #name: string;
  readonly #tokens: CallerTokens;

  constructor(pool: SubgraphPool, tokens: CallerTokens) {
    super({
      url: `http://${pool.name}.invalid/graphql`,
      honorSubgraphCacheControlHeader: false,
      fetcher: fetcherOver(pool),
    });
    this.#name = pool.name;
    this.#tokens = tokens;
  }

  override async willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Caller>): Promise<void> {
    const { actor, requestId, traceparent } = context as Caller;
    const headers = request.http?.headers;
    headers?.set('authorization', `Bearer ${await this.#tokens.tokenFor(actor, this.#name)}`);
    headers?.set('x-request-id', requestId);
    headers?.set('traceparent', traceparent);
  }
}

/** A fetch over a pool, as far as Apollo's data source uses one: a service that doesn't answer gets a code of its own. */
function fetcherOver(pool: SubgraphPool): Fetcher {
  return async (url, init) => {
    const answer = await answerOf(pool, String(init?.body), init?.headers ?? {});
    if (answer.status >= 500) throw unavailable(`answered ${answer.status}`);
    return {
      url,
      ok: answer.status === 200,
      status: answer.status,
      statusText: `${pool.name} refused`,
      headers: new Headers({ 'content-type': answer.contentType }),
      text: async () => answer.text,
      json: async () => JSON.parse(answer.text) as unknown,
    } as unknown as Fetched;
  };
}

async function answerOf(pool: SubgraphPool, body: string, headers: Record<string, string>): Promise<SubgraphAnswer> {
  try {
    return await pool.post('graphql', body, headers);
  } catch (error) {
    throw unavailable((error as NodeJS.ErrnoException).code ?? (error as Error).name);
  }
}

/** The reason is for the log alone: it tells what runs where. */
function unavailable(reason: string): GraphQLError {
  return graphqlError(gatewayErrors('service.unavailable'), { extensions: { reason } });
}
