import { arrangements } from './holidays.ts';

const off = new Set(Object.values(arrangements).flatMap((year) => year.off));
const on = new Set(Object.values(arrangements).flatMap((year) => year.on));

/** Whether the holidays and make-up days of this day's year are known; where not, only weekends are off. */
export function isArranged(day: string): boolean {
  return Number(day.slice(0, 4)) in arrangements;
}

/** Whether a day (YYYY-MM-DD in Asia/Shanghai) is worked: make-up days are, holidays and other weekends are not. */
export function isWorkingDay(day: string): boolean {
  if (on.has(day)) return true;
  if (off.has(day)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The `count`-th working day after a day (before it when negative); 0 gives the day itself, worked or not. */
export function addWorkingDays(day: string, count: number): string {
  const step = Math.sign(count);
  let found = day;
  for (let left = Math.abs(count); left > 0;) {
    found = addDays(found, step);
    if (isWorkingDay(found)) left -= 1;
  }
  return found;
}

/** Working days after `from` up to and including `to`; negative when `to` lies before. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from);
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}

/** What happens to something that falls on a day off. */
export type DayOffRule = 'KEEP' | 'BEFORE' | 'AFTER' | 'SKIP';

/** The day on which something due on `day` takes place; `undefined` when it is skipped. */
export function placedBy(rule: DayOffRule, day: string): string | undefined {
  if (rule === 'KEEP' || isWorkingDay(day)) return day;
  if (rule === 'SKIP') return undefined;
  return addWorkingDays(day, rule === 'BEFORE' ? -1 : 1);
}
