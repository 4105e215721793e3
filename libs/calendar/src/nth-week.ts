import { partsOf, written } from './recurrence-parts.ts';
import { addDays } from './working-days.ts';

/**
 * “每月第二周周四” has two readings, which differ in 43 % of months. Both take Monday as the first day of a week.
 * `NTH_WEEKDAY`: the n-th such weekday of the month. `WEEKDAY_OF_NTH_WEEK`: that weekday of the n-th calendar week that
 * has a day in the month, whichever month the weekday itself then lies in.
 */
export type NthWeekReading = 'NTH_WEEKDAY' | 'WEEKDAY_OF_NTH_WEEK';

/** A weekday (1 for Monday to 7 for Sunday) of the n-th week of every month, and how the words are read. */
export interface NthWeek {
  readonly week: number;
  readonly weekday: number;
  readonly reading: NthWeekReading;
}

/** The day meant by “weekday of the n-th week” of a month. */
export function dayOfNthWeek(year: number, month: number, { week, weekday, reading }: NthWeek): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const firstWeekday = new Date(`${first}T00:00:00Z`).getUTCDay() || 7;
  const offset = weekday - firstWeekday;
  if (reading === 'WEEKDAY_OF_NTH_WEEK') return addDays(first, offset + 7 * (week - 1));
  return addDays(first, ((offset + 7) % 7) + 7 * (week - 1));
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The recurrence rule of a reading. The n-th weekday is `BYDAY=2TH`. The weekday of the n-th week always lies within
 * seven days of the month (the second Thursday within the 5th to the 11th), so the rule is that weekday among those
 * days. In the first week these may be the last of the month before, and are then counted from its end: the days
 * are right, only they lie in the month before the one that they belong to. Throws a RangeError for what no rule says: a
 * fifth week, whose days end with the month in some months and after it in others, and more than four n-th weekdays.
 */
export function nthWeekRule({ week, weekday, reading }: NthWeek): string {
  const name = WEEKDAYS[weekday - 1];
  if (name === undefined) throw new RangeError(`weekday must be 1 (Monday) to 7 (Sunday), not ${weekday}`);
  if (![1, 2, 3, 4].includes(week))
    throw new RangeError(
      `week must be 1 to 4: not every month has ${reading === 'NTH_WEEKDAY' ? 'another' : 'another whole one'}`,
    );
  if (reading === 'NTH_WEEKDAY') return `FREQ=MONTHLY;BYDAY=${week}${name}`;
  const earliest = weekday + 7 * week - 13;
  const days = Array.from({ length: 7 }, (_, at) => earliest + at);
  // the month before ends with its day -1, which lies where this month would have a day 0
  return `FREQ=MONTHLY;BYDAY=${name};BYMONTHDAY=${days.map((day) => (day > 0 ? day : day - 1)).join(',')}`;
}

const readings = new Map<string, NthWeek>(
  (['NTH_WEEKDAY', 'WEEKDAY_OF_NTH_WEEK'] as const).flatMap((reading) =>
    [1, 2, 3, 4].flatMap((week) =>
      WEEKDAYS.map((_, at) => {
        const nth = { week, weekday: at + 1, reading };
        return [written(partsOf(nthWeekRule(nth))), nth] as const;
      }),
    ),
  ),
);

/** The n-th week that a rule written by {@link nthWeekRule} stands for, whatever the order of its parts; undefined for other rules. */
export function nthWeekOf(rule: string): NthWeek | undefined {
  return readings.get(written(partsOf(rule)));
}
