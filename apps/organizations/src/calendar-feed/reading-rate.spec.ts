import { ReadingRate } from './reading-rate.ts';

describe('a rate of reading', () => {
  it('lets so many through in a window, says how long to wait, and begins anew after it', () => {
    const rate = new ReadingRate({ reads: 2, everySeconds: 60 });
    expect([0, 30_000, 30_500].map((now) => rate.read('a', now))).toEqual([undefined, undefined, 30]);
    expect(rate.read('b', 30_500)).toBeUndefined();
    expect(rate.read('a', 60_000)).toBeUndefined();
  });

  it('keeps a bounded number of keys, and forgets the one that was read longest ago', () => {
    const rate = new ReadingRate({ reads: 1, everySeconds: 60 });
    for (let key = 0; key <= 10_000; key += 1) rate.read(String(key), 0);
    expect(rate.read('10000', 1)).toBe(60);
    expect(rate.read('0', 1)).toBeUndefined();
  });
});
