/**
 * Ends what its owner left behind. The owner writes `+ PID SIGNAL` and `- PID` lines to our standard input; when that
 * pipe closes, however the owner died (SIGKILL included), every process still on the list is ended with its signal and,
 * if it doesn't listen, with SIGKILL.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, signalGroup } from './signals.ts';

const GRACE_MS = 8_000;
const owned = new Map<number, NodeJS.Signals>();

// The owner's terminal sends Ctrl-C to us as well; we have to stay until the pipe closes.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('SIGHUP', () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const [mark, pid, signal] = line.split(' ');
  if (mark === '+') owned.set(Number(pid), (signal ?? 'SIGTERM') as NodeJS.Signals);
  else owned.delete(Number(pid));
}

for (const [pid, signal] of owned) signalGroup(pid, signal);
const deadline = Date.now() + GRACE_MS;
while ([...owned.keys()].some(isAlive) && Date.now() < deadline) await pause(50);
for (const pid of owned.keys()) if (isAlive(pid)) signalGroup(pid, 'SIGKILL');
