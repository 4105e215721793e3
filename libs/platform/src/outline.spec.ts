import fc from 'fast-check';
import { outlineProblem, type Outline, type Position } from './outline.ts';

const square: Outline = [
  [
    [121.5, 31.27],
    [121.51, 31.27],
    [121.51, 31.28],
    [121.5, 31.28],
    [121.5, 31.27],
  ],
];

/** A closed ring through these positions. */
const through = (...positions: Position[]): Position[] => [...positions, positions[0] as Position];

const hole = through([121.502, 31.272], [121.504, 31.272], [121.504, 31.274]);

/** The point in which two edges meet, by solving for it; an oracle of another kind. Parallel ones may meet in many. */
function meetIn([a, b]: Position[], [c, d]: Position[]): boolean {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [a, b, c, d] as [Position, Position, Position, Position];
  const det = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  const onOne = (p: Position, [from, to]: [Position, Position]) =>
    Math.hypot(p[0] - from[0], p[1] - from[1]) + Math.hypot(p[0] - to[0], p[1] - to[1]) <=
    Math.hypot(to[0] - from[0], to[1] - from[1]) + 1e-9;
  if (det === 0)
    return (
      [a, b].some((p) =>
        onOne(p as Position, [
          [cx, cy],
          [dx, dy],
        ]),
      ) ||
      [c, d].some((p) =>
        onOne(p as Position, [
          [ax, ay],
          [bx, by],
        ]),
      )
    );
  const s = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / det;
  const t = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / det;
  return [s, t].every((each) => each >= -1e-12 && each <= 1 + 1e-12);
}

describe('an outline', () => {
  it('is a closed ring that encloses something, with holes', () => {
    expect(outlineProblem(square)).toBeUndefined();
    expect(outlineProblem([...square, hole])).toBeUndefined();
    expect(outlineProblem(square.map((ring) => ring.toReversed()))).toBeUndefined();
  });

  it('has at most 10,000 positions', () => {
    const round = Array.from({ length: 10_000 }, (_, at): Position => {
      const angle = (at / 10_000) * 2 * Math.PI;
      return [121.5 + 0.1 * Math.cos(angle), 31.3 + 0.1 * Math.sin(angle)];
    });
    expect(outlineProblem([through(...round)])).toBe('must have at most 10000 positions');
    expect(outlineProblem([through(...round.slice(1))])).toBeUndefined();
  });

  it('of any star around a place is right', () => {
    const star = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 30 }).map((radii) =>
      radii.map((radius, at): Position => {
        const angle = (at / radii.length) * 2 * Math.PI;
        return [121.5 + (radius / 1000) * Math.cos(angle), 31.3 + (radius / 1000) * Math.sin(angle)];
      }),
    );
    fc.assert(
      fc.property(star, (corners) => {
        expect(outlineProblem([through(...corners)])).toBeUndefined();
      }),
    );
  });

  it('of few corners on a raster is right when no two edges meet but neighbours, and neighbours in one point', () => {
    const corner = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(fc.uniqueArray(corner, { selector: String, minLength: 4, maxLength: 7 }), (corners) => {
        const ring = through(...corners);
        const edges = corners.map((_, at) => ring.slice(at, at + 2));
        const meets = edges.some((edge, at) =>
          edges.some((other, to) => {
            if (to <= at) return false;
            const apart = Math.min(to - at, edges.length - (to - at));
            if (apart > 1) return meetIn(edge, other);
            // neighbours meet in more than a point when the far end of one lies on the other
            const [before, after] = to - at === 1 ? [edge, other] : [other, edge];
            return (
              meetIn([before[0], before[0]] as Position[], after) || meetIn([after[1], after[1]] as Position[], before)
            );
          }),
        );
        expect(outlineProblem([ring]) === undefined).toBe(!meets);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, Outline, string]>([
    ['that crosses itself', [through([0, 0], [4, 4], [4, 0], [0, 3])], 'ring 0 crosses or touches itself'],
    [
      'that passes through one of its own corners',
      [through([0, 0], [4, 0], [4, 2], [2, 0], [0, 2])],
      'ring 0 crosses or touches itself',
    ],
    [
      'that goes back on its way',
      [through([0, 0], [4, 0], [4, 4], [4, 2], [0, 2])],
      'ring 0 crosses or touches itself',
    ],
    ['that stands still', [through([0, 0], [4, 0], [4, 0], [4, 4])], 'ring 0 names one position twice in a row'],
    ['with a hole outside', [...square, through([0, 0], [1, 0], [1, 1])], 'ring 1 must lie inside the outer ring'],
    [
      'with a hole on its border',
      [...square, through([121.5, 31.275], [121.505, 31.274], [121.505, 31.276])],
      'ring 1 crosses or touches ring 0',
    ],
    [
      'with a hole in a hole',
      [...square, hole, through([121.503, 31.2722], [121.5035, 31.2722], [121.5035, 31.2724])],
      'ring 2 must not lie inside ring 1',
    ],
    ['without a ring', [], 'needs an outer ring'],
    [
      'of a line',
      [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
      'ring 0 needs at least four positions',
    ],
    [
      'that is open',
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
      'ring 0 must end where it began',
    ],
    [
      'that encloses nothing',
      [
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ],
      'ring 0 encloses nothing',
    ],
    [
      'off the globe',
      [
        [
          [0, 0],
          [1, 0],
          [1, 91],
          [0, 0],
        ],
      ],
      'ring 0 leaves the globe',
    ],
    [
      'with a broken hole',
      [
        ...square,
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
      'ring 1 must end where it began',
    ],
  ])('%s is refused', (_name, outline, problem) => {
    expect(outlineProblem(outline)).toBe(problem);
  });
});
