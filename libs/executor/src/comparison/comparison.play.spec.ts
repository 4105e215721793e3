/*
 * The 20,000 operations of `.ci/run`, in parts, so that a failure says early and exactly which part to run again. The
 * seeds are fixed: whoever wants others sets FRONTLINE_SEED.
 */
import { compareAtRandom, PER_GRAPH } from './compare-at-random.fixture.ts';

const SEED = Number(process.env['FRONTLINE_SEED'] ?? 20_000);
const PARTS = 20;
const OPERATIONS = 1_000;

/** A part takes about fifteen seconds; on a machine that others use it may take many times as long. */
const LONGEST_MS = 900_000;

/** Seeds between the parts: more than a part uses, since a seed from which no graph composes is passed over. */
const APART = (2 * OPERATIONS) / PER_GRAPH;

describe('twenty thousand random operations, in each part a thousand,', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => SEED + part * APART))(
    'are answered as by the stock executor, or as the specification says: from seed %i',
    async (seed) => {
      const { seen, unknown } = await compareAtRandom(OPERATIONS, seed);
      expect(unknown).toEqual([]);
      expect(seen['same'] ?? 0).toBeGreaterThan(OPERATIONS / 2);
      expect(seen['asked several subgraphs'] ?? 0).toBeGreaterThan(OPERATIONS / 3);
    },
    LONGEST_MS,
  );
});
