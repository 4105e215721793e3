import pg from 'pg';

/** Runs statements on one connection and closes it. */
export async function withConnection<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/** Creates a database, as a copy of another one where that is named; says whether it is new. */
export function createDatabase(server: string, name: string, template = 'template0'): Promise<boolean> {
  return withConnection(server, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return false;
    try {
      await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
      return true;
    } catch (error) {
      // Another process was faster.
      if (['42P04', '23505'].includes((error as { code?: string }).code ?? '')) return false;
      throw error;
    }
  });
}

/** Drops a database with whoever is connected to it; one that isn't there is no error. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  await withConnection(server, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  );
}
