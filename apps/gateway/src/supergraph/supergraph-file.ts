import { ApolloGateway } from '@apollo/gateway';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import { admitExecutedFeatures } from '@frontline/executor';
import { ConfigError } from '@frontline/platform/process';
import { silenceApolloTelemetry } from '../config.ts';
import { apolloSource } from '../execution/apollo-source.ts';
import { ExecutingGateway, type Execution } from '../execution/executing-gateway.ts';
import { followFile } from '../followed-file.ts';

/** What the gateway's graph is made from. */
export interface SupergraphFile {
  /** The file, which is read again whenever it changes. */
  path: string;
  /** Whether the settings know where a subgraph is. */
  hasAddress(name: string): boolean;
  execution: Execution;
  log: Logger;
  metrics: Registry;
}

/**
 * The federated graph of a supergraph file. A file that is broken, or names a subgraph without address, is logged and
 * counted, and the last good one stays in force; only at the start it is refused.
 */
export function supergraphFromFile({ path, hasAddress, execution, log, metrics }: SupergraphFile): ExecutingGateway {
  silenceApolloTelemetry();
  admitExecutedFeatures();
  const reloads = new Counter({
    name: 'supergraph_reloads_total',
    help: 'Times the supergraph file changed, by outcome',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  for (const outcome of ['taken', 'refused']) reloads.inc({ outcome }, 0);
  const current = new Gauge({
    name: 'supergraph_file_is_current',
    help: '1 if the graph in force is the one of the file, 0 while a broken file is ignored',
    registers: [metrics],
  });
  const settings = {
    buildService({ name }: { name: string }) {
      if (!hasAddress(name)) throw new ConfigError(`no setting names the address of the subgraph "${name}"`);
      return apolloSource(name, execution.ask);
    },
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: quiet(log),
  };

  /** Loads a supergraph aside, since a failure half way would leave the running gateway between two graphs. */
  async function rehearse(supergraphSdl: string): Promise<void> {
    const rehearsal = new ApolloGateway({ ...settings, supergraphSdl });
    await rehearsal.load();
    await rehearsal.stop();
    await gateway.prepare(supergraphSdl);
  }

  const gateway = new ExecutingGateway(
    {
      ...settings,
      async supergraphSdl({ update }) {
        const supergraphSdl = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
          throw new ConfigError(`SUPERGRAPH_FILE: ${path} cannot be read (${error.code})`);
        });
        current.set(1);
        const cleanup = followFile(path, async () => {
          try {
            const changed = await readFile(path, 'utf8');
            await rehearse(changed);
            update(changed);
            current.set(1);
            reloads.inc({ outcome: 'taken' });
            log.info('the supergraph file changed and is in force');
          } catch (error) {
            current.set(0);
            reloads.inc({ outcome: 'refused' });
            log.error({ err: error }, 'the supergraph file changed but is broken; the last good one stays in force');
          }
        });
        return { supergraphSdl, cleanup };
      },
    },
    execution,
  );
  return gateway;
}

/** Apollo's messages, which say at every load what we say ourselves, one level lower. */
function quiet(log: Logger) {
  const part = log.child({ part: 'apollo-gateway' });
  return {
    debug: (message?: string) => part.trace(message),
    info: (message?: string) => part.debug(message),
    warn: (message?: string) => part.warn(message),
    error: (message?: string) => part.error(message),
  };
}
