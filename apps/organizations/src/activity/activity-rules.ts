import { activityErrors } from './activity.errors.ts';
import type { DemandInput, RecordActivityInput } from './activity.inputs.ts';
import type { AmendActivityInput } from './amend-activity.inputs.ts';

/** Demands that one activity may record; more than that is a list somebody should import. */
export const MAX_DEMANDS = 20;

/** The rules of a recorded activity that need no look-up; `now` is the district's. Throws the first one that is broken. */
export function checkActivity(input: RecordActivityInput, now: Date): void {
  if (input.heldAt.getTime() > now.getTime()) throw activityErrors('activity.future', {}, { field: 'input.heldAt' });
  if (!input.targetId && !input.assignmentId) throw activityErrors('activity.target', {}, { field: 'input.targetId' });
  checkOffline(input, now);
  within(input.minutes, 1, 24 * 60, 'input.minutes');
  within(input.metCount, 0, 100_000, 'input.metCount');
  if (input.summary) checkText(input.summary, 4000, 'input.summary');
  if (input.demands.length > MAX_DEMANDS)
    throw activityErrors('activity.demands', { max: MAX_DEMANDS }, { field: 'input.demands' });
  input.demands.forEach((demand, at) => checkDemand(demand, `input.demands[${at}]`));
}

/** The rules of an amendment that need no look-up; `now` is the district's. Throws the first one that is broken. */
export function checkAmendment(input: AmendActivityInput, now: Date): void {
  checkText(input.reason, 500, 'input.reason');
  if (input.heldAt && input.heldAt.getTime() > now.getTime())
    throw activityErrors('activity.future', {}, { field: 'input.heldAt' });
  within(input.minutes, 1, 24 * 60, 'input.minutes');
  within(input.metCount, 0, 100_000, 'input.metCount');
  if (input.summary) checkText(input.summary, 4000, 'input.summary');
  const named = [...input.changeDemands.map(({ demandId }) => demandId), ...input.removeDemandIds];
  if (new Set(named).size < named.length)
    throw activityErrors('activity.demandTwice', {}, { field: 'input.removeDemandIds' });
  const promises = [...input.changePromises.map(({ promiseId }) => promiseId), ...input.removePromiseIds];
  if (new Set(promises).size < promises.length)
    throw activityErrors('activity.promiseTwice', {}, { field: 'input.removePromiseIds' });
  const cadres = [...input.addCadreIds, ...input.removeCadreIds];
  if (new Set(cadres).size < cadres.length)
    throw activityErrors('activity.cadreTwice', {}, { field: 'input.removeCadreIds' });
  input.addDemands.forEach((demand, at) => checkDemand(demand, `input.addDemands[${at}]`));
}

/** A record made offline says when it was made, after what it records and not in the future. */
function checkOffline({ clientId, madeAt, heldAt }: RecordActivityInput, now: Date): void {
  if (Boolean(clientId) !== Boolean(madeAt))
    throw activityErrors('activity.offline', {}, { field: clientId ? 'input.madeAt' : 'input.clientId' });
  if (!clientId || !madeAt) return;
  if (!/^[A-Za-z0-9\-_.:]{8,100}$/.test(clientId))
    throw activityErrors('activity.clientId', {}, { field: 'input.clientId' });
  if (madeAt.getTime() < heldAt.getTime() || madeAt.getTime() > now.getTime())
    throw activityErrors('activity.madeAt', {}, { field: 'input.madeAt' });
}

/** A demand has exactly one disposition, and what that disposition needs. */
export function checkDemand(demand: DemandInput, path: string): void {
  checkText(demand.text, 2000, `${path}.text`);
  checkText(demand.categoryCode, 40, `${path}.categoryCode`);
  if ((demand.disposition === 'CASE') !== Boolean(demand.caseKind))
    throw activityErrors('demand.caseKind', {}, { field: `${path}.caseKind` });
  const needsOutcome = demand.disposition === 'SETTLED_ON_SPOT' || demand.disposition === 'TRANSFERRED_OUT';
  if (needsOutcome && !demand.outcome?.trim())
    throw activityErrors('demand.outcome', { disposition: demand.disposition }, { field: `${path}.outcome` });
  if (demand.outcome) checkText(demand.outcome, 2000, `${path}.outcome`);
}

/** A text of 1 to `max` characters, without what surrounds it. */
export function checkText(text: string, max: number, field: string): void {
  const characters = [...text.trim()].length;
  if (characters < 1 || characters > max) throw activityErrors('activity.text', { max }, { field });
}

function within(value: number | null | undefined, min: number, max: number, field: string): void {
  if (value !== null && value !== undefined && (value < min || value > max))
    throw activityErrors('activity.number', { min, max }, { field });
}
