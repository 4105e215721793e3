import { homeVisitAmended, homeVisitRecorded, homeVisitWithdrawn } from '@frontline/events';
import { changeAll, dayOf, sql, type Ctx, type ReceivedEvent, type Unit } from '@frontline/platform';
import { registerOf } from '../activity/assignments-at-target.ts';
import { fulfilDuties, reopenDuties, type Served } from '../duty/duty-fulfilment.ts';
import type { Duty } from '../duty/duty.entity.ts';

/** A care visit, as the duties need it. */
interface CareVisit {
  readonly id: string;
  readonly householdId: string;
  readonly cadreIds: readonly string[];
  /** Its day, YYYY-MM-DD in Asia/Shanghai. */
  readonly heldOn: string;
}

/** Columns of `care_visit` as a {@link CareVisit}. */
const columns = sql`id, household_id as "householdId", cadre_ids as "cadreIds", held_on::text as "heldOn"`;

/**
 * Households tells of a visit at a door. A care visit by the helper, or by who stands in for them, fulfils the duty of the
 * month; one by somebody else is kind and fulfils nothing. One that turns out to be none, or not to have taken place, gives
 * the duty back, to another visit if there was one.
 */
export async function followHomeVisit(ctx: Ctx, { type, data }: ReceivedEvent): Promise<void> {
  if (type === homeVisitWithdrawn.type) return forget(ctx, homeVisitWithdrawn.data.parse(data).homeVisitId);
  const told = (type === homeVisitAmended.type ? homeVisitAmended : homeVisitRecorded).data.parse(data);
  const { homeVisitId, householdId, cadreIds, heldAt, care } = told;
  if (!care) return type === homeVisitAmended.type ? forget(ctx, homeVisitId) : undefined;
  if (cadreIds.length > 0) await keep(ctx, { id: homeVisitId, householdId, cadreIds, heldOn: dayOf(new Date(heldAt)) });
}

/** Keeps a care visit that is not kept yet, and lets it count. It is kept although it counts for nothing: its assistance may be told after it, and another visit that counts may be withdrawn. */
async function keep(ctx: Ctx, visit: CareVisit): Promise<void> {
  const { rows } = await sql`
    insert into care_visit (id, household_id, cadre_ids, held_on)
    values (${visit.id}, ${visit.householdId}, ${[...visit.cadreIds]}::uuid[], ${visit.heldOn}::date)
    on conflict do nothing returning id`.execute(ctx.em.getKysely());
  if (rows.length > 0) await changeAll(ctx, async (unit) => count(unit, visit));
}

/** Assistances of these households have changed: care visits that counted for none so far may count now. */
export async function countWaitingVisits(ctx: Ctx, householdIds: readonly string[]): Promise<void> {
  const { rows } = await sql<CareVisit>`
    select ${columns} from care_visit where household_id = any(${[...householdIds]}::uuid[])
      and not exists (select from duty d where d.fulfilled_by = care_visit.id) order by held_on, id for update`.execute(
    ctx.em.getKysely(),
  );
  for (const visit of rows) await changeAll(ctx, async (unit) => count(unit, visit));
}

/** What was a care visit is none: the duties that it kept are owed again, unless others of their windows keep them. */
async function forget(ctx: Ctx, homeVisitId: string): Promise<void> {
  await sql`delete from care_visit where id = ${homeVisitId}`.execute(ctx.em.getKysely());
  await changeAll(ctx, async (unit) => {
    for (const duty of await reopenDuties(unit, homeVisitId)) await countOthers(unit, duty);
  });
}

/** Other visits to the household since the duty was owed, which kept none so far, in their order until one keeps it. */
async function countOthers(unit: Unit, duty: Duty): Promise<void> {
  const { targetId, windowStart, assignmentId } = duty;
  const { rows } = await sql<CareVisit>`
    select ${columns} from care_visit where household_id = ${targetId} and held_on >= ${windowStart}::date
      and not exists (select from duty d where d.fulfilled_by = care_visit.id and d.assignment_id = ${assignmentId})
    order by held_on, id`.execute(unit.ctx.em.getKysely());
  for (const visit of rows) {
    if (duty.fulfilledOn) return;
    await count(unit, visit, assignmentId);
  }
}

/** Lets a visit fulfil the duty that it was owed for, of each assistance that holds on its day, or of this one alone. */
async function count(unit: Unit, { id, householdId, cadreIds, heldOn }: CareVisit, of?: string): Promise<void> {
  const { rows } = await sql<{ id: string; cadreId: string }>`
    select id, cadre_id as "cadreId" from assistance where household_id = ${householdId}
      and valid_from <= ${heldOn}::date and (valid_to is null or valid_to > ${heldOn}::date) order by id`.execute(
    unit.ctx.em.getKysely(),
  );
  const register = await registerOf(
    unit.ctx,
    rows.map(({ cadreId }) => cadreId),
    heldOn,
  );
  const served = rows.flatMap(({ id: owedBy, cadreId }): Served[] => {
    if (of !== undefined && owedBy !== of) return [];
    if (cadreIds.includes(cadreId)) return [{ owedBy, substituted: false }];
    const standIn = register.get(cadreId)?.substituteId;
    return standIn && cadreIds.includes(standIn) ? [{ owedBy, substituted: true }] : [];
  });
  await fulfilDuties(unit, { id, kind: 'CARE_VISIT', on: heldOn }, served);
}
