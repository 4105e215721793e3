import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm test` runs, in order; each step counts as one, and jest's steps count their tests as well. */
interface Step {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** Whether the command is jest, whose tests are counted. */
  jest?: boolean;
}

const root = join(import.meta.dirname, '..', '..', '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const results = mkdtempSync(join(tmpdir(), 'frontline-gate-'));

/** Projects with tests of a kind; jest takes their configs in one run. */
function projectsWith(suffix: RegExp): string[] {
  return ['apps', 'libs', 'tools'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((name) => join(folder, name))
      .filter(
        (project) => existsSync(join(root, project, 'jest.config.js')) && hasTest(join(root, project, 'src'), suffix),
      ),
  );
}

function hasTest(folder: string, suffix: RegExp): boolean {
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((file) => suffix.test(String(file)));
}

function jest(name: string, kind: string, suffix: RegExp): Step {
  return {
    name,
    command: [
      bin('jest'),
      '--projects',
      ...projectsWith(suffix),
      '--maxWorkers=2',
      '--json',
      `--outputFile=${join(results, `${kind}.json`)}`,
    ],
    env: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings', FRONTLINE_TESTS: kind },
    jest: true,
  };
}

const steps: Step[] = [
  { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'types', command: [bin('tsc'), '-b'] },
  {
    name: 'lint and boundaries',
    command: [bin('nx'), 'run-many', '-t', 'lint', '--parallel=2', '--output-style=static'],
    env: { NX_DAEMON: 'false' },
  },
  jest('unit and drift', 'unit', /(?<!\.int|\.e2e)\.spec\.ts$/),
];

let passed = 0;
let failed = 0;
for (const step of steps) {
  const started = Date.now();
  process.stdout.write(`\n▸ ${step.name}\n`);
  const [command, ...args] = step.command as [string, ...string[]];
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...step.env } });
  const counted = step.jest ? testsOf(step) : { passed: 0, failed: 0 };
  const ok = status === 0;
  passed += counted.passed + (ok ? 1 : 0);
  failed += counted.failed + (ok ? 0 : 1);
  process.stdout.write(`${ok ? '✓' : '✗'} ${step.name}, ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
}
rmSync(results, { recursive: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function testsOf({ command }: Step): { passed: number; failed: number } {
  const file = command.at(-1)?.replace('--outputFile=', '') ?? '';
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  ) as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: (numFailedTests ?? 0) + (numRuntimeErrorTestSuites ?? 0) };
}
