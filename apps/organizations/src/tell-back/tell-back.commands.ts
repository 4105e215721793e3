import { tellBackOwed } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { byId, change, create, dayOf, idempotently, manyBy, type Ctx } from '@frontline/platform';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import { Activity, type Demand } from '../activity/activity.entity.ts';
import { participantsOf, tookPart } from '../activity/activity.queries.ts';
import { ownId } from '../promise/promise.queries.ts';
import { TellBack, tellBackErrors } from './tell-back.entity.ts';
import type { RecordTellBackInput } from './tell-back.inputs.ts';

/** The case of a demand is closed: whoever heard it owes to tell the person, once, within the policy's days. */
export async function oweTellBack(ctx: Ctx, demand: Demand, caseId: string, closedAt: Date): Promise<void> {
  if (demand.amendedAwayAt || (await manyBy(ctx, TellBack, 'demandId', demand.id)).length > 0) return;
  const activity = await byId(ctx, Activity, demand.activityId);
  const [someone] = await participantsOf(ctx, demand.activityId);
  const cadreId = activity?.recordedById ?? someone ?? null;
  const owedFrom = dayOf(closedAt);
  const dueOn = addDays(owedFrom, policyOn(owedFrom).tellBackWithinDays);
  const { id: demandId, activityId, areaId } = demand;
  const owed = Object.assign(new TellBack(), { demandId, activityId, areaId, caseId, cadreId, owedFrom, dueOn });
  await create(ctx, owed, [
    tellBackOwed.of({ tellBackId: owed.id, demandId, caseId, ...(cadreId && { cadreId }), owedFrom, dueOn }),
  ]);
}

/** Whoever took part in the visit tells the person; only once, on a day that has come. */
export function recordTellBack(ctx: Ctx, input: RecordTellBackInput): Promise<TellBack> {
  if (input.note) checkText(input.note, 2000, 'input.note');
  return idempotently(ctx, 'recordTellBack', TellBack, input, async (tx) => {
    const may = await tookPart(tx, await byId(tx, TellBack, input.tellBackId));
    return change(
      tx,
      TellBack,
      input.tellBackId,
      (owed) => {
        if (!may) throw tellBackErrors('tellBack.notYours', {}, { field: 'input.tellBackId' });
        return owed.tell(input.toldOn ?? tx.today(), ownId(tx), input.note?.trim() || null, tx.today());
      },
      { field: 'input.tellBackId' },
    );
  });
}
