import type { Point, Ring } from './half-planes.ts';
import type { LngLat } from './projection.ts';

/** Degrees of one step of the raster that all corners lie on: five decimals, about a metre. */
const STEPS_PER_DEGREE = 1e5;
/** Kilometres within which corners that were computed apart are one corner. */
const SAME_CORNER = 1e-5;
const BUCKET = 0.05;

/** A corner on the raster, in whole steps of longitude and latitude. */
type Corner = readonly [number, number];

/** Corners by place, so that what lies near a line is found without looking at all. */
class Corners {
  readonly buckets = new Map<string, { at: Point; corner: Corner }[]>();
  readonly toGlobe: (at: Point) => LngLat;

  constructor(toGlobe: (at: Point) => LngLat) {
    this.toGlobe = toGlobe;
  }

  *near(from: Point, to: Point): Generator<{ at: Point; corner: Corner }> {
    const low = (axis: 0 | 1): number => Math.floor((Math.min(from[axis], to[axis]) - SAME_CORNER) / BUCKET);
    const high = (axis: 0 | 1): number => Math.floor((Math.max(from[axis], to[axis]) + SAME_CORNER) / BUCKET);
    for (let x = low(0); x <= high(0); x += 1)
      for (let y = low(1); y <= high(1); y += 1) yield* this.buckets.get(`${x},${y}`) ?? [];
  }

  of(at: Point): Corner {
    for (const known of this.near(at, at)) {
      if (Math.hypot(known.at[0] - at[0], known.at[1] - at[1]) <= SAME_CORNER) return known.corner;
    }
    const [lng, lat] = this.toGlobe(at);
    const corner: Corner = [Math.round(lng * STEPS_PER_DEGREE), Math.round(lat * STEPS_PER_DEGREE)];
    const key = `${Math.floor(at[0] / BUCKET)},${Math.floor(at[1] / BUCKET)}`;
    this.buckets.set(key, [...(this.buckets.get(key) ?? []), { at, corner }]);
    return corner;
  }

  /** Corners on the line from one point to another, both ends included, in order. */
  along(from: Point, to: Point): Corner[] {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const found = [...this.near(from, to)].flatMap(({ at, corner }) => {
      const dx = at[0] - from[0];
      const dy = at[1] - from[1];
      const along = (dx * (to[0] - from[0]) + dy * (to[1] - from[1])) / length;
      const off = Math.abs(dx * (to[1] - from[1]) - dy * (to[0] - from[0])) / length;
      return off <= SAME_CORNER && along > SAME_CORNER && along < length - SAME_CORNER ? [{ along, corner }] : [];
    });
    found.sort((a, b) => a.along - b.along);
    return [this.of(from), ...found.map(({ corner }) => corner), this.of(to)];
  }
}

const keyOf = (corner: Corner): string => `${corner[0]},${corner[1]}`;

/** Directed borders; a border that is walked both ways lies inside and disappears. */
class Borders {
  readonly next = new Map<string, Corner[]>();

  add(from: Corner, to: Corner): void {
    if (keyOf(from) === keyOf(to)) return;
    const back = this.next.get(keyOf(to)) ?? [];
    const opposite = back.findIndex((corner) => keyOf(corner) === keyOf(from));
    if (opposite < 0) {
      const onwards = this.next.get(keyOf(from));
      if (onwards) onwards.push(to);
      else this.next.set(keyOf(from), [to]);
    } else if (back.length === 1) this.next.delete(keyOf(to));
    else back.splice(opposite, 1);
  }

  /** The one ring that is left; anything else means that the cells don't make one piece without holes. */
  ring(name: string): Corner[] {
    const [first] = this.next.keys();
    if (!first) throw new Error(`${name} is empty`);
    const ring: Corner[] = [];
    let key = first;
    do {
      const onwards = this.next.get(key);
      if (onwards?.length !== 1) throw new Error(`${name} touches itself at ${key}`);
      const corner = onwards[0] as Corner;
      ring.push(corner);
      key = keyOf(corner);
    } while (key !== first);
    if (ring.length !== this.next.size) throw new Error(`${name} is in several pieces`);
    return ring;
  }
}

/** A polygon as GeoJSON gives it: closed rings of longitude and latitude, the outer one counter-clockwise. */
export type Outline = LngLat[][];

/**
 * Brings cells onto one raster so that they tile exactly: every corner on a neighbour's border becomes a corner there too
 * before rounding, and whatever is larger is put together from its cells, never rounded on its own.
 */
export function tile(
  cells: ReadonlyMap<string, Ring>,
  toGlobe: (at: Point) => LngLat,
): { outlineOf(codes: readonly string[]): Outline } {
  const corners = new Corners(toGlobe);
  for (const ring of cells.values()) for (const point of ring) corners.of(point);
  const borders = new Map<string, Corner[]>();
  for (const [code, ring] of cells) {
    borders.set(
      code,
      ring.flatMap((point, index) => corners.along(point, ring[(index + 1) % ring.length] as Point).slice(0, -1)),
    );
  }
  return {
    outlineOf(codes) {
      const merged = new Borders();
      for (const code of codes) {
        const ring = borders.get(code) ?? [];
        ring.forEach((corner, index) => merged.add(corner, ring[(index + 1) % ring.length] as Corner));
      }
      const ring = merged.ring(codes.length === 1 ? (codes[0] as string) : `${codes[0]} … ${codes.at(-1)}`);
      const degrees = ring.map(([lng, lat]): LngLat => [lng / STEPS_PER_DEGREE, lat / STEPS_PER_DEGREE]);
      return [[...degrees, degrees[0] as LngLat]];
    },
  };
}
