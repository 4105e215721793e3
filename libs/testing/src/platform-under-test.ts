import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBrokerKey, type BrokerSecurity } from '@frontline/kafka';
import { createDatabase, dropDatabase, startPostgres, type RunningPostgres } from '@frontline/postgres';
import { freePort } from '@frontline/processes';
import pg from 'pg';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { AppUnderTest } from './app-under-test.ts';
import { BrokerUnderTest } from './broker-under-test.ts';
import { signedToken } from './signed-token.ts';

/** The services, each with a database of its own. */
export const SERVICES = ['personnel', 'organizations', 'households', 'cases'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Records for a service's import: as objects, or the path of a file that has them line by line. */
export type Records = readonly object[] | string;

/** What a platform is started with. */
export interface PlatformOptions {
  /** The day that the district has, YYYY-MM-DD; it is nine in the morning in Asia/Shanghai when the platform starts. */
  today: string;
  /** What each service has from the beginning. */
  records?: Partial<Record<ServiceName, Records>>;
  /** `false`: no broker is configured, so events wait in the outbox. `secured`: it asks for TLS and SASL. */
  broker?: boolean | 'secured';
  /** Services that a test starts itself, later; until then they have not even a database. */
  without?: readonly ServiceName[];
}

/** Somebody with a demo account: a role, and the code of a place where there is one account a place. */
export type Who = string | { role: string; place: string };

/** An answer of the gateway, its errors included. */
export interface Answer<D> {
  data?: D | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/**
 * The whole platform as it is built and run: five processes, PostgreSQL and, if wanted, a real broker, on free ports of
 * the loopback interface. What a test wants to know it asks the gateway, as somebody with a role.
 */
export class PlatformUnderTest {
  readonly services: Readonly<Record<ServiceName, AppUnderTest>>;
  readonly gateway: AppUnderTest;
  readonly #broker: BrokerUnderTest | undefined;
  readonly #folder: string;
  readonly #postgresPort: number;
  readonly #settings: NodeJS.ProcessEnv;
  readonly #tokens = new Map<string, string>();
  #postgres: RunningPostgres | undefined;

  private constructor(
    folder: string,
    ports: readonly number[],
    settings: NodeJS.ProcessEnv,
    withBroker: boolean,
    security: BrokerSecurity | undefined,
  ) {
    const [postgres, gateway, broker, controller, ...rest] = ports as [number, number, number, number, ...number[]];
    this.#folder = folder;
    this.#postgresPort = postgres;
    this.#broker = withBroker ? new BrokerUnderTest(folder, broker, controller, security) : undefined;
    this.#settings = { ...settings, ...(this.#broker && { KAFKA_BROKERS: this.#broker.bootstrap }) };
    this.gateway = new AppUnderTest('gateway', gateway, () => this.#settings);
    const each = SERVICES.map((name, at) => {
      const own = () => ({ ...this.#settings, DATABASE_URL: this.#postgres?.urlOf(name) });
      return [name, new AppUnderTest(name, rest[at] as number, own)] as const;
    });
    this.services = Object.fromEntries(each) as Record<ServiceName, AppUnderTest>;
    for (const { name, url } of Object.values(this.services)) {
      this.#settings[`PEER_URL_${name.toUpperCase()}`] = url;
      this.#settings[`SUBGRAPH_URL_${name.toUpperCase()}`] = `${url}/graphql`;
    }
  }

  /** Starts everything, as much as possible at once, and resolves when all of it is ready. A failure leaves nothing running. */
  static async start(options: PlatformOptions): Promise<PlatformUnderTest> {
    const folder = await mkdtemp(join(tmpdir(), 'frontline-platform-'));
    // PostgreSQL may run as another user, who has to pass through
    await chmod(folder, 0o711);
    const ports = await Promise.all(Array.from({ length: 4 + SERVICES.length }, () => freePort()));
    const security = options.broker === 'secured' ? await brokerSecurity(folder) : undefined;
    const settings = { ...(await developmentSettings(folder, options.today)), ...(security && clientOf(security)) };
    const platform = new PlatformUnderTest(folder, ports, settings, options.broker !== false, security);
    try {
      await platform.#startAll(options);
      return platform;
    } catch (error) {
      await platform.stop();
      throw error;
    }
  }

  async #startAll({ records = {}, without = [] }: PlatformOptions): Promise<void> {
    const wanted = SERVICES.filter((name) => !without.includes(name));
    const prepared = this.#startPostgres().then(() =>
      all(wanted.map((name) => this.prepare(name, records[name] ?? []))),
    );
    await all([prepared, ...(this.#broker ? [this.#broker.start()] : [])]);
    await all([this.gateway.start(), ...wanted.map((name) => this.services[name].start())]);
  }

  async #startPostgres(): Promise<void> {
    const dataDir = join(this.#folder, 'postgres');
    this.#postgres = await startPostgres({ dataDir, port: this.#postgresPort, throwaway: true });
  }

  /** The broker, for tests that stop it or read its topics. */
  get broker(): BrokerUnderTest {
    if (!this.#broker) throw new Error('this platform was started without a broker');
    return this.#broker;
  }

  /** Sets settings of whatever starts from now on; gives back what they were. */
  set(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const before = Object.fromEntries(Object.keys(settings).map((name) => [name, this.#settings[name]]));
    Object.assign(this.#settings, settings);
    return before;
  }

  /** Gives a service an empty database with all its tables, and brings records in. */
  async prepare(service: ServiceName, records: Records = []): Promise<void> {
    await createDatabase(this.#server.url, service);
    await this.services[service].command('migrate');
    if (records.length > 0) await this.import(service, records);
  }

  /** Brings records into a service through its own import. */
  async import(service: ServiceName, records: Records): Promise<void> {
    let file = records;
    if (typeof file !== 'string') {
      const lines = file.map((record) => `${JSON.stringify(record)}\n`).join('');
      file = join(this.#folder, `${service}-${randomBytes(4).toString('hex')}.ndjson`);
      await writeFile(file, lines);
    }
    await this.services[service].command('import', file);
  }

  /** Ends a service and takes its database from it. */
  async lose(service: ServiceName): Promise<void> {
    await this.services[service].kill();
    await dropDatabase(this.#server.url, service);
  }

  /** A token of the demo account of a role, as the development issuer gives it. */
  async token(who: Who): Promise<string> {
    const asked = JSON.stringify(typeof who === 'string' ? { role: who } : who);
    const known = this.#tokens.get(asked);
    if (known) return known;
    const { token } = await this.#post<{ token: string }>('/development/token', asked);
    this.#tokens.set(asked, token);
    return token;
  }

  /** A token as its issuer gives it, for a subject and until a time of the test's own choice. */
  async tokenUntil(sub: string, expires: Date): Promise<string> {
    const { DEVELOPMENT_ISSUER_FILE: file, ISSUER: issuer } = this.#settings;
    const key = JSON.parse(await readFile(file as string, 'utf8')) as JWK;
    return signedToken(await importJWK(key, 'ES256'), { issuer: issuer as string, sub, expires });
  }

  /** Sets the district clock of every service; it ticks on from there. An instant in RFC 3339 with its offset. */
  async setClock(now: string): Promise<void> {
    // for those that start or restart later
    this.#settings['CLOCK_OFFSET_MS'] = String(Date.parse(now) - Date.now());
    await this.#post('/development/clock', JSON.stringify({ now }));
  }

  /** Asks the gateway as somebody, and gives back the answer with whatever errors it has. */
  async answer<D>(who: Who, query: string, variables: object = {}): Promise<Answer<D>> {
    const authorization = `Bearer ${await this.token(who)}`;
    return this.#post('/graphql', JSON.stringify({ query, variables }), { authorization });
  }

  /** Asks the gateway as somebody; an answer with errors fails. */
  async ask<D>(who: Who, query: string, variables: object = {}): Promise<D> {
    const { data, errors } = await this.answer<D>(who, query, variables);
    if (errors || !data) throw new Error(`The gateway answered ${JSON.stringify(errors)}`);
    return data;
  }

  /** Rows of a service's database, read around the service: for recounts that share nothing with its own queries. */
  async rows<R extends object>(service: ServiceName, sql: string, values: unknown[] = []): Promise<R[]> {
    const client = new pg.Client(this.#server.urlOf(service));
    await client.connect();
    try {
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends everything, the quick way since nobody will miss its data, and removes that. */
  async stop(): Promise<void> {
    await all([this.gateway, ...Object.values(this.services), this.#broker].map((each) => each?.kill()));
    await this.#postgres?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #server(): RunningPostgres {
    if (!this.#postgres) throw new Error('PostgreSQL does not run');
    return this.#postgres;
  }

  async #post<T>(path: string, body: string, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(new URL(path, this.gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const answer = (await response.json()) as T;
    if (!response.ok && path !== '/graphql') throw new Error(`${path} answered ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** Secrets, an issuer and a clock of development, made for one platform. */
async function developmentSettings(folder: string, today: string): Promise<NodeJS.ProcessEnv> {
  const issuerFile = join(folder, 'issuer.json');
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  await writeFile(issuerFile, JSON.stringify(await exportJWK(privateKey)));
  return {
    PATH: process.env['PATH'],
    FRONTLINE_MODE: 'development',
    LOG_LEVEL: 'warn',
    INTERNAL_SECRET: randomBytes(32).toString('hex'),
    PERSONAL_DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    CLOCK_OFFSET_MS: String(Date.parse(`${today}T09:00:00+08:00`) - Date.now()),
    ISSUER: 'urn:frontline:development',
    DEVELOPMENT_ISSUER_FILE: issuerFile,
  };
}

/** A broker's key and one user, made for one platform. */
async function brokerSecurity(folder: string): Promise<BrokerSecurity> {
  const [key, internalPort] = await Promise.all([makeBrokerKey(join(folder, 'broker-key')), freePort()]);
  return { key, internalPort, users: { frontline: randomBytes(16).toString('hex') } };
}

/** How the services reach a broker with this security. */
function clientOf({ key, users }: BrokerSecurity): NodeJS.ProcessEnv {
  return {
    KAFKA_SSL: 'true',
    KAFKA_SSL_CA: key.certificate,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'frontline',
    KAFKA_SASL_PASSWORD: users['frontline'],
  };
}

/** Waits for all of them, failed or not, so that nothing starts behind the back of whoever tidies up; then fails if one did. */
async function all(work: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason;
}
