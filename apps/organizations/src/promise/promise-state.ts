/** Days of a promise, YYYY-MM-DD in Asia/Shanghai. */
export interface PromiseDays {
  /** Last day on which it is kept in time. */
  readonly dueOn: string;
  readonly keptOn?: string | null;
}

/** Where a promise stands. */
export type PromiseState = 'OPEN' | 'KEPT' | 'KEPT_LATE' | 'BROKEN';

/** The state of a promise on a day: derived, never stored. It is broken once its day has passed, and late if kept after it. */
export function promiseState({ dueOn, keptOn }: PromiseDays, today: string): PromiseState {
  if (keptOn) return keptOn > dueOn ? 'KEPT_LATE' : 'KEPT';
  return today > dueOn ? 'BROKEN' : 'OPEN';
}
