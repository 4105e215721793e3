import { dayOfNthWeek, nthWeekOf, nthWeekRule, Recurrence, type NthWeekReading } from './index.ts';

/** 400 years, after which the Gregorian calendar repeats itself, by month. */
const cycle = Array.from({ length: 4800 }, (_, at) => [2000 + Math.floor(at / 12), (at % 12) + 1] as const);
const readings: NthWeekReading[] = ['NTH_WEEKDAY', 'WEEKDAY_OF_NTH_WEEK'];
const each = readings.flatMap((reading) =>
  [1, 2, 3, 4].flatMap((week) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ reading, week, weekday }))),
);

describe('the Thursday of the second week', () => {
  const thursday = { week: 2, weekday: 4 };

  it('is told apart by June 2018', () => {
    expect(dayOfNthWeek(2018, 6, { ...thursday, reading: 'NTH_WEEKDAY' })).toBe('2018-06-14');
    expect(dayOfNthWeek(2018, 6, { ...thursday, reading: 'WEEKDAY_OF_NTH_WEEK' })).toBe('2018-06-07');
  });

  it('differs between the readings in 43 % of months, over a whole Gregorian cycle', () => {
    const differing = cycle.filter(
      ([year, month]) =>
        new Set(readings.map((reading) => dayOfNthWeek(year, month, { ...thursday, reading }))).size > 1,
    );
    expect(Math.round((differing.length / cycle.length) * 100)).toBe(43);
  });

  it('is written as RFC 5545 has it', () => {
    expect(nthWeekRule({ ...thursday, reading: 'NTH_WEEKDAY' })).toBe('FREQ=MONTHLY;BYDAY=2TH');
    expect(nthWeekRule({ ...thursday, reading: 'WEEKDAY_OF_NTH_WEEK' })).toBe(
      'FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=5,6,7,8,9,10,11',
    );
  });
});

describe('the rule of a reading', () => {
  it.each(each)('falls on the days that it means, for 400 years: $reading $week $weekday', (nth) => {
    const meant = cycle.map(([year, month]) => dayOfNthWeek(year, month, nth));
    // the first week of January 2000 may begin in December; that of January 2400 is the cycle's next
    const found = Recurrence.parse(nthWeekRule(nth)).between('1999-12-01', '2399-12-31', '1999-12-01');
    const [first, last] = [meant[0] as string, meant.at(-1) as string];
    expect(found.filter((day) => day >= first && day <= last)).toEqual(meant);
  });

  it.each(each)('is recognized, in any order of its parts: $reading $week $weekday', (nth) => {
    expect(nthWeekOf(nthWeekRule(nth))).toEqual(nth);
    expect(nthWeekOf(nthWeekRule(nth).split(';').reverse().join(';'))).toEqual(nth);
  });

  it('is not seen in other rules', () => expect(nthWeekOf('FREQ=MONTHLY;BYMONTHDAY=15')).toBeUndefined());

  it.each([0, 5, 6])('cannot be written for week %d', (week) => {
    for (const reading of readings)
      expect(() => nthWeekRule({ week, weekday: 4, reading })).toThrow(/week must be 1 to 4/);
  });

  it('cannot be written for a weekday that is none', () =>
    expect(() => nthWeekRule({ week: 2, weekday: 8, reading: 'NTH_WEEKDAY' })).toThrow(/weekday must be 1/));
});
