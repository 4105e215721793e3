import { activityAmended, type Fact } from '@frontline/events';
import { audit, changeAll, checkedId, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { amendPromises, promisersAt } from '../promise/amend-promises.ts';
import { settleTellBacks } from '../tell-back/settle-tell-backs.commands.ts';
import { Activity, ActivityAmendment, Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import { checkAmendment, MAX_DEMANDS } from './activity-rules.ts';
import { ownCadreId, recorderOf } from './activity.commands.ts';
import { participantsOf } from './activity.queries.ts';
import type { AmendActivityInput } from './amend-activity.inputs.ts';
import { amendParticipants, amendTarget } from './amended-place.ts';
import {
  amendActivityFields,
  amendDemand,
  checkMayAmend,
  demandAdded,
  moveDemand,
  removeDemand,
  type Change,
} from './amendment.ts';
import { checkCategory, checkPlaces, demandFactsOf, demandOf } from './heard-demands.ts';
import { rejudgeDuties } from './rejudged-duties.ts';

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
  checkAmendment(input, ctx.now());
  return idempotently(ctx, 'amendActivity', Activity, input, async (tx) => {
    const activity = await changeAll(tx, (unit) => amend(unit, input));
    // who heard what was said there may be others
    await settleTellBacks(tx, { activityIds: [activity.id] });
    return activity;
  });
}

async function amend(unit: Unit, input: AmendActivityInput): Promise<Activity> {
  const { ctx } = unit;
  const now = ctx.now();
  const { activity, cadreIds: before } = await activityToAmend(unit, input);
  const own = ownCadreId(ctx);
  const fields = amendActivityFields(activity, input, dayOf);
  const { targetId: recordedAt } = activity;
  const place = await amendTarget(ctx, activity, input, before);
  const { cadreIds, changes: who } = await amendParticipants(unit, activity, input, before);
  const promises = await amendPromises(unit, activity, input, { own, cadreIds }, now);
  await refuseWithoutPromisers(unit, activity.id, input, cadreIds);
  const isOtherwise = place.length + who.length > 0 || fields.some(({ field }) => field === 'kind');
  if (isOtherwise) await rejudgeDuties(unit, activity, cadreIds);
  const demands = await amendDemands(unit, activity, recordedAt, input, now);
  const changes = [...fields, ...place, ...who, ...promises, ...demands.changes];
  if (changes.length === 0) throw activityErrors('activity.nothingAmended', {}, { field: 'input.activityId' });
  await keepHistory(unit, activity, { reason: input.reason, at: now, changes, action: 'activity.amended' });
  unit.emit(activity, amendedFact(activity, cadreIds, demands));
  return activity;
}

/** The activity that the caller may amend or withdraw today, with who took part; `field` of the input names it. */
export async function activityToAmend(
  unit: Unit,
  { activityId, expectedVersion }: Pick<AmendActivityInput, 'activityId' | 'expectedVersion'>,
  field = 'input.activityId',
): Promise<{ activity: Activity; cadreIds: string[] }> {
  const { ctx } = unit;
  const activity = await unit.load(Activity, activityId, { field, expectedVersion: expectedVersion ?? null });
  const cadreIds = await participantsOf(ctx, activity.id);
  const amender = { recorder: recorderOf(ctx), cadreId: ownCadreId(ctx), today: ctx.today() };
  checkMayAmend(activity, cadreIds, amender, dayOf, field);
  return { activity, cadreIds };
}

/** Keeps what changed of an activity: who, when and why, and in the audit trail. */
export async function keepHistory(
  unit: Unit,
  activity: Activity,
  { reason, at, changes, action }: { reason: string; at: Date; changes: readonly Change[]; action: string },
): Promise<void> {
  activity.amendedAt = at;
  unit.addOwned(
    Object.assign(new ActivityAmendment(), {
      activityId: activity.id,
      at,
      byCadreId: ownCadreId(unit.ctx) ?? null,
      reason: reason.trim(),
      changed: JSON.stringify(changes),
    }),
  );
  await audit(unit.ctx, { action, aggregateType: 'Activity', aggregateIds: [activity.id] });
}

/** The fact that an activity was amended, with who took part and what became of its demands. */
export const amendedFact = (
  activity: Activity,
  contactorIds: string[],
  { touched, withdrawnIds }: Pick<AmendedDemands, 'touched' | 'withdrawnIds'>,
): Fact =>
  activityAmended.of({
    activityId: activity.id,
    kind: activity.kind,
    heldAt: activity.heldAt.toISOString(),
    targetId: activity.targetId,
    contactorIds,
    ...(activity.assignmentId && { assignmentId: activity.assignmentId }),
    demands: touched.map(demandFactsOf),
    withdrawnDemandIds: withdrawnIds,
  });

/** Who is taken away has promised nothing there that stands. */
async function refuseWithoutPromisers(
  unit: Unit,
  activityId: string,
  { removeCadreIds }: AmendActivityInput,
  cadreIds: readonly string[],
): Promise<void> {
  if (removeCadreIds.length === 0) return;
  const missing = (await promisersAt(unit, activityId)).find((id) => !cadreIds.includes(id));
  const at = removeCadreIds.findIndex((id) => id.toLowerCase() === missing);
  if (at >= 0) throw activityErrors('activity.gavePromise', {}, { field: `input.removeCadreIds[${at}]` });
}

/** What changes of the demands; `recordedAt` is where the activity was said to have taken place before. */
async function amendDemands(
  unit: Unit,
  activity: Activity,
  recordedAt: string,
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
  for (const demand of standing.values()) {
    const changes = moveDemand(demand, recordedAt, activity.targetId);
    if (changes.length > 0) result.touched.push(demand);
    result.changes.push(...changes);
  }
  for (const [at, change] of input.changeDemands.entries()) {
    const path = `input.changeDemands[${at}]`;
    const demand = find(change.demandId, `${path}.demandId`);
    await checkPlaces(unit.ctx, change, path);
    if (change.categoryCode) await checkCategory(unit.ctx, change.categoryCode, path);
    const { changes, withdraws } = amendDemand(demand, change, path);
    if (changes.length > 0 && !result.touched.includes(demand)) result.touched.push(demand);
    if (withdraws) result.withdrawnIds.push(demand.id);
    result.changes.push(...changes);
  }
  for (const [at, id] of input.removeDemandIds.entries()) {
    const path = `input.removeDemandIds[${at}]`;
    const demand = find(id, path);
    result.touched = result.touched.filter((each) => each !== demand);
    const { changes, withdraws } = removeDemand(demand, now, path);
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
