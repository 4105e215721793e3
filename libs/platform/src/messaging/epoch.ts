import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { advisoryLocks } from '../advisory-locks.ts';
import { audit } from '../audit.ts';
import { within, type Ctx } from '../context.ts';
import { defineErrors } from '../errors.ts';

const restoreErrors = defineErrors({
  'restore.running': {
    kind: 'illegalState',
    en: 'A process of {service} still publishes events from this database: stop all of them, then run restore-finish again.',
    zh: '{service} 仍有进程在发布事件：请先停止其全部进程，再执行 restore-finish。',
  },
});

/** The epoch of this database: how often it was set back. Sequences are compared within it, and it before them. */
export async function epochOf(em: EntityManager): Promise<number> {
  const { rows } = await sql<{
    epoch: number;
  }>`select (value #>> '{}')::int as epoch from platform_setting where key = 'epoch'`.execute(em.getKysely());
  return rows[0]?.epoch ?? 0;
}

/**
 * Raises the epoch after a point-in-time restore, audited: sequences are used again from where the copy ends, and
 * consumers would drop what they know by number. Returns the new epoch. Throws `restore.running` while a relay is active.
 */
export function finishRestore(ctx: Ctx, reason: string): Promise<number> {
  return ctx.em.fork().transactional(async (em) => {
    const tx = within(ctx, em as EntityManager);
    const db = tx.em.getKysely();
    const { rows } = await sql<{
      free: boolean;
    }>`select pg_try_advisory_xact_lock(${advisoryLocks.relay}) as free`.execute(db);
    if (!rows[0]?.free) throw restoreErrors('restore.running', { service: ctx.service });
    await sql`
      insert into platform_setting (key, value) values ('epoch', '1'::jsonb)
      on conflict (key) do update set value = to_jsonb((platform_setting.value #>> '{}')::int + 1)`.execute(db);
    const epoch = await epochOf(tx.em);
    await audit(tx, {
      action: 'events.restoreFinish',
      aggregateType: 'database',
      reason: `${reason} (epoch ${epoch})`,
    });
    return epoch;
  });
}
