import type { GraphQLDataSource } from '@apollo/gateway';
import { SubgraphFailure, type AskSubgraph } from '@frontline/executor';
import type { Caller } from '../identity/caller.ts';
import type { Asking } from '../subgraphs/ask-subgraphs.ts';
import { apolloSource } from './apollo-source.ts';

const caller = { requestId: 'r-1' };

/** Asks as Apollo's executor does, and collects what the answer says about keeping it. */
async function asked(ask: AskSubgraph<Asking>) {
  const hints: object[] = [];
  const options = {
    kind: 'incoming operation',
    request: { query: 'mutation { a }', variables: { n: 1 } },
    context: caller,
    incomingRequestContext: { overallCachePolicy: { restrict: (hint: object) => hints.push(hint) } },
  } as unknown as Parameters<GraphQLDataSource<Caller>['process']>[0];
  return { answer: await apolloSource('cases', ask).process(options), hints };
}

describe('a service behind Apollo’s own executor', () => {
  it('is asked in the same way, and says how long its answer may be kept', async () => {
    const { answer, hints } = await asked(async ({ subgraph, body, kind, context }) => {
      expect([subgraph, JSON.parse(body), kind]).toEqual([
        'cases',
        { query: 'mutation { a }', variables: { n: 1 } },
        'mutation',
      ]);
      expect(context.caller).toBe(caller);
      context.cachePolicy.restrict({ maxAge: 20 });
      return Buffer.from('{"data":{"a":1}}');
    });
    expect([answer, hints]).toEqual([{ data: { a: 1 } }, [{ maxAge: 20 }]]);
  });

  it('that does not answer is an error with its code', async () => {
    const { answer } = await asked(() => Promise.reject(new SubgraphFailure('away', { code: 'service.unavailable' })));
    expect(answer.errors).toEqual([{ message: 'away', extensions: { code: 'service.unavailable' } }]);
  });
});
