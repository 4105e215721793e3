import { ServerUnavailable, describeExit, isAlive, isPortFree, lastLines, startProcess } from '@frontline/processes';
import { SUPERUSER, ensureCluster, lockedBy, postgresProgram, postgresUser } from './cluster.ts';

export interface PostgresOptions {
  /** Where the cluster lives; created on first use. */
  dataDir: string;
  port: number;
  /** File that takes the server's log. */
  log?: string;
  /** Gives up durability for speed: for tests, whose data nobody misses after a power cut. */
  throwaway?: boolean;
}

export interface RunningPostgres {
  /** Connection URL of the superuser to the database `postgres`. */
  url: string;
  /** The same server, another database. */
  urlOf(database: string): string;
  pid: number;
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

const DURABLE = ['-c', 'shared_buffers=256MB', '-c', 'max_connections=200', '-c', 'max_wal_size=2GB'];
const THROWAWAY = [
  ...['-c', 'shared_buffers=128MB', '-c', 'max_connections=400', '-c', 'max_wal_size=2GB'],
  ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'autovacuum=off'],
];

/** Starts the PostgreSQL that comes with npm, on the loopback interface, and resolves when it takes connections. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { port, log, throwaway = false } = options;
  const program = await postgresProgram();
  const folder = await ensureCluster(options.dataDir);
  const owner = lockedBy(folder);
  if (owner !== undefined && isAlive(owner)) {
    throw new ServerUnavailable(
      'failed',
      `Another PostgreSQL (process ${owner}) already runs on the data in ${folder}.`,
    );
  }
  if (!(await isPortFree(port))) {
    throw new ServerUnavailable(
      'port-taken',
      `Port ${port}, which Frontline's PostgreSQL wants, is taken: stop the program that listens there, or choose another port with POSTGRES_PORT.`,
    );
  }
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'timezone=UTC'];
  const server = await startProcess(
    program,
    ['-D', folder, '-p', String(port), ...settings, ...(throwaway ? THROWAWAY : DURABLE)],
    { name: 'PostgreSQL', logFile: log, stopSignal: 'SIGINT', ...postgresUser() },
  );
  try {
    await server.waitForLine('database system is ready to accept connections', 60_000);
  } catch (cause) {
    const exit = await server.stop();
    throw new ServerUnavailable(
      'failed',
      `PostgreSQL didn't start (${describeExit(exit)}):\n${lastLines(server.output())}`,
      { cause },
    );
  }
  const urlOf = (database: string) =>
    `postgresql://${SUPERUSER.user}:${SUPERUSER.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    url: urlOf('postgres'),
    urlOf,
    pid: server.pid,
    exited: server.exited,
    stop: async () => void (await server.stop()),
  };
}
