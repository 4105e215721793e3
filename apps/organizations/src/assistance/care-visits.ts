import type { homeVisitRecorded } from '@frontline/events';
import { changeAll, dayOf, sql, type Ctx, type ReceivedEvent } from '@frontline/platform';
import type { z } from 'zod';
import { registerOf } from '../activity/assignments-at-target.ts';
import { fulfilDuties, type Served } from '../duty/duty-fulfilment.ts';

/** A care visit, as the duties need it. */
interface CareVisit {
  readonly id: string;
  readonly householdId: string;
  readonly cadreIds: readonly string[];
  /** Its day, YYYY-MM-DD in Asia/Shanghai. */
  readonly heldOn: string;
}

/**
 * Households tells of a visit at a door. A care visit by the helper, or by who stands in for them, fulfils the duty of the
 * month; one by somebody else is kind and fulfils nothing.
 */
export async function followHomeVisit(ctx: Ctx, { data }: ReceivedEvent): Promise<void> {
  const { homeVisitId, householdId, cadreIds, heldAt, care } = data as z.output<(typeof homeVisitRecorded)['data']>;
  if (!care || cadreIds.length === 0) return;
  const visit = { id: homeVisitId, householdId, cadreIds, heldOn: dayOf(new Date(heldAt)) };
  if (await count(ctx, visit)) return;
  // its assistance may be told after it, as they travel apart
  await sql`
    insert into care_visit_uncounted (id, household_id, cadre_ids, held_on)
    values (${visit.id}, ${householdId}, ${[...cadreIds]}::uuid[], ${visit.heldOn}::date) on conflict do nothing`.execute(
    ctx.em.getKysely(),
  );
}

/** Assistances of these households have changed: care visits that counted for none so far may count now. */
export async function countWaitingVisits(ctx: Ctx, householdIds: readonly string[]): Promise<void> {
  const db = ctx.em.getKysely();
  const { rows } = await sql<CareVisit>`
    select id, household_id as "householdId", cadre_ids as "cadreIds", held_on::text as "heldOn"
    from care_visit_uncounted where household_id = any(${[...householdIds]}::uuid[]) order by held_on, id for update`.execute(
    db,
  );
  for (const visit of rows)
    if (await count(ctx, visit)) await sql`delete from care_visit_uncounted where id = ${visit.id}`.execute(db);
}

/** Whether the visit counts for an assistance that holds on its day; the duty that it was owed for is fulfilled then. */
async function count(ctx: Ctx, { id, householdId, cadreIds, heldOn }: CareVisit): Promise<boolean> {
  const { rows } = await sql<{ id: string; cadreId: string }>`
    select id, cadre_id as "cadreId" from assistance where household_id = ${householdId}
      and valid_from <= ${heldOn}::date and (valid_to is null or valid_to > ${heldOn}::date) order by id`.execute(
    ctx.em.getKysely(),
  );
  const register = await registerOf(
    ctx,
    rows.map(({ cadreId }) => cadreId),
    heldOn,
  );
  const served = rows.flatMap(({ id: owedBy, cadreId }): Served[] => {
    if (cadreIds.includes(cadreId)) return [{ owedBy, substituted: false }];
    const standIn = register.get(cadreId)?.substituteId;
    return standIn && cadreIds.includes(standIn) ? [{ owedBy, substituted: true }] : [];
  });
  await changeAll(ctx, (unit) => fulfilDuties(unit, { id, kind: 'CARE_VISIT', on: heldOn }, served));
  return served.length > 0;
}
