import { SignJWT, jwtVerify, errors } from 'jose';
import type { Actor } from '@frontline/access';

/** Seconds for which an internal token is valid. */
export const INTERNAL_TOKEN_SECONDS = 30;

/** How many good tokens a process remembers. */
const REMEMBERED_TOKENS = 500;

const issuer = 'frontline:internal';

/** Signs and checks the tokens that processes of one deployment show each other; only those who hold the secret can. */
export interface InternalTokens {
  /** A token for one service (its name is the audience) that says on whose behalf the caller asks. */
  sign(audience: string, actor: Actor): Promise<string>;
  /** The actor of a token made for this audience; `undefined` when it is missing, expired, foreign or damaged. */
  verify(audience: string, authorization: string | undefined): Promise<Actor | undefined>;
}

/** Internal tokens over a shared secret (HS256). */
export function internalTokens(secret: string): InternalTokens {
  const key = new TextEncoder().encode(secret);
  /** Tokens that were found good, oldest first; one that is shown again need only be young enough. */
  const verified = new Map<string, { actor: Actor; expires: number }>();
  return {
    sign(audience, actor) {
      return new SignJWT({ actor })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${INTERNAL_TOKEN_SECONDS}s`)
        .sign(key);
    },
    async verify(audience, authorization) {
      const token = /^Bearer ([\w\-.]+)$/.exec(authorization ?? '')?.[1];
      if (!token) return undefined;
      const name = `${audience} ${token}`;
      const known = verified.get(name);
      if (known && Date.now() < known.expires) return known.actor;
      try {
        const { payload } = await jwtVerify<{ actor: Actor }>(token, key, {
          issuer,
          audience,
          algorithms: ['HS256'],
          requiredClaims: ['exp'],
        });
        for (const oldest of verified.keys()) {
          if (verified.size < REMEMBERED_TOKENS) break;
          verified.delete(oldest);
        }
        verified.set(name, { actor: payload.actor, expires: (payload.exp as number) * 1000 });
        return payload.actor;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
