import { finalStates, lifecycle, nextState, type CaseAction } from './case-lifecycle.ts';
import type { CaseState } from './case-enums.ts';

const actions = Object.keys(lifecycle) as CaseAction[];
const reachable = (from: CaseState, seen = new Set<CaseState>()): Set<CaseState> => {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const action of actions) {
    const next = nextState(from, action);
    if (next) reachable(next, seen);
  }
  return seen;
};

describe('the lifecycle of a case', () => {
  it('reaches every state of the table from REGISTERED', () => {
    const named = new Set(actions.flatMap((action) => [...lifecycle[action].from, lifecycle[action].to]));
    expect([...reachable('REGISTERED')].sort()).toEqual([...named].sort());
  });

  it('ends: from every state a final one can be reached, and from a final one nothing follows', () => {
    for (const state of reachable('REGISTERED'))
      expect([...reachable(state)].some((each) => finalStates.includes(each))).toBe(true);
    for (const state of finalStates) expect(actions.filter((action) => nextState(state, action))).toEqual([]);
  });

  it('lets nobody skip the callback', () => {
    expect(
      actions.filter((action) => lifecycle[action].to === 'CLOSED').flatMap((action) => [...lifecycle[action].from]),
    ).toEqual(['CALLBACK']);
    expect(nextState('HANDLING', 'close')).toBeUndefined();
  });
});
