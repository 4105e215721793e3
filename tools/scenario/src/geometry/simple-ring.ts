import type { Point, Ring } from './half-planes.ts';

const side = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

/** Square kilometres below which a triangle counts as a line: a square decimetre. */
const NOTHING = 1e-8;

/** Whether the open segments ab and cd meet, by crossing or by lying on each other. */
function meet(a: Point, b: Point, c: Point, d: Point, nothing: number): boolean {
  const flat = (value: number): number => (Math.abs(value) <= nothing ? 0 : Math.sign(value));
  const [abc, abd, cda, cdb] = [flat(side(a, b, c)), flat(side(a, b, d)), flat(side(c, d, a)), flat(side(c, d, b))];
  if (abc === 0 && abd === 0) {
    const along = Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]) ? 0 : 1;
    const [low, high] = [Math.min(a[along], b[along]), Math.max(a[along], b[along])];
    return (
      Math.min(high, Math.max(c[along], d[along])) - Math.max(low, Math.min(c[along], d[along])) > Math.sqrt(nothing)
    );
  }
  return abc * abd < 0 && cda * cdb < 0;
}

/**
 * Whether a ring is one piece that encloses something and doesn't cross or retrace itself. `nothing` is the doubled area
 * (km² or square steps) that counts as zero: 0 for whole numbers.
 */
export function isSimple(ring: Ring, nothing = NOTHING): boolean {
  const count = ring.length;
  if (count < 3) return false;
  for (let i = 0; i < count; i += 1) {
    const [a, b] = [ring[i] as Point, ring[(i + 1) % count] as Point];
    for (let j = i + 1; j < count; j += 1) {
      const [c, d] = [ring[j] as Point, ring[(j + 1) % count] as Point];
      if (same(a, c) || meet(a, b, c, d, nothing)) return false;
    }
  }
  return true;
}
