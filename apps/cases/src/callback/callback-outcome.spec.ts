import type { CaseState } from '../case/case-enums.ts';
import { callbackOutcome, hasHandled, lastAnswered, type HeardBack } from './callback-outcome.ts';
import { callbackPolicyOn } from './callback-policy.ts';

describe('what a callback means for its case', () => {
  it.each<[string, CaseState, HeardBack, number, string]>([
    ['solved concludes', 'ANSWERED', { reached: true, solved: 'SOLVED' }, 1, 'CONCLUDED'],
    ['partly solved concludes', 'CALLBACK', { reached: true, solved: 'PARTLY' }, 1, 'CONCLUDED'],
    ['not solved is rework', 'ANSWERED', { reached: true, solved: 'NOT_SOLVED' }, 1, 'REWORK'],
    ['in vain is repeated', 'ANSWERED', { reached: false }, 2, 'TO_BE_REPEATED'],
    ['in vain often enough concludes', 'CALLBACK', { reached: false }, 3, 'UNREACHABLE'],
    ['a closed case stays closed', 'CLOSED', { reached: true, solved: 'NOT_SOLVED' }, 1, 'ON_RECORD'],
    ['and is not concluded a second time', 'CLOSED', { reached: false }, 3, 'ON_RECORD'],
  ])('%s', (_what, state, heard, daysInVain, outcome) => {
    expect(callbackOutcome(state, heard, daysInVain, 3)).toBe(outcome);
  });
});

describe('the history of a case', () => {
  const at = (day: number) => new Date(Date.UTC(2018, 7, day));
  const history = [
    { state: 'ACCEPTED', at: at(1), byCadreId: 'dispatcher' },
    { state: 'SIGNED_FOR', at: at(2), byCadreId: 'former' },
    { state: 'ANSWERED', at: at(5), byCadreId: 'handler' },
    { state: 'REWORK', at: at(7), byCadreId: 'caller' },
    { state: 'ANSWERED', at: at(9), byCadreId: 'handler' },
  ] as const;

  it.each([
    ['who answered', 'handler', null, true],
    ['who signed for it and passed it on', 'former', null, true],
    ['who holds it now', 'holder', 'holder', true],
    ['who accepted it at the dispatch centre', 'dispatcher', 'holder', false],
    ['who called back and found it unsolved', 'caller', 'holder', false],
    ['a stranger', 'stranger', 'holder', false],
    ['who is no cadre', undefined, 'holder', false],
  ])('tells whether %s has handled it', (_who, cadreId, holder, expected) => {
    expect(hasHandled(cadreId, holder, history)).toBe(expected);
  });

  it('knows the last answer', () => {
    expect(lastAnswered(history)).toEqual(at(9));
    expect(lastAnswered(history.slice(0, 2))).toBeUndefined();
  });
});

it('a policy holds on every day, the first one before its time as well', () => {
  expect(callbackPolicyOn('2018-08-17')).toBe(callbackPolicyOn('1999-01-01'));
});
