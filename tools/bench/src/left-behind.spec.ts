import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { signalGroup } from '@frontline/processes';

const program = join(import.meta.dirname, 'benchmark.fixture.ts');

describe('what a benchmark started', () => {
  let benchmark: ChildProcess;

  beforeEach(() => {
    benchmark = spawn(process.execPath, ['--conditions=@frontline/source', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  });

  afterEach(() => signalGroup(benchmark.pid as number, 'SIGKILL'));

  it.each([
    ['nobody reads its results any more', () => benchmark.stdout?.destroy(), 'put away'],
    ['it is killed', () => benchmark.kill('SIGKILL'), ''],
  ])('ends with it: %s', async (_, happens, said) => {
    // the side writes to the same pipe, which is at its end only when both have ended
    const errors = text(benchmark.stderr as NonNullable<ChildProcess['stderr']>);
    const [side] = (await once(createInterface({ input: benchmark.stdout as never }), 'line')) as [string];
    expect(Number(side)).toBeGreaterThan(1);
    happens();
    expect(await errors).toContain(said);
  });
});
