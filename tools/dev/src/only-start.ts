import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isPortFree } from '@frontline/processes';
import { services, StartRefused, type StartOptions } from './start-options.ts';

/**
 * Makes this the only start on the folder, before anything in it is touched; the lock of a start that was killed is
 * taken over. Returns what gives it back.
 */
export function onlyStart(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'start.pid');
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner) && isStart(owner)) {
    throw new StartRefused(
      `Frontline already runs, or is starting, from this checkout (process ${owner}): use that one, or stop it with Ctrl-C in its terminal.`,
    );
  }
  rmSync(lock, { force: true });
  const file = openSync(lock, 'wx');
  writeSync(file, String(process.pid));
  closeSync(file);
  return () => rmSync(lock, { force: true });
}

/** A process id is given to others after its owner ended; where the system tells what runs, we look. */
function isStart(pid: number): boolean {
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('tools/dev/');
}

/** Refuses to begin where somebody else listens already; before anything is touched. */
export async function checkPorts({ ports, databaseUrls, brokers }: StartOptions): Promise<void> {
  const wanted: { port: number; what: string; instead: string }[] = [];
  for (let nth = 0; nth <= services.length; nth += 1) {
    const what = nth === 0 ? 'the gateway' : `the ${services[nth - 1]} service`;
    wanted.push({ port: ports.gateway + nth, what, instead: 'choose five free ports in a row with GATEWAY_PORT=…' });
  }
  if (services.some((service) => !databaseUrls[service]))
    wanted.push({ port: ports.postgres, what: 'PostgreSQL', instead: 'choose another port with POSTGRES_PORT=…' });
  if (!brokers) {
    const instead = 'choose two free ports in a row with KAFKA_PORT=…, or use a broker of yours with KAFKA_BROKERS=…';
    for (const port of [ports.kafka, ports.kafka + 1]) wanted.push({ port, what: 'the Kafka broker', instead });
  }
  const seen = new Map<number, string>();
  for (const { port, what, instead } of wanted) {
    const other = seen.get(port);
    if (other) throw new StartRefused(`Port ${port} is wanted by ${other} and by ${what}: ${instead}.`);
    seen.set(port, what);
    if (await isPortFree(port)) continue;
    throw new StartRefused(
      `Port ${port}, which ${what} wants, is taken. If Frontline runs there already, use it or stop it with Ctrl-C; otherwise ${instead}.`,
    );
  }
}
