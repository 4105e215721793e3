import { generateKeyPair, SignJWT } from 'jose';

/** What a token says. */
export interface TokenClaims {
  issuer: string;
  sub: string;
  expires: Date;
}

/** A token signed with a private key (ES256). */
export function signedToken(
  key: Parameters<SignJWT['sign']>[0],
  { issuer, sub, expires }: TokenClaims,
): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(issuer)
    .setAudience('frontline')
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

/** A token that says the same as one of ours, signed with somebody else's key. */
export async function foreignToken(claims: TokenClaims): Promise<string> {
  return signedToken((await generateKeyPair('ES256')).privateKey, claims);
}
