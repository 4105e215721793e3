import type { spawnSync } from 'node:child_process';
import { describeExit } from '@frontline/processes';

/**
 * Why a program did not end well, in a few words: its exit code, the signal that ended it, or why it never started; nothing
 * when it did. A program that is ended from outside prints nothing itself, so whoever ran it must say so.
 */
export function whyItFailed({
  error,
  signal,
  status,
}: Pick<ReturnType<typeof spawnSync>, 'error' | 'signal' | 'status'>): string | undefined {
  if (status === 0) return undefined;
  if (error && !signal) return `could not be started: ${error.message}`;
  const killed = signal === 'SIGKILL' ? ', as the system does when it has no memory left' : '';
  return `${describeExit({ code: status, signal })}${killed}`;
}
