import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type RunningProcess,
  ServerUnavailable,
  describeExit,
  isPortFree,
  lastLines,
  runCommand,
  startProcess,
} from '@frontline/processes';
import { Kafka, logLevel } from 'kafkajs';
import { clusterId } from './cluster-id.ts';
import { ensureJars } from './jars.ts';
import { findJava } from './java.ts';
import { type BrokerSecurity, scramUsers, serverProperties } from './server-properties.ts';

export interface BrokerOptions {
  /** Where topics are kept; formatted on first use. */
  dataDir: string;
  /** For clients; 19092 without it. Loopback only. */
  port?: number;
  /** For the controller; the client's port + 1 without it. */
  controllerPort?: number;
  /** Asks clients for TLS and a password. The users are entered when the data is formatted. */
  security?: BrokerSecurity;
  /** File that takes the broker's log. */
  log?: string;
  /** Told before anything that takes long. */
  progress?: (message: string) => void;
  env?: NodeJS.ProcessEnv;
  /** Ends what takes long before the broker runs. */
  abort?: AbortSignal;
}

export interface RunningBroker {
  /** `host:port` for clients. */
  bootstrap: string;
  pid: number;
  exited: Promise<unknown>;
  stop(): Promise<void>;
  /** Ends it like a power cut would; its data stays. */
  kill(): Promise<void>;
}

export const DEFAULT_PORT = 19092;
const READY_MS = 60_000;
const JVM = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** A log directory is formatted once: the cluster id in it must stay the same for the life of the data. */
async function format(
  java: string,
  jars: string,
  properties: string,
  logDir: string,
  security: BrokerSecurity | undefined,
): Promise<void> {
  if (existsSync(join(logDir, 'meta.properties'))) return;
  const id = clusterId(randomBytes(16));
  const tool = ['-cp', join(jars, '*'), 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties];
  const users = security ? scramUsers(security) : [];
  await runCommand(java, ['-Xmx128m', '-XX:TieredStopAtLevel=1', ...tool, ...users], {
    name: "Formatting the broker's storage",
  });
}

async function answers(bootstrap: string): Promise<boolean> {
  const retry = { retries: 0 };
  const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING, connectionTimeout: 2_000, retry });
  const admin = kafka.admin({ retry });
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length === 1;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
}

async function untilItAnswers(broker: RunningProcess, bootstrap: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (!(await answers(bootstrap))) {
    if (broker.isRunning() && Date.now() < deadline) await pause(100);
    else {
      const exit = await broker.stop();
      const what = `The Kafka broker didn't get ready (${describeExit(exit)})`;
      throw new ServerUnavailable('failed', `${what}:\n${lastLines(broker.output())}`);
    }
  }
}

/** Starts a real Kafka broker (one node, KRaft) without containers, and resolves when it answers clients. */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { port = DEFAULT_PORT, controllerPort = port + 1, env = process.env, progress, security } = options;
  for (const wanted of [port, controllerPort, ...(security ? [security.internalPort] : [])]) {
    if (await isPortFree(wanted)) continue;
    throw new ServerUnavailable(
      'port-taken',
      `Port ${wanted}, which Frontline's Kafka broker wants, is taken: stop the program that listens there, ` +
        'choose another port with KAFKA_PORT, or, if it is a broker, use it with KAFKA_BROKERS=host:port.',
    );
  }
  const java = await findJava(env);
  const jars = await ensureJars(progress, { env, ...(options.abort && { abort: options.abort }) });
  const folder = resolve(options.dataDir);
  const logDir = join(folder, 'log');
  mkdirSync(logDir, { recursive: true });
  const properties = join(folder, 'server.properties');
  writeFileSync(properties, serverProperties({ port, controllerPort, logDir, security }));
  await format(java, jars, properties, logDir, security);
  const broker = await startProcess(java, [...JVM, '-cp', join(jars, '*'), 'kafka.Kafka', properties], {
    name: 'Kafka broker',
    logFile: options.log,
    env,
  });
  const bootstrap = `127.0.0.1:${port}`;
  await untilItAnswers(broker, security ? `127.0.0.1:${security.internalPort}` : bootstrap);
  return {
    bootstrap,
    pid: broker.pid,
    exited: broker.exited,
    stop: async () => void (await broker.stop()),
    kill: async () => void (await broker.kill('SIGKILL')),
  };
}
