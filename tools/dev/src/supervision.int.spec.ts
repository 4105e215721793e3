import { isAlive, startProcess, type RunningProcess } from '@frontline/processes';
import { supervise } from './supervision.ts';

/** Lines that were said, and a promise of the one that matches. */
function ear() {
  const lines: string[] = [];
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  return {
    lines,
    say(line: string) {
      lines.push(line);
      for (const { pattern, resolve } of waiting) if (pattern.test(line)) resolve();
    },
    hears: (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        if (lines.some((line) => pattern.test(line))) resolve();
        else waiting.push({ pattern, resolve });
      }),
  };
}

describe('a process that is watched', () => {
  const patience = { firstWaitMs: 20, longestWaitMs: 40, crashes: 3, windowMs: 60_000 };
  const forever = ['-e', 'setInterval(() => {}, 1000)'];

  it('comes back after it was killed, and says so in one line each', async () => {
    const started: RunningProcess[] = [];
    const { lines, say, hears } = ear();
    const start = async () => {
      const child = await startProcess(process.execPath, forever);
      started.push(child);
      return child;
    };
    const { stop } = await supervise({ name: 'cases', start, say, giveUp: say, patience });
    process.kill(started[0]!.pid, 'SIGKILL');
    await hears(/runs again/);
    expect(lines).toEqual(['! cases has ended (signal SIGKILL); starting it again in 0.02 s.', '✓ cases runs again']);
    expect(isAlive(started[1]!.pid)).toBe(true);
    await stop();
    expect(started.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
    expect(lines).toHaveLength(2);
  });

  it('is given up after several crashes in a short time, with waits that grow', async () => {
    const { lines, say, hears } = ear();
    const start = () => startProcess(process.execPath, ['-e', 'process.exit(3)']);
    const { stop } = await supervise({ name: 'cases', start, say, giveUp: say, patience });
    await hears(/not started again/);
    expect(lines.filter((line) => line.startsWith('!')).map((line) => /in ([\d.]+) s/.exec(line)?.[1])).toEqual([
      '0.02',
      '0.04',
    ]);
    expect(lines.at(-1)).toBe('✗ cases has ended (exit code 3), 3 crashes within 60 s; it is not started again.');
    await stop();
  });

  it('counts a start that fails as a crash', async () => {
    const { lines, say, hears } = ear();
    let attempt = 0;
    const start = async () => {
      attempt += 1;
      if (attempt === 2) throw new Error('the port is taken');
      return startProcess(process.execPath, attempt === 1 ? ['-e', ''] : forever);
    };
    const { stop } = await supervise({ name: 'cases', start, say, giveUp: say, patience });
    await hears(/runs again/);
    expect(lines[1]).toBe('! cases could not start again: the port is taken; starting it again in 0.04 s.');
    await stop();
  });

  it('ends at once when it is stopped while it waits', async () => {
    const { say, hears } = ear();
    const start = () => startProcess(process.execPath, ['-e', '']);
    const endless = { ...patience, firstWaitMs: 600_000, longestWaitMs: 600_000 };
    const { stop } = await supervise({ name: 'cases', start, say, giveUp: say, patience: endless });
    await hears(/starting it again in 600 s/);
    await stop();
  });

  it('leaves the failure of its first start to the caller', async () => {
    const { lines, say } = ear();
    const start = () => Promise.reject(new Error('no program'));
    await expect(supervise({ name: 'cases', start, say, giveUp: say, patience })).rejects.toThrow('no program');
    expect(lines).toEqual([]);
  });
});
