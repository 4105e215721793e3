import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withConnection } from '@frontline/postgres';
import { frontlineFolder, root } from './secrets.ts';
import { districts, services, StartRefused, type Scenario, type Service, type StartOptions } from './start-options.ts';

/** Where the scenario is written before the services read it. */
export const scenarioFolder = join(frontlineFolder, 'scenario');

/** What a service says of the data it has. */
interface Dataset {
  name: string;
  scale: number;
  asOf: string;
  fingerprint: string;
  /** False when its import was interrupted. */
  whole: boolean;
}

/** What is to be loaded, and where. */
export interface LoadPlan extends Scenario {
  fingerprint: string;
  services: readonly Service[];
  /** One line for whoever starts, when there is something to say. */
  notice?: string;
  /** What to do if data that were loaded before refuse these; absent where there are none. */
  instead?: string;
}

/** Forgets the data of the servers that Frontline runs itself; jars, secrets and builds stay. */
export function forgetData(): void {
  for (const folder of ['postgres', join('kafka', 'data'), 'scenario', 'logs'])
    rmSync(join(frontlineFolder, folder), { recursive: true, force: true });
}

/**
 * Decides what to load, from what each database says it has: nothing where the same data are there already, a scenario
 * where there is none, and what differs where its generator or import has changed. Data of another scale or day can't be
 * turned into what was asked for, so that is refused; a database with data that no scenario brought is left alone.
 */
export async function loadPlan(options: StartOptions, urls: Readonly<Record<Service, string>>): Promise<LoadPlan> {
  const found = await Promise.all(services.map((service) => datasetIn(urls[service], service)));
  const loaded = found.find((each) => typeof each === 'object');
  if (loaded) refuseAnother(loaded, options);
  const scenario = loaded ? { district: loaded.name, scale: loaded.scale, asOf: loaded.asOf } : { ...options.scenario };
  const fingerprint = [scenario.district, scenario.scale, scenario.asOf, await sourcesHash()].join('/');
  const foreign = services.filter((_, nth) => {
    const dataset = found[nth];
    return dataset === 'OTHER' || (dataset && !districts.includes(dataset.name));
  });
  const outdated = services.filter((_, nth) => {
    const dataset = found[nth];
    if (dataset === 'OTHER') return false;
    return !dataset || !dataset.whole || dataset.fingerprint !== fingerprint;
  });
  const plan: LoadPlan = { ...scenario, fingerprint, services: outdated };
  if (foreign.length > 0) {
    const what = `The database of ${foreign.join(', ')} holds data that no scenario brought: nothing is loaded anywhere.`;
    return { ...plan, services: [], notice: what };
  }
  const before = outdated.flatMap((service) => {
    const dataset = found[services.indexOf(service)];
    return typeof dataset === 'object' ? [dataset] : [];
  });
  if (before.length > 0)
    plan.instead = hasOwnDatabases(options)
      ? 'If data that were loaded before stand in its way: empty your databases, and start again.'
      : 'If data that were loaded before stand in its way: start with --reset, which forgets them, with everything recorded since, and loads anew.';
  if (before.some(({ whole }) => whole))
    plan.notice =
      'The scenario or its import has changed since these data were loaded: what differs is brought in, what is no longer listed stays. --reset begins anew.';
  return plan;
}

const hasOwnDatabases = ({ databaseUrls }: StartOptions): boolean => Object.keys(databaseUrls).length > 0;

function refuseAnother(loaded: Dataset, options: StartOptions): void {
  const { asked } = options;
  const has = { district: loaded.name, scale: loaded.scale, asOf: loaded.asOf };
  const differs = (Object.keys(asked) as (keyof Scenario)[]).filter((key) => asked[key] !== has[key]);
  if (differs.length === 0) return;
  const instead = hasOwnDatabases(options)
    ? 'Leave the option out to use them, or empty your databases first.'
    : 'Leave the option out to use them, or add --reset to forget them, with everything recorded since, and load anew.';
  throw new StartRefused(
    `The data loaded here are ${has.district}, --scale ${has.scale}, --as-of ${has.asOf}, and can't be turned into others. ${instead}`,
  );
}

/** What a database has: a data set, data of another origin, or nothing. */
async function datasetIn(url: string, service: Service): Promise<Dataset | 'OTHER' | undefined> {
  try {
    return await withConnection(url, async (client) => {
      const { rows } = await client.query<{ value: Dataset }>(
        `select value from platform_setting where key = 'dataset'`,
      );
      if (rows[0]) return rows[0].value;
      const { rows: used } = await client.query(
        'select 1 from imported_row union all select 1 from outbox union all select 1 from audit_entry limit 1',
      );
      return used.length > 0 ? 'OTHER' : undefined;
    });
  } catch (error) {
    // Its tables are not made yet.
    if ((error as { code?: string }).code === '42P01') return undefined;
    throw new StartRefused(`The database of ${service} does not answer: ${(error as Error).message}`);
  }
}

/** Changes with the generator, and with everything that turns its lines into rows. */
async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of sources()) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function sources(): string[] {
  const generator = [join(root, 'tools', 'scenario'), join(root, 'libs', 'calendar')].flatMap((project) =>
    filesIn(join(project, 'src'), /(?<!\.spec|\.fixture)\.ts$/),
  );
  const data = filesIn(join(root, 'tools', 'scenario', 'data'), /\.json$/);
  const importers = [join(root, 'libs', 'platform', 'src'), ...services.map((name) => join(root, 'apps', name, 'src'))]
    .flatMap((folder) => filesIn(folder, /(?<!\.spec|\.fixture)\.ts$/))
    .filter((file) => /\bimportBatch\b/.test(readFileSync(file, 'utf8')));
  return [...generator, ...data, ...importers].sort();
}

function filesIn(folder: string, pattern: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => pattern.test(file));
}

/** Makes the scenario's folder. */
export function ensureScenarioFolder(): string {
  mkdirSync(scenarioFolder, { recursive: true });
  return scenarioFolder;
}
