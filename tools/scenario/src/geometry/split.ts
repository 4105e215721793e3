import { polygonArea, polygonCentroid, polygonContains } from 'd3-polygon';
import { dice } from '../dice.ts';
import { powerCells, type Point, type Ring, type Site } from './half-planes.ts';
import { isSimple } from './simple-ring.ts';

const area = (ring: Ring): number => (ring.length < 3 ? 0 : Math.abs(polygonArea(ring as [number, number][])));
const centroid = (ring: Ring): Point => polygonCentroid(ring as [number, number][]);

/** Rounds that moving a site to the middle of its cell takes to look even. */
const EVENING_ROUNDS = 6;
/** Rounds after which the areas of a split no longer change visibly. */
const WEIGHING_ROUNDS = 60;
const ATTEMPTS = 40;

/**
 * Weighs the sites until the cells have the areas wanted (shares of the parent's). An error in area is a step in weight,
 * as both are squares of lengths; a quarter of it converges without swinging.
 */
function weigh(parent: Ring, sites: readonly Site[], shares: readonly number[]): Ring[] {
  const whole = area(parent);
  const sum = shares.reduce((a, b) => a + b, 0);
  for (let round = 0; ; round += 1) {
    const cells = powerCells(parent, sites);
    if (round === WEIGHING_ROUNDS) return cells;
    sites.forEach((site, index) => {
      const wanted = (whole * (shares[index] as number)) / sum;
      site.weight += 0.25 * (wanted - area(cells[index] as Ring));
    });
  }
}

/** Splits a polygon around given centres; fails when a cell falls apart. */
export function splitAround(parent: Ring, centres: readonly Point[], shares: readonly number[]): Ring[] {
  const cells = weigh(
    parent,
    centres.map(([x, y]) => ({ x, y, weight: 0 })),
    shares,
  );
  const broken = cells.findIndex((cell) => !isSimple(cell));
  if (broken >= 0) throw new Error(`cell ${broken} of a split is empty or in several pieces`);
  return cells;
}

/** Splits a polygon into even cells around centres that chance sets, in an order from north-west to south-east. */
export function splitEvenly(parent: Ring, shares: readonly number[], name: string): Ring[] {
  if (shares.length === 1) return [parent];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const cells = weigh(parent, evenSites(parent, shares.length, `${name}/${attempt}`), shares);
    const least = (0.3 * area(parent)) / shares.length;
    if (
      cells.every((cell) => isSimple(cell) && area(cell) > Math.min(least, 0.3 * area(parent) * Math.min(...shares)))
    ) {
      return cells;
    }
  }
  throw new Error(`${name} cannot be split into ${shares.length} cells`);
}

function evenSites(parent: Ring, count: number, name: string): Site[] {
  const random = dice('split', name);
  const xs = parent.map(([x]) => x);
  const ys = parent.map(([, y]) => y);
  const inside = (): Point => {
    for (;;) {
      const x = Math.min(...xs) + random.fraction() * (Math.max(...xs) - Math.min(...xs));
      const y = Math.min(...ys) + random.fraction() * (Math.max(...ys) - Math.min(...ys));
      if (polygonContains(parent as [number, number][], [x, y])) return [x, y];
    }
  };
  let points: Point[] = Array.from({ length: count }, inside);
  for (let round = 0; round < EVENING_ROUNDS; round += 1) {
    const cells = powerCells(
      parent,
      points.map(([x, y]) => ({ x, y, weight: 0 })),
    );
    points = cells.map((cell, index) => (cell.length < 3 ? (points[index] as Point) : centroid(cell)));
  }
  points.sort((a, b) => b[1] - b[0] * 0.2 - (a[1] - a[0] * 0.2));
  return points.map(([x, y]) => ({ x, y, weight: 0 }));
}
