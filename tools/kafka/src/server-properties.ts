export interface BrokerPlace {
  /** Port for clients, on the loopback interface. */
  port: number;
  controllerPort: number;
  /** Folder for topics and the cluster's own log. */
  logDir: string;
}

/** Settings of one node that is broker and controller at once; everything is replicated once, nothing waits for peers. */
export function serverProperties({ port, controllerPort, logDir }: BrokerPlace): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    // A backslash would start an escape in a properties file; Java takes slashes on every system.
    'log.dirs': logDir.replaceAll('\\', '/'),
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
