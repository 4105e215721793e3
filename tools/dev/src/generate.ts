import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { whyItFailed } from './step-outcome.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
/** Tools run from their source, services (whose decorators need a compiler) as they were built. */
const tool = (file: string, ...args: string[]) => [bin('node'), '--conditions=@frontline/source', file, ...args];
const built = (app: string, ...args: string[]) => [bin('node'), `apps/${app}/dist/main.js`, ...args];

/** What `npm run generate` runs, in order: each step reads what the steps before it have written. */
const steps: readonly { name: string; command: readonly string[] }[] = [
  { name: 'build', command: [bin('tsc'), '-b'] },
  ...['personnel', 'organizations', 'households', 'cases'].map((service) => ({
    name: `schema and catalogue of ${service}`,
    command: built(service, 'schema-file'),
  })),
  { name: 'catalogue of the gateway', command: built('gateway', 'catalogue-file') },
  { name: 'supergraph', command: tool('tools/supergraph/src/supergraph.ts', 'compose') },
  { name: 'contracts and documents', command: tool('tools/contracts/src/contracts.ts', 'generate') },
];

for (const { name, command } of steps) {
  process.stdout.write(`▸ ${name}\n`);
  const [file, ...args] = command as [string, ...string[]];
  const reason = whyItFailed(spawnSync(file, args, { cwd: root, stdio: 'inherit' }));
  if (reason === undefined) continue;
  process.stderr.write(`✗ ${name}: ${reason}; nothing after this step was generated\n`);
  process.exitCode = 1;
  break;
}
