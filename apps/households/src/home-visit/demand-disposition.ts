/** What the rules need to know of a demand. */
export interface Disposed {
  disposition: 'SETTLED_ON_SPOT' | 'OPINION' | 'CASE' | 'TRANSFERRED_OUT';
  caseKind?: string | null | undefined;
  outcome?: string | null | undefined;
}

/** Whether the kind of case is there when a case is to be opened, and only then. */
export function fitsCaseKind({ disposition, caseKind }: Disposed): boolean {
  return (disposition === 'CASE') === Boolean(caseKind);
}

/** Whether the outcome is there when nothing else will tell it: how it was settled, or whose receipt there is. */
export function fitsOutcome({ disposition, outcome }: Disposed): boolean {
  return (disposition !== 'SETTLED_ON_SPOT' && disposition !== 'TRANSFERRED_OUT') || Boolean(outcome?.trim());
}
