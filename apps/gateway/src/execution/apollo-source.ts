import type { GraphQLDataSource } from '@apollo/gateway';
import { OperationTypeNode } from 'graphql';
import { SubgraphFailure, type AskSubgraph } from '@frontline/executor';
import type { Caller } from '../identity/caller.ts';

type Options = Parameters<GraphQLDataSource<Caller>['process']>[0];
type Answered = Awaited<ReturnType<GraphQLDataSource<Caller>['process']>>;

/** Lets Apollo's own executor ask a service, for the operations that are left to it. */
export function apolloSource(subgraph: string, ask: AskSubgraph<Caller>): GraphQLDataSource<Caller> {
  return {
    async process({ request: { query, operationName, variables }, context }: Options): Promise<Answered> {
      const body = JSON.stringify({ query, operationName, variables });
      const kind = query?.startsWith('mutation') ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY;
      try {
        return JSON.parse(
          await ask({ subgraph, body, kind, context: context as Caller, signal: undefined }),
        ) as Answered;
      } catch (error) {
        if (!(error instanceof SubgraphFailure)) throw error;
        return { errors: [{ message: error.message, extensions: error.extensions }] };
      }
    },
  };
}
