import fc from 'fast-check';
import { creditCheckCharacter, isCreditCode } from './credit-code.ts';
import { liesUnder, officialCodeProblem } from './official-code.ts';

describe('unified social credit codes (GB 32100-2015)', () => {
  // published codes of well-known bodies
  it.each(['91110000600037341L', '91350100M000100Y43', '91330106673959654P'])('%s is right', (code) =>
    expect(isCreditCode(code)).toBe(true),
  );
  it.each(['91110000600037341K', '9111000060003734', '91110000600037341l', '9111000060O037341L', ''])(
    '%s is wrong',
    (code) => expect(isCreditCode(code)).toBe(false),
  );

  it('detects any single wrong character', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const code = '91110000600037341L';
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 17 }), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(code[at] !== character);
        return !isCreditCode(code.slice(0, at) + character + code.slice(at + 1));
      }),
    );
  });

  it('makes no check character of what can’t be checked', () =>
    expect(creditCheckCharacter('9111000060003734I')).toBeUndefined());
});

describe('codes of territories (GB/T 2260)', () => {
  it.each([
    ['DISTRICT', '310110'],
    ['SUBDISTRICT', '310110013'],
    ['TOWN', '310110101'],
    ['RESIDENTIAL_AREA', '310110013001'],
    ['DEPARTMENT', 'DEPT-01'],
  ])('%s %s is right', (kind, code) => expect(officialCodeProblem(kind, code)).toBeUndefined());
  it.each([
    ['DISTRICT', '310110013'],
    ['SUBDISTRICT', '31011001'],
    ['RESIDENTIAL_AREA', '31011001300A'],
    ['DEPARTMENT', ' '],
  ])('%s %s is wrong', (kind, code) => expect(officialCodeProblem(kind, code)).toMatch(/code/));
  it('nest', () => {
    expect(liesUnder('310110013', '310110')).toBe(true);
    expect(liesUnder('310110', '310110')).toBe(false);
    expect(liesUnder('310115013', '310110')).toBe(false);
  });
});
