import fc from 'fast-check';
import { heirOn } from '../succession/heirs.ts';
import {
  cadreRowsOf,
  cadreStatesOf,
  NO_ROWS,
  sameHistory,
  withCadreStates,
  withHeirs,
  type CadreState,
} from './cadre-states.ts';

const dayOf = (nth: number): string => new Date(Date.UTC(2017, 0, 1 + nth)).toISOString().slice(0, 10);
const DAYS = Array.from({ length: 50 }, (_, nth) => dayOf(nth));
const state: fc.Arbitrary<CadreState> = fc.record({
  from: fc.integer({ min: 0, max: 40 }).map(dayOf),
  status: fc.constantFrom('ACTIVE', 'ON_LEAVE', 'RETIRED'),
  reason: fc.constantFrom(null, 'STUDY', 'AGE'),
  rank: fc.constantFrom(null, 'STAFF', 'DIVISION'),
  posts: fc.array(
    fc.record({
      organizationId: fc.constantFrom('o1', 'o2'),
      title: fc.constantFrom('主任', '科员'),
      temporary: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  memberships: fc.array(fc.constantFrom('PARTY', 'LEAGUE'), { maxLength: 2 }),
});
const history = fc
  .array(state, { maxLength: 6 })
  .map((states) => states.map((each) => (each.status === 'RETIRED' ? { ...each, rank: null, posts: [] } : each)))
  .map((states) => withCadreStates([], states));
let made = 0;
const fresh = () => `row-${(made += 1)}`;
const on = (states: readonly CadreState[], day: string) => ({
  ...states.findLast(({ from }) => from <= day),
  from: '',
});

describe('the states of a cadre', () => {
  it('are the same after they were rows', () => {
    fc.assert(
      fc.property(history, (states) => sameHistory(cadreStatesOf(cadreRowsOf(states, NO_ROWS, fresh)), states)),
    );
  });

  it('change from a day until the next change and on no other day', () => {
    fc.assert(
      fc.property(history, state, (states, put) => {
        const after = withCadreStates(states, [put]);
        const until = states.find(({ from }) => from > put.from)?.from ?? '9999';
        const alone = withCadreStates([], [put]);
        for (const day of DAYS)
          expect(on(after, day)).toEqual(put.from <= day && day < until ? on(alone, day) : on(states, day));
      }),
    );
  });

  it('keep the ids of rows that hold the same from the same day', () => {
    fc.assert(
      fc.property(history, (states) => {
        const rows = cadreRowsOf(states, NO_ROWS, fresh);
        expect(cadreRowsOf(states, rows, fresh)).toEqual(rows);
      }),
    );
  });

  it('change nothing when they are put again', () => {
    fc.assert(fc.property(history, (states) => sameHistory(withCadreStates(states, states), states)));
  });

  it('name the heir of an organization from the day on which it was taken over, and on no day before', () => {
    const [since, again] = [dayOf(15), dayOf(25)];
    const heirs = new Map([
      ['o1', { heirId: 'o2', since }],
      ['o2', { heirId: 'o3', since: again }],
    ]);
    const others = (state: object) => ({ ...state, posts: [] });
    fc.assert(
      fc.property(history, (states) => {
        const moved = withHeirs(states, heirs);
        for (const day of DAYS) {
          expect(others(on(moved, day))).toEqual(others(on(states, day)));
          const named = new Set(on(states, day).posts?.map(({ organizationId }) => heirOn(organizationId, day, heirs)));
          expect(new Set(on(moved, day).posts?.map(({ organizationId }) => organizationId))).toEqual(named);
        }
        expect(sameHistory(withHeirs(moved, heirs), moved)).toBe(true);
      }),
    );
  });
});
