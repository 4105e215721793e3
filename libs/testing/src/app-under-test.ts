import { join } from 'node:path';
import { runCommand, startProcess, type RunningProcess } from '@frontline/processes';
import { eventually } from './eventually.ts';

/** A program of the platform. */
export type AppName = 'personnel' | 'organizations' | 'households' | 'cases' | 'gateway';

/** What an app says of itself at `/readyz`. */
export interface AppReadiness {
  ready: boolean;
  degraded?: string[];
  reasons?: string[];
}

const apps = join(import.meta.dirname, '..', '..', '..', 'apps');

/** Time for an app to get ready on a machine that has other things to do, in milliseconds. */
const READY_MS = 90_000;

/**
 * One app of the platform as a process of its own, as built (`dist/main.js`): it can be ended politely or by SIGKILL and
 * started again, at the same address with the same settings.
 */
export class AppUnderTest {
  readonly name: AppName;
  /** Where it listens, whether it runs or not. */
  readonly url: string;
  readonly #settings: () => NodeJS.ProcessEnv;
  #process: RunningProcess | undefined;
  #said = '';

  /** `settings` are read anew at each start. */
  constructor(name: AppName, port: number, settings: () => NodeJS.ProcessEnv) {
    this.name = name;
    this.url = `http://127.0.0.1:${port}`;
    this.#settings = () => ({ ...settings(), PORT: String(port) });
  }

  /** Runs one of its commands, such as `migrate`, to its end. */
  async command(...args: string[]): Promise<void> {
    await runCommand(process.execPath, [this.#program, ...args], {
      name: `${this.name} ${args[0] ?? ''}`,
      env: this.#settings(),
    });
  }

  /** Starts it, and waits until it is ready. */
  async start(): Promise<void> {
    const running = await startProcess(process.execPath, ['--enable-source-maps', this.#program], {
      name: this.name,
      env: this.#settings(),
    });
    this.#process = running;
    const ended = running.exited.then(() => {
      if (this.#process === running) throw new Error(`${this.name} ended before it was ready:\n${running.output()}`);
    });
    ended.catch(() => undefined);
    await Promise.race([
      ended,
      eventually(
        `${this.name} is ready`,
        () => this.readiness(),
        (state) => state?.ready === true,
        {
          withinMs: READY_MS,
        },
      ),
    ]);
  }

  /** Ends it politely, as an operator would. */
  stop(): Promise<void> {
    return this.#end((running) => running.stop());
  }

  /** Ends it with SIGKILL: nothing of it runs any more, nothing was tidied up. */
  kill(): Promise<void> {
    return this.#end((running) => running.kill('SIGKILL'));
  }

  /** What it says of itself; `undefined` while it doesn't answer. */
  async readiness(): Promise<AppReadiness | undefined> {
    const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
    return response && ((await response.json()) as AppReadiness);
  }

  /** Everything it printed so far, in all its lives. */
  output(): string {
    return this.#said + (this.#process?.output() ?? '');
  }

  get #program(): string {
    return join(apps, this.name, 'dist', 'main.js');
  }

  async #end(how: (running: RunningProcess) => Promise<unknown>): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running) return;
    await how(running);
    this.#said += running.output();
  }
}
