import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '@frontline/access';
import type { Aggregate } from './aggregate.ts';
import { transaction } from './change.ts';
import type { Ctx } from './context.ts';
import { platformErrors } from './errors.ts';
import { byId, type ReadableEntity } from './rows.ts';

/** Days for which a key is remembered. */
export const IDEMPOTENCY_DAYS = 30;

/**
 * Runs a command once for (actor, key): the same input again gives the object of the first time, another input is
 * refused. The key is kept in the transaction of the command, so that either both happened or neither.
 */
export function idempotently<T extends Aggregate, I extends { idempotencyKey: string }>(
  ctx: Ctx,
  operation: string,
  entity: ReadableEntity<T>,
  input: I,
  command: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  return onceForKey(ctx, operation, input, command, async (tx, id) => {
    const result = await byId(tx, entity, id);
    if (!result) throw platformErrors('aggregate.notFound', { type: entity.name }, { field: 'input.idempotencyKey' });
    return result;
  });
}

/** {@link idempotently} for what is no aggregate; `recall` gives the answer of a repetition by the id of the first. */
export function onceForKey<R extends { id: string }, I extends { idempotencyKey: string }>(
  ctx: Ctx,
  operation: string,
  input: I,
  command: (ctx: Ctx) => Promise<R>,
  recall: (ctx: Ctx, id: string) => Promise<R>,
): Promise<R> {
  const { idempotencyKey: key, ...rest } = input;
  if (!/^[A-Za-z0-9\-_.:]{8,100}$/.test(key)) throw platformErrors('idempotency.key');
  const hash = createHash('sha256')
    .update(canonical([operation, rest]))
    .digest('base64url');
  const actor = actorKey(ctx.actor);
  return transaction(
    ctx,
    async (tx) => {
      const db = tx.em.getKysely();
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor} ${key}`}, 0))`.execute(db);
      const known = await sql<{ input_hash: string; result_id: string }>`
        select input_hash, result_id from idempotency_key where actor = ${actor} and key = ${key}`.execute(db);
      const before = known.rows[0];
      if (before) {
        if (before.input_hash !== hash) throw platformErrors('idempotency.keyReused');
        return recall(tx, before.result_id);
      }
      const result = await command(tx);
      await sql`insert into idempotency_key (actor, key, operation, input_hash, result_id) values (${actor}, ${key}, ${operation}, ${hash}, ${result.id})`.execute(
        db,
      );
      return result;
    },
    true,
  );
}

function actorKey(actor: Actor): string {
  if (actor.kind === 'person') return `person:${actor.sub}`;
  return actor.kind === 'system' ? `system:${actor.service}` : 'anonymous';
}

/** JSON with sorted keys and without absent values, so that equal inputs have equal texts. */
function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
