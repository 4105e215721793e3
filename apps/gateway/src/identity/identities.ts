import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Actor } from '@frontline/access';
import type { InternalTokens } from '@frontline/platform/process';
import type { SubgraphPool } from '../subgraphs/subgraph-pool.ts';

/** Milliseconds for which what personnel says of a person is believed without asking again. */
const FRESH_MS = 20_000;

/** Milliseconds for which it is still believed while personnel doesn't answer; longer would keep withdrawn grants alive. */
const STALE_MS = 5 * 60_000;

/** Persons remembered at most. */
const REMEMBERED = 10_000;

/** Tells which cadre a subject is and which roles they hold where. */
export interface Identities {
  /** The actor behind a subject; one without grants if personnel doesn't know it. Throws when it cannot be told. */
  actorOf(sub: string, requestId: string): Promise<Actor>;
}

interface Known {
  actor: Actor;
  readAt: number;
}

/** Identities as the personnel service keeps them. */
export function identities(personnel: SubgraphPool, tokens: InternalTokens, log: Logger): Identities {
  const known = new LRUCache<string, Known, string>({
    max: REMEMBERED,
    ttl: FRESH_MS,
    fetchMethod: async (sub, stale, { context: requestId }) => {
      try {
        return { actor: await ask(sub, requestId), readAt: Date.now() };
      } catch (error) {
        if (!stale || Date.now() - stale.readAt > STALE_MS) throw error;
        log.warn({ requestId, err: error }, 'personnel does not answer; going by what it said of this person before');
        return stale;
      }
    },
  });

  async function ask(sub: string, requestId: string): Promise<Actor> {
    const answer = await personnel.post('internal/identity', JSON.stringify({ sub }), {
      authorization: `Bearer ${await tokens.sign(personnel.name, { kind: 'system', service: 'gateway' })}`,
      'x-request-id': requestId,
    });
    if (answer.status === 404) return { kind: 'person', sub, grants: [] };
    if (answer.status !== 200) throw new Error(`personnel answered ${answer.status} when asked for an identity`);
    const { cadreId, grants } = JSON.parse(answer.body.toString()) as Omit<
      Extract<Actor, { kind: 'person' }>,
      'kind' | 'sub'
    >;
    return { kind: 'person', sub, ...(cadreId && { cadreId }), grants };
  }

  return {
    async actorOf(sub, requestId) {
      const found = await known.fetch(sub, { context: requestId });
      if (!found) throw new Error('an identity was neither found nor refused');
      return found.actor;
    },
  };
}
