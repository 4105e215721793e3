import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';
import { inputPath } from '@frontline/platform/process';
import type { Caller } from '../identity/caller.ts';

/**
 * Completes what clients are told: literals that break a type get the argument they stand in, errors get the request
 * id, and what Apollo's gateway says about answers that it had to complete goes to the log instead.
 */
export function answers(log: Logger): ApolloServerPlugin<Caller> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, document }) {
          for (const { nodes, extensions } of document ? errors : []) {
            const [node] = nodes ?? [];
            const field = node && document && extensions['field'] === undefined && inputPath(document, node);
            if (field) extensions['field'] = field;
          }
        },
        async willSendResponse({ response: { body }, contextValue: { requestId } }) {
          if (body.kind !== 'single') return;
          const { extensions } = body.singleResult;
          if (!extensions || !('valueCompletion' in extensions)) return;
          log.error(
            { requestId, err: extensions['valueCompletion'] },
            'a service answered null where its schema forbids it',
          );
          delete body.singleResult.extensions;
        },
      };
    },
  };
}
