import type { Day } from '../days.ts';

/** One object of an import file: its type, its id, and what that type needs. */
export interface ImportLine {
  type: string;
  id: string;
}

/** What a file's data are; the first line and the last one, so that a service which has the last has all of the file. */
export interface DatasetLine extends ImportLine {
  type: 'dataset';
  name: string;
  demo: true;
  asOf: Day;
  scale: number;
  /** Changes with everything the data depend on. */
  fingerprint: string;
  whole: boolean;
}

/** A half-open period: `until` is the first day on which it no longer holds. */
export interface Period {
  from: Day;
  until?: Day;
}

/** Says at every name that it is invented; shown wherever the name is. */
export const DEMO = '（演示）';
