import type { Pool, PoolClient } from 'pg';

/** Time for whoever holds a connection that broke to give it back himself, in milliseconds. */
const GRACE_MS = 1_000;

/**
 * Gives connections that broke inside a transaction back to the pool, which drops them. Kysely releases a transaction's
 * connection only after a rollback that works, and none works on a broken connection: without this, each transaction
 * that a database restart cuts off would cost the pool one of its places for ever.
 */
export function releaseBroken(pool: Pool): void {
  const held = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => held.add(client));
  pool.on('release', (_error, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      setTimeout(() => {
        if (held.has(client)) client.release(true);
      }, GRACE_MS).unref();
    });
  });
}
