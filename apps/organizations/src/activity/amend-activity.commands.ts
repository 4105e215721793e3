import { activityAmended } from '@frontline/events';
import { audit, changeAll, checkedId, dayOf, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { fulfilDuties, reopenDuties, type Served } from '../duty/duty-fulfilment.ts';
import type { Duty } from '../duty/duty.entity.ts';
import { Activity, ActivityAmendment, Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import type { AmendActivityInput } from './activity.inputs.ts';
import { checkAmendment, MAX_DEMANDS } from './activity-rules.ts';
import { ownCadreId, recorderOf } from './activity.commands.ts';
import { checkPlaces, demandFactsOf, demandOf } from './heard-demands.ts';
import { participantsOf } from './activity.queries.ts';
import { assignmentsAt, registerOf, servedBy } from './assignments-at-target.ts';
import {
  amendActivityFields,
  amendDemand,
  checkMayAmend,
  demandAdded,
  removeDemand,
  type Change,
} from './amendment.ts';

/** Other activities that one statement reads for a duty that is owed again; all of them are looked at until one counts. */
const OTHERS = 50;

/** Demands after an amendment: what changed, which are new or other than before, and whose cases have nothing to answer. */
interface AmendedDemands {
  changes: Change[];
  touched: Demand[];
  withdrawnIds: string[];
}

/**
 * Amends an activity with its demands, keeping what was before: in the history, who and when and why, and in the audit
 * trail. Demands that become cases open one each, those amended away withdraw theirs (`activity.amended` tells cases).
 */
export function amendActivity(ctx: Ctx, input: AmendActivityInput): Promise<Activity> {
  const now = ctx.now();
  checkAmendment(input, now);
  return idempotently(ctx, 'amendActivity', Activity, input, (tx) =>
    changeAll(tx, async (unit) => {
      const activity = await unit.load(Activity, input.activityId, {
        field: 'input.activityId',
        expectedVersion: input.expectedVersion ?? null,
      });
      const amender = { recorder: recorderOf(tx), cadreId: ownCadreId(tx), today: tx.today() };
      const cadreIds = await participantsOf(tx, activity.id);
      checkMayAmend(activity, cadreIds, amender, dayOf);
      const fields = amendActivityFields(activity, input, dayOf);
      if (fields.some(({ field }) => field === 'kind')) await moveDuties(unit, activity, cadreIds);
      const { changes, touched, withdrawnIds } = await amendDemands(unit, activity, input, now);
      if (fields.length + changes.length === 0)
        throw activityErrors('activity.nothingAmended', {}, { field: 'input.activityId' });
      activity.amendedAt = now;
      unit.addOwned(
        Object.assign(new ActivityAmendment(), {
          activityId: activity.id,
          at: now,
          byCadreId: amender.cadreId ?? null,
          reason: input.reason.trim(),
          changed: JSON.stringify([...fields, ...changes]),
        }),
      );
      await audit(tx, { action: 'activity.amended', aggregateType: 'Activity', aggregateIds: [activity.id] });
      unit.emit(
        activity,
        activityAmended.of({
          activityId: activity.id,
          kind: activity.kind,
          heldAt: activity.heldAt.toISOString(),
          targetId: activity.targetId,
          demands: touched.map(demandFactsOf),
          withdrawnDemandIds: withdrawnIds,
        }),
      );
      return activity;
    }),
  );
}

/** It was something else that took place: what it kept as the one is owed again, what it keeps as the other is fulfilled. */
async function moveDuties(unit: Unit, activity: Activity, cadreIds: readonly string[]): Promise<void> {
  const { id, kind } = activity;
  const on = dayOf(activity.heldAt);
  const reopened = await reopenDuties(unit, id);
  await fulfilDuties(unit, { id, kind, on }, await servedByActivity(unit, activity, cadreIds, on));
  for (const duty of reopened) await countOthers(unit, duty, id);
}

/** What took place as well while a duty was owed, and counted for nothing since the amended one was first, counts for it now. */
async function countOthers(unit: Unit, duty: Duty, amendedId: string): Promise<void> {
  const { assignmentId, activity: kind } = duty;
  for await (const other of othersOf(unit, duty, amendedId)) {
    const on = dayOf(new Date(other.heldAt));
    const served = await servedByActivity(unit, other, await participantsOf(unit.ctx, other.id), on);
    await fulfilDuties(
      unit,
      { id: other.id, kind, on },
      served.filter(({ owedBy }) => owedBy === assignmentId),
    );
    if (duty.fulfilledOn) return;
  }
}

interface Other {
  id: string;
  heldAt: Date;
  targetId: string;
  assignmentId: string | null;
}

/** What took place where a duty was owed before the next one was, and keeps no duty of its assignment, earliest first. */
async function* othersOf(unit: Unit, duty: Duty, amendedId: string): AsyncGenerator<Other> {
  let after: string | null = null;
  for (;;) {
    const page: Other[] = await othersAfter(unit, duty, amendedId, after);
    yield* page;
    after = page.at(-1)?.id ?? null;
    if (page.length < OTHERS) return;
  }
}

async function othersAfter(unit: Unit, duty: Duty, amendedId: string, after: string | null): Promise<Other[]> {
  const { assignmentId, activity: kind, targetId, windowStart } = duty;
  const instantOf = (day: ReturnType<typeof sql>) => sql`(${day})::timestamp at time zone 'Asia/Shanghai'`;
  const { rows } = await sql<Other>`
    select a.id, a.held_at as "heldAt", a.target_id as "targetId", a.assignment_id as "assignmentId" from activity a
    where a.kind = ${kind} and a.id <> ${amendedId} and a.held_at >= ${instantOf(sql`${windowStart}::date`)}
      and a.held_at < coalesce(${instantOf(sql`select min(n.window_start) from duty n
        where n.assignment_id = ${assignmentId} and n.activity = ${kind} and n.window_start > ${windowStart}::date`)}, 'infinity')
      ${after ? sql`and (a.held_at, a.id) > (select l.held_at, l.id from activity l where l.id = ${after})` : sql``}
      and (a.assignment_id = ${assignmentId} or a.target_id = ${targetId}
        or a.target_id in (select p.area_id from patch_area p where p.patch_id = ${targetId}))
      and not exists (select from duty d where d.assignment_id = ${assignmentId} and d.fulfilled_by = a.id)
    order by a.held_at, a.id limit ${OTHERS}`.execute(unit.ctx.em.getKysely());
  return rows;
}

/** The assignments for which an activity counts. */
async function servedByActivity(
  unit: Unit,
  { targetId, assignmentId }: Pick<Activity, 'targetId' | 'assignmentId'>,
  cadreIds: readonly string[],
  on: string,
): Promise<Served[]> {
  const there = await assignmentsAt(unit.ctx, targetId, on);
  const contactorIds = there.flatMap((each) => (each.contactorKind === 'CADRE' ? each.contactorIds : []));
  const register = await registerOf(unit.ctx, [...cadreIds, ...contactorIds], on);
  return servedBy(there, cadreIds, register, new Set(assignmentId ? [assignmentId] : []));
}

async function amendDemands(
  unit: Unit,
  activity: Activity,
  input: AmendActivityInput,
  now: Date,
): Promise<AmendedDemands> {
  const standing = new Map(
    (await unit.loadAll(Demand, { activityId: activity.id, amendedAwayAt: null })).map((each) => [each.id, each]),
  );
  const find = (id: string, field: string): Demand => {
    const found = standing.get(checkedId(id, field).toLowerCase());
    if (!found) throw activityErrors('demand.unknown', {}, { field });
    return found;
  };
  // unanswered questions may have become more demands than anybody may add
  const added = input.addDemands.length;
  if (added > 0 && standing.size + added - input.removeDemandIds.length > MAX_DEMANDS)
    throw activityErrors('activity.demands', { max: MAX_DEMANDS }, { field: 'input.addDemands' });
  const result: AmendedDemands = { changes: [], touched: [], withdrawnIds: [] };
  for (const [at, change] of input.changeDemands.entries()) {
    const path = `input.changeDemands[${at}]`;
    const demand = find(change.demandId, `${path}.demandId`);
    await checkPlaces(unit.ctx, change, path);
    const { changes, withdraws } = amendDemand(demand, change, path);
    if (changes.length > 0) result.touched.push(demand);
    if (withdraws) result.withdrawnIds.push(demand.id);
    result.changes.push(...changes);
  }
  for (const [at, id] of input.removeDemandIds.entries()) {
    const path = `input.removeDemandIds[${at}]`;
    const { changes, withdraws } = removeDemand(find(id, path), now, path);
    if (withdraws) result.withdrawnIds.push(id.toLowerCase());
    result.changes.push(...changes);
  }
  for (const [at, added] of input.addDemands.entries()) {
    const demand = await demandOf(unit.ctx, added, activity.targetId, `input.addDemands[${at}]`);
    unit.add(Object.assign(demand, { activityId: activity.id }));
    result.touched.push(demand);
    result.changes.push(demandAdded(demand));
  }
  return result;
}
