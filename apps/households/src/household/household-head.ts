/** How many heads a household's residents have, when it isn't exactly one. */
export function headProblem(residents: readonly { isHead: boolean }[]): string | undefined {
  const heads = residents.filter(({ isHead }) => isHead).length;
  return heads === 1 ? undefined : `a household has exactly one head, not ${heads}`;
}
