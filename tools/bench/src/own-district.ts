import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { developmentSecrets } from '@frontline/dev';
import { internalTokens, type InternalTokens } from '@frontline/platform/process';
import { createDatabase, startPostgres, withConnection } from '@frontline/postgres';
import { freePort, runCommand, startProcess, v8Flags } from '@frontline/processes';
import { print } from './printing.ts';
import { readingOf, type Reading } from './running-platform.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The reference day of the scenario. */
const AS_OF = '2018-08-17';

/** How long a service may take to be ready, in milliseconds. */
const READY_MS = 120_000;

const services = ['personnel', 'organizations'] as const;

/** The scenario at scale 1 in a throwaway PostgreSQL, with the two services that contacts need, and nothing else. */
export interface OwnDistrict {
  organizations: string;
  /** Connection URL of the database of organizations. */
  database: string;
  tokens: InternalTokens;
  read(): Promise<Reading>;
  /** Gathers PostgreSQL's statistics, which a throwaway server does not do by itself. */
  analyze(): Promise<unknown>;
}

/** Makes a district, lets `work` measure it, and leaves nothing behind. */
export async function withOwnDistrict<R>(work: (district: OwnDistrict) => Promise<R>): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), 'frontline-bench-'));
  // PostgreSQL, which runs as another user where we are root, must pass through
  chmodSync(folder, 0o711);
  const ended: (() => Promise<unknown>)[] = [];
  try {
    const postgres = await startPostgres({
      dataDir: join(folder, 'postgres'),
      port: await freePort(),
      throwaway: true,
    });
    ended.unshift(() => postgres.stop());
    const secrets = await developmentSecrets();
    const ports = { personnel: await freePort(), organizations: await freePort() };
    const urlOf = (service: (typeof services)[number]) => `http://127.0.0.1:${ports[service]}`;
    print('Loading the scenario at scale 1 into a PostgreSQL of its own …\n');
    await runCommand(process.execPath, [
      ...['--conditions=@frontline/source', join(root, 'tools', 'scenario', 'src', 'main.ts')],
      ...['--out', folder, '--as-of', AS_OF],
    ]);
    await Promise.all(
      services.map(async (service) => {
        await createDatabase(postgres.url, service);
        const program = [...v8Flags(service), join(root, 'apps', service, 'dist', 'main.js')];
        const env = {
          ...process.env,
          ...secrets,
          NODE_OPTIONS: '',
          FRONTLINE_MODE: 'development',
          LOG_LEVEL: 'warn',
          HOST: '127.0.0.1',
          PORT: String(ports[service]),
          DATABASE_URL: postgres.urlOf(service),
          PEER_URL_PERSONNEL: urlOf('personnel'),
          PEER_URL_ORGANIZATIONS: urlOf('organizations'),
          CLOCK_OFFSET_MS: String(Date.parse(`${AS_OF}T09:00:00+08:00`) - Date.now()),
        };
        await runCommand(process.execPath, [...program, 'migrate'], { env });
        await runCommand(process.execPath, [...program, 'import', join(folder, `${service}.ndjson`)], { env });
        const running = await startProcess(process.execPath, program, { name: service, env });
        ended.unshift(() => running.stop());
      }),
    );
    await ready(urlOf('organizations'));
    return await work({
      organizations: urlOf('organizations'),
      database: postgres.urlOf('organizations'),
      tokens: internalTokens(secrets.INTERNAL_SECRET),
      analyze: () => withConnection(postgres.urlOf('organizations'), (client) => client.query('analyze')),
      read: async () => readingOf(await (await fetch(`${urlOf('organizations')}/metrics`)).text()),
    });
  } finally {
    for (const end of ended) await end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until a service says that it is ready: its copies are filled by then. */
async function ready(url: string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await pause(200)) {
    const answered = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
  }
  throw new Error(`${url} did not get ready`);
}
