import type { Day } from '../days.ts';

/** One object of an import file: its type, its id, and what that type needs. */
export interface ImportLine {
  type: string;
  id: string;
}

/** A half-open period: `until` is the first day on which it no longer holds. */
export interface Period {
  from: Day;
  until?: Day;
}

/** Says at every name that it is invented; shown wherever the name is. */
export const DEMO = '（演示）';
