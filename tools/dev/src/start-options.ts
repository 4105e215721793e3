import { parseArgs } from 'node:util';

/** The services of the platform, in the order of their ports. */
export const services = ['personnel', 'organizations', 'households', 'cases'] as const;
export type Service = (typeof services)[number];

/** What the one who starts got wrong; the message is one readable sentence with what to do. */
export class StartRefused extends Error {}

export const usage = `npm start -- [--reset] [--scale N] [--as-of YYYY-MM-DD] [--district NAME] [--help]

  --reset      forgets the data of the PostgreSQL and the broker that Frontline started here, then loads anew;
               fetched jars, development secrets and your own servers are left alone
  --scale N    households, visits and cases of the scenario, times N (1 when nothing is loaded yet)
  --as-of DAY  the day that the district has, and up to which the scenario tells its history (2018-08-17)
  --district   yangpu (the article's) or small (for a quick look)

  DATABASE_URL_PERSONNEL, …_ORGANIZATIONS, …_HOUSEHOLDS, …_CASES use your own PostgreSQL databases, all or some.
  KAFKA_BROKERS (KAFKA_SSL, KAFKA_SASL_…) uses your own broker.
  POSTGRES_PORT (54329), KAFKA_PORT (19092 and the one after it), GATEWAY_PORT (4000; the services take the four after it).`;

/** What to load where nothing is loaded yet. */
export interface Scenario {
  district: string;
  scale: number;
  asOf: string;
}

/** The districts whose scenario can be made here. */
export const districts: readonly string[] = ['yangpu', 'small'];

const DEFAULTS: Scenario = { district: 'yangpu', scale: 1, asOf: '2018-08-17' };

/** What a start was asked for. */
export interface StartOptions {
  help: boolean;
  reset: boolean;
  scenario: Scenario;
  /** What of the scenario was asked for by name; the rest takes what is loaded. */
  asked: Partial<Scenario>;
  /** Databases of one's own. */
  databaseUrls: Partial<Record<Service, string>>;
  /** Brokers of one's own. */
  brokers: string | undefined;
  ports: { postgres: number; kafka: number; gateway: number };
}

/** Reads arguments and environment; throws {@link StartRefused}. */
export function startOptions(argv: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const values = parsed(argv);
  const asked: Partial<Scenario> = {};
  if (values.scale !== undefined) {
    if (!/^[1-9]\d{0,2}$/.test(values.scale)) throw new StartRefused('--scale must be a whole number from 1 to 999');
    asked.scale = Number(values.scale);
  }
  if (values['as-of'] !== undefined) {
    if (!isDay(values['as-of'])) throw new StartRefused('--as-of must be a day that exists, YYYY-MM-DD');
    asked.asOf = values['as-of'];
  }
  if (values.district !== undefined) {
    if (!districts.includes(values.district))
      throw new StartRefused(`--district must be one of ${districts.join(', ')}`);
    asked.district = values.district;
  }
  const databaseUrls: Partial<Record<Service, string>> = {};
  for (const service of services) {
    const url = env[`DATABASE_URL_${service.toUpperCase()}`];
    if (url) databaseUrls[service] = url;
  }
  const brokers = env['KAFKA_BROKERS'] || undefined;
  const own = [...Object.keys(databaseUrls).map((service) => `DATABASE_URL_${service.toUpperCase()}`)];
  if (brokers) own.push('KAFKA_BROKERS');
  if (values.reset && own.length > 0) {
    throw new StartRefused(
      `--reset forgets only what Frontline keeps in its own PostgreSQL and broker, and ${own.join(', ')} name servers of your own, ` +
        'which it never empties: leave --reset out and empty them yourself, or unset these variables.',
    );
  }
  return {
    help: values.help ?? false,
    reset: values.reset ?? false,
    scenario: { ...DEFAULTS, ...asked },
    asked,
    databaseUrls,
    brokers,
    ports: {
      postgres: port(env, 'POSTGRES_PORT', 54329),
      kafka: port(env, 'KAFKA_PORT', 19092),
      gateway: port(env, 'GATEWAY_PORT', 4000),
    },
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        reset: { type: 'boolean' },
        scale: { type: 'string' },
        'as-of': { type: 'string' },
        district: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new StartRefused(`${(error as Error).message}\n\n${usage}`);
  }
}

function port(env: NodeJS.ProcessEnv, name: string, usual: number): number {
  const given = env[name] || String(usual);
  if (!/^\d{1,5}$/.test(given) || Number(given) < 1 || Number(given) > 65_530)
    throw new StartRefused(`${name} must be a port, a whole number from 1 to 65530`);
  return Number(given);
}

/** Whether a text is a day that exists: what does not comes back as another day. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
