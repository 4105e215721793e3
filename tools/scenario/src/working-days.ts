import { addDays, weekday, type Day } from './days.ts';

/** Public holidays, first and last day, and the weekend days worked for them, as the State Council announced them. */
const HOLIDAYS: readonly (readonly [Day, Day])[] = [
  ['2017-01-01', '2017-01-02'],
  ['2017-01-27', '2017-02-02'],
  ['2017-04-02', '2017-04-04'],
  ['2017-04-29', '2017-05-01'],
  ['2017-05-28', '2017-05-30'],
  ['2017-10-01', '2017-10-08'],
  ['2017-12-30', '2018-01-01'],
  ['2018-02-15', '2018-02-21'],
  ['2018-04-05', '2018-04-07'],
  ['2018-04-29', '2018-05-01'],
  ['2018-06-16', '2018-06-18'],
  ['2018-09-22', '2018-09-24'],
  ['2018-10-01', '2018-10-07'],
  ['2018-12-30', '2019-01-01'],
  ['2019-02-04', '2019-02-10'],
  ['2019-04-05', '2019-04-07'],
  ['2019-05-01', '2019-05-04'],
  ['2019-06-07', '2019-06-09'],
  ['2019-09-13', '2019-09-15'],
  ['2019-10-01', '2019-10-07'],
];
const MAKE_UP: ReadonlySet<Day> = new Set([
  ...['2017-01-22', '2017-02-04', '2017-04-01', '2017-05-27', '2017-09-30'],
  ...['2018-02-11', '2018-02-24', '2018-04-08', '2018-04-28', '2018-09-29', '2018-09-30', '2018-12-29'],
  ...['2019-02-02', '2019-02-03', '2019-04-28', '2019-05-05', '2019-09-29', '2019-10-12'],
]);

/** Whether people work on that day. */
export function isWorkingDay(day: Day): boolean {
  if (MAKE_UP.has(day)) return true;
  return weekday(day) <= 5 && !HOLIDAYS.some(([first, last]) => first <= day && day <= last);
}

/** The working day so many working days later; 0 gives the day itself or the next working day. */
export function workingDay(day: Day, days: number): Day {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, 1);
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** The Thursday of the second week of a month, as the division scheme reads it: between the 5th and the 11th, moved to the next working day. */
export function secondWeekThursday(firstOfMonth: Day): Day {
  let day = addDays(firstOfMonth, 4);
  while (weekday(day) !== 4) day = addDays(day, 1);
  return workingDay(day, 0);
}
