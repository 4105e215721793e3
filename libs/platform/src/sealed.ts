import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';
import { Type } from '@mikro-orm/core';
import { ConfigError } from './config.ts';

/** How personal data is encrypted at rest; a port, since some districts must use SM4 with HMAC-SM3. */
export interface PersonalDataCipher {
  seal(plain: string): string;
  open(sealed: string): string;
  /** A keyed digest for exact search; equal plain texts give equal digests, and nothing else can be read from it. */
  blindIndex(plain: string): string;
  /** A keyed digest of exactly this text, to tell whether something changed without keeping it. */
  digest(plain: string): string;
}

/** Nonces drawn from the system's randomness many at a time: a call for each costs as much as the encryption itself. */
function nonces(): () => Buffer {
  const drawn = Buffer.alloc(12 * 256);
  let used = drawn.length;
  return () => {
    if (used === drawn.length) {
      randomFillSync(drawn);
      used = 0;
    }
    used += 12;
    return drawn.subarray(used - 12, used);
  };
}

/** AES-256-GCM with a key id in front: `keyId.base64(nonce ‖ tag ‖ cipher text)`. The first key encrypts, all decrypt. */
export function aesGcmCipher(keys: readonly (readonly [string, string])[], blindIndexKey: string): PersonalDataCipher {
  // key objects, not buffers: node would make one of a buffer at every call, which costs six times the work itself
  const secretOf = (key: string): KeyObject => createSecretKey(key, 'base64');
  const secrets = new Map(keys.map(([id, key]) => [id, secretOf(key)]));
  const [currentId] = keys[0] as readonly [string, string];
  const current = secrets.get(currentId) as KeyObject;
  const indexKey = secretOf(blindIndexKey);
  const nextNonce = nonces();
  return {
    seal(plain) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', current, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${currentId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    open(sealed) {
      const dot = sealed.indexOf('.');
      const key = secrets.get(sealed.slice(0, dot));
      if (!key) throw new Error(`No key "${sealed.slice(0, dot)}" for sealed data; add it to PERSONAL_DATA_KEYS`);
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    blindIndex(plain) {
      return createHmac('sha256', indexKey)
        .update('index:')
        .update(plain.normalize('NFKC').trim().toLowerCase())
        .digest('base64url');
    },
    digest(plain) {
      return createHmac('sha256', indexKey).update('digest:').update(plain).digest('base64url');
    },
  };
}

let installed: PersonalDataCipher | undefined;

/** Sets the cipher of this process; {@link SealedType} has no other way to reach it, as MikroORM makes types without arguments. */
export function installCipher(cipher: PersonalDataCipher): void {
  installed = cipher;
}

/** The cipher of this process; {@link ConfigError} when it was started without its keys. */
export function personalDataCipher(): PersonalDataCipher {
  if (!installed)
    throw new ConfigError('This handles personal data and needs its keys: set PERSONAL_DATA_KEYS and BLIND_INDEX_KEY.');
  return installed;
}

/** Column type of personal data: plain text in the entity, sealed in the database. */
export class SealedType extends Type<string | null | undefined, string | null | undefined> {
  override convertToDatabaseValue(value: string | null | undefined): string | null | undefined {
    return value === null || value === undefined ? value : personalDataCipher().seal(value);
  }

  override convertToJSValue(value: string | null | undefined): string | null | undefined {
    return value === null || value === undefined ? value : personalDataCipher().open(value);
  }

  override getColumnType(): string {
    return 'text';
  }

  /** The same text is sealed differently each time; comparing what is sealed would save every loaded row again. */
  override compareValues(a: string | null | undefined, b: string | null | undefined): boolean {
    return a === b || this.convertToJSValue(a) === this.convertToJSValue(b);
  }

  /** What was loaded is compared as it stands in the database, without sealing it anew. */
  override ensureComparable(): boolean {
    return false;
  }

  override compareAsType(): string {
    return 'string';
  }
}
