/** Days of a promise, YYYY-MM-DD in Asia/Shanghai. */
export interface PromiseDays {
  /** Last day on which it is kept in time. */
  readonly dueOn: string;
  readonly keptOn?: string | null;
  /** When an amendment took it away. */
  readonly amendedAwayAt?: Date | null;
}

/** Where a promise stands. */
export type PromiseState = 'OPEN' | 'KEPT' | 'KEPT_LATE' | 'BROKEN' | 'WITHDRAWN';

/** The state of a promise on a day: derived, never stored. It is broken once its day has passed, and late if kept after it; withdrawn if it was never given. */
export function promiseState({ dueOn, keptOn, amendedAwayAt }: PromiseDays, today: string): PromiseState {
  if (amendedAwayAt) return 'WITHDRAWN';
  if (keptOn) return keptOn > dueOn ? 'KEPT_LATE' : 'KEPT';
  return today > dueOn ? 'BROKEN' : 'OPEN';
}
