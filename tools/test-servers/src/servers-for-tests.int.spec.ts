import { withConnection } from '@frontline/postgres';
import { runOfTests } from './run-of-tests.ts';
import { postgresForTests } from './servers-for-tests.ts';

const tablesOf = (url: string) =>
  withConnection(url, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public'`,
    );
    return rows.map(({ tablename }) => tablename);
  });
const createTable = (url: string, name: string) =>
  withConnection(url, async (client) => void (await client.query(`create table ${name} ()`)));

describe('the PostgreSQL of a run of tests', () => {
  it('gives each spec a database of its own', async () => {
    const { freshDatabase } = await postgresForTests();
    const [one, other] = [await freshDatabase(), await freshDatabase()];
    await createTable(one, 'mine');
    expect(await tablesOf(one)).toEqual(['mine']);
    expect(await tablesOf(other)).toEqual([]);
  });

  it('prepares once what many ask for at the same time, and gives each a copy', async () => {
    const { freshDatabase } = await postgresForTests();
    let times = 0;
    const prepared = {
      key: 'prepared once',
      async prepare(url: string) {
        times += 1;
        await createTable(url, 'prepared');
      },
    };
    const urls = await Promise.all([1, 2, 3].map(() => freshDatabase(prepared)));
    expect(times).toBe(1);
    await createTable(urls[0] as string, 'mine');
    expect(await Promise.all(urls.map(async (url) => (await tablesOf(url)).sort()))).toEqual([
      ['mine', 'prepared'],
      ['prepared'],
      ['prepared'],
    ]);
  });

  it('tries again what could not be prepared', async () => {
    const { freshDatabase } = await postgresForTests();
    const key = 'fails at first';
    const failing = { key, prepare: () => Promise.reject(new Error('no such migration')) };
    await expect(freshDatabase(failing)).rejects.toThrow('no such migration');
    const url = await freshDatabase({ key, prepare: (draft) => createTable(draft, 'second') });
    expect(await tablesOf(url)).toEqual(['second']);
  });

  it('keeps no connection that could end just when the next spec asks', async () => {
    const answer = await fetch(new URL('postgres', runOfTests().servers));
    expect(answer.headers.get('connection')).toBe('close');
  });
});
