import { isDeepStrictEqual } from 'node:util';
import type { CalendarEntry } from './calendar-entries.ts';

/** An entry as a feed shows it: how often it has changed since the feed first showed it, and when it did last. */
export interface RevisedEntry {
  readonly entry: CalendarEntry;
  readonly sequence: number;
  readonly changedAt: Date;
}

/** What a reading shows, and what of it the feed has to remember. */
export interface Revision {
  readonly shown: readonly RevisedEntry[];
  /** Those that are new or have changed. */
  readonly changed: readonly RevisedEntry[];
  /** Uids of those that nobody needs to be told of any more. */
  readonly forgotten: readonly string[];
}

/** For so many days after it vanished something stays as cancelled, so that whoever subscribed sees that it is off. */
export const CANCELLED_DAYS = 60;

/**
 * What a feed shows now, by what it showed before: an entry keeps its uid and gets a higher sequence with every change.
 * What is no longer there (a duty that is no longer owed, a seat that was swapped) is shown as cancelled for a while,
 * unless it merely lies too far back: `since` is the first day that the feed shows.
 */
export function revise(
  before: readonly RevisedEntry[],
  entries: readonly CalendarEntry[],
  { now, since }: { now: Date; since: string },
): Revision {
  const known = new Map(before.map((one) => [one.entry.uid, one]));
  const current = entries.map((entry): RevisedEntry => {
    const last = known.get(entry.uid);
    if (last && isDeepStrictEqual(last.entry, entry)) return last;
    return { entry, sequence: last ? last.sequence + 1 : 0, changedAt: now };
  });
  const there = new Set(entries.map(({ uid }) => uid));
  const vanished = before
    .filter(({ entry }) => !there.has(entry.uid))
    .map((one): RevisedEntry => {
      if (one.entry.isCancelled) return one;
      return { entry: { ...one.entry, isCancelled: true }, sequence: one.sequence + 1, changedAt: now };
    });
  const oldest = now.getTime() - CANCELLED_DAYS * 86_400_000;
  const isForgotten = ({ entry, changedAt }: RevisedEntry): boolean =>
    lastDayOf(entry) < since || changedAt.getTime() < oldest;
  const shown = [...current, ...vanished.filter((one) => !isForgotten(one))];
  return {
    shown,
    changed: shown.filter((one) => known.get(one.entry.uid) !== one),
    forgotten: vanished.filter(isForgotten).map(({ entry }) => entry.uid),
  };
}

/** The last day of an entry; an instant's in UTC is near enough for what is long past. */
function lastDayOf({ when }: CalendarEntry): string {
  return 'to' in when ? when.to : when.end.slice(0, 10);
}
