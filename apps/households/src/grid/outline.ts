/** Longitude and latitude in degrees (WGS 84). */
export type Position = readonly [longitude: number, latitude: number];

/** Rings of a polygon as in GeoJSON: the outer one first, then holes; each ends where it began. */
export type Outline = readonly (readonly Position[])[];

/** Why rings don't make a polygon, in words that follow "outline …"; `undefined` when they do. */
export function outlineProblem(outline: Outline): string | undefined {
  if (outline.length === 0) return 'needs an outer ring';
  for (const [at, ring] of outline.entries()) {
    const problem = ringProblem(ring);
    if (problem) return `ring ${at} ${problem}`;
  }
  return undefined;
}

function ringProblem(ring: readonly Position[]): string | undefined {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) return 'needs at least four positions';
  if (!ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return 'leaves the globe';
  if (first[0] !== last[0] || first[1] !== last[1]) return 'must end where it began';
  return doubleArea(ring) === 0 ? 'encloses nothing' : undefined;
}

/** Twice the signed area in square degrees (shoelace formula); only its being zero matters here. */
function doubleArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at - 1] as Position, ring[at] as Position];
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}
