export {
  type Exit,
  type RunningProcess,
  type StartOptions,
  describeExit,
  lastLines,
  startProcess,
} from './running-process.ts';
export { runCommand } from './run-command.ts';
export { freePort, isPortFree } from './ports.ts';
export { isAlive, signalGroup } from './signals.ts';
export { v8Flags } from './v8-flags.ts';
export { ServerUnavailable, type UnavailableReason } from './unavailable.ts';
