import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

const forbidden = [
  ['a subgraph another subgraph', 'apps/cases/src/canary.ts', '@frontline/households/src/subgraph.ts'],
  ['a subgraph a path into another one', 'apps/cases/src/canary.ts', '../../households/src/subgraph.ts'],
  ['a subgraph the test kit', 'apps/cases/src/canary.ts', '@frontline/testing'],
  ['a subgraph a tool', 'apps/cases/src/canary.ts', '@frontline/kafka'],
  ['the platform a subgraph', 'libs/platform/src/canary.ts', '@frontline/cases/src/subgraph.ts'],
  ['a kernel the platform', 'libs/access/src/canary.ts', '@frontline/platform'],
  ['a kernel GraphQL', 'libs/access/src/canary.ts', 'graphql'],
  ['a contract the database', 'libs/events/src/canary.ts', 'pg'],
  ['a contract Kafka', 'libs/events/src/canary.ts', 'kafkajs'],
] as const;
const allowed = [
  ['a subgraph the platform', 'apps/cases/src/canary.ts', '@frontline/platform'],
  ['a spec the test kit', 'apps/cases/src/canary.int.spec.ts', '@frontline/testing'],
  ['a contract zod', 'libs/events/src/canary.ts', 'zod'],
] as const;

describe('who may import whom', () => {
  const said = new Map<string, string[]>();
  beforeAll(() => {
    const cases = [...forbidden, ...allowed];
    const program = join(import.meta.dirname, 'lint-imports.fixture.ts');
    const pairs = JSON.stringify(cases.map(([, file, imported]) => [file, imported]));
    // the daemon of Nx would outlive the test
    const env = { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' };
    // without the graph of the projects, which Nx keeps in a file, the rule would let everything pass
    execFileSync(join(root, 'node_modules', '.bin', 'nx'), ['show', 'projects'], { cwd: root, env });
    const answer = execFileSync(process.execPath, [program, pairs], { encoding: 'utf8', env });
    const found = JSON.parse(answer) as string[][];
    cases.forEach(([what], at) => said.set(what, found[at] ?? []));
  }, 120_000);

  it.each(forbidden)('forbids %s', (what) => {
    expect(said.get(what)).toContainEqual(expect.stringContaining('@nx/enforce-module-boundaries'));
  });

  it.each(allowed)('allows %s', (what) => {
    expect(said.get(what)).toEqual([]);
  });
});
