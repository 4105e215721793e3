import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type RunningProcess, lastLines, startProcess, v8Flags } from '@frontline/processes';
import { say } from './progress.ts';
import { frontlineFolder, issuerFile, root } from './secrets.ts';
import type { Shutdown } from './shutdown.ts';
import { services, type Service } from './start-options.ts';
import { supervise } from './supervision.ts';

const READY_MS = 120_000;

/** What the five processes are started with. */
export interface PlatformSettings {
  gatewayPort: number;
  databases: Readonly<Record<Service, string>>;
  brokers: string | undefined;
  /** Secrets of development, by the names of their settings. */
  secrets: Readonly<Record<string, string>>;
  /** YYYY-MM-DD; nine o'clock of that day, district time, is now. */
  asOf: string;
}

/** The gateway and the four services as processes of this machine. */
export interface PlatformProcesses {
  readonly gatewayUrl: string;
  /** Node's arguments for one of them. */
  program(app: Service | 'gateway'): string[];
  environment(app: Service | 'gateway'): NodeJS.ProcessEnv;
  /** Starts one, resolves when it is ready, and keeps it running until the shutdown. */
  run(app: Service | 'gateway'): Promise<void>;
}

export function platformProcesses(settings: PlatformSettings, shutdown: Shutdown): PlatformProcesses {
  const { gatewayPort, databases, brokers, secrets, asOf } = settings;
  const portOf = (app: Service | 'gateway') =>
    app === 'gateway' ? gatewayPort : gatewayPort + 1 + services.indexOf(app);
  const urlOf = (app: Service | 'gateway') => `http://127.0.0.1:${portOf(app)}`;
  const base: NodeJS.ProcessEnv = {
    ...process.env,
    ...secrets,
    FRONTLINE_MODE: 'development',
    HOST: '127.0.0.1',
    CLOCK_OFFSET_MS: String(Date.parse(`${asOf}T09:00:00+08:00`) - Date.now()),
    ...(brokers && { KAFKA_BROKERS: brokers }),
  };
  for (const service of services) base[`PEER_URL_${service.toUpperCase()}`] = urlOf(service);
  const gatewayOnly: NodeJS.ProcessEnv = { ISSUER: 'urn:frontline:development', DEVELOPMENT_ISSUER_FILE: issuerFile };
  for (const service of services) gatewayOnly[`SUBGRAPH_URL_${service.toUpperCase()}`] = `${urlOf(service)}/graphql`;

  const program = (app: Service | 'gateway') => ['--enable-source-maps', join(root, 'apps', app, 'dist', 'main.js')];
  const environment = (app: Service | 'gateway'): NodeJS.ProcessEnv => ({
    ...base,
    PORT: String(portOf(app)),
    ...(app === 'gateway' ? gatewayOnly : { DATABASE_URL: databases[app] }),
  });
  return {
    gatewayUrl: urlOf('gateway'),
    program,
    environment,
    async run(app) {
      const log = join(frontlineFolder, 'logs', `${app}.log`);
      const { stop } = await supervise({
        name: app,
        start: async () => {
          const { signal: abort } = shutdown.abort;
          const options = { name: app, env: environment(app), logFile: log, abort };
          const child = await startProcess(process.execPath, [...v8Flags(app), ...program(app)], options);
          return ready(urlOf(app), child, shutdown.abort.signal);
        },
        say,
        giveUp(message) {
          say(`${message}\nStopping everything.`);
          process.exitCode = 1;
          shutdown.ask();
        },
        log,
      });
      shutdown.addProcess(stop);
    },
  };
}

/** Resolves when a process says that it is ready; ends it when it doesn't in time. */
async function ready(url: string, child: RunningProcess, abort: AbortSignal): Promise<RunningProcess> {
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline && child.isRunning() && !abort.aborted;) {
    const answered = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (answered && child.isRunning()) return child;
    await pause(100);
  }
  await child.stop();
  abort.throwIfAborted();
  throw new Error(`${child.name} did not get ready:\n${lastLines(child.output(), 5)}`);
}
