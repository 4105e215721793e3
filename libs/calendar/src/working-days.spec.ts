import fc from 'fast-check';
import { arrangements } from './holidays.ts';
import {
  addDays,
  addWorkingDays,
  calendarDay,
  isArranged,
  isWorkingDay,
  placedBy,
  workingDaysBetween,
} from './index.ts';

const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
const isWeekend = (date: string): boolean => [0, 6].includes(weekday(date));

const day = fc.integer({ min: 0, max: 3 * 365 - 1 }).map((offset) => addDays('2017-01-01', offset));

describe('working days', () => {
  it.each([
    ['2018-10-01', false, 'National Day'],
    ['2018-09-29', true, 'a make-up Saturday'],
    ['2018-09-24', false, 'Mid-Autumn'],
    ['2018-08-17', true, 'a Friday'],
    ['2018-08-18', false, 'a Saturday'],
    ['2019-05-05', true, 'a make-up Sunday'],
  ])('%s: %s, %s', (date, worked) => expect(isWorkingDay(date)).toBe(worked));

  it('are counted over a holiday: the day after Friday 28 September 2018 is Saturday the 29th, the third is 8 October', () => {
    expect(addWorkingDays('2018-09-28', 1)).toBe('2018-09-29');
    expect(addWorkingDays('2018-09-28', 3)).toBe('2018-10-08');
    expect(workingDaysBetween('2018-09-28', '2018-10-08')).toBe(3);
  });

  it('come back when counted back', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 60 }),
        (from, count) => !isWorkingDay(from) || addWorkingDays(addWorkingDays(from, count), -count) === from,
      ),
    );
  });

  it('between two days add up', () => {
    fc.assert(
      fc.property(
        day,
        day,
        day,
        (a, b, c) => workingDaysBetween(a, b) + workingDaysBetween(b, c) === workingDaysBetween(a, c),
      ),
    );
  });

  it('say when a year has no arrangement yet', () =>
    expect([isArranged('2018-01-01'), isArranged('2031-01-01')]).toEqual([true, false]));

  it('place what falls on a day off', () => {
    expect((['KEEP', 'BEFORE', 'AFTER', 'SKIP'] as const).map((rule) => placedBy(rule, '2018-10-01'))).toEqual([
      '2018-10-01',
      '2018-09-30',
      '2018-10-08',
      undefined,
    ]);
    expect(placedBy('SKIP', '2018-08-17')).toBe('2018-08-17');
  });
});

describe('the arrangements of the State Council', () => {
  it.each(Object.entries(arrangements))(
    'of %s give the statutory days off, made up for on weekends',
    (year, holidays) => {
      const made = holidays.flatMap(({ on }) => on);
      const weekdaysOff = holidays.flatMap(({ off }) => off).filter((date) => !isWeekend(date));
      expect(made.filter((date) => !isWeekend(date))).toEqual([]);
      // in 2020 the Spring Festival was lengthened by a Friday and by a Saturday that was to be worked
      const statutory = Number(year) >= 2025 ? 13 : 11;
      expect(weekdaysOff.length - made.length).toBe(year === '2020' ? statutory + 2 : statutory);
    },
  );

  it('name no day twice', () => {
    const all = Object.values(arrangements).flatMap((year) => year.flatMap(({ off, on }) => [...off, ...on]));
    expect(new Set(all).size).toBe(all.length);
  });

  it('reach from 2017 to the year in which this was written', () =>
    expect(Object.keys(arrangements).map(Number)).toEqual([
      2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026,
    ]));

  it.each([
    ['2026-02-14', { kind: 'MAKE_UP', isWorkingDay: true, holiday: { zh: '春节', en: 'Spring Festival' } }],
    ['2026-02-23', { kind: 'HOLIDAY', isWorkingDay: false, holiday: { zh: '春节', en: 'Spring Festival' } }],
    ['2026-11-24', { kind: 'WORKDAY', isWorkingDay: true }],
    ['2026-11-28', { kind: 'WEEKEND', isWorkingDay: false }],
  ])('say of %s what a calendar shows', (date, said) =>
    expect(calendarDay(date)).toEqual({ day: date, isArranged: true, ...said }),
  );

  it('say of a year without one that only weekends are known', () =>
    expect(calendarDay('2031-10-01')).toEqual({
      day: '2031-10-01',
      kind: 'WORKDAY',
      isWorkingDay: true,
      isArranged: false,
    }));
});
