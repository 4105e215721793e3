import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = (then: string) => [
  '--input-type=module',
  '-e',
  `import { openLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
  const log = openLog('a-service', 'info');
  log.info({ token: 'hidden', requestId: 'r-1' }, 'first');
  ${then}`,
];
const ended = (then: string) => spawnSync(process.execPath, program(then), { encoding: 'utf8' }).stdout;

describe('the log of a process', () => {
  it.each([
    ['ends', ''],
    ['is told to end', 'process.exit(3);'],
    ['crashes', 'throw new Error("x");'],
  ])('loses no line when the process %s', (_, then) => {
    const [line = '', ...rest] = ended(then).trim().split('\n');
    expect([JSON.parse(line), rest]).toEqual([
      expect.objectContaining({
        level: 'info',
        service: 'a-service',
        requestId: 'r-1',
        token: '[redacted]',
        msg: 'first',
      }),
      [],
    ]);
  });

  it('says when each line was written, to the millisecond, also when the clock is set back', () => {
    const moments = [0, 7, 999, 1_000, 1_534_469_999_990, 1_534_470_000_012, 999];
    const then = `for (const now of ${JSON.stringify(moments)}) { Date.now = () => now; log.info('on'); }`;
    const [, ...lines] = ended(then).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { time: string }).time)).toEqual(
      moments.map((now) => new Date(now).toISOString()),
    );
  });

  it('keeps nobody waiting for a warning, nor for long for anything else', async () => {
    // The second program never gives its timers a turn: only what is written at once comes out of it
    for (const then of ['setInterval(() => {}, 1000);', 'log.warn("second"); for (;;);']) {
      const child = spawn(process.execPath, program(then), { stdio: ['ignore', 'pipe', 'inherit'] });
      const [text] = (await once(child.stdout, 'data')) as [Buffer];
      expect(text.toString()).toContain('"msg":"first"');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
});
