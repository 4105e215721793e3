import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startForked, type Usage } from '../forked.ts';
import { askOnce } from '../load.ts';
import { print } from '../printing.ts';
import { compare, type Side } from '../sides.ts';
import type { ApolloArgument } from './apollo.ts';
import type { FloorArgument, Layer } from './floor.ts';
import { shapes, supergraphAt, type Subgraph } from './graph.ts';
import { hiveRouterProgram, startHiveRouter } from './hive-router.ts';
import { startOurGateway } from './our-gateway.ts';

/** Requests of a round and how many at a time, so that every shape takes a few seconds. */
const sizes: Readonly<Record<string, number>> = { one: 5000, 'about 3': 1500, 'about 88': 300 };

/** What one fetch costs at least, by what answers it. */
const floors: readonly (readonly [Layer, string])[] = [
  ['node', 'Node’s HTTP and undici'],
  ['fastify', 'the same under Fastify'],
  ['apollo', 'the same under Apollo Server'],
];

/**
 * Our gateway beside @apollo/gateway as documented, @apollo/gateway over undici, and Hive Router where it is installed: the
 * same graph, the same subgraphs, the same queries, the answers compared first. Ours is the whole product, with logs,
 * tokens and limits; the others are nothing but Apollo's packages, and the router as it comes. For one fetch there are
 * also sides that do nothing but pass it on, layer upon layer.
 */
export async function gateways(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frontline-bench-'));
  const started: { stop(): Promise<unknown> }[] = [];
  const running = async <S extends { stop(): Promise<unknown> }>(starting: Promise<S>): Promise<S> => {
    const one = await starting;
    started.unshift(one);
    return one;
  };
  try {
    const supergraph = join(folder, 'supergraph.graphql');
    const below = await running(startForked('gateway/subgraphs', {}));
    const urls = JSON.parse(below.url) as Record<Subgraph, string>;
    await writeFile(supergraph, supergraphAt(urls));
    const ours = await running(startOurGateway(supergraph, urls));
    const apollo = (undici: boolean) =>
      running(startForked('gateway/apollo', { supergraph, undici } satisfies ApolloArgument));
    const documented = await apollo(false);
    const undici = await apollo(true);
    const program = hiveRouterProgram();
    if (!program)
      print('Hive Router is not installed (HIVE_ROUTER_BIN, or hive_router on the PATH): it is left out.\n');
    const hive = program ? [await running(startHiveRouter(program, supergraph, folder))] : [];
    const passing: { name: string; url: string; used(): Promise<Usage> }[] = [];
    for (const [layer, name] of floors) {
      const floor = { layer, subgraph: urls.personnel } satisfies FloorArgument;
      passing.push({ name, ...(await running(startForked('gateway/floor', floor))) });
    }
    for (const [shape, query] of Object.entries(shapes)) {
      const asked = (url: string) => ({ url, headers: {}, body: JSON.stringify({ query }) });
      const layers = shape === 'one fetch' ? passing : [];
      const answers = await Promise.all(
        [ours, documented, undici, ...hive, ...layers].map(
          async ({ url }) => JSON.parse(await askOnce(asked(url))) as unknown,
        ),
      );
      if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0])))
        throw new Error(`${shape}: the gateways answer differently.`);
      const side = (name: string, url: string, used: () => Promise<Usage>): Side => ({
        name,
        asked: async () => asked(url),
        used: async () => ({ ...(await used()), statements: 0 }),
      });
      const sides = [
        side('our gateway', ours.url, ours.read),
        side('@apollo/gateway as documented', documented.url, documented.used),
        side('@apollo/gateway over undici', undici.url, undici.used),
        ...hive.map(({ url, used }) => side('Hive Router', url, used)),
        ...layers.map(({ name, url, used }) => side(name, url, used)),
      ];
      const [, requests = 100] = Object.entries(sizes).find(([begins]) => shape.startsWith(begins)) ?? [];
      const bytes = Buffer.byteLength(JSON.stringify(answers[0]));
      await compare(`Gateways: ${shape} (${bytes} bytes)`, sides, { rounds, requests, concurrency: 20 });
    }
  } finally {
    for (const each of started) await each.stop();
    await rm(folder, { recursive: true });
  }
}
