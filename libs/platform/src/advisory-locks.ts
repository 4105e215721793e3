/**
 * Keys of the advisory locks that a service's database knows, in one place so that no two purposes share one: PostgreSQL
 * tells locks apart by their number alone. Locks of single things (a key, a target) are hashes of their names instead.
 */
export const advisoryLocks = {
  /** Held by the session that runs migrations. */
  migration: 4_011_005_2005,
  /** Held by the session of the one active relay. */
  relay: 4_011_005_2006,
  /** Held by the transaction that works on a batch of a table file. */
  tableImport: 4_011_005_2007,
} as const;
