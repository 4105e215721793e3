/** What the rule needs to know of a demand. */
export interface Disposed {
  disposition: 'SETTLED_ON_SPOT' | 'OPINION' | 'CASE' | 'TRANSFERRED_OUT';
  caseKind?: string | null | undefined;
  outcome?: string | null | undefined;
}

/** Which part of a demand doesn't fit its disposition, and why; `undefined` when all fits. */
export function dispositionProblem({
  disposition,
  caseKind,
  outcome,
}: Disposed): { field: 'caseKind' | 'outcome'; message: string } | undefined {
  if (disposition === 'CASE' && !caseKind) return { field: 'caseKind', message: 'is needed to open a case' };
  if (disposition !== 'CASE' && caseKind) return { field: 'caseKind', message: 'is only for the disposition CASE' };
  if (disposition === 'TRANSFERRED_OUT' && !outcome)
    return { field: 'outcome', message: 'must hold the receipt of a demand that is transferred out' };
  return undefined;
}
