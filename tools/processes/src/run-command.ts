import { type StartOptions, describeExit, lastLines, startProcess } from './running-process.ts';

/** Runs a program to its end and gives back what it printed; a failure quotes its last lines, an abort throws its reason. */
export async function runCommand(command: string, args: string[], options: StartOptions = {}): Promise<string> {
  options.abort?.throwIfAborted();
  const running = await startProcess(command, args, options);
  const exit = await running.exited;
  options.abort?.throwIfAborted();
  if (exit.code !== 0) {
    const where = options.logFile ? ` (all of it in ${options.logFile})` : '';
    throw new Error(`${running.name} failed with ${describeExit(exit)}${where}:\n${lastLines(running.output())}`);
  }
  return running.output();
}
