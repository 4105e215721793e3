/** Longitude and latitude in degrees (WGS 84). */
export type Position = readonly [longitude: number, latitude: number];

/** Rings of a polygon as in GeoJSON: the outer one first, then holes; each ends where it began. */
export type Outline = readonly (readonly Position[])[];

/** Positions of one outline, all rings together: what a screen still draws, and a request still carries. */
const MAX_POSITIONS = 10_000;

/**
 * Steps of a degree in which positions are compared, about a centimetre: in whole numbers, whether lines cross is exact
 * for outlines of less than a degree.
 */
const STEPS_PER_DEGREE = 1e7;

/** A position in whole steps. */
type Corner = readonly [x: number, y: number];

interface Edge {
  readonly ring: number;
  /** Its place in the ring, and how many there are. */
  readonly at: number;
  readonly of: number;
  readonly from: Corner;
  readonly to: Corner;
}

/**
 * Why rings don't make a polygon, in words that follow “outline …”; `undefined` when they do: closed rings on the globe
 * that enclose something and neither cross nor touch themselves or each other, holes inside the outer one (the simple
 * polygons of OGC 06-103r4, but holes may not touch the outer ring even in one point). Either direction is right.
 */
export function outlineProblem(outline: Outline): string | undefined {
  if (outline.length === 0) return 'needs an outer ring';
  const positions = outline.reduce((sum, ring) => sum + ring.length, 0);
  if (positions > MAX_POSITIONS) return `must have at most ${MAX_POSITIONS} positions`;
  const rings = outline.map((ring) => ring.map(([lng, lat]): Corner => [steps(lng), steps(lat)]));
  for (const [at, ring] of outline.entries()) {
    const problem = ringProblem(ring, rings[at] as Corner[]);
    if (problem) return `ring ${at} ${problem}`;
  }
  return meetingProblem(rings) ?? nestingProblem(rings);
}

const steps = (degrees: number): number => Math.round(degrees * STEPS_PER_DEGREE);

const same = (a: Corner, b: Corner): boolean => a[0] === b[0] && a[1] === b[1];

function ringProblem(ring: readonly Position[], corners: readonly Corner[]): string | undefined {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) return 'needs at least four positions';
  if (!ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return 'leaves the globe';
  if (first[0] !== last[0] || first[1] !== last[1]) return 'must end where it began';
  if (corners.some((corner, at) => at > 0 && same(corner, corners[at - 1] as Corner)))
    return 'names one position twice in a row';
  return doubleArea(corners) === 0 ? 'encloses nothing' : undefined;
}

/** Twice the signed area in square steps (shoelace formula), seen from the first corner; only its being zero matters here. */
function doubleArea(ring: readonly Corner[]): number {
  const [x0, y0] = ring[0] as Corner;
  let sum = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at - 1] as Corner, ring[at] as Corner];
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return sum;
}

/** Says which rings meet, found by a line that sweeps over the edges from west to east. */
function meetingProblem(rings: readonly (readonly Corner[])[]): string | undefined {
  const edges = rings
    .flatMap((ring, number) =>
      ring.slice(1).map((to, at): Edge => ({ ring: number, at, of: ring.length - 1, from: ring[at] as Corner, to })),
    )
    .sort((a, b) => west(a) - west(b));
  for (const [at, edge] of edges.entries())
    for (let next = at + 1; next < edges.length && west(edges[next] as Edge) <= east(edge); next += 1) {
      const other = edges[next] as Edge;
      if (!meet(edge, other)) continue;
      const [one, two] = [edge.ring, other.ring].sort((a, b) => a - b);
      return one === two ? `ring ${one} crosses or touches itself` : `ring ${two} crosses or touches ring ${one}`;
    }
  return undefined;
}

const west = ({ from, to }: Edge): number => Math.min(from[0], to[0]);
const east = ({ from, to }: Edge): number => Math.max(from[0], to[0]);

/** Whether two edges have a point in common; neighbours in a ring, more than the one that joins them. */
function meet(a: Edge, b: Edge): boolean {
  if (a.ring === b.ring && (a.at + 1) % a.of === b.at) return turnsBack(a.from, a.to, b.to);
  if (a.ring === b.ring && (b.at + 1) % a.of === a.at) return turnsBack(b.from, b.to, a.to);
  const [c, d] = [side(b, a.from), side(b, a.to)];
  const [e, f] = [side(a, b.from), side(a, b.to)];
  if (c * d < 0 && e * f < 0) return true;
  return (
    (c === 0 && within(b, a.from)) ||
    (d === 0 && within(b, a.to)) ||
    (e === 0 && within(a, b.from)) ||
    (f === 0 && within(a, b.to))
  );
}

/** On which side of an edge a corner lies: 1, -1, or 0 for on its line. */
function side({ from, to }: Pick<Edge, 'from' | 'to'>, [x, y]: Corner): number {
  return Math.sign((to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]));
}

/** Whether a corner on the line of an edge lies between its ends. */
function within({ from, to }: Edge, [x, y]: Corner): boolean {
  const between = (a: number, b: number, value: number) => Math.min(a, b) <= value && value <= Math.max(a, b);
  return between(from[0], to[0], x) && between(from[1], to[1], y);
}

/** Whether the way from one corner over a second to a third goes back on itself. */
function turnsBack(from: Corner, over: Corner, to: Corner): boolean {
  const ahead = (over[0] - from[0]) * (to[0] - over[0]) + (over[1] - from[1]) * (to[1] - over[1]);
  return side({ from, to: over }, to) === 0 && ahead < 0;
}

/** Of rings that don't meet: whether a hole lies outside the outer ring, or inside another hole. */
function nestingProblem([outer = [], ...holes]: readonly (readonly Corner[])[]): string | undefined {
  for (const [at, hole] of holes.entries()) {
    const corner = hole[0] as Corner;
    if (!contains(outer, corner)) return `ring ${at + 1} must lie inside the outer ring`;
    const around = holes.findIndex((other, nth) => nth !== at && contains(other, corner));
    if (around >= 0) return `ring ${at + 1} must not lie inside ring ${around + 1}`;
  }
  return undefined;
}

/** Whether a ring goes around a corner that is not on it: a ray from there to the east crosses it an odd number of times. */
function contains(ring: readonly Corner[], [x, y]: Corner): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [low, high] = [ring[at - 1] as Corner, ring[at] as Corner].sort((a, b) => a[1] - b[1]) as [Corner, Corner];
    if (low[1] <= y && y < high[1] && side({ from: low, to: high }, [x, y]) > 0) inside = !inside;
  }
  return inside;
}
