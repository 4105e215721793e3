import { type Exit, describeExit, lastLines } from '@frontline/processes';
import { existsSync, readFileSync } from 'node:fs';

/** A server or service that runs. */
export interface Supervised {
  readonly exited: Promise<unknown>;
  stop(): Promise<unknown>;
}

/** What is kept running, and how that is told. */
export interface Watch<S extends Supervised> {
  name: string;
  /** Starts it and resolves when it is ready; leaves nothing running when it fails. */
  start(): Promise<S>;
  say(line: string): void;
  /** Called once, when it has crashed too often to go on. */
  giveUp(message: string): void;
  /** Where its last words are. */
  log?: string;
  patience?: Patience;
}

/** When a restart follows, and when none does any more. */
export interface Patience {
  /** Wait before the first restart, in milliseconds; each further crash within the window doubles it. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** As many crashes within the window as end the trying. */
  crashes: number;
  windowMs: number;
}

const PATIENCE: Patience = { firstWaitMs: 500, longestWaitMs: 8_000, crashes: 5, windowMs: 60_000 };

/**
 * Starts something and keeps it running: what ends by itself is started again after a wait that grows with each crash,
 * until there were too many of them. Only the first start's failure is the caller's; resolves with it being ready.
 */
export async function supervise<S extends Supervised>(watch: Watch<S>): Promise<{ first: S; stop(): Promise<void> }> {
  const { name, say, patience = PATIENCE } = watch;
  const first = await watch.start();
  let current: S | undefined = first;
  let stopping = false;
  let wake: () => void = () => undefined;
  const crashes: number[] = [];

  /** Waits before the next attempt; false when there is none. */
  const nextAttempt = async (what: string): Promise<boolean> => {
    const now = Date.now();
    crashes.push(now);
    while (crashes[0] !== undefined && crashes[0] < now - patience.windowMs) crashes.shift();
    if (crashes.length >= patience.crashes) {
      watch.giveUp(
        `✗ ${name} ${what}, ${crashes.length} crashes within ${patience.windowMs / 1000} s; it is not started again.${lastWords(watch.log)}`,
      );
      return false;
    }
    const wait = Math.min(patience.firstWaitMs * 2 ** (crashes.length - 1), patience.longestWaitMs);
    say(`! ${name} ${what}; starting it again in ${wait / 1000} s.${watch.log ? ` Its log: ${watch.log}` : ''}`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return !stopping;
  };

  const keep = async (): Promise<void> => {
    while (current) {
      const exit = await current.exited;
      current = undefined;
      if (stopping) return;
      let what = `has ended (${describeExit(exit as Exit)})`;
      while (!current && (await nextAttempt(what))) {
        try {
          current = await watch.start();
          if (!stopping) say(`✓ ${name} runs again`);
        } catch (error) {
          if (stopping) return;
          what = `could not start again: ${(error as Error).message.split('\n')[0]?.replace(/:$/, '')}`;
        }
      }
      // stop() came while it was starting, and had nothing to stop yet
      if (stopping) await current?.stop();
    }
  };
  const kept = keep();
  return {
    first,
    async stop() {
      stopping = true;
      wake();
      await current?.stop();
      await kept;
    },
  };
}

function lastWords(log: string | undefined): string {
  if (!log || !existsSync(log)) return '';
  return ` Its last words (${log}):\n${lastLines(readFileSync(log, 'utf8'), 5)}`;
}
