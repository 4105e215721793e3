import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Actor } from '@frontline/access';
import {
  importRecords,
  migrate,
  openSubgraph,
  startSubgraph,
  storageOf,
  subgraphSettings,
  type Manifest,
} from '@frontline/platform';
import { cadres, lines, organizations, TODAY } from './small-district.fixture.ts';
import { households } from './subgraph.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers and drivers are taken as they come
type Row = Record<string, any>;
const server = process.env['FRONTLINE_TEST_POSTGRES'] as string;

export async function smallDistrict() {
  const name = `hh_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const settings = subgraphSettings.parse({
    DATABASE_URL: url.href,
    PORT: 0,
    LOG_LEVEL: 'silent',
    FRONTLINE_MODE: 'development',
    INTERNAL_SECRET: 'x'.repeat(40),
    PERSONAL_DATA_KEYS: `k:${randomBytes(32).toString('base64')}`,
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    CLOCK_OFFSET_MS: Math.round(Date.parse(`${TODAY}T12:00:00+08:00`) - Date.now()),
  });
  await migrate(storageOf(households), url.href);
  const statements: { text: string; values: unknown[] }[] = [];
  const original = pg.Client.prototype.query;
  const running = await startSubgraph(households, settings);
  const importer = await openSubgraph(households, settings);
  const db = new pg.Client(url.href);
  await db.connect();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers and drivers are taken as they come
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    const [first, values] = args;
    const text = typeof first === 'string' ? first : first.text;
    if (this !== db && /^\s*(select|insert|with)/i.test(text))
      statements.push({ text, values: (Array.isArray(values) ? values : first.values) ?? [] });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers and drivers are taken as they come
    return (original as any).apply(this, args);
  } as never;
  const ask = async (actor: Actor, query: string, variables?: object): Promise<{ data?: Row; errors?: Row[] }> => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await running.tokens.sign('households', actor)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as never;
  };
  const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> => (await db.query(sql, values)).rows;
  const district = {
    async answer(actor: Actor, query: string, variables?: object): Promise<Row> {
      const { data, errors } = await ask(actor, query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data as Row;
    },
    async refusal(actor: Actor, query: string, variables?: object): Promise<Row> {
      const { errors } = await ask(actor, query, variables);
      return (errors?.[0]?.['extensions'] ?? {}) as Row;
    },
    rows,
    statements: () => statements,
    async plans(asked: typeof statements) {
      const plans: string[] = [];
      for (const { text, values } of asked.filter((each) => /^\s*select/i.test(each.text)))
        plans.push(
          (await db.query(`explain ${text}`, values as never)).rows.map((row: Row) => row['QUERY PLAN']).join('\n'),
        );
      return plans;
    },
    async import(records: readonly object[]) {
      return importRecords(
        households,
        importer,
        (async function* () {
          for (const line of records) yield JSON.stringify(line);
        })(),
      );
    },
    async copy(aggregate: string, records: readonly { id: string }[]) {
      for (const record of records)
        await db.query('insert into local_copy values ($1, $2, 0, 1, $3)', [
          aggregate,
          record.id,
          JSON.stringify(record),
        ]);
    },
    audited: (action: string) =>
      rows(
        `select aggregate_type, aggregate_id, actor ->> 'sub' as sub, reason from audit_entry where action = $1 order by id`,
        [action],
      ),
    told: (type: string) =>
      rows('select aggregate_id, sequence::int, payload from outbox where type = $1 order by id', [type]),
    consume(consumer: NonNullable<Manifest['consumers']>[number], event: object) {
      return consumer.handle(importer.contextFor({ kind: 'system', service: 'households' }), event as never);
    },
    async stop() {
      pg.Client.prototype.query = original;
      await db.end();
      await running.stop();
      await importer.orm.close(true);
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
  await district.copy('organization', organizations);
  await district.copy('cadre', cadres);
  await district.import(lines);
  return district;
}

export type SmallDistrict = Awaited<ReturnType<typeof smallDistrict>>;
