import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Composed, SubgraphFile } from './compose.ts';
import type { AllowedBreak } from './breaking-changes.ts';

const root = new URL('../../../', import.meta.url);

/** The services whose schemas make the graph. */
export const subgraphNames = ['cases', 'households', 'organizations', 'personnel'] as const;

/** Where composition's results are committed, relative to the repository. */
export const committed = {
  supergraph: 'apps/gateway/supergraph.graphql',
  api: 'apps/gateway/schema.graphql',
} as const satisfies Record<keyof Composed, string>;

const allowedBreaksFile = 'apps/gateway/breaking-changes.json';

/** A file of the repository, or `undefined` when it isn't there. */
function read(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The committed schema of every service; the names of services that have none yet stand in `missing`. */
export function readSubgraphs(): { subgraphs: SubgraphFile[]; missing: string[] } {
  const found = subgraphNames.map((name) => ({ name, sdl: read(`apps/${name}/schema.graphql`) }));
  return {
    subgraphs: found.flatMap(({ name, sdl }) => (sdl === undefined ? [] : { name, sdl })),
    missing: found.flatMap(({ name, sdl }) => (sdl === undefined ? name : [])),
  };
}

/** What was composed last. */
export function readComposed(): Partial<Composed> {
  return { supergraph: read(committed.supergraph), api: read(committed.api) };
}

/** Writes what was composed; returns the files that changed. */
export function writeComposed(composed: Composed): string[] {
  const before = readComposed();
  return (Object.keys(committed) as (keyof Composed)[]).flatMap((part) => {
    if (before[part] === composed[part]) return [];
    writeFileSync(new URL(committed[part], root), composed[part]);
    return committed[part];
  });
}

/** The breaks of the public API that were decided on. */
export function readAllowedBreaks(): AllowedBreak[] {
  return JSON.parse(read(allowedBreaksFile) ?? '[]') as AllowedBreak[];
}

/** The public API as committed at a git revision; `undefined` outside a checkout or before its first version. */
export function apiAt(revision: string): string | undefined {
  try {
    return execFileSync('git', ['show', `${revision}:${committed.api}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return undefined;
  }
}
