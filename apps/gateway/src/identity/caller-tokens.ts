import type { Actor } from '@frontline/access';
import type { InternalTokens } from '@frontline/platform/process';

/** Milliseconds for which an internal token is used again; it is valid for 30 seconds, so its last use still arrives in time. */
const REUSED_MS = 20_000;

/** Internal tokens that say on whose behalf the gateway asks a service. */
export interface CallerTokens {
  tokenFor(actor: Actor, audience: string): Promise<string>;
}

/**
 * Mints a token per caller and service, and uses it for 20 seconds. Tokens hang on the actor object that
 * the identity cache hands out, so that they are forgotten with it and a changed grant never meets an old token.
 */
export function callerTokens(tokens: InternalTokens, now: () => number = Date.now): CallerTokens {
  const minted = new WeakMap<Actor, Map<string, { token: Promise<string>; at: number }>>();
  return {
    tokenFor(actor, audience) {
      const ofActor = minted.get(actor) ?? new Map<string, { token: Promise<string>; at: number }>();
      minted.set(actor, ofActor);
      const held = ofActor.get(audience);
      if (held && now() - held.at < REUSED_MS) return held.token;
      const token = tokens.sign(audience, actor);
      ofActor.set(audience, { token, at: now() });
      return token;
    },
  };
}
