import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

/** The checkout. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** Everything that isn't committed: data, logs, secrets of development. */
export const frontlineFolder = process.env['FRONTLINE_FOLDER'] || join(root, '.frontline');

const secretsFile = join(frontlineFolder, 'development-secrets.json');

/** Private key of the development issuer. */
export const issuerFile = join(frontlineFolder, 'development-issuer.json');

/** Secrets of development, made once and kept for this checkout, readable by its owner alone. */
export async function developmentSecrets(): Promise<
  Record<'INTERNAL_SECRET' | 'PERSONAL_DATA_KEYS' | 'BLIND_INDEX_KEY', string>
> {
  mkdirSync(frontlineFolder, { recursive: true });
  if (!existsSync(secretsFile)) {
    const made = {
      INTERNAL_SECRET: randomBytes(32).toString('hex'),
      PERSONAL_DATA_KEYS: `dev:${randomBytes(32).toString('base64')}`,
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    };
    writeFileSync(secretsFile, JSON.stringify(made), { mode: 0o600 });
  }
  if (!existsSync(issuerFile)) {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    writeFileSync(issuerFile, JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'development' }), {
      mode: 0o600,
    });
  }
  return JSON.parse(readFileSync(secretsFile, 'utf8')) as Record<
    'INTERNAL_SECRET' | 'PERSONAL_DATA_KEYS' | 'BLIND_INDEX_KEY',
    string
  >;
}

/** A token of the development issuer for a demo account, good for twelve hours of real time. */
export async function demoToken(role: string, place?: string): Promise<string> {
  await developmentSecrets();
  const jwk = JSON.parse(readFileSync(issuerFile, 'utf8')) as JWK;
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'development' })
    .setIssuer('urn:frontline:development')
    .setAudience('frontline')
    .setSubject(place ? `demo:${role}:${place}` : `demo:${role}`)
    .setIssuedAt()
    .setExpirationTime('12h')
    .sign(await importJWK(jwk, 'ES256'));
}
