import { OptimisticLockError } from '@mikro-orm/postgresql';

/**
 * What a failed attempt says of its event: `infrastructure`: nothing, the database is away, so wait and try without
 * end · `transient`: perhaps nothing, try a few times · `poison`: it will fail again, so park it now.
 */
export type Failure = 'infrastructure' | 'transient' | 'poison';

/** Attempts at an event that may begin and never end before it is parked: a handler that kills its process never gets to fail. */
export const DEATHS = 3;

/** SQLSTATE classes 08 connection, 53 resources, 57P shutdown, 58 system; 25006: a replica that was primary. */
const databaseAway = /^(08...|53...|57P..|58...|25006)$/;

/** Lost races (serialization, deadlock, lock time-out, cancelled), and keys that another writer made or is about to make. */
const raced = /^(40001|40P01|55P03|57014|23505|23503)$/;

/** What pg, its pool and kysely say of a connection that is gone; none of it carries an SQLSTATE. */
const connectionGone =
  /^(Connection terminated|Client (has encountered a connection error|was closed) and is not queryable|timeout expired|timeout exceeded when trying to connect|Cannot use a pool after calling end|driver has already been destroyed)/;

const network = /^(ECONN\w+|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_\w+)$/;

/** Classifies what a handler threw, or its transaction. */
export function failureOf(error: unknown): Failure {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown };
    const text = typeof code === 'string' ? code : '';
    if (databaseAway.test(text) || connectionGone.test(at.message)) {
      return 'infrastructure';
    }
    // a socket's code on an error from the driver is the database's; from a handler's own call it is a peer's
    if (network.test(text)) return isDriverError(at, error) ? 'infrastructure' : 'transient';
    if (at instanceof OptimisticLockError || raced.test(text) || at.name === 'TimeoutError') return 'transient';
  }
  return 'poison';
}

/** An error by its kind and code alone: its text may quote what nobody else must read. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[\w.]{1,60}$/.test(code) ? `${error.name} ${code}` : error.name;
}

function isDriverError(at: Error, outermost: unknown): boolean {
  const stack = `${at.stack ?? ''}${outermost instanceof Error ? (outermost.stack ?? '') : ''}`;
  return /[\\/](pg|pg-pool)[\\/]|postgres-driver/.test(stack);
}
