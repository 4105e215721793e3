import { createHash } from 'node:crypto';
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that comes out the same for the same name. */
export interface Dice {
  /** A whole number, both ends included; throws when there is none. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of a list; throws when it is empty. */
  pick<T>(list: readonly T[]): T;
  /** A fraction in [0, 1). */
  fraction(): number;
  shuffled<T>(list: readonly T[]): T[];
}

/** Dice of their own for each concept, so that a change in one leaves the others' throws alone. */
export function dice(...names: readonly (string | number)[]): Dice {
  const rng = xoroshiro128plus(createHash('sha1').update(names.join('/')).digest().readInt32BE(0));
  const int = (from: number, to: number): number => {
    // the library would throw for ever
    if (to < from) throw new RangeError(`${names.join('/')}: nothing lies between ${from} and ${to}`);
    return uniformInt(rng, from, to);
  };
  return {
    int,
    chance: (probability) => uniformFloat32(rng) < probability,
    pick: (list) => list[int(0, list.length - 1)] as (typeof list)[number],
    fraction: () => uniformFloat32(rng),
    shuffled: <T>(list: readonly T[]) => {
      const shuffled = [...list];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = int(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
      }
      return shuffled;
    },
  };
}

/** Splits a whole number by weights, each part at least `least`; largest remainders get what is left. */
export function apportion(total: number, weights: readonly number[], least = 0): number[] {
  const spare = total - least * weights.length;
  if (spare < 0) throw new Error(`${total} cannot be split into ${weights.length} parts of at least ${least}`);
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (spare * weight) / sum);
  const parts = exact.map(Math.floor);
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }));
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = spare - parts.reduce((a, b) => a + b, 0);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] as number) + 1;
    left -= 1;
  }
  return parts.map((part) => part + least);
}
