import { checkedId, type Unit } from '@frontline/platform';
import type { Activity } from '../activity/activity.entity.ts';
import type { AmendActivityInput } from '../activity/amend-activity.inputs.ts';
import { assign, type Change } from '../activity/amendment.ts';
import { addPromises, checkTerms, MAX_PROMISES, type Promisers } from './promise.commands.ts';
import { GivenPromise } from './promise.entity.ts';
import { promiseErrors } from './promise.errors.ts';

/**
 * Promises were left out, written down wrong, or never given. Only open ones change: what was kept or broken stays on record
 * as it was said. They stand where the activity took place, which may have been amended before. Gives what changed.
 */
export async function amendPromises(
  unit: Unit,
  activity: Activity,
  { addPromises: added, changePromises, removePromiseIds }: AmendActivityInput,
  promisers: Promisers,
  now: Date,
): Promise<Change[]> {
  const today = unit.ctx.today();
  const standing = await unit.loadAll(GivenPromise, { activityId: activity.id, amendedAwayAt: null });
  const find = (id: string, field: string): GivenPromise => {
    const found = standing.find((each) => each.id === checkedId(id, field).toLowerCase());
    if (!found) throw promiseErrors('promise.unknown', {}, { field });
    const state = found.stateOn(today);
    if (state !== 'OPEN') throw promiseErrors('promise.notOpen', { state }, { field });
    return found;
  };
  const touched = new Set<GivenPromise>();
  const changes: Change[] = [];
  const set = (promise: GivenPromise, values: Partial<GivenPromise>): Change[] => {
    const made = assign(promise, values, { promiseId: promise.id });
    if (made.length > 0) touched.add(promise);
    return made;
  };
  for (const [at, { promiseId, ...change }] of changePromises.entries()) {
    const path = `input.changePromises[${at}]`;
    const promise = find(promiseId, `${path}.promiseId`);
    const { madeOn } = promise;
    const terms = {
      text: change.text ?? promise.text,
      dueOn: change.dueOn ?? promise.dueOn,
      cadreId: change.cadreId?.toLowerCase() ?? promise.cadreId,
    };
    checkTerms(terms, { madeOn, earliest: today > madeOn ? today : madeOn, cadreIds: promisers.cadreIds }, path);
    changes.push(...set(promise, { ...terms, text: terms.text.trim() }));
  }
  const removed = removePromiseIds.map((id, at) => find(id, `input.removePromiseIds[${at}]`));
  if (added.length > 0 && standing.length - removed.length + added.length > MAX_PROMISES)
    throw promiseErrors('promise.tooMany', { max: MAX_PROMISES }, { field: 'input.addPromises' });
  for (const promise of removed) {
    changes.push({ field: 'promise', promiseId: promise.id, before: promise.text, after: null });
    unit.emit(promise, promise.withdraw(now));
  }
  // that they moved with the activity is told by its own change
  for (const promise of standing) if (!removed.includes(promise)) set(promise, { targetId: activity.targetId });
  for (const promise of touched) unit.emit(promise, promise.amended());
  for (const { id: promiseId, text } of addPromises(unit, activity, added, promisers, 'input.addPromises'))
    changes.push({ field: 'promise', promiseId, before: null, after: text });
  return changes;
}

/** The activity did not take place: its open promises were never given. Refuses, at `field`, what was kept or broken. */
export async function withdrawPromises(unit: Unit, activityId: string, now: Date, field: string): Promise<Change[]> {
  const standing = await unit.loadAll(GivenPromise, { activityId, amendedAwayAt: null });
  return standing.map((promise) => {
    const state = promise.stateOn(unit.ctx.today());
    if (state !== 'OPEN') throw promiseErrors('promise.notOpen', { state }, { field });
    unit.emit(promise, promise.withdraw(now));
    return { field: 'promise', promiseId: promise.id, before: promise.text, after: null };
  });
}

/** Those who promised something at an activity that stands, by now. */
export async function promisersAt(unit: Unit, activityId: string): Promise<string[]> {
  const standing = await unit.loadAll(GivenPromise, { activityId, amendedAwayAt: null });
  return standing.filter(({ amendedAwayAt }) => !amendedAwayAt).map(({ cadreId }) => cadreId);
}
