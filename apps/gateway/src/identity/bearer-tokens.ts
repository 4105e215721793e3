import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { gatewayErrors, graphqlError } from '../errors/gateway-errors.ts';

/** Whose tokens are believed. */
export interface TrustedIssuer {
  issuer: string;
  audience: string;
  /** Finds the public key that a token names. */
  keys: JWTVerifyGetKey;
}

/** Reads who signed in from a request's authorization header. */
export interface BearerTokens {
  /** The subject of a valid token; `undefined` without any header. Throws an error with a stable code otherwise. */
  subjectOf(authorization: string | undefined): Promise<string | undefined>;
}

/** Seconds by which the issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Signatures that are believed: asymmetric ones only, so that a public key is never mistaken for a shared secret. */
const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'];

/** The keys that an issuer publishes; fetched when first needed and whenever a token names an unknown one. */
export function publishedKeys(url: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
}

/**
 * Tokens of one issuer, verified by signature, issuer, audience and expiry. A verified token is remembered for at most
 * 20 seconds, never longer than it is valid: verifying costs more than anything else the gateway does for a small query.
 */
export function bearerTokens({ issuer, audience, keys }: TrustedIssuer): BearerTokens {
  const verified = new LRUCache<string, string>({ max: 10_000, ttl: 20_000 });
  return {
    async subjectOf(authorization) {
      if (authorization === undefined) return undefined;
      const token = /^Bearer +([\w\-.]+)$/i.exec(authorization)?.[1];
      if (!token) throw refusal('auth.tokenMalformed');
      const known = verified.get(token);
      if (known) return known;
      try {
        const { payload } = await jwtVerify<{ sub: string; exp: number }>(token, keys, {
          issuer,
          audience,
          algorithms,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        });
        const ttl = Math.min(20_000, payload.exp * 1000 - Date.now());
        if (ttl > 0) verified.set(token, payload.sub, { ttl });
        return payload.sub;
      } catch (error) {
        throw explained(error);
      }
    },
  };
}

function explained(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return refusal('auth.tokenExpired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refusal(error.claim === 'nbf' ? 'auth.tokenNotYetValid' : 'auth.tokenForeign');
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JOSEAlgNotAllowed
  )
    return refusal('auth.tokenForeign');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return refusal('auth.tokenMalformed');
  return error;
}

function refusal(code: 'auth.tokenMalformed' | 'auth.tokenExpired' | 'auth.tokenNotYetValid' | 'auth.tokenForeign') {
  return graphqlError(gatewayErrors(code));
}
