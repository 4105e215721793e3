import fc from 'fast-check';
import { dutyState, type DutyFacts } from './duty-state.ts';

const duty: DutyFacts = { windowStart: '2018-06-14', windowEnd: '2018-06-16' };

describe('the state of a duty', () => {
  it.each([
    ['UPCOMING', duty, '2018-06-13'],
    ['DUE', duty, '2018-06-14'],
    ['DUE', duty, '2018-06-16'],
    ['MISSED', duty, '2018-06-17'],
    ['FULFILLED', { ...duty, fulfilledOn: '2018-06-16' }, '2018-07-01'],
    ['LATE', { ...duty, fulfilledOn: '2018-06-17' }, '2018-07-01'],
    ['SUBSTITUTED', { ...duty, fulfilledOn: '2018-06-14', substituted: true }, '2018-06-14'],
    ['LATE', { ...duty, fulfilledOn: '2018-06-18', substituted: true }, '2018-06-18'],
    ['EXCUSED', { ...duty, excused: true }, '2018-06-13'],
    ['EXCUSED', { ...duty, excused: true }, '2018-07-01'],
    ['FULFILLED', { ...duty, excused: true, fulfilledOn: '2018-06-14' }, '2018-07-01'],
  ] as const)('is %s', (state, facts, today) => expect(dutyState(facts, today)).toBe(state));

  it('once fulfilled, excused or missed stays so as days go by', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2018-06-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(day, day, fc.option(day), fc.boolean(), (earlier, later, fulfilledOn, excused) => {
        fc.pre(earlier <= later);
        const before = dutyState({ ...duty, fulfilledOn, excused }, earlier);
        return (
          before === 'UPCOMING' || before === 'DUE' || before === dutyState({ ...duty, fulfilledOn, excused }, later)
        );
      }),
    );
  });
});
