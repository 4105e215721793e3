/** `npm start`: the whole platform on this machine, watched until Ctrl-C. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '@frontline/processes';
import { explorerBuild, explorerIsBuilt } from './explorer-build.ts';
import { greeting } from './greeting.ts';
import { loadScenario, writeScenario } from './load-scenario.ts';
import { forgetData, loadPlan } from './loaded-data.ts';
import { checkPorts, onlyStart } from './only-start.ts';
import { platformProcesses, type PlatformProcesses } from './platform-processes.ts';
import { say, step, together } from './progress.ts';
import { developmentSecrets, frontlineFolder, root } from './secrets.ts';
import { brokers, databases } from './servers.ts';
import { Shutdown } from './shutdown.ts';
import { services, startOptions, usage, type StartOptions } from './start-options.ts';

const began = Date.now();
const node = process.execPath;

async function build(abort: AbortSignal): Promise<void> {
  await step('Building what changed', () =>
    runCommand(join(root, 'node_modules', '.bin', 'tsc'), ['-b', root], { name: 'The build', abort }),
  );
}

async function buildExplorer(abort: AbortSignal): Promise<void> {
  if (explorerIsBuilt()) return;
  await step('Building the explorer', () => runCommand(node, explorerBuild(), { name: 'The explorer', abort }));
}

/** Our databases, what is to be loaded into them, and its files. */
async function prepareData(options: StartOptions, shutdown: Shutdown) {
  const urls = await databases(options, shutdown);
  const plan = await loadPlan(options, urls);
  if (plan.notice) say(`! ${plan.notice}`);
  if (plan.services.length > 0) await writeScenario(plan, shutdown);
  return { urls, plan };
}

async function migrate(processes: PlatformProcesses, abort: AbortSignal): Promise<void> {
  await step('Migrating the databases', async () => {
    const work = services.map((service) =>
      runCommand(node, [...processes.program(service), 'migrate'], {
        name: `Migrating ${service}`,
        env: processes.environment(service),
        abort,
      }),
    );
    await Promise.all(work);
  });
}

async function start(options: StartOptions, shutdown: Shutdown): Promise<void> {
  const { abort } = shutdown;
  if (options.reset) forgetData();
  mkdirSync(join(frontlineFolder, 'logs'), { recursive: true });
  const secrets = await developmentSecrets();
  const [{ urls, plan }, kafka] = await together(
    abort,
    prepareData(options, shutdown),
    brokers(options, shutdown),
    build(abort.signal),
    buildExplorer(abort.signal),
  );
  const settings = { gatewayPort: options.ports.gateway, databases: urls, brokers: kafka, secrets, asOf: plan.asOf };
  const processes = platformProcesses(settings, shutdown);
  await migrate(processes, abort.signal);
  await together(abort, ...loadScenario(plan, processes, shutdown));
  await step('Starting gateway and services', () =>
    together(abort, ...([...services, 'gateway'] as const).map((app) => processes.run(app))),
  );
  abort.signal.throwIfAborted();
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(greeting({ gateway: processes.gatewayUrl, kafka, asOf: plan.asOf, seconds }));
}

async function main(): Promise<void> {
  const options = startOptions(process.argv.slice(2), process.env);
  if (options.help) return say(usage);
  const shutdown = new Shutdown();
  const release = onlyStart(frontlineFolder);
  try {
    await checkPorts(options);
    shutdown.listen();
    await start(options, shutdown);
    await shutdown.asked;
  } catch (error) {
    if (!shutdown.wasAsked) throw error;
  } finally {
    await shutdown.end();
    release();
  }
}

// kafkajs sets timers in the past and Node warns of each; everything else it warns of is shown
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'TimeoutNegativeWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});
try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
