import { tellBackOwed } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { byId, changeAll, dayOf, idempotently, manyBy, type Ctx } from '@frontline/platform';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import { Activity, type Demand } from '../activity/activity.entity.ts';
import { participantsOf, tookPart } from '../activity/activity.queries.ts';
import { fulfilDuties } from '../duty/duty-fulfilment.ts';
import { Duty } from '../duty/duty.entity.ts';
import { dutyId } from '../duty/obligations.ts';
import { ownId } from '../promise/promise.queries.ts';
import { TellBack, tellBackErrors } from './tell-back.entity.ts';
import type { RecordTellBackInput } from './tell-back.inputs.ts';

/**
 * The case of a demand is closed: whoever heard it owes to tell the person, once, within the policy's days. Where that is a
 * cadre it is a duty of theirs as well, fulfilled with the tell-back.
 */
export async function oweTellBack(ctx: Ctx, demand: Demand, caseId: string, closedAt: Date): Promise<void> {
  if (demand.amendedAwayAt || (await manyBy(ctx, TellBack, 'demandId', demand.id)).length > 0) return;
  const activity = await byId(ctx, Activity, demand.activityId);
  const [someone] = await participantsOf(ctx, demand.activityId);
  const cadreId = activity?.recordedById ?? someone ?? null;
  const owedFrom = dayOf(closedAt);
  const dueOn = addDays(owedFrom, policyOn(owedFrom).tellBackWithinDays);
  const { id: demandId, activityId, areaId } = demand;
  const owed = Object.assign(new TellBack(), { demandId, activityId, areaId, caseId, cadreId, owedFrom, dueOn });
  await changeAll(ctx, async (unit) => {
    unit.add(
      owed,
      tellBackOwed.of({ tellBackId: owed.id, demandId, caseId, ...(cadreId && { cadreId }), owedFrom, dueOn }),
    );
    if (cadreId) unit.add(Object.assign(new Duty(), dutyOf(owed, cadreId)));
  });
  const { callbackId, calledBackOn } = demand;
  if (callbackId && calledBackOn) await tellByCallback(ctx, demand.id, callbackId, calledBackOn);
}

/**
 * A callback about the case of a demand reached the person: they know what came of it, so what was owed to them is told,
 * late if its day had passed. A callback that comes before the case is closed is remembered until a tell-back is owed.
 */
export async function tellByCallback(ctx: Ctx, demandId: string, callbackId: string, on: string): Promise<void> {
  await changeAll(ctx, async (unit) => {
    const [owed] = await unit.loadAll(TellBack, { demandId });
    if (!owed || owed.toldOn) return;
    unit.emit(owed, ...owed.toldByCallback(callbackId, on));
    // nothing can be kept before it is owed
    const keptOn = on < owed.owedFrom ? owed.owedFrom : on;
    await fulfilDuties(unit, { id: owed.id, kind: 'TELL_BACK', on: keptOn }, [{ owedBy: owed.id, substituted: false }]);
  });
}

/** The duty of whoever is to tell the person: no scheme of the district asks for it, but the method itself (design/domain.md). */
export function dutyOf(
  { id, areaId, owedFrom, dueOn }: Pick<TellBack, 'id' | 'areaId' | 'owedFrom' | 'dueOn'>,
  contactorId: string,
) {
  return {
    id: dutyId(id, 'tell-back', owedFrom),
    owedUnder: 'TELL_BACK',
    assignmentId: id,
    contactorId,
    targetId: areaId,
    placeId: areaId,
    scheme: 'tell-back',
    schemeVersion: 1,
    dutyCode: 'tell-back',
    activity: 'TELL_BACK',
    windowStart: owedFrom,
    windowEnd: dueOn,
  } satisfies Partial<Duty>;
}

/** Whoever took part in the visit tells the person; only once, on a day that has come. */
export function recordTellBack(ctx: Ctx, input: RecordTellBackInput): Promise<TellBack> {
  if (input.note) checkText(input.note, 2000, 'input.note');
  return idempotently(ctx, 'recordTellBack', TellBack, input, async (tx) => {
    const may = await tookPart(tx, await byId(tx, TellBack, input.tellBackId));
    return changeAll(tx, async (unit) => {
      const owed = await unit.load(TellBack, input.tellBackId, { field: 'input.tellBackId' });
      if (!may) throw tellBackErrors('tellBack.notYours', {}, { field: 'input.tellBackId' });
      const on = input.toldOn ?? tx.today();
      unit.emit(owed, ...owed.tell(on, ownId(tx), input.note?.trim() || null, tx.today()));
      // whoever took part heard it: nobody stands in for the one whose duty it is
      await fulfilDuties(unit, { id: owed.id, kind: 'TELL_BACK', on }, [{ owedBy: owed.id, substituted: false }]);
      return owed;
    });
  });
}
