import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { bearerTokens } from './bearer-tokens.ts';

const issuer = 'https://login.example';
const { privateKey, publicKey } = await generateKeyPair('ES256');
const another = await generateKeyPair('ES256');
const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
const tokens = bearerTokens({ issuer, audience: 'frontline', keys });

interface Claims {
  iss?: string;
  aud?: string;
  exp?: number | undefined;
  nbf?: number;
  sub?: string;
}
const soon = () => Math.floor(Date.now() / 1000) + 60;
const signed = (claims: Claims = {}, key: CryptoKey = privateKey, kid = 'one') =>
  new SignJWT({ iss: issuer, aud: 'frontline', sub: 'wang', exp: soon(), ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(key);
const codeOf = async (authorization: string) =>
  tokens.subjectOf(authorization).then(
    () => 'accepted',
    (error: { extensions: { code: string; http: { status: number } } }) =>
      `${error.extensions.http.status} ${error.extensions.code}`,
  );

describe('a bearer token', () => {
  it('tells who signed in', async () => {
    const token = await signed();
    expect(await tokens.subjectOf(`Bearer ${token}`)).toBe('wang');
    expect(await tokens.subjectOf(`bearer ${token}`)).toBe('wang');
  });

  it('is not needed', async () => {
    expect(await tokens.subjectOf(undefined)).toBeUndefined();
  });

  it.each([
    ['has expired', { exp: soon() - 120 }, '401 auth.tokenExpired'],
    ['never expires', { exp: undefined }, '401 auth.tokenForeign'],
    ['is not valid yet', { nbf: soon() }, '401 auth.tokenNotYetValid'],
    ['is of another issuer', { iss: 'https://login.elsewhere' }, '401 auth.tokenForeign'],
    ['is for another audience', { aud: 'elsewhere' }, '401 auth.tokenForeign'],
    ['names nobody', { sub: undefined }, '401 auth.tokenForeign'],
  ])('that %s is refused', async (_, claims, refusal) => {
    expect(await codeOf(`Bearer ${await signed(claims as Claims)}`)).toBe(refusal);
  });

  it('signed by another key, or naming one, is foreign', async () => {
    expect(await codeOf(`Bearer ${await signed({}, another.privateKey)}`)).toBe('401 auth.tokenForeign');
    expect(await codeOf(`Bearer ${await signed({}, another.privateKey, 'two')}`)).toBe('401 auth.tokenForeign');
  });

  it('signed with a public key as if it were a secret is foreign', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
    const token = await new SignJWT({ iss: issuer, aud: 'frontline', sub: 'wang', exp: soon() })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(secret);
    expect(await codeOf(`Bearer ${token}`)).toBe('401 auth.tokenForeign');
  });

  it.each(['', 'Bearer', 'Basic abc', 'Bearer a.b.c', 'Bearer {"a":1}', 'Bearer a b'])(
    'written "%s" is malformed',
    async (text) => {
      expect(await codeOf(text)).toBe('401 auth.tokenMalformed');
    },
  );
});
