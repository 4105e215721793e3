import { spawnSync } from 'node:child_process';
import { whyItFailed } from './step-outcome.ts';

const run = (script: string) => spawnSync(process.execPath, ['-e', script]);

describe('a step that did not end well', () => {
  it('says nothing of one that did', () => {
    expect(whyItFailed(run(''))).toBeUndefined();
  });

  it('says with which code it ended', () => {
    expect(whyItFailed(run('process.exit(3)'))).toBe('exit code 3');
  });

  it('says by which signal it was ended, as when the machine has no memory left', () => {
    expect(whyItFailed(run('process.kill(process.pid, "SIGKILL")'))).toBe(
      'signal SIGKILL, as the system does when it has no memory left',
    );
    expect(whyItFailed(run('process.kill(process.pid, "SIGTERM")'))).toBe('signal SIGTERM');
  });

  it('says why it never started', () => {
    expect(whyItFailed(spawnSync('/nowhere/to-be-found'))).toBe(
      'could not be started: spawnSync /nowhere/to-be-found ENOENT',
    );
  });
});
