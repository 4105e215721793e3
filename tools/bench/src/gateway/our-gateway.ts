import { join } from 'node:path';
import { startProcess, v8Flags } from '@frontline/processes';
import { readingOf, type Reading } from '../running-platform.ts';
import type { Subgraph } from './graph.ts';

/** Our gateway, running. */
export interface OurGateway {
  url: string;
  read(): Promise<Reading>;
  stop(): Promise<unknown>;
}

const program = join(import.meta.dirname, '..', '..', '..', '..', 'apps', 'gateway', 'dist', 'main.js');

/** What the Dockerfile starts services with, as far as it costs or saves anything. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2' };

/** Starts the built gateway of this checkout as production does, over another graph: with who asks, limits, logs and metrics. */
export async function startOurGateway(
  supergraph: string,
  urls: Readonly<Record<Subgraph, string>>,
): Promise<OurGateway> {
  const running = await startProcess(process.execPath, [...v8Flags('gateway'), program], {
    name: 'our gateway (is it built? npx tsc -b)',
    env: {
      ...process.env,
      ...ENVIRONMENT,
      NODE_ENV: 'production',
      FRONTLINE_MODE: 'production',
      PORT: '0',
      INTERNAL_SECRET: 'a secret for the benchmark, 32 characters',
      ISSUER: 'https://issuer.invalid',
      ISSUER_JWKS_URL: 'http://127.0.0.1:9/keys',
      SUPERGRAPH_FILE: supergraph,
      EXPLORER_DIR: 'no-explorer',
      ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url])),
    },
  });
  const line = await running.waitForLine('"url":').catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url: `${url}/graphql`,
    read: async () => readingOf(await (await fetch(`${url}/metrics`)).text()),
    stop: () => running.stop(),
  };
}
