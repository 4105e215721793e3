export { addDays } from '@frontline/calendar';

/** A day of the calendar without time or zone, written YYYY-MM-DD; such texts sort as the days do. */
export type Day = string;

const MS = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MS;
}

/** The day that many days after 1970-01-01. */
export function dayOf(number: number): Day {
  return new Date(number * MS).toISOString().slice(0, 10);
}

/** The first day of the month that lies so many months later. */
export function monthAfter(day: Day, months: number): Day {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/** An instant of that day in the district's time, which has had no daylight saving since 1991. */
export function at(day: Day, minutes: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+08:00`;
}

/** Whether a half-open period covers the day. */
export function covers({ from, until }: { from: Day; until?: Day | undefined }, day: Day): boolean {
  return from <= day && (until === undefined || day < until);
}
