import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { explorerBuild, explorerIsBuilt } from './explorer-build.ts';
import { whyItFailed } from './step-outcome.ts';

/**
 * What `npm test` runs, in order; with FRONTLINE_PLAYS=true, as in `.ci/run`, the long plays too. A step counts
 * as one; the steps that jest runs count their tests instead.
 */
interface Step {
  name: string;
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** File into which jest writes its results. */
  results?: string;
}

/** Tests that passed and failed, and the spec files of those that did not run. */
interface Counted {
  passed: number;
  failed: number;
  skipped: { file: string; tests: number }[];
}

const root = join(import.meta.dirname, '..', '..', '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'frontline-gate-'));
const leftOut = join(folder, 'left-out');

const withPlays = process.env['FRONTLINE_PLAYS'] === 'true';
const play = /\.play(\.e2e)?\.spec\.ts$/;

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

function jest(name: string, kind: string, suffix: RegExp, workers: number): Step {
  const results = join(folder, `${kind}.json`);
  return {
    name,
    command: [
      bin('jest'),
      '--projects',
      ...projectsWith(suffix),
      `--maxWorkers=${workers}`,
      '--json',
      `--outputFile=${results}`,
    ],
    env: {
      NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
      FRONTLINE_TESTS: kind,
      FRONTLINE_LEFT_OUT: leftOut,
    },
    results,
  };
}

const steps: readonly Step[] = [
  { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'types (and build)', command: [bin('tsc'), '-b'] },
  {
    name: 'lint with boundaries',
    command: [bin('nx'), 'run-many', '-t', 'lint', '--parallel=2', '--output-style=static'],
    env: { NX_DAEMON: 'false' },
  },
  { name: 'nothing unused (knip)', command: [bin('knip'), '--no-progress', '--no-config-hints'] },
  jest('unit and drift', 'unit', /(?<!\.int|\.e2e|\.play)\.spec\.ts$/, 2),
  jest('integration', 'integration', /\.int\.spec\.ts$/, 2),
  ...(explorerIsBuilt() ? [] : [{ name: 'build of the explorer', command: [process.execPath, ...explorerBuild()] }]),
  // one at a time: each starts all services, a PostgreSQL and often a broker of its own
  jest('end to end', 'e2e', /(?<!\.play)\.e2e\.spec\.ts$/, 1),
  ...(withPlays ? [jest('long plays', 'play', play, 1)] : []),
];

let passed = 0;
let failed = 0;
const skipped: Counted['skipped'] = [];
const times: string[] = [];
for (const step of steps) {
  const started = Date.now();
  process.stdout.write(`\n▸ ${step.name}\n`);
  const [command, ...args] = step.command as [string, ...string[]];
  const reason = whyItFailed(
    spawnSync(command, args, {
      cwd: root,
      stdio: ['inherit', step.results ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ...step.env },
    }),
  );
  const counted = step.results ? testsOf(step.results) : { passed: 0, failed: 0, skipped: [] };
  const ok = reason === undefined;
  passed += counted.passed || (ok ? 1 : 0);
  failed += counted.failed || (ok ? 0 : 1);
  skipped.push(...counted.skipped);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  times.push(`${ok ? '✓' : '✗'} ${step.name}, ${seconds} s${ok ? '' : ` (${reason})`}`);
  process.stdout.write(`${times.at(-1)}\n`);
}

const reasons = existsSync(leftOut) ? readFileSync(leftOut, 'utf8').trim().split('\n') : [];
const silent = skipped.filter(({ file }) => !reasons.some((reason) => reason.startsWith(`${file}:`)));
failed += silent.length;
process.stdout.write(`\n${times.join('\n')}\n`);
if (!withPlays) reasons.push(...playsLeftOut());
process.stdout.write(reasons.length === 0 ? '\nNothing was left out.\n' : `\nLeft out:\n${reasons.join('\n')}\n`);
for (const { file, tests } of silent) process.stdout.write(`✗ ${file} skips ${tests} test(s) without saying why.\n`);
rmSync(folder, { recursive: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** The plays, each with what to do to run it. */
function playsLeftOut(): string[] {
  return projectsWith(play).flatMap((project) =>
    readdirSync(join(root, project, 'src'), { recursive: true })
      .filter((file) => play.test(String(file)))
      .map(
        (file) =>
          `${join(project, 'src', String(file))}: takes long; FRONTLINE_PLAYS=true npm test plays it, as .ci/run does`,
      ),
  );
}

function testsOf(results: string): Counted {
  if (!existsSync(results)) return { passed: 0, failed: 0, skipped: [] };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as {
    numPassedTests: number;
    numFailedTests: number;
    numRuntimeErrorTestSuites: number;
    testResults: { name: string; assertionResults: { status: string }[] }[];
  };
  const skippedIn = testResults.map(({ name, assertionResults }) => ({
    file: relative(root, name),
    tests: assertionResults.filter(({ status }) => status === 'pending' || status === 'todo').length,
  }));
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: skippedIn.filter(({ tests }) => tests > 0),
  };
}
