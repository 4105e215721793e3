import { promiseMade } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { byId, change, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import type { Activity } from '../activity/activity.entity.ts';
import type { PromiseInput } from '../activity/activity.inputs.ts';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import { tookPart } from '../activity/activity.queries.ts';
import { holdsLineOf } from '../contact-assignment/assignment-line.ts';
import { GivenPromise } from './promise.entity.ts';
import { promiseErrors } from './promise.errors.ts';
import type { KeepPromiseInput } from './promise.inputs.ts';
import { ownId } from './promise.queries.ts';

/** Promises that one activity may record. */
export const MAX_PROMISES = 10;

/** Adds what was promised at an activity by those who took part; `own` is the caller's file, if a cadre. */
export function addPromises(
  unit: Unit,
  activity: Activity,
  promises: readonly PromiseInput[],
  { own, cadreIds }: { own: string | undefined; cadreIds: readonly string[] },
): void {
  if (promises.length > MAX_PROMISES)
    throw promiseErrors('promise.tooMany', { max: MAX_PROMISES }, { field: 'input.promises' });
  const madeOn = dayOf(activity.heldAt);
  const last = addDays(madeOn, policyOn(madeOn).promiseWithinDays);
  for (const [at, { text, dueOn, cadreId = own }] of promises.entries()) {
    const path = `input.promises.${at}`;
    checkText(text, 500, `${path}.text`);
    if (dueOn < madeOn || dueOn > last)
      throw promiseErrors('promise.dueOn', { from: madeOn, to: last }, { field: `${path}.dueOn` });
    if (!cadreId || !cadreIds.includes(cadreId)) throw promiseErrors('promise.cadre', {}, { field: `${path}.cadreId` });
    const { id: activityId, targetId } = activity;
    const given = Object.assign(new GivenPromise(), {
      activityId,
      targetId,
      cadreId,
      text: text.trim(),
      madeOn,
      dueOn,
    });
    unit.add(given, promiseMade.of({ promiseId: given.id, activityId, cadreId, targetId, madeOn, dueOn }));
  }
}

/** Whoever took part in the visit, or has taken the contact over since, says that a promise was kept; only once, on a day that has come. */
export function keepPromise(ctx: Ctx, input: KeepPromiseInput): Promise<GivenPromise> {
  if (input.outcome) checkText(input.outcome, 2000, 'input.outcome');
  return idempotently(ctx, 'keepPromise', GivenPromise, input, async (tx) => {
    const given = await byId(tx, GivenPromise, input.promiseId);
    const own = ownId(tx);
    const may = (await tookPart(tx, given)) || (given && own && (await holdsLineOf(tx, own, given.activityId)));
    return change(
      tx,
      GivenPromise,
      input.promiseId,
      (promise) => {
        if (!may) throw promiseErrors('promise.notYours', {}, { field: 'input.promiseId' });
        return promise.keep(input.keptOn ?? tx.today(), input.outcome?.trim() || null, tx.today());
      },
      { field: 'input.promiseId' },
    );
  });
}
