import { breaksBetween } from './breaking-changes.ts';

const before = 'type Query { cadre: String, cases(first: Int): Int }';

describe('breaking changes of the public API', () => {
  it('lets fields be added', () => {
    expect(breaksBetween(before, `${before} type Added { x: Int }`, [])).toEqual({ refused: [], allowed: [] });
  });

  it('refuses that a field goes', () => {
    expect(breaksBetween(before, 'type Query { cases(first: Int): Int }', []).refused).toEqual([
      'Query.cadre was removed.',
    ]);
  });

  it('lets go what was decided on, and keeps refusing the rest', () => {
    const decided = { change: 'Query.cadre was removed.', reason: 'nobody asked for it' };
    expect(breaksBetween(before, 'type Query { cases: Int }', [decided])).toEqual({
      refused: ['Query.cases arg first was removed.'],
      allowed: [decided],
    });
  });
});
