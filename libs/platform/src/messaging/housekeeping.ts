import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { IDEMPOTENCY_DAYS } from '../idempotency.ts';

/**
 * Days for which the inbox remembers an event: longer than topics keep it. Positions last for ever, so that what is
 * replayed from an archive after that is still dropped.
 */
const INBOX_DAYS = 120;

/** Forgets what has had its time; safe to run in several processes at once. */
export async function tidy(em: EntityManager): Promise<void> {
  const db = em.getKysely();
  await sql`delete from idempotency_key where created_at < now() - make_interval(days => ${IDEMPOTENCY_DAYS})`.execute(
    db,
  );
  await sql`delete from inbox where received_at < now() - make_interval(days => ${INBOX_DAYS})`.execute(db);
  await sql`delete from delivery_attempt where started_at < now() - make_interval(days => ${INBOX_DAYS})`.execute(db);
}
