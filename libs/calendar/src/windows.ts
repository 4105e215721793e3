import type { Recurrence } from './recurrence.ts';
import { addDays, placedBy, type DayOffRule } from './working-days.ts';

/** The days, both included, in which something owed once must be done. */
export interface Window {
  /** The day of the recurrence that opened it: what names it, since it stays when days off move the window. */
  readonly occurrence: string;
  readonly start: string;
  readonly end: string;
}

/** What is owed again and again: on which days its windows open, for how long, and what becomes of those on days off. */
export interface Owed {
  readonly recurrence: Recurrence;
  /** Days that a window is open, the first included; it closes before the next one opens at the latest. */
  readonly windowDays: number;
  readonly dayOffRule: DayOffRule;
}

/** No run of days off is longer, nor is a first day moved farther. */
const FARTHEST_MOVE = 31;

/**
 * The windows that open from `from` to `to`, both included, in order. `start` is the recurrence's DTSTART. A window moves
 * as a whole with its first day. Days are YYYY-MM-DD in Asia/Shanghai.
 */
export function windowsBetween(
  { recurrence, windowDays, dayOffRule }: Owed,
  from: string,
  to: string,
  start: string,
): Window[] {
  const reach = windowDays + FARTHEST_MOVE;
  const opened = recurrence
    .between(addDays(from, -FARTHEST_MOVE), addDays(to, reach), start)
    .flatMap((occurrence) => {
      const placed = placedBy(dayOffRule, occurrence);
      return placed === undefined ? [] : { occurrence, start: placed };
    })
    // days that are moved onto one day open one window; the last of them names it, wherever the search began
    .filter(({ start: placed }, at, all) => placed !== all[at + 1]?.start);
  return opened
    .map((window, at) => {
      const next = opened[at + 1]?.start;
      const end = addDays(window.start, windowDays - 1);
      return { ...window, end: next !== undefined && next <= end ? addDays(next, -1) : end };
    })
    .filter((window) => window.start >= from && window.start <= to);
}
