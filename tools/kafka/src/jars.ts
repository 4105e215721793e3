import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerUnavailable } from '@frontline/processes';
import { findJava, findMaven, runMaven } from './java.ts';

const POM = fileURLToPath(new URL('../pom.xml', import.meta.url));

/** The checkout's folder for everything that isn't committed. */
export const FRONTLINE_FOLDER = fileURLToPath(new URL('../../../.frontline', import.meta.url));

export interface JarsOptions {
  /** Where the jars are kept, each set in a folder named by the pom's hash. */
  folder?: string;
  env?: NodeJS.ProcessEnv;
  /** Ends the fetching. */
  abort?: AbortSignal;
}

function isFolder(path: string): boolean {
  return existsSync(path) && readdirSync(path).some((name) => name.startsWith('kafka_'));
}

function placeOfJars(options: JarsOptions): { home: string; target: string } {
  const hash = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12);
  const home = resolve(options.folder ?? join(FRONTLINE_FOLDER, 'kafka', 'lib'));
  return { home, target: join(home, hash) };
}

/** Why no broker can be started on this machine, with what to do; `undefined` where Java is there, and jars or Maven. */
export async function missingForBroker(options: JarsOptions = {}): Promise<ServerUnavailable | undefined> {
  try {
    await findJava(options.env);
    if (!isFolder(placeOfJars(options).target)) await findMaven(options.env);
    return undefined;
  } catch (error) {
    if (error instanceof ServerUnavailable) return error;
    throw error;
  }
}

/**
 * Fetches the broker's jars with Maven, once for each content of the pom, and gives back their folder. `progress` is
 * told before anything that takes long. Two processes may do it at once: the one that comes second keeps the first's.
 */
export async function ensureJars(
  progress: (message: string) => void = () => undefined,
  options: JarsOptions = {},
): Promise<string> {
  const { home, target } = placeOfJars(options);
  if (isFolder(target)) return target;
  progress('Fetching the Kafka broker with Maven (once, about 100 MB)');
  const incoming = join(home, `.incoming-${randomUUID()}`);
  mkdirSync(incoming, { recursive: true });
  try {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${incoming}`];
    await runMaven(['-q', '-B', '-f', POM, ...goal], options.env, options.abort);
    if (!isFolder(incoming)) throw new ServerUnavailable('failed', 'Maven ended well, but brought no Kafka jars.');
    if (!isFolder(target)) {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(incoming, target);
    }
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
  return target;
}
