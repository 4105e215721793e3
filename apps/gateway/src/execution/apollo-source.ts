import type { GraphQLDataSource } from '@apollo/gateway';
import { OperationTypeNode } from 'graphql';
import { SubgraphFailure, type AskSubgraph } from '@frontline/executor';
import type { Caller } from '../identity/caller.ts';
import type { Asking } from '../subgraphs/ask-subgraphs.ts';

type Options = Parameters<GraphQLDataSource<Caller>['process']>[0];
type Answered = Awaited<ReturnType<GraphQLDataSource<Caller>['process']>>;

const utf8 = new TextDecoder();

/** Lets Apollo's own executor ask a service, for the operations that are left to it. */
export function apolloSource(subgraph: string, ask: AskSubgraph<Asking>): GraphQLDataSource<Caller> {
  return {
    async process(options: Options): Promise<Answered> {
      const { query, operationName, variables } = options.request;
      const cachePolicy =
        'incomingRequestContext' in options
          ? options.incomingRequestContext.overallCachePolicy
          : { restrict: () => undefined };
      const context = { caller: options.context as Caller, cachePolicy };
      const body = JSON.stringify({ query, operationName, variables });
      const kind = query?.startsWith('mutation') ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY;
      try {
        const answer = await ask({ subgraph, body, kind, fetches: 1, context, signal: undefined });
        return JSON.parse(utf8.decode(answer)) as Answered;
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) throw error;
        return { errors: [{ message: error.message, extensions: error.extensions }] };
      }
    },
  };
}
