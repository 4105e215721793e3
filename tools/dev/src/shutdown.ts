import { say } from './progress.ts';

type Stop = () => Promise<unknown>;

/** npm passes a Ctrl-C on that the terminal has sent us already: what comes within this time is the same one. */
const SAME_CTRL_C_MS = 500;

/** Ends everything in the right order, once, whatever asks for it: a signal, a failure, or a service that is given up. */
export class Shutdown {
  readonly abort = new AbortController();
  readonly #processes: Stop[] = [];
  readonly #servers: Stop[] = [];
  #asked: () => void = () => undefined;
  /** Resolves when somebody asked for the end. */
  readonly asked = new Promise<void>((resolve) => (this.#asked = resolve));

  /** Whether somebody asked for the end; a failure that ends everything is not asked for. */
  wasAsked = false;

  /** What ends first: gateway and services, all at once. */
  addProcess(stop: Stop): void {
    this.#processes.push(stop);
  }

  /** What the others rest on: ends after them. */
  addServer(stop: Stop): void {
    this.#servers.push(stop);
  }

  /** Asks for the end: what takes long is broken off, and `asked` resolves. */
  ask(): void {
    this.wasAsked = true;
    this.abort.abort(new Error('Frontline was asked to stop'));
    this.#asked();
  }

  /** Ends everything; to be called when nothing is being started any more. */
  async end(): Promise<void> {
    this.abort.abort(new Error('Frontline is stopping'));
    await Promise.allSettled(this.#processes.map((stop) => stop()));
    await Promise.allSettled(this.#servers.map((stop) => stop()));
  }

  /**
   * Ctrl-C, an ended terminal and SIGTERM ask for the end. A second Ctrl-C waits for nothing: we go at once, and the
   * reaper of tools/processes ends what is left.
   */
  listen(): void {
    // The terminal may be gone before we are.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    let askedAt = 0;
    const onSignal = (signal: NodeJS.Signals) => {
      if (askedAt === 0) {
        askedAt = Date.now();
        say('\nStopping. Ctrl-C again ends everything at once.');
        this.ask();
      } else if (signal === 'SIGINT' && Date.now() - askedAt > SAME_CTRL_C_MS) process.exit(130);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  }
}
