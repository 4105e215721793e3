import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Recurrence, RecurrenceError, windowsBetween } from './index.ts';

const oracle = join(import.meta.dirname, '..', 'oracle');
const known = readFileSync(join(oracle, 'recurrence.txt'), 'utf8');
const python = 'python3';
const hasOracle = spawnSync(python, ['-c', 'import dateutil']).status === 0;

describe('a recurrence', () => {
  const cases = known
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|') as [string, string, string]);

  it('is compared with many rules', () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases)('falls on the days that python-dateutil finds in twenty years: %s from %s', (rule, start, days) =>
    expect(Recurrence.parse(rule).between('2010-01-01', '2029-12-31', start)).toEqual(days.split(' ')),
  );

  const anew = hasOracle ? it : it.skip;
  anew(
    `is compared with what python-dateutil says now${hasOracle ? '' : ' (left out: needs python3 with dateutil)'}`,
    () => {
      expect(spawnSync(python, [join(oracle, 'recurrence.py')], { encoding: 'utf8' }).stdout).toBe(known);
    },
    60_000,
  );

  const monthly = Recurrence.parse('FREQ=MONTHLY;BYMONTHDAY=1');

  it('does not occur before it starts, nor on its start unless that fits', () => {
    expect(monthly.between('2018-01-01', '2018-04-30', '2018-02-15')).toEqual(['2018-03-01', '2018-04-01']);
    expect(monthly.between('2018-01-01', '2018-03-31', '2018-02-01')).toEqual(['2018-02-01', '2018-03-01']);
    expect(monthly.between('2017-01-01', '2017-12-31', '2018-02-01')).toEqual([]);
  });

  it('takes from its start what the rule leaves open, and leaves out days that a month lacks', () =>
    expect(Recurrence.parse('FREQ=MONTHLY').between('2018-01-01', '2018-06-30', '2018-01-31')).toEqual([
      '2018-01-31',
      '2018-03-31',
      '2018-05-31',
    ]));

  it('keeps to whole days where Shanghai’s clocks were moved', () =>
    expect(Recurrence.parse('FREQ=DAILY').between('1986-05-03', '1986-05-05', '1986-01-01')).toEqual([
      '1986-05-03',
      '1986-05-04',
      '1986-05-05',
    ]));

  it('is counted in a week, month, quarter or year', () => {
    const mondays = Recurrence.parse('FREQ=WEEKLY;BYDAY=MO');
    expect(
      (['WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const).map((one) => mondays.countIn(one, '2018-06-30', '2005-01-01')),
    ).toEqual([1, 4, 13, 53]);
    expect(mondays.countIn('MONTH', '2018-06-30', '2018-06-12')).toBe(2);
    expect(monthly.countIn('QUARTER', '2018-12-31', '2005-01-01')).toBe(3);
  });
});

describe('a rule that breaks RFC 5545', () => {
  it.each([
    ['', 'RRULE', /NAME=VALUE/],
    ['每月第二周周四', 'RRULE', /NAME=VALUE/],
    ['RRULE:FREQ=DAILY', 'RRULE:FREQ', /not a part/],
    ['FREQ=MONTHLY;', 'RRULE', /NAME=VALUE/],
    ['BYDAY=TH', 'FREQ', /must be given/],
    ['FREQ=FORTNIGHTLY', 'FREQ', /one of YEARLY/],
    ['FREQ=HOURLY', 'FREQ', /one of YEARLY/],
    ['FREQ=DAILY;BYHOUR=9', 'BYHOUR', /whole days/],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ', /twice/],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL', /whole number/],
    ['FREQ=DAILY;COUNT=3;UNTIL=20180101', 'COUNT', /UNTIL/],
    ['FREQ=DAILY;UNTIL=20180230', 'UNTIL', /exists/],
    ['FREQ=DAILY;UNTIL=20180101T000000Z', 'UNTIL', /YYYYMMDD/],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY', /1 to 31/],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY', /1 to 31/],
    ['FREQ=MONTHLY;BYMONTHDAY=1,,2', 'BYMONTHDAY', /1 to 31/],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY', /FREQ=WEEKLY/],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH', /1 to 12/],
    ['FREQ=MONTHLY;BYDAY=TU,THU', 'BYDAY', /weekday/],
    ['FREQ=WEEKLY;BYDAY=2TH', 'BYDAY', /MONTHLY or YEARLY/],
    ['FREQ=YEARLY;BYWEEKNO=2;BYDAY=2TH', 'BYDAY', /BYWEEKNO/],
    ['FREQ=MONTHLY;BYWEEKNO=2', 'BYWEEKNO', /YEARLY/],
    ['FREQ=MONTHLY;BYYEARDAY=2', 'BYYEARDAY', /YEARLY/],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS', /another BY part/],
    ['FREQ=WEEKLY;WKST=M', 'WKST', /one of MO/],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'RRULE', /some day/],
  ])('%s: is refused for %s', (text, part, rule) => {
    let refusal: unknown;
    try {
      Recurrence.parse(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(RecurrenceError);
    expect(refusal).toMatchObject({ part, rule: expect.stringMatching(rule) });
  });

  it('is not one that only leap years with a Sunday fit', () =>
    expect(Recurrence.parse('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU').text).toContain('BYMONTHDAY=29'));
});

describe('windows', () => {
  const of = (rule: string, windowDays: number, dayOffRule: 'KEEP' | 'BEFORE' | 'AFTER' | 'SKIP' = 'KEEP') => ({
    recurrence: Recurrence.parse(rule),
    windowDays,
    dayOffRule,
  });
  const since = '2005-01-01';

  it('close before the next one opens', () =>
    expect(windowsBetween(of('FREQ=MONTHLY;BYMONTHDAY=1', 31), '2018-02-01', '2018-03-31', since)).toEqual([
      { occurrence: '2018-02-01', start: '2018-02-01', end: '2018-02-28' },
      { occurrence: '2018-03-01', start: '2018-03-01', end: '2018-03-31' },
    ]));

  it('move with a day off, as the rule for days off says', () => {
    const second = 'FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=5,6,7,8,9,10,11';
    const october = (rule: 'KEEP' | 'BEFORE' | 'AFTER' | 'SKIP') =>
      windowsBetween(of(second, 1, rule), '2017-10-01', '2017-10-31', since).map(({ start }) => start);
    expect(october('KEEP')).toEqual(['2017-10-05']);
    expect(october('AFTER')).toEqual(['2017-10-09']);
    expect(october('SKIP')).toEqual([]);
    expect(october('BEFORE')).toEqual([]);
    expect(windowsBetween(of(second, 1, 'BEFORE'), '2017-09-30', '2017-09-30', since)).toEqual([
      { occurrence: '2017-10-05', start: '2017-09-30', end: '2017-09-30' },
    ]);
  });

  it('that are moved onto one day are one', () =>
    expect(
      windowsBetween(of('FREQ=DAILY', 1, 'AFTER'), '2018-09-30', '2018-10-09', since).map(({ start }) => start),
    ).toEqual(['2018-09-30', '2018-10-08', '2018-10-09']));
});
