import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { StartedServers } from './global-setup.ts';

/** Jest's global teardown: ends the servers of this run, and says which specs were left out and why. */
export default async function stopTestServers(): Promise<void> {
  const { frontlineTestServers: started } = globalThis as { frontlineTestServers?: StartedServers };
  if (!started) return;
  const { process: servers, leftOut } = started;
  const ended = once(servers, 'exit');
  servers.stdin?.end();
  await ended;
  if (process.env['FRONTLINE_LEFT_OUT'] || !existsSync(leftOut)) return;
  process.stderr.write(`\nLeft out:\n${readFileSync(leftOut, 'utf8')}`);
  rmSync(leftOut);
}
