import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { disown, own } from './ownership.ts';
import { isAlive, signalGroup } from './signals.ts';

/** How a process ended: exactly one of the two is set. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface StartOptions {
  /** What people call it in messages; the command without it. */
  name?: string;
  /** The whole environment of the process; ours without it. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Where its output is appended. */
  logFile?: string;
  /** The user to run as (PostgreSQL refuses root). */
  uid?: number;
  gid?: number;
  /** What ends it politely; PostgreSQL wants SIGINT, everything else listens to SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** How long `stop` waits before SIGKILL, in milliseconds. */
  graceMs?: number;
  /** Ends it politely when this is aborted. */
  abort?: AbortSignal;
}

/** A child process with its own group: it doesn't get the terminal's Ctrl-C, and it never outlives us. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** Everything it printed so far on both channels (the last 4 MB). */
  output(): string;
  /** The first line, past or to come, that matches. Fails when the process ends or the time (milliseconds) is over. */
  waitForLine(pattern: RegExp | string, timeoutMs?: number): Promise<string>;
  /** Sends a signal, to pause it for example, and waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal that ends it, and waits until it has ended. */
  kill(signal?: NodeJS.Signals): Promise<Exit>;
  /** Ends it politely, and with SIGKILL if it doesn't listen. */
  stop(): Promise<Exit>;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
}

const KEPT_OUTPUT = 4 * 1024 * 1024;

interface Output {
  text(): string;
  onLine(listener: (line: string) => void): () => void;
}

function collect(streams: Readable[], logFile: string | undefined): Output {
  const log = logFile ? createWriteStream(logFile, { flags: 'a' }) : undefined;
  const listeners = new Set<(line: string) => void>();
  let text = '';
  let open = streams.length;
  for (const input of streams) {
    const lines = createInterface({ input, crlfDelay: Infinity });
    lines.on('line', (line) => {
      log?.write(`${line}\n`);
      text = `${text}${line}\n`;
      if (text.length > KEPT_OUTPUT) text = text.slice(-KEPT_OUTPUT / 2);
      for (const listener of listeners) listener(line);
    });
    lines.on('close', () => {
      open -= 1;
      if (open === 0) log?.end();
    });
  }
  return {
    text: () => text,
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The last lines a process printed, for a message about its end. */
export function lastLines(output: string, count = 15): string {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

function matches(line: string, pattern: RegExp | string): boolean {
  return typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line);
}

/** Starts a program; rejects when it can't be started at all (the command doesn't exist). */
export async function startProcess(
  command: string,
  args: string[],
  options: StartOptions = {},
): Promise<RunningProcess> {
  const { name = command, stopSignal = 'SIGTERM', graceMs = 10_000 } = options;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const pid = child.pid as number;
  own(pid, stopSignal);
  const output = collect([child.stdout, child.stderr], options.logFile);
  let running = true;
  const exited = new Promise<Exit>((resolve) => {
    // 'close' comes after the last line was read, so that a message about the end can quote it.
    child.once('close', (code, signal) => {
      running = false;
      disown(pid);
      resolve({ code, signal });
    });
    // A grandchild that keeps our pipes open must not hide that the process itself has ended.
    child.once('exit', () => setTimeout(() => [child.stdout, child.stderr].forEach((s) => s.destroy()), 500).unref());
  });

  const waitForLine = (pattern: RegExp | string, timeoutMs = 60_000) =>
    new Promise<string>((resolve, reject) => {
      const past = output
        .text()
        .split('\n')
        .find((line) => matches(line, pattern));
      if (past !== undefined) return resolve(past);
      const done = (act: () => void) => {
        clearTimeout(timer);
        off();
        act();
      };
      const fail = (why: string) =>
        done(() =>
          reject(new Error(`${name} ${why} before it printed ${String(pattern)}:\n${lastLines(output.text())}`)),
        );
      const timer = setTimeout(() => fail(`took longer than ${timeoutMs} ms`), timeoutMs);
      const off = output.onLine((line) => {
        if (matches(line, pattern)) done(() => resolve(line));
      });
      void exited.then((exit) => fail(`ended (${describeExit(exit)})`));
    });

  const kill = (signal: NodeJS.Signals = 'SIGTERM') => {
    if (running) signalGroup(pid, signal);
    return exited;
  };
  const stop = async () => {
    if (!running) return exited;
    const timer = setTimeout(() => running && isAlive(pid) && signalGroup(pid, 'SIGKILL'), graceMs);
    try {
      return await kill(stopSignal);
    } finally {
      clearTimeout(timer);
    }
  };
  const abort = () => void stop();
  options.abort?.addEventListener('abort', abort, { once: true });
  void exited.then(() => options.abort?.removeEventListener('abort', abort));
  if (options.abort?.aborted) abort();
  return {
    name,
    pid,
    output: output.text,
    waitForLine,
    signal: (signal) => running && signalGroup(pid, signal),
    kill,
    stop,
    exited,
    isRunning: () => running,
  };
}

/** `exit code 1`, `signal SIGKILL`. */
export function describeExit(exit: Exit): string {
  return exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`;
}
