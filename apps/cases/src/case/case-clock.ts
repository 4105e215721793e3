import { addWorkingDays } from '@frontline/calendar';
import type { CaseKind } from './case-enums.ts';

/** Working days promised to the resident by kind: the default policy pack of the design. */
export const promisedWorkingDays: Readonly<Record<CaseKind, number>> = {
  ENQUIRY: 1,
  SUGGESTION: 1,
  HELP_REQUEST: 5,
  COMPLAINT: 5,
};

/** Hour of the district's day by which something due on it must be done. */
const CLOSE_OF_BUSINESS = '18:00:00+08:00';

/** The instant by which the resident is promised an answer: close of business of the last promised working day. `day` is the day of registration in Asia/Shanghai. */
export function promiseDueAt(kind: CaseKind, day: string): Date {
  return closeOfBusiness(day, promisedWorkingDays[kind]);
}

/** Close of business of the working day that lies so many working days after a day (YYYY-MM-DD, Asia/Shanghai). */
export function closeOfBusiness(day: string, workingDays: number): Date {
  return new Date(`${addWorkingDays(day, workingDays)}T${CLOSE_OF_BUSINESS}`);
}
