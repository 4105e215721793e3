import fc from 'fast-check';
import { cut, firstOverlap, mostAtOnce, overlap, put, valueOn, type Period, type Timeline } from './timeline.ts';

const FIRST = Date.UTC(2017, 0, 1);
const dayOf = (nth: number): string => new Date(FIRST + nth * 86_400_000).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 60 }, (_, nth) => dayOf(nth));
const nth = fc.integer({ min: 0, max: 50 });
const change = fc.record(
  { value: fc.constantFrom('a', 'b', 'c'), from: nth, days: fc.integer({ min: 1, max: 20 }) },
  { requiredKeys: ['value', 'from'] },
);
const period: fc.Arbitrary<Period> = fc
  .record({ from: nth, days: fc.integer({ min: 1, max: 20 }) }, { requiredKeys: ['from'] })
  .map(({ from, days }) => ({ from: dayOf(from), until: days === undefined ? undefined : dayOf(from + days) }));
type Change = { value: string; from: number; days?: number };
const start: Timeline<string> = [{ value: 'a', from: dayOf(0) }];
const applied = (timeline: Timeline<string>, { value, from, days }: Change): Timeline<string> =>
  put(timeline, value, dayOf(from), days === undefined ? undefined : dayOf(from + days));

describe('a timeline', () => {
  it('changes within the days named and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(change), change, (changes, last) => {
        const before = changes.reduce(applied, start);
        const after = applied(before, last);
        DAYS.forEach((day, at) => {
          const inside = at >= last.from && (last.days === undefined || at < last.from + last.days);
          expect([day, valueOn(after, day)]).toEqual([day, inside ? last.value : valueOn(before, day)]);
        });
      }),
    );
  });

  it('has no gap and no overlap, and neighbours differ', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const timeline = changes.reduce(applied, start);
        timeline.forEach((stretch, at) => {
          const next = timeline[at + 1];
          expect(stretch.until).toBe(next?.from);
          expect(next?.value).not.toBe(stretch.value);
        });
      }),
    );
  });

  it('knows nothing of days from the cut on', () => {
    fc.assert(
      fc.property(fc.array(change), nth, (changes, at) => {
        const timeline = changes.reduce(applied, start);
        const short = cut(timeline, dayOf(at));
        DAYS.forEach((day, place) => expect(valueOn(short, day)).toBe(place < at ? valueOn(timeline, day) : undefined));
      }),
    );
  });

  it('takes no change of no days', () => expect(put(start, 'b', dayOf(3), dayOf(3))).toBe(start));
});

describe('periods', () => {
  const holds = (day: string) => (each: Period) => each.from <= day && (each.until === undefined || day < each.until);

  it('overlap when some day belongs to both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        const together = [...DAYS, '2030-01-01'].some((day) => holds(day)(a) && holds(day)(b));
        expect([overlap(a, b), overlap(b, a)]).toEqual([together, together]);
      }),
    );
  });

  it('are counted on the day on which most of them hold', () => {
    fc.assert(
      fc.property(fc.array(period, { maxLength: 6 }), (periods) => {
        const most = Math.max(0, ...DAYS.map((day) => periods.filter(holds(day)).length));
        expect(mostAtOnce(periods)).toBe(most);
        expect(firstOverlap(periods) === undefined).toBe(most < 2);
      }),
    );
  });
});
