/** The characters of a unified social credit code and their values (GB 32100-2015, table 2: no I, O, S, V, Z). */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Weights of the first seventeen places: 3ⁿ⁻¹ mod 31 (GB 32100-2015, 5.5). */
const weights = Array.from({ length: 17 }, (_, at) =>
  Array.from({ length: at }).reduce<number>((product) => (product * 3) % 31, 1),
);

/** The check character of the first seventeen characters (GB 32100-2015, 5.5); `undefined` when one of them is not allowed. */
export function creditCheckCharacter(first17: string): string | undefined {
  if (first17.length !== 17) return undefined;
  const values = [...first17].map((character) => alphabet.indexOf(character));
  if (values.includes(-1)) return undefined;
  const sum = values.reduce((total, value, at) => total + value * (weights[at] as number), 0);
  return alphabet[(31 - (sum % 31)) % 31];
}

/** Whether a text is a unified social credit code (统一社会信用代码) with the right check character. */
export function isCreditCode(code: string): boolean {
  return code.length === 18 && /^[0-9A-Z]{2}\d{6}/.test(code) && creditCheckCharacter(code.slice(0, 17)) === code[17];
}
