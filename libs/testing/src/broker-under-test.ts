import { join } from 'node:path';
import { startBroker, type BrokerSecurity, type RunningBroker } from '@frontline/kafka';

/** A real broker at an address of its own, whose topics outlive its stops. */
export class BrokerUnderTest {
  /** `host:port` for clients, whether it runs or not. */
  readonly bootstrap: string;
  readonly #options: Parameters<typeof startBroker>[0];
  #running: RunningBroker | undefined;

  constructor(folder: string, port: number, controllerPort: number, security?: BrokerSecurity) {
    this.bootstrap = `127.0.0.1:${port}`;
    this.#options = { dataDir: join(folder, 'kafka'), port, controllerPort, ...(security && { security }) };
  }

  /** Starts it, and waits until it answers clients. */
  async start(): Promise<void> {
    this.#running = await startBroker(this.#options);
  }

  /** Ends it politely. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** Ends it like a power cut would. */
  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
  }
}
