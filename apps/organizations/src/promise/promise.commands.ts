import { promiseMade } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { byId, change, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import type { Activity } from '../activity/activity.entity.ts';
import type { PromiseInput } from '../activity/activity.inputs.ts';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import { goesOnWith } from '../activity/activity.queries.ts';
import { GivenPromise } from './promise.entity.ts';
import { promiseErrors } from './promise.errors.ts';
import type { KeepPromiseInput } from './promise.inputs.ts';

/** Promises that one activity may record. */
export const MAX_PROMISES = 10;

/** Who may have promised: the caller's file, if a cadre, and those who took part. */
export interface Promisers {
  readonly own: string | undefined;
  readonly cadreIds: readonly string[];
}

/** Adds what was promised at an activity by those who took part; `path` names the list in the input. Gives them. */
export function addPromises(
  unit: Unit,
  activity: Activity,
  promises: readonly PromiseInput[],
  { own, cadreIds }: Promisers,
  path: string,
): GivenPromise[] {
  if (promises.length > MAX_PROMISES) throw promiseErrors('promise.tooMany', { max: MAX_PROMISES }, { field: path });
  return promises.map(({ text, dueOn, cadreId = own }, at) => {
    const { id: activityId, targetId } = activity;
    const madeOn = dayOf(activity.heldAt);
    checkTerms({ text, dueOn, cadreId }, { madeOn, earliest: madeOn, cadreIds }, `${path}.${at}`);
    const given = Object.assign(new GivenPromise(), {
      activityId,
      targetId,
      cadreId,
      text: text.trim(),
      madeOn,
      dueOn,
    });
    return unit.add(
      given,
      promiseMade.of({ promiseId: given.id, activityId, cadreId: given.cadreId, targetId, madeOn, dueOn }),
    );
  });
}

/** What a promise says: words, a day within the policy's time after the visit and not before `earliest`, by somebody who took part. */
export function checkTerms(
  { text, dueOn, cadreId }: { text: string; dueOn: string; cadreId: string | null | undefined },
  { madeOn, earliest, cadreIds }: { madeOn: string; earliest: string; cadreIds: readonly string[] },
  path: string,
): void {
  checkText(text, 500, `${path}.text`);
  const last = addDays(madeOn, policyOn(madeOn).promiseWithinDays);
  if (dueOn < earliest || dueOn > last)
    throw promiseErrors('promise.dueOn', { from: earliest, to: last }, { field: `${path}.dueOn` });
  if (!cadreId || !cadreIds.includes(cadreId)) throw promiseErrors('promise.cadre', {}, { field: `${path}.cadreId` });
}

/** Whoever took part in the visit, has taken the contact over since, or stands in for who promised, says that a promise was kept; only once, on a day that has come. */
export function keepPromise(ctx: Ctx, input: KeepPromiseInput): Promise<GivenPromise> {
  if (input.outcome) checkText(input.outcome, 2000, 'input.outcome');
  return idempotently(ctx, 'keepPromise', GivenPromise, input, async (tx) => {
    const given = await byId(tx, GivenPromise, input.promiseId);
    const may = await goesOnWith(tx, given);
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
