import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let reaper: ChildProcess | undefined;

/** Our reaper's standard input; started with the first process that we own, so that programs without children have none. */
function list() {
  if (!reaper) {
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
    reaper = spawn(process.execPath, [fileURLToPath(new URL(`./reaper${extension}`, import.meta.url))], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    reaper.unref();
    // A reaper that was ended by hand must not take its owner with it.
    reaper.stdin?.on('error', () => undefined);
    (reaper.stdin as unknown as { unref?: () => void }).unref?.();
  }
  return reaper.stdin;
}

/** From now on this process ends with us, even if we are killed. */
export function own(pid: number, stopSignal: NodeJS.Signals): void {
  list()?.write(`+ ${pid} ${stopSignal}\n`);
}

/** The process has ended; its id may be given to another one. */
export function disown(pid: number): void {
  list()?.write(`- ${pid}\n`);
}
