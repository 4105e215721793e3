import { outlineProblem, type Outline } from './outline.ts';

const square: Outline = [
  [
    [121.5, 31.27],
    [121.51, 31.27],
    [121.51, 31.28],
    [121.5, 31.28],
    [121.5, 31.27],
  ],
];

describe('a grid’s outline', () => {
  it('is a closed ring that encloses something', () => {
    expect(outlineProblem(square)).toBeUndefined();
  });

  it.each<[string, Outline, string]>([
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
