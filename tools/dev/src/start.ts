import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBroker } from '@frontline/kafka';
import { createDatabase, startPostgres, withConnection } from '@frontline/postgres';
import { isPortFree, runCommand, ServerUnavailable, startProcess, type RunningProcess } from '@frontline/processes';
import { explorerBuild, explorerIsBuilt } from './explorer-build.ts';
import { developmentSecrets, frontlineFolder, issuerFile, root } from './secrets.ts';

const usage = `npm start -- [--reset] [--scale N] [--as-of YYYY-MM-DD] [--help]

  --reset      forgets all data first
  --scale N    households, visits and cases of the scenario, times N (1)
  --as-of DAY  the day that the district has, and up to which the scenario tells its history (2018-08-17)

  DATABASE_URL_PERSONNEL, …_ORGANIZATIONS, …_HOUSEHOLDS, …_CASES use your own PostgreSQL databases.
  KAFKA_BROKERS (KAFKA_SSL, KAFKA_SASL_…) uses your own broker.
  POSTGRES_PORT (54329), KAFKA_PORT (19092), GATEWAY_PORT (4000; the services take the four ports after it).`;

const services = ['personnel', 'organizations', 'households', 'cases'] as const;
type Service = (typeof services)[number];
type Stop = () => Promise<unknown>;

/** What ends first (gateway and services, all at once), and what they rest on, which ends after them. */
const stops: { processes: Stop[]; servers: Stop[] } = { processes: [], servers: [] };
let stopping: Promise<void> | undefined;

/** Ends everything, once. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    await Promise.allSettled(stops.processes.map((stop) => stop()));
    await Promise.allSettled(stops.servers.map((stop) => stop()));
  })();
  return stopping;
}

/** Runs a step and says what it is when it takes over two seconds. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const slow = setTimeout(() => process.stdout.write(`… ${name}\n`), 2_000);
  try {
    return await work();
  } finally {
    clearTimeout(slow);
    const seconds = (Date.now() - started) / 1000;
    if (seconds > 2) process.stdout.write(`✓ ${name} (${seconds.toFixed(0)} s)\n`);
  }
}

function options() {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean' },
      scale: { type: 'string', default: '1' },
      'as-of': { type: 'string', default: '2018-08-17' },
      help: { type: 'boolean' },
    },
  });
  if (!/^[1-9]\d{0,2}$/.test(values.scale)) throw new Error('--scale must be a whole number from 1 to 999');
  if (!isDay(values['as-of'])) throw new Error('--as-of must be a day that exists, YYYY-MM-DD');
  return { reset: values.reset ?? false, scale: values.scale, asOf: values['as-of'], help: values.help ?? false };
}

/** Whether a text is a day that exists: what does not comes back as another day. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** Refuses to begin where somebody else, most likely another start, listens already; before anything is touched. */
async function checkPorts(first: number): Promise<void> {
  for (let port = first; port <= first + services.length; port += 1) {
    if (await isPortFree(port)) continue;
    throw new Error(
      `Port ${port} is taken. If Frontline is running already, use it or stop it with Ctrl-C; otherwise choose five free ports with GATEWAY_PORT=…`,
    );
  }
}

const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const node = process.execPath;

async function databases(): Promise<Record<Service, string>> {
  const given = Object.fromEntries(
    services.map((service) => [service, process.env[`DATABASE_URL_${service.toUpperCase()}`]]),
  );
  if (services.every((service) => given[service])) return given as Record<Service, string>;
  const port = Number(process.env['POSTGRES_PORT'] ?? 54329);
  const server = await step('Starting PostgreSQL', () =>
    startPostgres({
      dataDir: join(frontlineFolder, 'postgres'),
      port,
      log: join(frontlineFolder, 'logs', 'postgres.log'),
    }),
  );
  stops.servers.push(server.stop);
  for (const service of services) await createDatabase(server.url, service);
  return Object.fromEntries(services.map((service) => [service, given[service] ?? server.urlOf(service)])) as Record<
    Service,
    string
  >;
}

async function brokers(): Promise<string | undefined> {
  if (process.env['KAFKA_BROKERS']) return process.env['KAFKA_BROKERS'];
  try {
    const port = Number(process.env['KAFKA_PORT'] ?? 19092);
    const broker = await step('Starting the Kafka broker', () =>
      startBroker({
        dataDir: join(frontlineFolder, 'kafka', 'data'),
        port,
        log: join(frontlineFolder, 'logs', 'kafka.log'),
        progress: (text) => process.stdout.write(`… ${text}\n`),
      }),
    );
    stops.servers.push(broker.stop);
    return broker.bootstrap;
  } catch (error) {
    if (!(error instanceof ServerUnavailable) || error.reason === 'port-taken') throw error;
    process.stdout.write(
      `! No Kafka broker: ${error.message}\n  Everything reads and records; events wait in the outbox. Add a broker with Java 17 and Maven, or KAFKA_BROKERS=host:port.\n`,
    );
    return undefined;
  }
}

/** Generates the scenario and brings it in through each service's import; skipped when the same one is loaded already. */
async function loadScenario(
  envOf: (service: Service) => NodeJS.ProcessEnv,
  { scale, asOf }: { scale: string; asOf: string },
): Promise<void> {
  const mark = join(frontlineFolder, 'scenario', 'loaded.json');
  const wanted = JSON.stringify({ scale, asOf });
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const folder = join(frontlineFolder, 'scenario');
  mkdirSync(folder, { recursive: true });
  await step('Writing the yangpu scenario', () =>
    runCommand(
      node,
      [join(root, 'tools', 'scenario', 'src', 'main.ts'), '--out', folder, '--scale', scale, '--as-of', asOf],
      { name: 'The scenario' },
    ),
  );
  for (const service of ['organizations', 'personnel', 'households', 'cases'] as const) {
    await step(`Loading ${service}`, () =>
      runCommand(node, [join(root, 'apps', service, 'dist', 'main.js'), 'import', join(folder, `${service}.ndjson`)], {
        name: `Loading ${service}`,
        env: envOf(service),
      }),
    );
  }
  writeFileSync(mark, wanted);
}

async function ready(url: string, child: RunningProcess): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const answered = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    if (!child.isRunning()) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.name} did not get ready:\n${child.output().trim().split('\n').slice(-5).join('\n')}`);
}

async function main(): Promise<void> {
  const asked = options();
  if (asked.help) return void process.stdout.write(`${usage}\n`);
  const gatewayPort = Number(process.env['GATEWAY_PORT'] ?? 4000);
  await checkPorts(gatewayPort);
  if (asked.reset) rmSync(frontlineFolder, { recursive: true, force: true });
  mkdirSync(join(frontlineFolder, 'logs'), { recursive: true });
  const secrets = await developmentSecrets();
  await step('Building what changed', () => runCommand(bin('tsc'), ['-b', root], { name: 'The build' }));
  if (!explorerIsBuilt())
    await step('Building the explorer', () => runCommand(node, explorerBuild(), { name: 'The explorer' }));
  const urls = await databases();
  const kafka = await brokers();
  const portOf = (service: Service) => gatewayPort + 1 + services.indexOf(service);
  const urlOf = (service: Service) => `http://127.0.0.1:${portOf(service)}`;
  const offset = Date.parse(`${asked.asOf}T09:00:00+08:00`) - Date.now();
  const base: NodeJS.ProcessEnv = {
    ...process.env,
    ...secrets,
    FRONTLINE_MODE: 'development',
    HOST: '127.0.0.1',
    CLOCK_OFFSET_MS: String(offset),
    ...(kafka && { KAFKA_BROKERS: kafka }),
  };
  for (const service of services) base[`PEER_URL_${service.toUpperCase()}`] = urlOf(service);
  const envOf = (service: Service): NodeJS.ProcessEnv => ({
    ...base,
    PORT: String(portOf(service)),
    DATABASE_URL: urls[service],
  });
  const main = (app: string) => ['--enable-source-maps', join(root, 'apps', app, 'dist', 'main.js')];

  await step('Migrating the databases', () =>
    Promise.all(
      services.map((service) =>
        runCommand(node, [...main(service), 'migrate'], { name: `Migrating ${service}`, env: envOf(service) }),
      ),
    ),
  );
  await withConnection(urls.organizations, (client) =>
    client.query(`insert into platform_setting (key, value) values ('demo', 'true') on conflict (key) do nothing`),
  );
  await loadScenario(envOf, asked);

  const run = async (app: string, env: NodeJS.ProcessEnv, url: string) => {
    const child = await startProcess(node, main(app), {
      name: app,
      env,
      logFile: join(frontlineFolder, 'logs', `${app}.log`),
    });
    stops.processes.push(() => child.stop());
    void child.exited.then(() => {
      if (stopping) return;
      process.stderr.write(
        `${app} has ended by itself; its last words are in .frontline/logs/${app}.log. Stopping everything.\n`,
      );
      process.exitCode = 1;
      void stopAll();
    });
    return { child, url };
  };
  const started = await Promise.all(services.map((service) => run(service, envOf(service), urlOf(service))));
  await step('Waiting for the services', () => Promise.all(started.map(({ child, url }) => ready(url, child))));
  const gatewayEnv: NodeJS.ProcessEnv = {
    ...base,
    PORT: String(gatewayPort),
    ISSUER: 'urn:frontline:development',
    DEVELOPMENT_ISSUER_FILE: issuerFile,
  };
  for (const service of services) gatewayEnv[`SUBGRAPH_URL_${service.toUpperCase()}`] = `${urlOf(service)}/graphql`;
  const gateway = `http://127.0.0.1:${gatewayPort}`;
  const { child } = await run('gateway', gatewayEnv, gateway);
  await step('Waiting for the gateway', () => ready(gateway, child));
  process.stdout.write(greeting(gateway, kafka));
}

function greeting(gateway: string, kafka: string | undefined): string {
  return `
Frontline is ready. Demo data: persons and households are invented (演示数据).

  GraphQL    ${gateway}/graphql
  Explorer   ${gateway}/
  Kafka      ${kafka ?? 'none; events wait in the outbox'}
  Health     ${gateway}/readyz
  Metrics    ${gateway}/metrics

  Demo accounts: CADRE, SUBDISTRICT, GRID_WORKER, DEPARTMENT, DISPATCH_CENTRE, FRONTLINE_OFFICE, INSPECTION,
                 ORG_DEPARTMENT, LEADER, AUDITOR, PARTNER, ADMIN
  A token:       npm run --silent token -- FRONTLINE_OFFICE

Try: 1. open the explorer, pick a role, run a sample query
     2. npm run --silent token -- SUBDISTRICT --place 310110013
     3. record a visit as CADRE (recordActivity) and watch its demand get a case number

Ctrl-C stops everything.
`;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopAll());
try {
  await main();
} catch (error) {
  process.stderr.write(
    `${(error as Error).message}\n${/^Unknown option|^--/.test((error as Error).message) ? `\n${usage}\n` : ''}`,
  );
  process.exitCode = 1;
  await stopAll();
}
