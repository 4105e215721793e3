/** What decides which duty a visit was owed for: when its window begins (YYYY-MM-DD), and whether it is fulfilled. */
export interface DutyWindow {
  readonly windowStart: string;
  readonly fulfilledOn?: string | null;
}

/**
 * The duty of an assignment that something done on a day was owed for: the one whose window began last. Of several asked
 * in one window it is one that is not fulfilled yet. If that window is served already, the visit fulfils nothing; an
 * older duty that was missed stays missed.
 */
export function owedOn<D extends DutyWindow>(duties: readonly D[], day: string): D | undefined {
  const begun = duties.filter(({ windowStart }) => windowStart <= day);
  const last = begun.reduce((latest, { windowStart }) => (windowStart > latest ? windowStart : latest), '');
  const ofWindow = begun.filter(({ windowStart }) => windowStart === last);
  return ofWindow.find(({ fulfilledOn }) => !fulfilledOn) ?? ofWindow[0];
}
