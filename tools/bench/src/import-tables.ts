/*
 * 100,000 cadres brought in: as a CSV and as an Excel file through the table door of a real personnel process, as lines
 * of JSON through `import` (importBatch), and as a bare COPY into a table of the same columns. Each in a database of its
 * own, on a PostgreSQL that is started for it and thrown away.
 */
import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { internalTokens } from '@frontline/platform/process';
import { createDatabase, startPostgres, withConnection } from '@frontline/postgres';
import { freePort, runCommand, startProcess, v8Flags } from '@frontline/processes';
import type { Actor } from '@frontline/access';
import { print } from './printing.ts';
import { readingOf } from './running-platform.ts';

const ROWS = 100_000;
const program = join(import.meta.dirname, '..', '..', '..', 'apps', 'personnel', 'dist', 'main.js');
/** What the Dockerfile starts services with, as far as it costs or saves memory. */
const FLAGS = v8Flags('personnel');
const secret = (purpose: string): string => createHash('sha256').update(purpose).digest('base64');
const tokens = internalTokens(secret('internal tokens of the benchmark'));
const keeper: Actor = { kind: 'person', sub: 'bench', grants: [{ role: 'ORG_DEPARTMENT' }] };
const organization = { id: randomUUID(), code: 'street-1' };

/** What bringing the rows in cost. */
interface Cost {
  seconds: number;
  /** Highest resident memory of the process, in bytes; none for the database's own COPY. */
  peak?: number;
}

/** Compares the ways in and prints rows a second, memory, and how many times as long as COPY each took. */
export async function importTables(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frontline-bench-'));
  // PostgreSQL may run as another user, who reads the file for COPY
  await chmod(folder, 0o755);
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: await freePort(), throwaway: true });
  try {
    const csv = join(folder, 'cadres.csv');
    await writeFile(csv, [header, ...Array.from({ length: ROWS }, (_, nth) => row(nth))].join('\r\n'), { mode: 0o644 });
    const database = async (name: string): Promise<string> => {
      await createDatabase(postgres.url, name);
      return postgres.urlOf(name);
    };
    const costs = new Map<string, Cost>();
    costs.set('COPY', await byCopy(await database('copy'), csv));
    const door = await byDoor(await database('door'), await readFile(csv));
    costs.set('lines of JSON (importBatch)', await byLines(await database('lines'), join(folder, 'cadres.ndjson')));
    for (const [name, cost] of door) costs.set(name, cost);
    printTable(costs);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const header = '工号,生效日,姓名,性别,出生日期,入职日期,在职状态,状态原因,职级,任职,政治面貌';
const number = (nth: number): string => `B${String(nth).padStart(6, '0')}`;
const row = (nth: number): string =>
  `${number(nth)},2010-07-01,示例${nth},女,1985-01-31,2010-07-01,在职,,科员,${organization.code}/科员,中共党员`;

async function byCopy(url: string, csv: string): Promise<Cost> {
  return withConnection(url, async (client) => {
    const columns = header.split(',').map((_, at) => `c${at} text`);
    await client.query(`create table bare (${columns.join(', ')}, primary key (c0))`);
    const begun = performance.now();
    await client.query(`copy bare from '${csv}' with (format csv, header true)`);
    return { seconds: (performance.now() - begun) / 1000 };
  });
}

const settingsFor = (url: string, port: number): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  DATABASE_URL: url,
  PORT: String(port),
  LOG_LEVEL: 'error',
  FRONTLINE_MODE: 'development',
  INTERNAL_SECRET: secret('internal tokens of the benchmark'),
  PERSONAL_DATA_KEYS: `bench:${secret('personal data')}`,
  BLIND_INDEX_KEY: secret('blind index'),
});

async function prepared(url: string, port: number): Promise<NodeJS.ProcessEnv> {
  const env = settingsFor(url, port);
  await runCommand(process.execPath, [...FLAGS, program, 'migrate'], { name: 'personnel migrate', env });
  const record = {
    ...organization,
    kind: 'SUBDISTRICT',
    path: [organization.id],
    status: 'ACTIVE',
    from: '1990-01-01',
  };
  await withConnection(url, (client) =>
    client.query(`insert into local_copy values ('organization', $1, 0, 1, $2::jsonb)`, [
      record.id,
      JSON.stringify(record),
    ]),
  );
  return env;
}

async function byLines(url: string, file: string): Promise<Cost> {
  const env = await prepared(url, 0);
  const since = '2010-07-01';
  const line = (nth: number) => ({
    type: 'cadre',
    id: randomUUID(),
    staffNumber: number(nth),
    name: `示例${nth}`,
    sex: 'FEMALE',
    bornOn: '1985-01-31',
    recruitedOn: since,
    status: 'ACTIVE',
    statusSince: since,
    ranks: [{ rank: 'STAFF', from: since }],
    posts: [{ organizationId: organization.id, title: '科员', from: since }],
    partyMembership: [{ kind: 'PARTY', from: since }],
  });
  await writeFile(file, Array.from({ length: ROWS }, (_, nth) => `${JSON.stringify(line(nth))}\n`).join(''));
  const begun = performance.now();
  await runCommand(process.execPath, [...FLAGS, program, 'import', file], { name: 'personnel import', env });
  return { seconds: (performance.now() - begun) / 1000 };
}

async function byDoor(url: string, csv: Buffer): Promise<[string, Cost][]> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const personnel = await startProcess(process.execPath, [...FLAGS, program], {
    name: 'personnel',
    env: await prepared(url, port),
  });
  try {
    while (!(await fetch(`${base}/livez`).catch(() => undefined))?.ok) await pause(100);
    const idle = await residentAt(base);
    print(`personnel idle: ${megabytes(idle)} MB\n`);
    const costs: [string, Cost][] = [];
    costs.push(['CSV, dry run', await brought(base, csv, 'dryRun=true')]);
    costs.push(['CSV, new rows', await brought(base, csv, '')]);
    costs.push(['CSV, the same again', await brought(base, csv, '')]);
    const exporting = performance.now();
    const workbook = await measured(base, () => taken(base));
    costs.push(['Excel, taken out', { seconds: (performance.now() - exporting) / 1000, peak: workbook.peak }]);
    costs.push(['Excel, the same again', await brought(base, workbook.result, '')]);
    costs.push(['undo', await undone(base)]);
    return costs;
  } finally {
    await personnel.stop();
  }
}

let last = '';

/** Sends a file and waits until it is dealt with; fails where a row was refused. */
async function brought(base: string, file: Buffer, query: string): Promise<Cost> {
  const begun = performance.now();
  const { peak } = await measured(base, async () => {
    const response = await fetch(`${base}/files/imports/cadres?${query}`, {
      method: 'POST',
      headers: await signed(),
      body: file,
    });
    const { id } = (await response.json()) as { id: string };
    if (!response.ok) throw new Error(`the file was refused: ${response.status}`);
    if (query === '' && last === '') last = id;
    await settled(base, id);
  });
  return { seconds: (performance.now() - begun) / 1000, peak };
}

async function undone(base: string): Promise<Cost> {
  const begun = performance.now();
  const { peak } = await measured(base, async () => {
    const input = { idempotencyKey: `bench-undo-${randomUUID()}`, id: last };
    await asked(base, 'mutation($input: ImportBatchInput!) { undoPersonnelImport(input: $input) { id } }', { input });
    await settled(base, last);
  });
  return { seconds: (performance.now() - begun) / 1000, peak };
}

async function taken(base: string): Promise<Buffer> {
  const response = await fetch(`${base}/files/exports/cadres?format=xlsx`, { headers: await signed() });
  return Buffer.from(await response.arrayBuffer());
}

async function settled(base: string, id: string): Promise<void> {
  for (let open = true; open;) {
    await pause(250);
    const data = await asked(
      base,
      'query($id: ID!) { personnelImportBatch(id: $id) { state progress { refused kept } } }',
      { id },
    );
    const batch = data['personnelImportBatch'] as { state: string; progress: { refused: number; kept: number } };
    if (batch.state === 'FAILED' || batch.progress.refused + batch.progress.kept > 0)
      throw new Error(JSON.stringify(batch));
    open = !['DONE', 'CHECKED', 'UNDONE'].includes(batch.state);
  }
}

async function asked(base: string, query: string, variables: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { ...(await signed()), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

const signed = async () => ({ authorization: `Bearer ${await tokens.sign('personnel', keeper)}` });
const residentAt = async (base: string): Promise<number> =>
  readingOf(await (await fetch(`${base}/metrics`)).text()).resident;

/** Runs something and looks five times a second how much memory the process has. */
async function measured<R>(base: string, work: () => Promise<R>): Promise<{ result: R; peak: number }> {
  let peak = 0;
  let over = false;
  const looking = (async () => {
    while (!over) {
      peak = Math.max(peak, await residentAt(base));
      await pause(200);
    }
  })();
  const result = await work().finally(() => {
    over = true;
  });
  await looking;
  return { result, peak };
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

function printTable(costs: ReadonlyMap<string, Cost>): void {
  const bare = costs.get('COPY')?.seconds ?? Number.NaN;
  print(`\n## ${ROWS} cadres\n\n| way | seconds | rows / s | × COPY | peak MB |\n| --- | --- | --- | --- | --- |\n`);
  for (const [name, { seconds, peak }] of costs)
    print(
      `| ${name} | ${seconds.toFixed(1)} | ${(ROWS / seconds).toFixed(0)} | ${(seconds / bare).toFixed(1)} | ${peak ? megabytes(peak) : ''} |\n`,
    );
}
