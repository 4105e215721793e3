import { activityAmended } from '@frontline/events';
import { audit, changeAll, checkedId, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { fulfilDuties, reopenDuties } from '../duty/duty-fulfilment.ts';
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
  const { id, kind, heldAt, targetId, assignmentId } = activity;
  const on = dayOf(heldAt);
  const there = await assignmentsAt(unit.ctx, targetId, on);
  const contactorIds = there.flatMap((each) => (each.contactorKind === 'CADRE' ? each.contactorIds : []));
  const register = await registerOf(unit.ctx, [...cadreIds, ...contactorIds], on);
  const always = new Set(assignmentId ? [assignmentId] : []);
  await reopenDuties(unit, id);
  await fulfilDuties(unit, { id, kind, on }, servedBy(there, cadreIds, register, always));
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
