/** The characters of a unified social credit code (GB 32100-2015, table 2) and of an organization's own code in it. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BODY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of an organization's own eight characters (GB 11714). */
function bodyCheck(body: string): string {
  const sum = [...body].reduce(
    (total, character, at) => total + BODY_ALPHABET.indexOf(character) * (BODY_WEIGHTS[at] as number),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * An invented unified social credit code (GB 32100) with the right check character. The organization's own part begins
 * with DEM, so that it can be told from real ones.
 */
export function creditCode(registrar: '11' | '12' | '91', district: string, nth: number): string {
  const body = `DEM${String(nth).padStart(5, '0')}`;
  const first17 = `${registrar}${district}${body}${bodyCheck(body)}`;
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return `${first17}${ALPHABET[(31 - (sum % 31)) % 31]}`;
}
