import { personalData } from '@frontline/access';
import { organizationRecord } from '@frontline/events';
import { audit, batched, copyOf, sql, type Ctx } from '@frontline/platform';
import { assistedByAsker } from './household-access.ts';

/** What the decision about a household's personal data needs to know of it. */
export interface PersonalDataOf {
  householdId: string;
  residentialAreaId: string;
}

/** Whether the caller sees a household's personal data; deciding is no reading and leaves no trace. */
export async function seesPersonalData(ctx: Ctx, { householdId, residentialAreaId }: PersonalDataOf): Promise<boolean> {
  const helper = await isHelper(ctx, householdId);
  return personalData(ctx.actor, await pathOf(ctx, residentialAreaId), helper) === 'CLEAR';
}

/** A household's personal data: as it is (and then the read is in the audit trail before anybody sees it), or masked. */
export async function disclosed<V>(ctx: Ctx, of: PersonalDataOf, clear: V, masked: V): Promise<V> {
  if (!(await seesPersonalData(ctx, of))) return masked;
  await auditOnce(ctx, 'household', of.householdId);
  return clear;
}

/** The ids of the organizations around a residential area, from the district down; only itself while we have no copy of it. */
export async function pathOf(ctx: Ctx, residentialAreaId: string): Promise<readonly string[]> {
  return (await copyOf(ctx, organizationRecord, residentialAreaId))?.path ?? [residentialAreaId];
}

/** Records an unmasked read, once for each object and request, all of a tick in one statement. */
export async function auditOnce(ctx: Ctx, aggregateType: string, aggregateId: string): Promise<void> {
  const action = `${aggregateType}.unmaskedRead`;
  await batched(ctx, `audit:${action}`, aggregateId, async (aggregateIds) => {
    await audit(ctx, { action, aggregateType, aggregateIds });
    return new Map(aggregateIds.map((id) => [id, true]));
  });
}

async function isHelper(ctx: Ctx, householdId: string): Promise<boolean> {
  const assisted = assistedByAsker(ctx, 't.id');
  if (!assisted) return false;
  const found = await batched(ctx, 'isHelper', householdId, async (ids) => {
    const { rows } = await sql<{ id: string }>`
      select t.id from household t where t.id = any(${ids}::uuid[]) and ${assisted}`.execute(ctx.em.getKysely());
    return new Map(rows.map(({ id }) => [id, true]));
  });
  return found ?? false;
}
