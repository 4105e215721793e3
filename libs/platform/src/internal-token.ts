import { SignJWT, jwtVerify, errors } from 'jose';
import type { Actor } from '@frontline/access';

/** Seconds for which an internal token is valid. */
export const INTERNAL_TOKEN_SECONDS = 30;

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
      try {
        const { payload } = await jwtVerify<{ actor: Actor }>(token, key, {
          issuer,
          audience,
          algorithms: ['HS256'],
          requiredClaims: ['exp'],
        });
        return payload.actor;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
