import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, startPostgres } from '@frontline/postgres';
import { freePort, runCommand, startProcess } from '@frontline/processes';
import { exportJWK, generateKeyPair } from 'jose';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const services = ['personnel', 'organizations', 'households', 'cases'] as const;

/** The platform as its own processes, empty but for what was brought in. */
export interface RunningServices {
  /** Where the gateway listens. */
  gateway: string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, the four services and the gateway as built, on free ports of loopback, without a broker (reading
 * needs none), and brings records into personnel.
 */
export async function startServices(personnelRecords: readonly object[]): Promise<RunningServices> {
  const folder = await mkdtemp(join(tmpdir(), 'frontline-explorer-'));
  // PostgreSQL may run as another user, who has to pass through
  await chmod(folder, 0o711);
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const postgres = await startPostgres({
      dataDir: join(folder, 'postgres'),
      port: await freePort(),
      throwaway: true,
    });
    stops.push(postgres.stop);
    const issuerFile = join(folder, 'issuer.json');
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    await writeFile(issuerFile, JSON.stringify(await exportJWK(privateKey)));
    const ports = new Map(await Promise.all(services.map(async (name) => [name, await freePort()] as const)));
    const base: NodeJS.ProcessEnv = {
      PATH: process.env['PATH'],
      FRONTLINE_MODE: 'development',
      LOG_LEVEL: 'warn',
      INTERNAL_SECRET: randomBytes(32).toString('hex'),
      PERSONAL_DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
      ISSUER: 'urn:frontline:development',
      DEVELOPMENT_ISSUER_FILE: issuerFile,
    };
    for (const [name, port] of ports) {
      base[`PEER_URL_${name.toUpperCase()}`] = `http://127.0.0.1:${port}`;
      base[`SUBGRAPH_URL_${name.toUpperCase()}`] = `http://127.0.0.1:${port}/graphql`;
    }
    const program = (app: string) => join(root, 'apps', app, 'dist', 'main.js');
    const start = async (app: string, env: NodeJS.ProcessEnv, url: string) => {
      const running = await startProcess(process.execPath, [program(app)], { name: app, env });
      stops.push(() => running.stop());
      await ready(
        url,
        () => running.isRunning(),
        () => running.output(),
      );
    };
    const records = join(folder, 'personnel.ndjson');
    await writeFile(records, personnelRecords.map((record) => `${JSON.stringify(record)}\n`).join(''));
    await Promise.all(
      services.map(async (name) => {
        await createDatabase(postgres.url, name);
        const env = { ...base, PORT: String(ports.get(name)), DATABASE_URL: postgres.urlOf(name) };
        await runCommand(process.execPath, [program(name), 'migrate'], { name: `migrate ${name}`, env });
        if (name === 'personnel')
          await runCommand(process.execPath, [program(name), 'import', records], { name: 'import', env });
        await start(name, env, `http://127.0.0.1:${ports.get(name)}`);
      }),
    );
    const port = await freePort();
    const gateway = `http://127.0.0.1:${port}`;
    await start('gateway', { ...base, PORT: String(port) }, gateway);
    return { gateway, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until a process says that it is ready; fails with its output if it ends before. */
async function ready(url: string, isRunning: () => boolean, output: () => string): Promise<void> {
  for (;;) {
    const answered = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    if (!isRunning()) throw new Error(output());
    await new Promise((resolve) => setImmediate(resolve));
  }
}
