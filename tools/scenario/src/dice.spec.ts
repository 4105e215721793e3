import { apportion, dice } from './dice.ts';

describe('dice', () => {
  it('throw the same for the same name, and within what was asked', () => {
    const throws = (name: string) => Array.from({ length: 50 }, (_, at) => dice(name, at).int(3, 7));
    expect(throws('a')).toEqual(throws('a'));
    expect(throws('a')).not.toEqual(throws('b'));
    expect(new Set(throws('a'))).toEqual(new Set([3, 4, 5, 6, 7]));
  });

  it('refuse what nothing can come of', () => {
    expect(() => dice('empty').pick([])).toThrow('empty: nothing lies between 0 and -1');
    expect(() => dice('turned').int(1, 0)).toThrow('turned: nothing lies between 1 and 0');
  });
});

describe('apportioning', () => {
  it('splits a whole by weights, to the last one', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(5, [9, 1], 1)).toEqual([4, 1]);
    expect(() => apportion(1, [1, 1], 1)).toThrow('1 cannot be split into 2 parts of at least 1');
  });
});
