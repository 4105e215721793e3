import { createHash } from 'node:crypto';

/** A number from 0 to 1, the same in every run for the same words. */
export function roll(...words: string[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of a list, the same in every run for the same words; none of an empty one. */
export function oneOf(list: readonly string[], ...words: string[]): string | undefined {
  return list[Math.floor(roll(...words) * list.length)];
}

/** The days from one to another, both included (YYYY-MM-DD). */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** A day some days later. */
export const later = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
