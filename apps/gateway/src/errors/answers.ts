import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Logger } from 'pino';
import { inputPath } from '@frontline/platform/process';
import type { Caller } from '../identity/caller.ts';

/**
 * Completes what clients are told: literals that break a type get the argument they stand in, errors get the request
 * id, how long an answer may be kept becomes its header, and what Apollo's gateway says about answers that it had to
 * complete goes to the log instead. That header is all of Apollo's cache control plugin that a gateway needs: the rest
 * is for resolvers, and takes its time in each request whether there are any or not.
 */
export function answers(log: Logger): ApolloServerPlugin<Caller> {
  const listener: GraphQLRequestListener<Caller> = {
    async didEncounterErrors({ errors, document }) {
      for (const { nodes, extensions } of document ? errors : []) {
        const [node] = nodes ?? [];
        const field = node && document && extensions['field'] === undefined && inputPath(document, node);
        if (field) extensions['field'] = field;
      }
    },
    async willSendResponse({ response: { body, http }, overallCachePolicy, contextValue: { requestId } }) {
      if (body.kind !== 'single') return;
      const { errors, extensions } = body.singleResult;
      const policy = errors ? null : overallCachePolicy.policyIfCacheable();
      http.headers.set(
        'cache-control',
        policy ? `max-age=${policy.maxAge}, ${policy.scope.toLowerCase()}` : 'no-store',
      );
      if (!extensions || !('valueCompletion' in extensions)) return;
      log.error(
        { requestId, err: extensions['valueCompletion'] },
        'a service answered null where its schema forbids it',
      );
      delete body.singleResult.extensions;
    },
  };
  return { requestDidStart: async () => listener };
}
