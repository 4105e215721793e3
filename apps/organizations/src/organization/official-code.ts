/**
 * Codes of territories: GB/T 2260 gives a district six digits, its extension nine to a subdistrict or town and twelve to
 * a residential area; each begins with its parent's. Codes of other organizations are the district's own.
 */
const lengths = { DISTRICT: 6, SUBDISTRICT: 9, TOWN: 9, RESIDENTIAL_AREA: 12 } as const;

/** What is wrong with the code of an organization of this kind, in a sentence; `undefined` when it is right. */
export function officialCodeProblem(kind: string, code: string): string | undefined {
  const length = lengths[kind as keyof typeof lengths];
  if (length !== undefined && !new RegExp(`^[1-9]\\d{${length - 1}}$`).test(code))
    return `the code of a ${kind} has ${length} digits (GB/T 2260 and its extension)`;
  if (length === undefined && !/^[A-Za-z0-9][A-Za-z0-9\-.]{1,39}$/.test(code))
    return 'a code has 2 to 40 letters, digits, hyphens or points';
  return undefined;
}

/** Whether a territory's code lies under another's: 310110013 under 310110. */
export function liesUnder(code: string, parentCode: string): boolean {
  return code.length > parentCode.length && code.startsWith(parentCode);
}
