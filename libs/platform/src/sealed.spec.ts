import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { aesGcmCipher, installCipher, SealedType } from './sealed.ts';

const key = () => randomBytes(32).toString('base64');
const indexKey = key();

describe('sealed personal data', () => {
  it('opens what it sealed, whatever the text', () => {
    const cipher = aesGcmCipher([['k1', key()]], indexKey);
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => cipher.open(cipher.seal(text)) === text));
  });

  it('seals the same text differently each time, so that equal names do not show in the database', () => {
    const cipher = aesGcmCipher([['k1', key()]], indexKey);
    expect(cipher.seal('王小明')).not.toBe(cipher.seal('王小明'));
  });

  it('opens what an older key sealed, and seals with the newest', () => {
    const [older, newer] = [key(), key()];
    const sealed = aesGcmCipher([['2025', older]], indexKey).seal('王小明');
    const rotated = aesGcmCipher(
      [
        ['2026', newer],
        ['2025', older],
      ],
      indexKey,
    );
    expect(rotated.open(sealed)).toBe('王小明');
    expect(rotated.seal('王小明')).toMatch(/^2026\./);
  });

  it('refuses a text that somebody changed', () => {
    const cipher = aesGcmCipher([['k1', key()]], indexKey);
    const sealed = cipher.seal('王小明');
    // in the middle: the last characters of base64 hold bits that nobody reads
    const at = Math.floor(sealed.length / 2);
    const damaged = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => cipher.open(damaged)).toThrow();
  });

  it('finds equal texts by the blind index, whatever their width and case, and tells exact texts apart by the digest', () => {
    const cipher = aesGcmCipher([['k1', key()]], indexKey);
    expect(cipher.blindIndex(' ＡＢＣ1 ')).toBe(cipher.blindIndex('abc1'));
    expect(cipher.digest('ABC1')).not.toBe(cipher.digest('abc1'));
    expect(aesGcmCipher([['k1', key()]], key()).blindIndex('abc1')).not.toBe(cipher.blindIndex('abc1'));
  });
});

describe('a sealed column', () => {
  it('is unchanged while its text is, however often it is sealed', () => {
    installCipher(aesGcmCipher([['k1', key()]], indexKey));
    const column = new SealedType();
    const sealed = ['王小明', '王小明', '王小红'].map((text) => column.convertToDatabaseValue(text));
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(column.compareValues(sealed[0], sealed[1])).toBe(true);
    expect(column.compareValues(sealed[0], sealed[2])).toBe(false);
    expect([column.compareValues(null, undefined), column.compareValues(null, sealed[0])]).toEqual([false, false]);
  });
});
