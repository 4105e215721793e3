import fc from 'fast-check';
import { addDays, isWorkingDay, nthWeekRule, Recurrence, type DayOffRule } from '@frontline/calendar';
import {
  askedBetween,
  dutiesOwed,
  dutyId,
  type AwayTime,
  type Obliged,
  type OwedRule,
  type SchemeTerms,
} from './obligations.ts';

const ASSIGNMENT = '0b0c8b5a-6a63-4b3c-9d0d-0f5a5f0e8a11';
const [cadre, substitute, area] = [1, 2, 3].map((nth) => `00000000-0000-4000-8000-00000000000${nth}`) as [
  string,
  string,
  string,
];

const obliged = (validFrom: string, validTo?: string | null): Obliged => ({
  id: ASSIGNMENT,
  scheme: 'some',
  contactorId: cadre,
  targetId: area,
  validFrom,
  validTo: validTo ?? null,
});
const rule = (recurrence: string, windowDays = 31, more: Partial<OwedRule> = {}): OwedRule => ({
  code: 'visit',
  activity: 'VISIT',
  recurrence,
  windowDays,
  dayOffRule: 'KEEP',
  ...more,
});
const terms = (number: number, validFrom: string, validTo: string | null, ...duties: OwedRule[]): SchemeTerms => ({
  number,
  validFrom,
  validTo,
  duties,
});
const MONTHLY = rule('FREQ=MONTHLY;BYMONTHDAY=1');

describe('what an assignment owes', () => {
  const since2005 = (one: OwedRule) => [terms(1, '2005-01-01', null, one)];
  const starts = (versions: SchemeTerms[], from: string, to: string, of = obliged('2005-01-01')) =>
    dutiesOwed(askedBetween(versions, from, to), of).map(({ windowStart }) => windowStart);

  it('follows either reading of “the Thursday of the second week”', () => {
    const read = (reading: 'NTH_WEEKDAY' | 'WEEKDAY_OF_NTH_WEEK') =>
      starts(since2005(rule(nthWeekRule({ week: 2, weekday: 4, reading }), 1)), '2018-06-01', '2018-07-31');
    expect(read('NTH_WEEKDAY')).toEqual(['2018-06-14', '2018-07-12']);
    expect(read('WEEKDAY_OF_NTH_WEEK')).toEqual(['2018-06-07', '2018-07-05']);
  });

  it('moves off a day off and stays the same duty', () => {
    const [moved] = dutiesOwed(
      askedBetween(
        since2005(rule('FREQ=MONTHLY;BYMONTHDAY=1', 1, { dayOffRule: 'AFTER' })),
        '2018-10-01',
        '2018-10-31',
      ),
      obliged('2005-01-01'),
    );
    expect(moved).toMatchObject({ windowStart: '2018-10-08', id: dutyId(ASSIGNMENT, 'visit', '2018-10-01') });
  });

  it('can be several of one window, each of its own', () => {
    const owed = dutiesOwed(
      askedBetween(since2005(rule('FREQ=MONTHLY;BYMONTHDAY=1', 31, { times: 3 })), '2018-06-01', '2018-06-30'),
      obliged('2005-01-01'),
    );
    expect(owed.map(({ windowStart, windowEnd }) => [windowStart, windowEnd])).toEqual(
      Array.from({ length: 3 }, () => ['2018-06-01', '2018-06-30']),
    );
    expect(new Set(owed.map(({ id }) => id)).size).toBe(3);
  });

  it('begins with the assignment and ends with it', () =>
    expect(starts(since2005(MONTHLY), '2018-01-01', '2018-12-31', obliged('2018-03-02', '2018-06-01'))).toEqual([
      '2018-04-01',
      '2018-05-01',
    ]));

  it('keeps its rhythm when a revision leaves the rule as it was, and counts anew when it changes', () => {
    const everyOther = rule('FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1');
    const revised = (second: OwedRule) => [
      terms(1, '2018-01-01', '2018-04-01', everyOther),
      terms(2, '2018-04-01', null, second),
    ];
    expect(starts(revised({ ...everyOther, windowDays: 10 }), '2018-01-01', '2018-08-31')).toEqual([
      '2018-01-01',
      '2018-03-01',
      '2018-05-01',
      '2018-07-01',
    ]);
    expect(starts(revised(rule('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1')), '2018-01-01', '2018-08-31')).toEqual([
      '2018-01-01',
      '2018-03-01',
      '2018-04-01',
      '2018-07-01',
    ]);
  });

  it('is the substitute’s when the contactor is away on the window’s last day', () => {
    const away = (from: string, until?: string): AwayTime[] => [{ from, until, substituteId: substitute }];
    const june = (times: AwayTime[]) =>
      dutiesOwed(askedBetween(since2005(MONTHLY), '2018-06-01', '2018-06-30'), obliged('2005-01-01'), times)[0]
        ?.substituteId;
    expect([
      june(away('2018-06-30')),
      june(away('2018-06-01', '2018-06-30')),
      june(away('2018-06-10', '2018-07-01')),
    ]).toEqual([substitute, null, substitute]);
    expect(june([{ from: '2018-06-01' }])).toBeNull();
  });
});

describe('for any scheme, assignment and time', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((offset) => addDays('2017-01-01', offset));
  const recurrence = fc.constantFrom(
    'FREQ=MONTHLY;BYMONTHDAY=1',
    'FREQ=MONTHLY;BYMONTHDAY=15',
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1',
    'FREQ=WEEKLY;BYDAY=MO',
    'FREQ=WEEKLY;BYDAY=TU,SA',
    'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1',
    ...(['NTH_WEEKDAY', 'WEEKDAY_OF_NTH_WEEK'] as const).map((reading) =>
      nthWeekRule({ week: 2, weekday: 4, reading }),
    ),
  );
  const anyRule = fc.record({
    code: fc.constantFrom('visit', 'report'),
    activity: fc.constant('VISIT'),
    recurrence,
    windowDays: fc.integer({ min: 1, max: 92 }),
    dayOffRule: fc.constantFrom<DayOffRule>('KEEP', 'BEFORE', 'AFTER', 'SKIP'),
    times: fc.integer({ min: 1, max: 2 }),
  });
  const anyDuties = fc.uniqueArray(anyRule, { selector: ({ code }) => code, maxLength: 2 });
  /** One to three versions, each from the day on which the one before ends. */
  const versions = fc
    .tuple(fc.uniqueArray(day, { minLength: 1, maxLength: 3 }), fc.array(anyDuties, { minLength: 3, maxLength: 3 }))
    .map(([days, duties]) =>
      days.toSorted().map((from, at, all) => terms(at + 1, from, all[at + 1] ?? null, ...(duties[at] as OwedRule[]))),
    );
  const assignment = fc
    .tuple(day, fc.option(day))
    .map(([from, to]) => obliged(from, to !== null && to > from ? to : null));
  const span = fc
    .tuple(day, fc.integer({ min: 0, max: 400 }))
    .map(([from, days]) => [from, addDays(from, days)] as const);
  const owed = (all: SchemeTerms[], of: Obliged, [from, to]: readonly [string, string]) =>
    dutiesOwed(askedBetween(all, from, to), of);
  const sorted = (duties: readonly { id: string }[]) => duties.toSorted((a, b) => (a.id < b.id ? -1 : 1));

  it('every duty has a key of its own', () =>
    fc.assert(
      fc.property(versions, assignment, span, (all, of, when) => {
        const ids = owed(all, of, when).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    ));

  it('the order of versions makes no difference', () =>
    fc.assert(
      fc.property(versions, assignment, span, (all, of, when) =>
        expect(sorted(owed(all.toReversed(), of, when))).toEqual(sorted(owed(all, of, when))),
      ),
    ));

  it('two spans give what one over both gives: the horizon may roll', () =>
    fc.assert(
      fc.property(versions, assignment, span, fc.integer({ min: 0, max: 400 }), (all, of, [from, to], cut) => {
        const middle = addDays(from, cut);
        fc.pre(middle < to);
        const parts = [...owed(all, of, [from, middle]), ...owed(all, of, [addDays(middle, 1), to])];
        expect(sorted(parts)).toEqual(sorted(owed(all, of, [from, to])));
      }),
    ));

  it('nothing is owed outside the validity of assignment and version, nor outside the span', () =>
    fc.assert(
      fc.property(versions, assignment, span, (all, of, when) => {
        for (const { windowStart, windowEnd, schemeVersion } of owed(all, of, when)) {
          const version = all.find(({ number }) => number === schemeVersion) as SchemeTerms;
          for (const { validFrom, validTo } of [of, version])
            expect(validFrom <= windowStart && (!validTo || windowStart < validTo)).toBe(true);
          expect(when[0] <= windowStart && windowStart <= when[1] && windowStart <= windowEnd).toBe(true);
        }
      }),
    ));

  it('windows of one rule don’t overlap, but for those asked several times in one', () =>
    fc.assert(
      fc.property(versions, assignment, span, (all, of, when) => {
        for (const duties of Map.groupBy(owed(all, of, when), ({ dutyCode }) => dutyCode).values()) {
          const windows = [
            ...new Set(duties.map(({ windowStart, windowEnd }) => `${windowStart} ${windowEnd}`)),
          ].toSorted();
          for (const [at, window] of windows.entries())
            if (at > 0) expect((windows[at - 1] as string).slice(11) < window.slice(0, 10)).toBe(true);
        }
      }),
    ));

  it('a revision or its want leaves what opened before it, and all of what closed', () =>
    fc.assert(
      fc.property(versions, anyDuties, assignment, day, fc.boolean(), (all, duties, of, on, retire) => {
        const last = all.at(-1) as SchemeTerms;
        fc.pre(on > last.validFrom);
        const changed = [
          ...all.slice(0, -1),
          { ...last, validTo: on },
          ...(retire ? [] : [terms(9, on, null, ...duties)]),
        ];
        const [before, after] = [all, changed].map((each) => owed(each, of, ['2017-01-01', '2020-12-31']));
        const closed = before?.filter(({ windowEnd }) => windowEnd < on) ?? [];
        expect(after).toEqual(expect.arrayContaining(closed));
        const begun = (duties: typeof before) =>
          sorted((duties ?? []).filter(({ windowStart }) => windowStart < on)).map(({ id }) => id);
        expect(begun(after)).toEqual(begun(before));
      }),
    ));

  it('windows open on the days of the recurrence, which was compared with an oracle, moved as the rule says', () =>
    fc.assert(
      fc.property(anyRule, span, (one, [from, to]) => {
        const days = Recurrence.parse(one.recurrence).between(from, to, '2016-01-01');
        const of = obliged('2016-01-01');
        const kept = owed([terms(1, '2016-01-01', null, { ...one, dayOffRule: 'KEEP', times: 1 })], of, [from, to]);
        expect(kept.map(({ windowStart }) => windowStart)).toEqual(days);
        const skipped = owed([terms(1, '2016-01-01', null, { ...one, dayOffRule: 'SKIP', times: 1 })], of, [from, to]);
        expect(skipped.map(({ windowStart }) => windowStart)).toEqual(days.filter((each) => isWorkingDay(each)));
        if (one.recurrence.startsWith('FREQ=MONTHLY;BYMONTHDAY=1') && from < to)
          expect(kept.every(({ id, windowStart }) => id === dutyId(ASSIGNMENT, one.code, windowStart))).toBe(true);
      }),
    ));
});
