import fc from 'fast-check';
import { rotaOf, type Receiver, type Rota, type Seat } from './reception-rota.ts';

const ALWAYS = { from: '2000-01-01' };
const dates = ['2018-01-15', '2018-02-15', '2018-03-15', '2018-04-15', '2018-05-12'];

const receiver = (id: string, more: Partial<Receiver> = {}): Receiver => ({ id, terms: [ALWAYS], away: [], ...more });
const seat = (date: string, place: string, nth = 1, more: Partial<Seat> = {}): Seat => ({
  id: `${date}/${place}/${nth}`,
  receptionId: `${date}/${place}`,
  date,
  nth,
  subdistrictId: place,
  ...more,
});

/** Receivers, some of them away on some days, or with a term that begins or ends within the year. */
const people = (most: number) =>
  fc
    .array(
      fc.record({
        away: fc.subarray(dates),
        term: fc.constantFrom(ALWAYS, { from: '2018-03-01' }, { from: '2000-01-01', until: '2018-04-01' }),
        homeId: fc.constantFrom('north', 'south', undefined),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((list) =>
      list.map(({ away, term, homeId }, at) =>
        receiver(`receiver-${at}`, {
          homeId,
          terms: [term],
          away: away.map((day) => ({ from: day, until: `${day.slice(0, 8)}28` })),
        }),
      ),
    );

/** Seats of a year: on each day some at each of two places. */
const year = (most: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most })), {
      minLength: dates.length,
      maxLength: dates.length,
    })
    .map((list) =>
      list.flatMap(([north, south], at) => [
        ...Array.from({ length: north }, (_, nth) => seat(dates[at] as string, 'north', nth + 1)),
        ...Array.from({ length: south }, (_, nth) => seat(dates[at] as string, 'south', nth + 1)),
      ]),
    );

/** Whether somebody can come, told without the rule under test: half-open times, compared as texts. */
const canCome = ({ terms, away }: Receiver, day: string): boolean => {
  const within = ({ from, until = '9999' }: { from: string; until?: string | undefined }) =>
    !(day < from || day >= until);
  return terms.filter(within).length > 0 && away.filter(within).length === 0;
};

const squares = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count * count, 0);
const held = (seats: readonly Seat[], { bySeat }: Rota): Seat[] =>
  seats.map((one) => ({ ...one, heldBy: bySeat.get(one.id) }));

/** Every way to choose `count` of a list. */
function choices<T>(list: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return list.flatMap((first, at) => choices(list.slice(at + 1), count - 1).map((rest) => [first, ...rest]));
}

/** The evenest that can be had, found by trying every way: the least sum of the squares of counts. */
function evenest(seats: readonly Seat[], receivers: readonly Receiver[]): number {
  let counts = new Map<string, number[]>([['', receivers.map(() => 0)]]);
  for (const date of dates) {
    const can = receivers.flatMap((one, at) => (canCome(one, date) ? [at] : []));
    const asked = Math.min(can.length, seats.filter((one) => one.date === date).length);
    const next = new Map<string, number[]>();
    for (const before of counts.values())
      for (const chosen of choices(can, asked)) {
        const after = before.map((count, at) => count + (chosen.includes(at) ? 1 : 0));
        next.set(after.join(), after);
      }
    counts = next;
  }
  return Math.min(...[...counts.values()].map(squares));
}

describe('a rota of receptions', () => {
  it('puts nobody in two places on one day, nobody who is away, and fills every seat that somebody can take', () => {
    fc.assert(
      fc.property(year(3), people(8), (seats, receivers) => {
        const { bySeat, vacant } = rotaOf(seats, receivers);
        const byId = new Map(receivers.map((one) => [one.id, one]));
        const placed = seats.flatMap(({ id, date }) =>
          bySeat.has(id) ? [{ date, by: bySeat.get(id) as string }] : [],
        );
        expect(new Set(placed.map(({ date, by }) => `${date} ${by}`)).size).toBe(placed.length);
        for (const { date, by } of placed) expect(canCome(byId.get(by) as Receiver, date)).toBe(true);
        for (const date of dates) {
          const can = receivers.filter((one) => canCome(one, date)).length;
          const asked = seats.filter((one) => one.date === date).length;
          expect(placed.filter((one) => one.date === date)).toHaveLength(Math.min(can, asked));
        }
        expect(vacant).toHaveLength(seats.length - placed.length);
      }),
    );
  });

  it.each([
    ['on the first day of a term', { terms: [{ from: '2018-01-15' }] }, true],
    ['before it', { terms: [{ from: '2018-01-16' }] }, false],
    ['on its last day', { terms: [{ from: '2018-01-01', until: '2018-01-16' }] }, true],
    ['on the first day after it', { terms: [{ from: '2018-01-01', until: '2018-01-15' }] }, false],
    ['on the first day away', { away: [{ from: '2018-01-15', until: '2018-01-20' }] }, false],
    ['on the day of return', { away: [{ from: '2018-01-10', until: '2018-01-15' }] }, true],
    ['away without an end', { away: [{ from: '2018-01-10' }] }, false],
    [
      'in the second of two terms',
      { terms: [{ from: '2010-01-01', until: '2015-01-01' }, { from: '2016-01-01' }] },
      true,
    ],
  ])('puts somebody down %s: %p, %p', (_when, more, isPutDown) => {
    expect(rotaOf([seat('2018-01-15', 'north')], [receiver('a', more)]).bySeat.size).toBe(isPutDown ? 1 : 0);
  });

  it('differs by at most one while nobody is away', () => {
    fc.assert(
      fc.property(year(4), fc.integer({ min: 1, max: 30 }), (seats, count) => {
        const receivers = Array.from({ length: count }, (_, at) => receiver(`receiver-${at}`));
        const { fewest, most } = rotaOf(seats, receivers);
        expect(most - fewest).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is as even as terms and absences allow, as trying every way shows', () => {
    fc.assert(
      fc.property(year(1), people(4), (seats, receivers) => {
        const { counts } = rotaOf(seats, receivers);
        expect(squares(counts.values())).toBe(evenest(seats, receivers));
      }),
    );
  });

  it('passes seats on over others where no direct exchange helps', () => {
    // early can come in January only, late in March only: somebody in between must give up the one for the other
    const receivers = [
      receiver('early', { terms: [{ from: '2018-01-01', until: '2018-01-31' }] }),
      receiver('always', { terms: [ALWAYS] }),
      receiver('later', { terms: [{ from: '2018-02-01' }] }),
    ];
    const seats = [
      seat('2018-01-15', 'north', 1, { heldBy: 'always' }),
      seat('2018-02-15', 'north', 1, { heldBy: 'later' }),
      seat('2018-03-15', 'north', 1, { heldBy: 'later' }),
    ];
    expect([...rotaOf(seats, receivers).counts.values()]).toEqual([1, 1, 1]);
  });

  it('is the same whatever order it is told things in, and stays when it is made again', () => {
    fc.assert(
      fc.property(year(3), people(8), (seats, receivers) => {
        const once = rotaOf(seats, receivers);
        expect(rotaOf(seats.toReversed(), receivers.toReversed())).toEqual(once);
        expect(rotaOf(held(seats, once), receivers).bySeat).toEqual(once.bySeat);
      }),
    );
  });

  it('leaves fixed seats alone, and others too unless their holder can no longer come or it would be less even', () => {
    fc.assert(
      fc.property(year(3), people(8), fc.integer({ min: 0, max: 6 }), (seats, receivers, fixed) => {
        const before = held(seats, rotaOf(seats, receivers)).map((one, at) => ({ ...one, isFixed: at < fixed }));
        // everybody is away on one day by now, and one more has come
        const away = receivers.map((one) => ({
          ...one,
          away: [...one.away, { from: '2018-03-01', until: '2018-04-01' }],
        }));
        const after = rotaOf(before, [...away, receiver('newcomer')]);
        for (const one of before.filter(({ isFixed }) => isFixed)) expect(after.bySeat.get(one.id)).toBe(one.heldBy);
        const changed = before.filter(
          (one) => one.heldBy && after.bySeat.get(one.id) !== one.heldBy && one.date !== '2018-03-15',
        );
        // what March's seats lose and the newcomer takes is all that moves, and each may pull a chain behind it
        if (before.every(({ date }) => date !== '2018-03-15') && after.counts.get('newcomer') === 0)
          expect(changed).toEqual([]);
      }),
    );
  });

  it('sends people home where that is as fair', () => {
    const receivers = [receiver('a', { homeId: 'south' }), receiver('b', { homeId: 'north' })];
    const { bySeat } = rotaOf([seat('2018-01-15', 'north'), seat('2018-01-15', 'south')], receivers);
    expect([...bySeat]).toEqual([
      ['2018-01-15/north/1', 'b'],
      ['2018-01-15/south/1', 'a'],
    ]);
  });

  it('gives every reception somebody before any gets a second one', () => {
    const seats = [1, 2].flatMap((nth) => ['north', 'south'].map((place) => seat('2018-01-15', place, nth)));
    const { bySeat, vacant } = rotaOf(seats, [receiver('a'), receiver('b')]);
    expect([...bySeat.keys()]).toEqual(['2018-01-15/north/1', '2018-01-15/south/1']);
    expect(vacant).toEqual(['2018-01-15/north/2', '2018-01-15/south/2']);
  });
});
