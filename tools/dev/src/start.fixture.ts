import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, isAlive, isPortFree, startProcess, type RunningProcess } from '@frontline/processes';

const program = join(import.meta.dirname, '..', 'run.mjs');

/** Free ports for a whole start: one, two in a row, five in a row. */
async function freePorts(): Promise<Record<'POSTGRES_PORT' | 'KAFKA_PORT' | 'GATEWAY_PORT', string>> {
  const inARow = async (count: number, taken: readonly number[]): Promise<number> => {
    for (;;) {
      const first = await freePort();
      if (first > 65_000) continue;
      const row = Array.from({ length: count }, (_, nth) => first + nth);
      if (row.some((port) => taken.includes(port))) continue;
      if ((await Promise.all(row.map(isPortFree))).every(Boolean)) return first;
    }
  };
  const gateway = await inARow(5, []);
  const five = Array.from({ length: 5 }, (_, nth) => gateway + nth);
  const kafka = await inARow(2, five);
  const postgres = await inARow(1, [...five, kafka, kafka + 1]);
  return { POSTGRES_PORT: String(postgres), KAFKA_PORT: String(kafka), GATEWAY_PORT: String(gateway) };
}

/** A folder of data of its own, in which the platform is started as `npm start` does. */
export interface Checkout {
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Settings under which no Java is found. */
  noJava: NodeJS.ProcessEnv;
  /** Settings under which the Java that is found says that it is this version. */
  otherJava(version: string): NodeJS.ProcessEnv;
  start(args?: string[], env?: NodeJS.ProcessEnv): Promise<RunningProcess>;
  /** Ends what a failed test left, and removes the folder. */
  remove(): Promise<void>;
}

export async function checkout(): Promise<Checkout> {
  const home = mkdtempSync(join(tmpdir(), 'start-'));
  // root's PostgreSQL runs as another user, who has to pass through
  chmodSync(home, 0o755);
  const folder = join(home, '.frontline');
  const env = { ...process.env, ...(await freePorts()), FRONTLINE_FOLDER: folder };
  for (const name of Object.keys(env))
    if (/^(DATABASE_URL|KAFKA_BROKERS)/.test(name)) delete env[name as keyof typeof env];
  const started: RunningProcess[] = [];
  return {
    folder,
    env,
    noJava: { JAVA_HOME: join(folder, '..', 'no-java') },
    otherJava(version) {
      const home = join(folder, '..', `java-${version}`);
      mkdirSync(join(home, 'bin'), { recursive: true });
      writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, { mode: 0o755 });
      return { JAVA_HOME: home };
    },
    async start(args = [], more = {}) {
      const child = await startProcess(
        process.execPath,
        ['--conditions=@frontline/source', program, 'start', '--district', 'small', ...args],
        { name: 'npm start', env: { ...env, ...more }, graceMs: 60_000 },
      );
      started.push(child);
      return child;
    },
    async remove() {
      for (const child of started) await child.stop();
      rmSync(join(folder, '..'), { recursive: true, force: true });
    },
  };
}

/** A process below another one. */
export interface Descendant {
  pid: number;
  command: string;
}

/** Everything that a process has started, and what that has started. */
export function descendantsOf(pid: number): Descendant[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) as RegExpExecArray)
    .map(([, own, parent, command]) => ({ pid: Number(own), parent: Number(parent), command: command as string }));
  const below = (parent: number): Descendant[] =>
    all
      .filter((each) => each.parent === parent)
      .flatMap(({ pid: own, command }) => [{ pid: own, command }, ...below(own)]);
  return below(pid);
}

/** The one process below another whose command matches, as soon as it is there. */
export async function descendant(child: RunningProcess, command: RegExp): Promise<number> {
  const found = await until(() => {
    if (!child.isRunning()) throw new Error(`${child.name} has ended:\n${child.output()}`);
    return descendantsOf(child.pid).find((each) => command.test(each.command));
  });
  return found.pid;
}

/** Waits until a condition gives something; fails after a minute and a half. */
export async function until<T>(condition: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline;) {
    const met = await condition();
    if (met !== undefined && met !== false) return met;
    await pause(100);
  }
  throw new Error('What was waited for did not come within 90 s');
}

/** Waits until none of these processes is left. */
export async function gone(processes: readonly Descendant[]): Promise<void> {
  await until(() => !processes.some(({ pid }) => isAlive(pid)));
}
