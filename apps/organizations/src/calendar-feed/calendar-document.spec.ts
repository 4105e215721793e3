import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarDocument } from './calendar-document.ts';
import { dutyEntry, seatEntry, type CalendarEntry, type DutyToShow } from './calendar-entries.ts';
import { revise, type RevisedEntry } from './entry-revisions.ts';

const NOW = new Date('2018-08-17T04:00:00Z');
const SINCE = '2018-06-17';

const duty: DutyToShow = {
  id: '018f0000-0000-7000-8000-000000000001',
  activity: 'VISIT',
  windowStart: '2018-09-01',
  windowEnd: '2018-09-30',
  state: 'UPCOMING',
  scheme: { zh: '局级干部定点联系街镇', en: 'Bureau-level cadres contact subdistricts' },
  place: { zh: '殷行街道', en: 'Yinhang Subdistrict' },
};
const entry: CalendarEntry = dutyEntry(duty, 'zh');
const revised = (one: CalendarEntry, more: Partial<RevisedEntry> = {}): RevisedEntry => ({
  entry: one,
  sequence: 0,
  changedAt: NOW,
  ...more,
});

/** The events of a text as another library reads them, which throws for what breaks RFC 5545. */
const eventsIn = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
const value = (event: ICAL.Event, property: string) => event.component.getFirstPropertyValue(property)?.toString();

describe('a calendar', () => {
  it('shows a duty on the whole days of its window', () => {
    const [event] = eventsIn(calendarDocument([revised(entry, { sequence: 3 })], 'zh'));
    expect(event?.uid).toBe('duty-018f0000-0000-7000-8000-000000000001@frontline');
    expect([event?.summary, event?.location, event?.description]).toEqual([
      '下访 · 殷行街道',
      '殷行街道',
      '局级干部定点联系街镇',
    ]);
    expect(event?.startDate.isDate).toBe(true);
    // the end of whole days is the first day after them
    expect([event?.startDate.toString(), event?.endDate.toString()]).toEqual(['2018-09-01', '2018-10-01']);
    expect([event?.sequence, value(event!, 'status'), value(event!, 'transp')]).toEqual([
      3,
      'CONFIRMED',
      'TRANSPARENT',
    ]);
    expect(value(event!, 'last-modified')).toBe('2018-08-17T04:00:00Z');
    expect(value(event!, 'dtstamp')).toBe('2018-08-17T04:00:00Z');
  });

  it('shows a reception at its hours in Asia/Shanghai', () => {
    const seat = { id: 'seat', date: '2018-09-15', venue: { zh: '服务中心', en: 'Centre' }, isCancelled: false };
    const [event] = eventsIn(calendarDocument([revised(seatEntry(seat, 'en'))], 'en'));
    expect(event?.summary).toBe('Reception of the public · Centre');
    expect(event?.startDate.toJSDate().toISOString()).toBe('2018-09-15T06:00:00.000Z');
    const inShanghai = (at: ICAL.Time | undefined) =>
      at?.toJSDate().toLocaleString('sv', { timeZone: 'Asia/Shanghai' });
    expect([inShanghai(event?.startDate), inShanghai(event?.endDate)]).toEqual([
      '2018-09-15 14:00:00',
      '2018-09-15 17:00:00',
    ]);
  });

  it.each([
    ['FULFILLED', '已完成：下访 · 殷行街道', 'CONFIRMED'],
    ['LATE', '已完成：下访 · 殷行街道', 'CONFIRMED'],
    ['MISSED', '下访 · 殷行街道', 'CONFIRMED'],
    ['EXCUSED', '下访 · 殷行街道', 'CANCELLED'],
  ] as const)('says of a duty that is %s: %s, %s', (state, summary, status) => {
    const [event] = eventsIn(calendarDocument([revised(dutyEntry({ ...duty, state }, 'zh'))], 'zh'));
    expect([event?.summary, value(event!, 'status')]).toEqual([summary, status]);
  });

  it('writes any text so that it is read the same, in lines of at most 75 octets that end in CRLF', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('任', '务', ',', ';', '\\', ':', '"', '😀', 'a', ' ', 'é'),
        minLength: 1,
        maxLength: 200,
      }),
    );
    fc.assert(
      fc.property(text, text, (summary, location) => {
        const written = calendarDocument([revised({ ...entry, summary, location })], 'zh');
        const [event] = eventsIn(written);
        expect([event?.summary, event?.location]).toEqual([summary, location]);
        expect(written.endsWith('END:VCALENDAR\r\n')).toBe(true);
        const lines = written.split('\r\n');
        expect(lines.every((line) => !line.includes('\n') && Buffer.byteLength(line) <= 75)).toBe(true);
      }),
    );
  });

  it('is an empty calendar when there is nothing to show', () =>
    expect(eventsIn(calendarDocument([], 'zh'))).toEqual([]));
});

describe('what a feed has shown before', () => {
  const at = (now: string) => ({ now: new Date(now), since: SINCE });

  it('makes an entry that changed the same one, with a higher sequence and a later time', () => {
    const first = revise([], [entry], at('2018-08-17T04:00:00Z'));
    expect(first.shown).toEqual([{ entry, sequence: 0, changedAt: new Date('2018-08-17T04:00:00Z') }]);
    const same = revise(first.shown, [entry], at('2018-08-18T04:00:00Z'));
    expect(same).toEqual({ shown: first.shown, changed: [], forgotten: [] });
    const moved = dutyEntry({ ...duty, windowEnd: '2018-10-08' }, 'zh');
    expect(revise(same.shown, [moved], at('2018-08-19T04:00:00Z')).shown).toEqual([
      { entry: moved, sequence: 1, changedAt: new Date('2018-08-19T04:00:00Z') },
    ]);
  });

  it('shows what has vanished as cancelled for a while, and then no more', () => {
    const before = [revised(entry)];
    const gone = revise(before, [], at('2018-08-20T04:00:00Z'));
    expect(gone.shown).toEqual([
      { entry: { ...entry, isCancelled: true }, sequence: 1, changedAt: new Date('2018-08-20T04:00:00Z') },
    ]);
    expect(revise(gone.shown, [], at('2018-09-20T04:00:00Z')).shown).toEqual(gone.shown);
    expect(revise(gone.shown, [], at('2018-11-20T04:00:00Z'))).toEqual({
      shown: [],
      changed: [],
      forgotten: [entry.uid],
    });
    expect(revise(gone.shown, [entry], at('2018-09-20T04:00:00Z')).shown).toMatchObject([{ entry, sequence: 2 }]);
  });

  it('drops what only lies too far back, without cancelling it', () => {
    const past = dutyEntry({ ...duty, windowStart: '2018-05-01', windowEnd: '2018-06-16' }, 'zh');
    expect(revise([revised(past)], [], at('2018-08-17T04:00:00Z'))).toEqual({
      shown: [],
      changed: [],
      forgotten: [past.uid],
    });
  });
});
