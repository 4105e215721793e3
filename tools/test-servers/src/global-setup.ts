import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { announce, type RunOfTests } from './run-of-tests.ts';

/** What the teardown ends; jest keeps this global object between setup and teardown. */
export interface StartedServers {
  process: ChildProcess;
  leftOut: string;
}

/**
 * Jest's global setup of integration and end-to-end tests: one process with the servers of this run. Imports nothing
 * of other projects, since jest loads it as it is, built or not.
 */
export default async function startTestServers(): Promise<void> {
  const program = join(import.meta.dirname, 'main.ts');
  const servers = spawn(process.execPath, ['--conditions=@frontline/source', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const first = await createInterface({ input: servers.stdout })[Symbol.asyncIterator]().next();
  if (first.done) throw new Error('The test servers ended before they said where they are.');
  // FRONTLINE_LEFT_OUT: whoever runs several runs of jest gathers in one file what all of them left out.
  const leftOut = process.env['FRONTLINE_LEFT_OUT'] ?? join(tmpdir(), `frontline-left-out-${process.pid}`);
  announce({ ...(JSON.parse(first.value) as Omit<RunOfTests, 'leftOut'>), leftOut });
  const started: StartedServers = { process: servers, leftOut };
  Object.assign(globalThis, { frontlineTestServers: started });
}
