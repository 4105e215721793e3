import icalendar, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays } from '@frontline/calendar';
import type { FeedLanguage } from './calendar-entries.ts';
import type { RevisedEntry } from './entry-revisions.ts';

const NAMES: Record<FeedLanguage, string> = { zh: '一线工作法：任务与接待', en: 'Frontline: duties and receptions' };

/** How often programs should look again, in seconds. */
const LOOK_AGAIN_SECONDS = 3_600;

/**
 * A feed as RFC 5545 text. Instants are written in UTC and days as dates, so that no reader needs a time zone to place
 * them right in Asia/Shanghai. Equal entries give equal texts: time stamps are those of the last change.
 */
export function calendarDocument(entries: readonly RevisedEntry[], language: FeedLanguage): string {
  const calendar = icalendar({
    name: NAMES[language],
    prodId: { company: 'Frontline', product: 'calendar feed', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_AGAIN_SECONDS,
  });
  for (const { entry, sequence, changedAt } of entries) {
    const { uid, summary, description, location, when, isCancelled } = entry;
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: changedAt,
      lastModified: changedAt,
      summary,
      ...(description && { description }),
      ...(location && { location }),
      ...('from' in when
        ? // DTEND is the first day after it
          { allDay: true, start: midnight(when.from), end: midnight(addDays(when.to, 1)) }
        : { start: new Date(when.start), end: new Date(when.end) }),
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // the window of a duty keeps nobody from doing something else, a reception does
      transparency: 'from' in when ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    });
  }
  return `${calendar.toString()}\r\n`;
}

/** The writer takes the date of a whole day from its UTC parts. */
const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);
