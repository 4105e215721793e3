/** When a duty's window begins (YYYY-MM-DD), which is all that decides which one a visit was owed for. */
export interface DutyWindow {
  readonly windowStart: string;
}

/**
 * The duty of an assignment that something done on a day was owed for: the one whose window began last. If that one is
 * fulfilled already, the visit fulfils nothing; an older one that was missed stays missed.
 */
export function owedOn<D extends DutyWindow>(duties: readonly D[], day: string): D | undefined {
  return duties
    .filter(({ windowStart }) => windowStart <= day)
    .reduce<D | undefined>((last, duty) => (last && last.windowStart >= duty.windowStart ? last : duty), undefined);
}
