import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

/** A committed file, its path relative to the repository; `undefined` if it isn't there. */
export function readCommitted(path: string): string | undefined {
  const file = new URL(path, root);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Paths of all files under a folder of the repository, relative to the repository. */
export function filesUnder(folder: string): string[] {
  const at = new URL(`${folder}/`, root);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(fileURLToPath(root), join(entry.parentPath, entry.name)))
    .sort();
}

/** Writes a file of the repository. */
export function writeCommitted(path: string, content: string): void {
  const file = new URL(path, root);
  mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
  writeFileSync(file, content);
}

/** Removes a file of the repository. */
export function removeCommitted(path: string): void {
  rmSync(new URL(path, root));
}

/** All files under a folder as they are at a git revision, by path; throws when there is no such revision. */
export function filesAt(revision: string, folder: string): Map<string, string> {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  const paths = git('ls-tree', '-r', '--name-only', revision, '--', folder).split('\n').filter(Boolean);
  return new Map(paths.map((path) => [path, git('show', `${revision}:${path}`)]));
}
