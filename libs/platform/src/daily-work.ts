import type { Ctx } from './context.ts';
import type { Manifest } from './manifest.ts';

/** How often a running service looks whether the district's day is another one, in milliseconds of real time. */
const LOOK_MS = 30_000;

/**
 * Does a service's daily work once the district's day is another one, and when the service starts. It is work that may
 * be done again, so nothing is kept of what was done: after a crash, or in two processes, it comes to the same.
 */
export class DailyWork {
  readonly #work: NonNullable<Manifest['daily']> | undefined;
  readonly #context: () => Ctx;
  #doneFor: string | undefined;
  #running: Promise<void> = Promise.resolve();
  #looking: NodeJS.Timeout | undefined;

  constructor(work: Manifest['daily'], context: () => Ctx) {
    this.#work = work;
    this.#context = context;
  }

  /** Looks from now on; what fails is written to the log and tried again at the next look. */
  start(): void {
    const look = (): void => {
      this.catchUp().catch((error: unknown) => this.#context().log.error({ err: error }, 'the daily work failed'));
    };
    this.#looking = setInterval(look, LOOK_MS);
    look();
  }

  /** Does the work of the district's day unless it was done; waits for a run that is under way. */
  catchUp(): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#doOnce());
    return this.#running;
  }

  /** Looks no more, and waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#looking);
    await this.#running.catch(() => undefined);
  }

  async #doOnce(): Promise<void> {
    const ctx = this.#context();
    const today = ctx.today();
    if (!this.#work || this.#doneFor === today) return;
    const result = await this.#work(ctx);
    this.#doneFor = today;
    ctx.log.info({ today, result }, 'the daily work is done');
  }
}
