/**
 * `node --conditions=@frontline/source main.ts`: the servers of one run of tests. Prints one line of JSON that says
 * where they are asked for and what this machine lacks; starts each of them when it is first asked for; stops
 * everything when its standard input ends, which it does however the run ends.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForBroker, startBroker } from '@frontline/kafka';
import { startPostgres } from '@frontline/postgres';
import { freePort } from '@frontline/processes';
import { findChromium } from './chromium.ts';
import type { RunOfTests } from './run-of-tests.ts';

const folder = await mkdtemp(join(tmpdir(), 'frontline-tests-'));
// PostgreSQL runs as another user where we are root, and has to pass through.
await chmod(folder, 0o711);

interface Server {
  answer: object;
  stop(): Promise<void>;
}

const starts: Readonly<Record<string, () => Promise<Server>>> = {
  async '/postgres'() {
    const options = { dataDir: join(folder, 'postgres'), log: join(folder, 'postgres.log'), throwaway: true };
    const { url, stop } = await startPostgres({ ...options, port: await freePort() });
    return { answer: { url }, stop };
  },
  async '/kafka'() {
    const ports = { port: await freePort(), controllerPort: await freePort() };
    const options = { dataDir: join(folder, 'kafka'), log: join(folder, 'kafka.log'), ...ports };
    const { bootstrap, stop } = await startBroker(options);
    return { answer: { bootstrap }, stop };
  },
};
const started = new Map<string, Promise<Server>>();

const door = createServer(async ({ url = '' }, response) => {
  // a connection kept for the next spec of a worker would end just when that one asks
  response.setHeader('connection', 'close');
  const start = starts[url];
  try {
    if (!start) throw new Error(`There is no test server ${url}.`);
    const server = started.get(url) ?? start();
    started.set(url, server);
    const { answer } = await server;
    response.end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(503).end(JSON.stringify({ message: (error as Error).message }));
  }
});
door.listen(0, '127.0.0.1', async () => {
  const kafka = (await missingForBroker())?.message;
  const chromium = findChromium() ? undefined : 'No Chromium found: install it, or name its program in CHROMIUM_PATH.';
  const run: Omit<RunOfTests, 'leftOut'> = {
    servers: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    missing: { ...(kafka && { kafka }), ...(chromium && { chromium }) },
  };
  process.stdout.write(`${JSON.stringify(run)}\n`);
});

async function stop(): Promise<void> {
  door.close();
  door.closeAllConnections();
  for (const server of started.values()) {
    await server.then(
      (each) => each.stop(),
      () => undefined,
    );
  }
  await rm(folder, { recursive: true, force: true });
}
process.stdin.resume().once('end', () => void stop());
// Ctrl-C goes to the whole group: the run ends first, and with it our standard input.
process.on('SIGINT', () => undefined);
