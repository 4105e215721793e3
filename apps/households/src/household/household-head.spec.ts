import { headProblem } from './household-head.ts';

describe('the head of a household', () => {
  const head = { isHead: true };
  const other = { isHead: false };

  it('is exactly one resident', () => {
    expect(headProblem([other, head, other])).toBeUndefined();
  });

  it.each([
    ['nobody lives there', [], 'a household has exactly one head, not 0'],
    ['nobody is one', [other, other], 'a household has exactly one head, not 0'],
    ['two are', [head, head], 'a household has exactly one head, not 2'],
  ])('is missed when %s', (_when, residents, problem) => {
    expect(headProblem(residents)).toBe(problem);
  });
});
