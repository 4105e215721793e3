import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '@frontline/access';
import {
  importRecords,
  migrate,
  openSubgraph,
  startSubgraph,
  storageOf,
  subgraphSettings,
  type Ctx,
  type Manifest,
  type ReceivedEvent,
} from '@frontline/platform';
import { postgresForTests } from '@frontline/test-servers';
import { StatementsOfRequests, type Statement } from './statements-of-requests.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers and rows are taken as they come
export type Row = Record<string, any>;

/** What a subgraph begins with. */
export interface SubgraphOptions {
  /** The district's day, YYYY-MM-DD; its clock starts at noon. */
  today: string;
  /** Local copies of other services' records, by the aggregate's name. */
  copies?: Readonly<Record<string, readonly { id: string }[]>>;
  /** Lines that it imports before it starts. */
  lines?: readonly object[];
  /** Settings that differ from the usual ones, such as KAFKA_BROKERS. */
  settings?: Readonly<Record<string, string>>;
}

/** A GraphQL answer with what it cost. */
export interface Answer {
  data?: Row | null;
  errors?: Row[];
  /** What this request, and nothing else, asked of the database. */
  statements: Statement[];
}

/** A subgraph that really runs: its own HTTP server, its own database in a real PostgreSQL. */
export type SubgraphUnderTest = Awaited<ReturnType<typeof subgraphUnderTest>>;

/** Keys of personal data are the same for all specs, since databases are copied between them. */
const keyOf = (purpose: string): string => createHash('sha256').update(purpose).digest('base64');

/**
 * Starts a subgraph by its manifest with copies and lines in a database of its own. They are migrated and imported once
 * a run, however many specs ask for the same. Stop it in `afterAll`.
 */
export async function subgraphUnderTest(
  manifest: Manifest,
  { today, copies = {}, lines = [], settings: more = {} }: SubgraphOptions,
) {
  const environmentOf = (databaseUrl: string): Record<string, string> => ({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    FRONTLINE_MODE: 'development',
    INTERNAL_SECRET: keyOf('internal tokens of tests'),
    PERSONAL_DATA_KEYS: `test:${keyOf('personal data of tests')}`,
    BLIND_INDEX_KEY: keyOf('blind index of tests'),
    CLOCK_OFFSET_MS: String(Math.round(Date.parse(`${today}T12:00:00+08:00`) - Date.now())),
    ...more,
  });
  const settingsOf = (databaseUrl: string) => subgraphSettings.parse(environmentOf(databaseUrl));
  const { freshDatabase } = await postgresForTests();
  const databaseUrl = await freshDatabase({
    key: JSON.stringify([manifest.name, today, copies, lines]),
    from: { key: `${manifest.name} migrated`, prepare: async (url) => void (await migrate(storageOf(manifest), url)) },
    async prepare(url) {
      await insertCopies(url, copies);
      const open = await openSubgraph(manifest, settingsOf(url));
      await importRecords(manifest, open, asLines(lines)).finally(() => open.orm.close(true));
    },
  });
  const settings = settingsOf(databaseUrl);
  const running = await startSubgraph(manifest, settings);
  // what works beside the running process, as commands and consumers do; opened by the first who asks
  let opened: ReturnType<typeof openSubgraph> | undefined;
  async function aside(): ReturnType<typeof openSubgraph> {
    const open = await (opened ??= openSubgraph(manifest, settings));
    open.clock.moveTo(running.clock.offsetMs);
    return open;
  }
  const asSystem = async (): Promise<Ctx> => (await aside()).contextFor({ kind: 'system', service: manifest.name });
  const db = new pg.Client(databaseUrl);
  await db.connect();
  const requests = new StatementsOfRequests();

  async function ask(actor: Actor, query: string, variables?: object): Promise<Answer> {
    const requestId = randomUUID();
    const statements = requests.follow(requestId);
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await running.tokens.sign(manifest.name, actor)}`,
        'content-type': 'application/json',
        'x-request-id': requestId,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { ...((await response.json()) as Omit<Answer, 'statements'>), statements };
  }

  async function rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await db.query<Row>(sql, values)).rows;
  }

  return {
    /** Where it listens. */
    url: running.url,
    /** The settings with which a command of the service works on the same database. */
    environment: environmentOf(databaseUrl),
    /** Signs what only the gateway and other services may ask with. */
    tokens: running.tokens,
    /** Asks as somebody, and gives back data, errors and statements. */
    ask,
    /** Sends a file to a path beside GraphQL, or without one fetches what is there. */
    async file(actor: Actor, path: string, body?: Uint8Array | string, headers: Record<string, string> = {}) {
      const response = await fetch(`${running.url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${await running.tokens.sign(manifest.name, actor)}`, ...headers },
        ...(body !== undefined && { body }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      return { status: response.status, bytes, json: (isJson ? JSON.parse(bytes.toString()) : {}) as Row };
    },
    /** The data of an answer; throws the errors if there are any. */
    async answer(actor: Actor, query: string, variables?: object): Promise<Row> {
      const { data, errors } = await ask(actor, query, variables);
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    /** The extensions (code, field, sentences) of the first error; empty when nothing was refused. */
    async refusal(actor: Actor, query: string, variables?: object): Promise<Row> {
      const { errors } = await ask(actor, query, variables);
      return (errors?.[0]?.['extensions'] ?? {}) as Row;
    },
    /** What PostgreSQL plans for each reading statement, as EXPLAIN prints it. */
    async plans(statements: readonly Statement[]): Promise<string[]> {
      const plans: string[] = [];
      for (const { text, values } of statements.filter((each) => /^\s*(select|with)\b/i.test(each.text)))
        plans.push((await rows(`explain ${text}`, values)).map((row) => row['QUERY PLAN']).join('\n'));
      return plans;
    },
    /** Rows of its database, asked around it. */
    rows,
    /** Imports lines as the command line does. */
    import: async (records: readonly object[]) => importRecords(manifest, await aside(), asLines(records)),
    /** Makes a projection anew, as the command line does. */
    async rebuild(name: string): Promise<object> {
      const rebuild = manifest.projections?.[name];
      if (!rebuild) throw new Error(`${manifest.name} has no projection ${name}`);
      return rebuild(await asSystem());
    },
    /** Adds local copies of an aggregate's records. */
    copy: (aggregate: string, records: readonly { id: string }[]) =>
      insertCopies(databaseUrl, { [aggregate]: records }),
    /** What others are told by events of a type, oldest first; nothing is published while no broker is configured. */
    told: (type: string) =>
      rows('select aggregate_id, sequence::int, payload from outbox where type = $1 order by id', [type]),
    /** The audit's entries of an action, oldest first. */
    audited: (action: string) =>
      rows(
        `select aggregate_type, aggregate_id, actor ->> 'sub' as sub, reason from audit_entry where action = $1 order by id`,
        [action],
      ),
    /** Hands an event to a consumer, as the inbox does with one that is new. */
    consume: async (consumer: NonNullable<Manifest['consumers']>[number], event: ReceivedEvent) =>
      consumer.handle(await asSystem(), event),
    /** Does what the district's day asks for, as a running service does once a day; gives its counts. */
    dailyWork: async (): Promise<Row> => (await manifest.daily?.(await asSystem())) ?? {},
    /** Sets the district's clock, for this subgraph only. */
    moveTo(instant: Date): void {
      running.clock.moveTo(instant.getTime() - Date.now());
    },
    /** Ends it and everything it opened. */
    async stop(): Promise<void> {
      requests.stop();
      await db.end();
      await running.stop();
      await (await opened)?.orm.close(true);
    },
  };
}

async function* asLines(records: readonly object[]): AsyncGenerator<string> {
  for (const record of records) yield JSON.stringify(record);
}

async function insertCopies(url: string, copies: NonNullable<SubgraphOptions['copies']>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const [aggregate, records] of Object.entries(copies))
      await client.query(
        `insert into local_copy select $1, (r ->> 'id')::uuid, 0, 1, r from jsonb_array_elements($2::jsonb) r
         on conflict (aggregate_type, id) do update set sequence = local_copy.sequence + 1, data = excluded.data`,
        [aggregate, JSON.stringify(records)],
      );
  } finally {
    await client.end();
  }
}
