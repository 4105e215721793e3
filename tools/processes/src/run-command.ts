import { type StartOptions, describeExit, lastLines, startProcess } from './running-process.ts';

/** Runs a program to its end and gives back what it printed; a failure quotes its last lines. */
export async function runCommand(command: string, args: string[], options: StartOptions = {}): Promise<string> {
  const running = await startProcess(command, args, options);
  const exit = await running.exited;
  if (exit.code !== 0) {
    const where = options.logFile ? ` (all of it in ${options.logFile})` : '';
    throw new Error(`${running.name} failed with ${describeExit(exit)}${where}:\n${lastLines(running.output())}`);
  }
  return running.output();
}
