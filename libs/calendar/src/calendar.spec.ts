import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  dayOfNthWeek,
  isArranged,
  isWorkingDay,
  placedBy,
  workingDaysBetween,
} from './index.ts';

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

describe('the Thursday of the second week', () => {
  const thursdays = (reading: 'NTH_WEEKDAY' | 'WEEKDAY_OF_NTH_WEEK') =>
    Array.from({ length: 4800 }, (_, at) => dayOfNthWeek(2000 + Math.floor(at / 12), (at % 12) + 1, 2, 4, reading));

  it('is told apart by June 2018', () => {
    expect(dayOfNthWeek(2018, 6, 2, 4, 'NTH_WEEKDAY')).toBe('2018-06-14');
    expect(dayOfNthWeek(2018, 6, 2, 4, 'WEEKDAY_OF_NTH_WEEK')).toBe('2018-06-07');
  });

  it('differs between the readings in 43 % of months, over a whole Gregorian cycle', () => {
    const [a, b] = [thursdays('NTH_WEEKDAY'), thursdays('WEEKDAY_OF_NTH_WEEK')];
    const share = a.filter((each, at) => each !== b[at]).length / a.length;
    expect(Math.round(share * 100)).toBe(43);
  });
});
