import { addWorkingDays, dayOfNthWeek, placedBy } from '@frontline/calendar';
import type { Day } from './days.ts';

/** The working day so many working days later; 0 gives the day itself or, on a day off, the next working day. */
export function workingDay(day: Day, days: number): Day {
  return addWorkingDays(placedBy('AFTER', day) ?? day, days);
}

/** The Thursday of the second week of a month in the reading of the scheme, moved to the next working day by its rule. */
export function secondWeekThursday(firstOfMonth: Day): Day {
  const [year, month] = firstOfMonth.split('-').map(Number) as [number, number];
  return workingDay(dayOfNthWeek(year, month, 2, 4, 'WEEKDAY_OF_NTH_WEEK'), 0);
}
