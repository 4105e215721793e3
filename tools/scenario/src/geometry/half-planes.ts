/** A point in the plane, kilometres east and north. */
export type Point = readonly [x: number, y: number];
/** Corners of a polygon in order; the first is not repeated. */
export type Ring = readonly Point[];

/** A point that draws a cell around itself; the weight (km²) moves its borders outwards. */
export interface Site {
  readonly x: number;
  readonly y: number;
  weight: number;
}

/** The part of a polygon where a·x + b·y <= c (Sutherland and Hodgman); the polygon may be concave. */
function clip(ring: Ring, a: number, b: number, c: number): Point[] {
  const kept: Point[] = [];
  for (let index = 0; index < ring.length; index += 1) {
    const p = ring[index] as Point;
    const q = ring[(index + 1) % ring.length] as Point;
    const dp = a * p[0] + b * p[1] - c;
    const dq = a * q[0] + b * q[1] - c;
    if (dp <= 0) kept.push(p);
    if ((dp < 0 && dq > 0) || (dp > 0 && dq < 0)) {
      const t = dp / (dp - dq);
      kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
    }
  }
  return kept;
}

/**
 * The power diagram of the sites within a polygon that may be concave, which the libraries at hand cannot cut: each cell
 * is the polygon cut by the border to every other site. A site that is dominated gets an empty ring.
 */
export function powerCells(parent: Ring, sites: readonly Site[]): Ring[] {
  return sites.map((site) => {
    let cell: Ring = parent;
    for (const other of sites) {
      if (other === site || cell.length === 0) continue;
      const a = 2 * (other.x - site.x);
      const b = 2 * (other.y - site.y);
      const c = other.x ** 2 + other.y ** 2 - other.weight - (site.x ** 2 + site.y ** 2 - site.weight);
      cell = clip(cell, a, b, c);
    }
    return cell;
  });
}
