import { MEETS_RESIDENTS, placesFor } from '@frontline/access';
import { tellBackOwed } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { byId, changeAll, dayOf, idempotently, type Ctx } from '@frontline/platform';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import { Activity, type Demand } from '../activity/activity.entity.ts';
import { participantsOf, tookPart } from '../activity/activity.queries.ts';
import { fulfilDuties } from '../duty/duty-fulfilment.ts';
import { Duty } from '../duty/duty.entity.ts';
import { dutyId } from '../duty/obligations.ts';
import { liesWithin } from '../organization/organization-path.ts';
import { ownId } from '../promise/promise.queries.ts';
import { holdingDemand, tellByCallback } from './called-back.commands.ts';
import { TellBack, tellBackErrors } from './tell-back.entity.ts';
import type { RecordTellBackInput } from './tell-back.inputs.ts';

/** A demand whose case is closed, and who heard it. */
export interface Heard {
  readonly demandId: string;
  readonly caseId: string;
  readonly areaId: string;
  readonly closedAt: Date;
  /** The activity or the home visit where it was heard; one of them. */
  readonly activityId?: string;
  readonly homeVisitId?: string;
  /** The cadres who heard it, whoever owes the tell-back first. */
  readonly heardByIds: readonly string[];
}

/** What was said at an activity: whoever recorded it heard it first. */
export async function heardAt(
  ctx: Ctx,
  { id: demandId, activityId, areaId }: Demand,
): Promise<Omit<Heard, 'caseId' | 'closedAt'>> {
  const activity = await byId(ctx, Activity, activityId);
  const own = activity?.recordedById ? [activity.recordedById] : [];
  return { demandId, activityId, areaId, heardByIds: [...own, ...(await participantsOf(ctx, activityId))] };
}

/**
 * The case of a demand is closed: whoever heard it owes to tell the person, once, within the policy's days. Where that is a
 * cadre it is a duty of theirs as well, fulfilled with the tell-back. A callback may have told the person already.
 */
export function oweTellBack(ctx: Ctx, { closedAt, heardByIds, ...heard }: Heard): Promise<void> {
  const { demandId, caseId, homeVisitId } = heard;
  const cadreId = heardByIds[0] ?? null;
  const owedFrom = dayOf(closedAt);
  const dueOn = addDays(owedFrom, policyOn(owedFrom).tellBackWithinDays);
  return holdingDemand(ctx, demandId, async (tx) => {
    await changeAll(tx, async (unit) => {
      if ((await unit.loadAll(TellBack, { demandId })).length > 0) return;
      const owed = Object.assign(new TellBack(), { ...heard, cadreId, owedFrom, dueOn });
      if (homeVisitId) owed.heardByIds = [...heardByIds];
      unit.add(
        owed,
        tellBackOwed.of({ tellBackId: owed.id, demandId, caseId, ...(cadreId && { cadreId }), owedFrom, dueOn }),
      );
      if (cadreId) unit.add(Object.assign(new Duty(), dutyOf(owed, cadreId)));
    });
    await tellByCallback(tx, demandId);
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

/** Who heard it tells the person: who took part in the activity; at a door the cadres who went, or who meets residents in that place. */
async function mayTell(ctx: Ctx, owed: TellBack | undefined): Promise<boolean> {
  if (!owed?.homeVisitId) return tookPart(ctx, owed);
  const cadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  if (cadreId !== undefined && owed.heardByIds.includes(cadreId)) return true;
  return liesWithin(ctx, owed.areaId, placesFor(ctx.actor, MEETS_RESIDENTS));
}

/** Whoever took part in the visit tells the person; only once, on a day that has come. */
export function recordTellBack(ctx: Ctx, input: RecordTellBackInput): Promise<TellBack> {
  if (input.note) checkText(input.note, 2000, 'input.note');
  return idempotently(ctx, 'recordTellBack', TellBack, input, async (tx) => {
    const may = await mayTell(tx, await byId(tx, TellBack, input.tellBackId));
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
