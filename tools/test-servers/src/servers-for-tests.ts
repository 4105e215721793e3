import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDatabase, dropDatabase, withConnection, withDatabase } from '@frontline/postgres';
import { runOfTests } from './run-of-tests.ts';

/** How a database is prepared once in a run; all others of this key are copies of the first. */
export interface PreparedDatabase {
  /** Says what `prepare` depends on: equal keys, equal content. */
  key: string;
  /** What it begins as, instead of an empty database. */
  from?: PreparedDatabase;
  /** Fills the database and closes every connection to it. */
  prepare(url: string): Promise<void>;
}

/** The run's PostgreSQL. It is thrown away with everything in it when the run ends. */
export interface PostgresForTests {
  /** Superuser's URL to the database `postgres`. */
  url: string;
  /** URL of a new database that nobody else uses: empty, or with what was prepared. */
  freshDatabase(prepared?: PreparedDatabase): Promise<string>;
}

/** The one real PostgreSQL of this run; the first who asks starts it. */
export async function postgresForTests(): Promise<PostgresForTests> {
  const { url } = await askFor<{ url: string }>('postgres');
  return {
    url,
    async freshDatabase(prepared) {
      const template = prepared && (await preparedTemplate(url, prepared));
      const name = `t_${randomBytes(8).toString('hex')}`;
      await createDatabase(url, name, template);
      return withDatabase(url, name);
    },
  };
}

/** `host:port` of the one real Kafka broker of this run; the first who asks starts it. For `describeWith('kafka')`. */
export async function brokerForTests(): Promise<string> {
  return (await askFor<{ bootstrap: string }>('kafka')).bootstrap;
}

async function askFor<T>(server: string): Promise<T> {
  const response = await fetch(new URL(server, runOfTests().servers));
  const answer = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

/** Workers of jest prepare side by side: an advisory lock of the key lets one of them do it and the others wait. */
async function preparedTemplate(server: string, { key, from, prepare }: PreparedDatabase): Promise<string> {
  const base = from && (await preparedTemplate(server, from));
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const [name, draft] = [`template_${hash}`, `draft_${hash}`];
  return withConnection(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return name;
    await dropDatabase(server, draft);
    await createDatabase(server, draft, base);
    await prepare(withDatabase(server, draft));
    await client.query(`alter database ${pg.escapeIdentifier(draft)} rename to ${pg.escapeIdentifier(name)}`);
    return name;
  });
}
