import type { SnapshotSource } from '../manifest.ts';

/** Resolver classes that add a field `<aggregate>Snapshot` for each source. */
export function snapshotResolvers(_sources: readonly SnapshotSource[]): (abstract new (...args: never[]) => object)[] {
  return [];
}
