import { join } from 'node:path';
import { startBroker } from '@frontline/kafka';
import { createDatabase, startPostgres } from '@frontline/postgres';
import { ServerUnavailable } from '@frontline/processes';
import { say, step } from './progress.ts';
import { frontlineFolder } from './secrets.ts';
import type { Shutdown } from './shutdown.ts';
import { services, type Service, type StartOptions } from './start-options.ts';
import { supervise } from './supervision.ts';

const logOf = (name: string) => join(frontlineFolder, 'logs', `${name}.log`);

/** The URL of each service's database; starts and watches our own PostgreSQL for those that nobody named. */
export async function databases(options: StartOptions, shutdown: Shutdown): Promise<Record<Service, string>> {
  const { databaseUrls: given } = options;
  const missing = services.filter((service) => !given[service]);
  if (missing.length === 0) return given as Record<Service, string>;
  const { first, stop } = await step('Starting PostgreSQL', () =>
    supervise({
      name: 'PostgreSQL',
      start: () =>
        startPostgres({
          dataDir: join(frontlineFolder, 'postgres'),
          port: options.ports.postgres,
          log: logOf('postgres'),
        }),
      say,
      giveUp(message) {
        say(`${message}\nNothing works without it: stopping everything.`);
        process.exitCode = 1;
        shutdown.ask();
      },
      log: logOf('postgres'),
    }),
  );
  shutdown.addServer(stop);
  await Promise.all(missing.map((service) => createDatabase(first.url, service)));
  return Object.fromEntries(services.map((service) => [service, given[service] ?? first.urlOf(service)])) as Record<
    Service,
    string
  >;
}

/** The brokers; starts and watches our own where nobody named any. None, with a notice, where it can't be had. */
export async function brokers(options: StartOptions, shutdown: Shutdown): Promise<string | undefined> {
  if (options.brokers) return options.brokers;
  try {
    const { first, stop } = await step('Starting the Kafka broker', () =>
      supervise({
        name: 'The Kafka broker',
        start: () =>
          startBroker({
            dataDir: join(frontlineFolder, 'kafka', 'data'),
            port: options.ports.kafka,
            log: logOf('kafka'),
            progress: (text) => say(`… ${text}`),
            abort: shutdown.abort.signal,
          }),
        say,
        giveUp: (message) =>
          say(`${message}\nEverything else goes on, and events wait in the outbox until the next start.`),
        log: logOf('kafka'),
      }),
    );
    shutdown.addServer(stop);
    return first.bootstrap;
  } catch (error) {
    if (!(error instanceof ServerUnavailable) || error.reason === 'port-taken') throw error;
    say(
      `! No Kafka broker: ${error.message}\n  Everything reads and records; events wait in the outbox until there is one.`,
    );
    return undefined;
  }
}
