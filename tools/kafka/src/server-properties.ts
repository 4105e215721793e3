import type { BrokerKey } from './keystore.ts';

/** What makes a broker ask for TLS and a name with its password (SASL PLAIN, SCRAM-SHA-256 and -512). */
export interface BrokerSecurity {
  key: BrokerKey;
  /** Passwords by name. */
  users: Readonly<Record<string, string>>;
  /** Port for the node itself, without TLS and password, on the loopback interface. */
  internalPort: number;
}

export interface BrokerPlace {
  /** Port for clients, on the loopback interface. */
  port: number;
  controllerPort: number;
  /** Folder for topics and the cluster's own log. */
  logDir: string;
  security?: BrokerSecurity | undefined;
}

/** A backslash would start an escape in a properties file; Java takes slashes on every system. */
const slashes = (path: string): string => path.replaceAll('\\', '/');

/** Settings of one node that is broker and controller at once; everything is replicated once, nothing waits for peers. */
export function serverProperties({ port, controllerPort, logDir, security }: BrokerPlace): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    ...(security ? securedListeners(port, controllerPort, security) : plainListeners(port, controllerPort)),
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': slashes(logDir),
    'offsets.topic.replication.factor': 1,
    // 50 by default: each costs a folder and files at the first consumer group.
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

function plainListeners(port: number, controllerPort: number): Record<string, string> {
  return {
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  };
}

function securedListeners(port: number, controllerPort: number, security: BrokerSecurity): Record<string, string> {
  const { key, users, internalPort } = security;
  const clients = `SASL_SSL://127.0.0.1:${port},INTERNAL://127.0.0.1:${internalPort}`;
  const passwords = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  const login = 'org.apache.kafka.common.security';
  return {
    listeners: `${clients},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': clients,
    'listener.security.protocol.map': 'SASL_SSL:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'INTERNAL',
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': slashes(key.keystore),
    'ssl.keystore.password': key.password,
    'ssl.key.password': key.password,
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required ${passwords.join(' ')};`,
    'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
  };
}

/** Arguments of the storage's formatting that enter the users of the SCRAM mechanisms into the cluster. */
export function scramUsers({ users }: Pick<BrokerSecurity, 'users'>): string[] {
  return Object.entries(users).flatMap(([name, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
}
