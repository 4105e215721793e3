/*
 * FRONTLINE_COMPARISONS says how many operations (a few hundred by default), FRONTLINE_SEED where to begin. A failure
 * prints what is needed to see it again. `.ci/run` compares 20,000: comparison.play.spec.ts.
 */
import { compareAtRandom, PER_GRAPH, type Comparison } from './compare-at-random.fixture.ts';

const COUNT = Number(process.env['FRONTLINE_COMPARISONS'] ?? 240);
const SEED = Number(process.env['FRONTLINE_SEED'] ?? 1);

it.each([
  ['one of two subgraphs fails at an object that both bring', 777_362],
  ['something else is answered in place of an object that another subgraph needs', 90_059],
])(
  'is answered by both executors alike: %s',
  async (_, seed) => {
    const { unknown } = await compareAtRandom(PER_GRAPH, seed);
    expect(unknown).toEqual([]);
  },
  120_000,
);

describe(`${COUNT} random operations from seed ${SEED} (FRONTLINE_COMPARISONS, FRONTLINE_SEED)`, () => {
  let seen: Comparison['seen'] = {};

  it(
    'are answered as by the stock executor, or as the specification says',
    async () => {
      const comparison = await compareAtRandom(COUNT, SEED);
      seen = comparison.seen;
      expect(comparison.unknown).toEqual([]);
    },
    COUNT * 1_000,
  );

  it('are mostly answered with data, and mostly by several subgraphs', () => {
    expect(seen['same'] ?? 0).toBeGreaterThan(COUNT / 2);
    expect(seen['asked several subgraphs'] ?? 0).toBeGreaterThan(COUNT / 3);
  });
});
