import { arrangements } from './holidays.ts';

/** Why a day is worked or not. */
export type DayKind = 'WORKDAY' | 'WEEKEND' | 'HOLIDAY' | 'MAKE_UP';

/** A day of the district's working calendar. */
export interface CalendarDay {
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly day: string;
  readonly kind: DayKind;
  readonly isWorkingDay: boolean;
  /** Whether the holidays of its year are known; where not, only weekends are off. */
  readonly isArranged: boolean;
  /** The holiday that it belongs to, or that it is worked for (a make-up day). */
  readonly holiday?: { readonly zh: string; readonly en: string };
}

const holidays = Object.values(arrangements).flat();
const off = new Map(holidays.flatMap((holiday) => holiday.off.map((day) => [day, holiday] as const)));
const on = new Map(holidays.flatMap((holiday) => holiday.on.map((day) => [day, holiday] as const)));

/** Whether the holidays and make-up days of this day's year are known; where not, only weekends are off. */
export function isArranged(day: string): boolean {
  return Number(day.slice(0, 4)) in arrangements;
}

/** Whether a day (YYYY-MM-DD in Asia/Shanghai) is worked: make-up days are, holidays and other weekends are not. */
export function isWorkingDay(day: string): boolean {
  return kindOf(day) === 'WORKDAY' || on.has(day);
}

/** What the working calendar says of a day (YYYY-MM-DD in Asia/Shanghai). */
export function calendarDay(day: string): CalendarDay {
  const holiday = on.get(day) ?? off.get(day);
  return {
    day,
    kind: kindOf(day),
    isWorkingDay: isWorkingDay(day),
    isArranged: isArranged(day),
    ...(holiday && { holiday: { zh: holiday.zh, en: holiday.en } }),
  };
}

function kindOf(day: string): DayKind {
  if (on.has(day)) return 'MAKE_UP';
  if (off.has(day)) return 'HOLIDAY';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? 'WEEKEND' : 'WORKDAY';
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
