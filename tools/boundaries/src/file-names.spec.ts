import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { namelessPaths } from './file-names.ts';

const root = join(import.meta.dirname, '..', '..', '..');

describe('the names of files and folders', () => {
  it('each say what is inside', () => {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    const paths = listed.trim().split('\n');
    expect(paths.length).toBeGreaterThan(100);
    expect(namelessPaths(paths)).toEqual([]);
  });

  it.each([
    'libs/common/src/index.ts',
    'apps/cases/src/case/case.utils.ts',
    'apps/cases/src/date-helper.ts',
    'libs/shared/package.json',
    'apps/cases/src/case-manager.ts',
    'tools/misc',
  ])('may not be %s', (path) => {
    expect(namelessPaths([path])).toEqual([path]);
  });

  it.each(['apps/cases/src/case/commonality.ts', 'docs/management.md'])('may be %s', (path) => {
    expect(namelessPaths([path])).toEqual([]);
  });
});
