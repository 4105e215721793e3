import { enumNames } from '../district/enum-names.generated.ts';
import type { DutyState } from '../duty/duty-state.ts';
import { receptionHours } from '../reception/reception-policy.ts';

/** A text in the two languages of the graph. */
export interface Named {
  readonly zh: string;
  readonly en: string;
}

/** The language in which a calendar is written. */
export type FeedLanguage = keyof Named;

/** Something that stands in a calendar. It holds no personal data: calendars are read by programs of others. */
export interface CalendarEntry {
  /** The same for as long as the thing exists, whatever changes of it. */
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  /** Whole days (YYYY-MM-DD, both included), or instants (ISO 8601, in UTC). */
  readonly when: { readonly from: string; readonly to: string } | { readonly start: string; readonly end: string };
  readonly isCancelled: boolean;
}

/** What a calendar tells of a duty. */
export interface DutyToShow {
  readonly id: string;
  readonly activity: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly state: DutyState;
  /** The scheme that asks for it; absent where there is none. */
  readonly scheme?: Named | undefined;
  /** The organization in whose place it is owed: never the household that is visited. */
  readonly place?: Named | undefined;
}

/** What a calendar tells of a seat at a reception. */
export interface SeatToShow {
  readonly id: string;
  readonly date: string;
  readonly venue?: Named | undefined;
  readonly isCancelled: boolean;
}

const KEPT: readonly DutyState[] = ['FULFILLED', 'LATE', 'SUBSTITUTED'];
const DONE: Named = { zh: '已完成：', en: 'Done: ' };
const RECEPTION: Named = { zh: '接待群众', en: 'Reception of the public' };

const activityNames: ReadonlyMap<string, Named> = new Map(
  enumNames.find(({ name }) => name === 'ActivityKind')?.values.map((one) => [one.value, one]),
);

/** A duty fills the days of its window; one that was excused is cancelled, one that was kept says so. */
export function dutyEntry(duty: DutyToShow, language: FeedLanguage): CalendarEntry {
  const { id, activity, windowStart, windowEnd, state, scheme, place } = duty;
  const what = activityNames.get(activity)?.[language] ?? activity;
  const where = place?.[language] ?? '';
  return {
    uid: `duty-${id}@frontline`,
    summary: `${KEPT.includes(state) ? DONE[language] : ''}${what}${where && ` · ${where}`}`,
    description: scheme?.[language] ?? '',
    location: where,
    when: { from: windowStart, to: windowEnd },
    isCancelled: state === 'EXCUSED',
  };
}

/** A seat at a reception has the hours of its day. */
export function seatEntry({ id, date, venue, isCancelled }: SeatToShow, language: FeedLanguage): CalendarEntry {
  const where = venue?.[language] ?? '';
  const { opensAt, closesAt } = receptionHours(date);
  return {
    uid: `reception-seat-${id}@frontline`,
    summary: `${RECEPTION[language]}${where && ` · ${where}`}`,
    description: '',
    location: where,
    when: { start: opensAt.toISOString(), end: closesAt.toISOString() },
    isCancelled,
  };
}
