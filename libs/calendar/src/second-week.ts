import { addDays } from './working-days.ts';

/**
 * “每月第二周周四” has two readings, which differ in 43 % of months. Both take Monday as the first day of a week.
 * `NTH_WEEKDAY`: the n-th such weekday of the month. `WEEKDAY_OF_NTH_WEEK`: that weekday of the n-th calendar week that
 * has a day in the month, whichever month the weekday itself then lies in.
 */
export type NthWeekReading = 'NTH_WEEKDAY' | 'WEEKDAY_OF_NTH_WEEK';

/** The day meant by “weekday of the n-th week” of a month; `weekday` is 1 for Monday to 7 for Sunday. */
export function dayOfNthWeek(
  year: number,
  month: number,
  week: number,
  weekday: number,
  reading: NthWeekReading,
): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const firstWeekday = new Date(`${first}T00:00:00Z`).getUTCDay() || 7;
  const offset = weekday - firstWeekday;
  if (reading === 'WEEKDAY_OF_NTH_WEEK') return addDays(first, offset + 7 * (week - 1));
  return addDays(first, ((offset + 7) % 7) + 7 * (week - 1));
}
