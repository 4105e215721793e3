import { readFile } from 'node:fs/promises';
import { importJWK, SignJWT, type CryptoKey, type JWK, type JWTVerifyGetKey } from 'jose';
import { ConfigError } from '@frontline/platform/process';

/** Hours for which a demo token is valid. */
export const DEMO_TOKEN_HOURS = 12;

/** The issuer of demo tokens: whoever asks becomes whom they name. Development only; production refuses to start with it. */
export interface DevelopmentIssuer {
  keys: JWTVerifyGetKey;
  /** A token of the demo account of a role, at a place (an organization's code) or the role's default place. */
  tokenFor(role: string, place?: string): Promise<{ token: string; sub: string; expiresAt: string }>;
}

/** The subject of a demo account. */
export function demoSubject(role: string, place?: string): string {
  return place === undefined ? `demo:${role}` : `demo:${role}:${place}`;
}

/** Opens the development issuer whose private key (JWK, ES256) lies in a file. */
export async function developmentIssuer(file: string, issuer: string, audience: string): Promise<DevelopmentIssuer> {
  const jwk = await readKey(file);
  const { d: _private, ...publicJwk } = jwk;
  const privateKey = (await importJWK(jwk, 'ES256')) as CryptoKey;
  const publicKey = (await importJWK(publicJwk, 'ES256')) as CryptoKey;
  return {
    keys: async () => publicKey,
    async tokenFor(role, place) {
      const sub = demoSubject(role, place);
      const expiresAt = new Date(Math.floor(Date.now() / 1000) * 1000 + DEMO_TOKEN_HOURS * 3_600_000);
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', ...(jwk.kid && { kid: jwk.kid }) })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(privateKey);
      return { token, sub, expiresAt: expiresAt.toISOString() };
    },
  };
}

async function readKey(file: string): Promise<JWK & { d: string }> {
  const refuse = (why: string) => new ConfigError(`DEVELOPMENT_ISSUER_FILE: ${file} ${why}`);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw refuse(`cannot be read (${(cause as NodeJS.ErrnoException).code})`);
  });
  try {
    const jwk = JSON.parse(text) as JWK;
    if (jwk.kty === 'EC' && jwk.crv === 'P-256' && typeof jwk.d === 'string') return jwk as JWK & { d: string };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refuse('must hold a private P-256 key as JSON Web Key');
}
