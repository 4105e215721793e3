import { accessSync, constants, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, lastLines, startProcess } from '@frontline/processes';
import type { Forked } from '../forked.ts';

/** Names under which `cargo install hive-router --features graphiql` and its releases put it. */
const NAMES = ['hive_router', 'hive-router'];

/** Units of the times in /proc: USER_HZ, which Linux fixes at 100 for all programs. */
const TICKS = 100;

/** Bytes of a page of memory, on the processors that Node runs on. */
const PAGE = 4096;

/** Milliseconds in which it must answer after its start. */
const START_MS = 20_000;

/** Hive Router's program: HIVE_ROUTER_BIN, or the one on the PATH; `undefined` where it isn't installed. */
export function hiveRouterProgram(): string | undefined {
  const named = process.env['HIVE_ROUTER_BIN'];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name)));
  return [...(named ? [named] : []), ...onPath].find(isProgram);
}

/**
 * Starts Hive Router as its documentation says, over a supergraph in a folder of its own. One thing is told otherwise: it
 * must not answer requests of several callers by one fetch, which ours never does either, since they may have other rights.
 */
export async function startHiveRouter(program: string, supergraph: string, folder: string): Promise<Forked> {
  const port = await freePort();
  await writeFile(join(folder, 'router.config.yaml'), 'traffic_shaping:\n  all:\n    dedupe_enabled: false\n');
  const running = await startProcess(program, [], {
    name: 'Hive Router',
    cwd: folder,
    env: { PORT: String(port), HOST: '127.0.0.1', SUPERGRAPH_FILE_PATH: supergraph, LOG_LEVEL: 'error' },
  });
  const url = `http://127.0.0.1:${port}`;
  for (const since = Date.now(); !(await answers(`${url}/health`));) {
    if (!running.isRunning() || Date.now() - since > START_MS) {
      await running.stop();
      throw new Error(`Hive Router does not start:\n${lastLines(running.output())}`);
    }
    await pause(100);
  }
  return {
    url: `${url}/graphql`,
    used: async () => usedBy(running.pid),
    async stop() {
      await running.stop();
    },
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** What a process has used since it began, as Linux counts it (proc(5)): user and system time, resident pages. */
function usedBy(pid: number): { cpu: number; resident: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the name of the program may hold anything, and ends with the last parenthesis
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0] = [fields[11], fields[12]].map(Number);
  const [, pages = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
  return { cpu: (user + system) / TICKS, resident: pages * PAGE };
}
