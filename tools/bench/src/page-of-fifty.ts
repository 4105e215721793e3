import { INTERNAL_TOKEN_SECONDS } from '@frontline/platform/process';
import { askOnce, type Asked } from './load.ts';
import { startForked } from './forked.ts';
import type { RunningPlatform } from './running-platform.ts';
import { compare } from './sides.ts';

const query = `{ contactScheme(code: "division-residential-area") { assignments(first: 50, on: "2018-08-17") { totalCount nodes {
  id reason from target { code kind } duties(first: 5) { nodes { activity windowStart windowEnd } }
} } } }`;

/** A list of fifty with two levels: what a subgraph adds to the same SQL through `pg` and JSON.stringify. */
export async function pageOfFifty(platform: RunningPlatform, database: string, rounds: number): Promise<void> {
  const plain = await startForked('plain-sql', { database });
  try {
    const actor = await platform.actorOf('FRONTLINE_OFFICE');
    const token = renewed(() => platform.tokens.sign('organizations', actor), (INTERNAL_TOKEN_SECONDS * 1000) / 2);
    const subgraph = async (): Promise<Asked> => ({
      url: `${platform.urlOf('organizations')}/graphql`,
      headers: { authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query }),
    });
    const bare: Asked = { url: plain.url, headers: {}, body: '{}' };
    const [ours, theirs] = [await askOnce(await subgraph()), await askOnce(bare)];
    const same = sorted(JSON.parse(ours)) === sorted(JSON.parse(theirs));
    if (!same) throw new Error('The subgraph and the plain SQL answer differently.');
    await compare(
      'A list of fifty with two levels, in one subgraph',
      [
        {
          name: 'pg and JSON.stringify',
          asked: async () => bare,
          used: async () => ({ ...(await plain.used()), statements: 0 }),
        },
        { name: 'the organizations subgraph', asked: subgraph, used: () => platform.read('organizations') },
      ],
      { rounds, requests: 300, concurrency: 8 },
    );
  } finally {
    await plain.stop();
  }
}

/** What `make` gives, made again when it is older than `ms`. */
function renewed<T>(make: () => Promise<T>, ms: number): () => Promise<T> {
  let made: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (!made || performance.now() - made.at > ms) made = { at: performance.now(), value: make() };
    return made.value;
  };
}

/** A value as text that doesn't depend on the order of keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
