import fc from 'fast-check';
import { followed, followedGrants, heirOn, type Heirs } from './heirs.ts';

const dayOf = (nth: number): string => new Date(Date.UTC(2019, 0, 1 + nth)).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 60 }, (_, nth) => dayOf(nth));
const day = fc.integer({ min: 0, max: 40 });
const names = ['a', 'b', 'c', 'd'];
/** Any heirs, those that go round in a circle included: an import may say anything. */
const anyHeirs: fc.Arbitrary<Heirs> = fc
  .array(fc.record({ id: fc.constantFrom(...names), heirId: fc.constantFrom(...names), since: day.map(dayOf) }))
  .map((all) => new Map(all.map(({ id, heirId, since }) => [id, { heirId, since }])));
const stay = fc
  .record({ organizationId: fc.constantFrom(...names), from: day, length: fc.option(fc.integer({ min: 1, max: 30 })) })
  .map(({ organizationId, from, length }) => ({
    organizationId,
    from: dayOf(from),
    until: length === null ? undefined : dayOf(from + length),
  }));

const heirs: Heirs = new Map([
  ['a', { heirId: 'b', since: '2019-03-01' }],
  ['b', { heirId: 'c', since: '2021-03-01' }],
]);

describe('a stay at an organization that was taken over', () => {
  it('goes on at the heir, and at the heir’s heir, each from its day', () => {
    expect(followed({ organizationId: 'a', from: '2010-01-01' }, heirs)).toEqual([
      { organizationId: 'a', from: '2010-01-01', until: '2019-03-01' },
      { organizationId: 'b', from: '2019-03-01', until: '2021-03-01' },
      { organizationId: 'c', from: '2021-03-01', until: undefined },
    ]);
    const planned = { organizationId: 'a', from: '2019-06-01', until: '2020-06-01' };
    expect(followed(planned, heirs)).toEqual([{ ...planned, organizationId: 'b' }]);
  });

  it('stays where it was when it had ended by then', () => {
    const over = { organizationId: 'a', from: '2010-01-01', until: '2019-03-01' };
    expect(followed(over, heirs)).toEqual([over]);
    expect(heirOn('a', '2019-02-28', heirs)).toBe('a');
    expect(heirOn('a', '2019-03-01', heirs)).toBe('b');
  });

  it('covers the same days, once each, whatever took over whatever', () => {
    fc.assert(
      fc.property(stay, anyHeirs, (held, all) => {
        const stays = followed(held, all);
        expect(stays[0]?.from).toBe(held.from);
        expect(stays.at(-1)?.until).toBe(held.until);
        for (const [at, each] of stays.entries()) {
          if (at > 0) expect(each.from).toBe(stays[at - 1]?.until);
          if (each.until !== undefined) expect(each.until > each.from).toBe(true);
        }
        for (const on of DAYS.filter((each) => each >= held.from && (!held.until || each < held.until)))
          expect(stays.filter(({ from, until }) => from <= on && (!until || on < until))).toHaveLength(1);
      }),
    );
  });

  it('changes grants of that place, and two that become one are one', () => {
    const grants = [
      { role: 'SUBDISTRICT', place: 'a' },
      { role: 'SUBDISTRICT', place: 'b' },
      { role: 'CADRE', place: 'a' },
      { role: 'LEADER' },
    ];
    expect(followedGrants(grants, heirs, '2019-02-28')).toEqual(grants);
    expect(followedGrants(grants, heirs, '2019-03-01')).toEqual([
      { role: 'SUBDISTRICT', place: 'b' },
      { role: 'CADRE', place: 'b' },
      { role: 'LEADER' },
    ]);
  });
});
