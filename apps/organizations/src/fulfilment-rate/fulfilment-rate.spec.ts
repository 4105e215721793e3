import fc from 'fast-check';
import { excusedRate, fellDue, fulfilmentRate, type Outcomes } from './fulfilment-rate.ts';

const some = fc.integer({ min: 0, max: 50 });
const outcomes: fc.Arbitrary<Outcomes> = fc.record({
  fulfilled: some,
  substituted: some,
  late: some,
  missed: some,
  excused: some,
});
const NONE: Outcomes = { fulfilled: 0, substituted: 0, late: 0, missed: 0, excused: 0 };

describe('the rate of duties kept', () => {
  it('counts what was kept in time, by whomever, out of what had to be kept', () => {
    const kept = { ...NONE, fulfilled: 5, substituted: 1, late: 2, missed: 2, excused: 10 };
    expect(fulfilmentRate(kept)).toBe(0.6);
    expect(excusedRate(kept)).toBe(0.5);
  });

  it('is the same however many more are excused, whose rate grows beside it', () => {
    fc.assert(
      fc.property(outcomes, fc.integer({ min: 1, max: 20 }), (some, more) => {
        const excusing = { ...some, excused: some.excused + more };
        expect(fulfilmentRate(excusing)).toBe(fulfilmentRate(some));
        expect(excusedRate(excusing)).toBeGreaterThanOrEqual(excusedRate(some) ?? 0);
      }),
    );
  });

  it('is none where nothing had to be kept', () => {
    expect([fulfilmentRate(NONE), excusedRate(NONE), fellDue(NONE)]).toEqual([undefined, undefined, 0]);
    expect([fulfilmentRate({ ...NONE, excused: 3 }), excusedRate({ ...NONE, excused: 3 })]).toEqual([undefined, 1]);
  });
});
