import { sql } from 'kysely';
import { v7 } from 'uuid';
import type { Ctx } from './context.ts';

/** What is written into the audit trail: who did what to which object, and why they said they did. */
export interface AuditEntry {
  /** Dotted name of what was done, such as `household.unmaskedRead`. */
  action: string;
  aggregateType: string;
  /** Absent when the action concerns no single object. */
  aggregateIds?: readonly string[];
  reason?: string;
}

/** Adds to the audit trail, in the open transaction if there is one; one entry for each object. */
export async function audit(ctx: Ctx, { action, aggregateType, aggregateIds = [], reason }: AuditEntry): Promise<void> {
  const ids = aggregateIds.length > 0 ? aggregateIds : [null];
  const actor =
    ctx.actor.kind === 'person' ? { kind: 'person', sub: ctx.actor.sub, cadreId: ctx.actor.cadreId } : ctx.actor;
  await sql`
    insert into audit_entry (id, at, actor, action, aggregate_type, aggregate_id, reason, request_id)
    select r.id, now(), ${JSON.stringify(actor)}::jsonb, ${action}, ${aggregateType}, r.aggregate_id, ${reason ?? null}, ${ctx.requestId}
    from unnest(${ids.map(() => v7())}::uuid[], ${ids}::uuid[]) as r(id, aggregate_id)`.execute(ctx.em.getKysely());
}
