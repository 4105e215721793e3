import { MEETS_RESIDENTS, placesFor } from '@frontline/access';
import { tellBackOwed } from '@frontline/events';
import { addDays } from '@frontline/calendar';
import { changeAll, dayOf, idempotently, type Ctx } from '@frontline/platform';
import { policyOn } from '../activity/activity-policy.ts';
import { checkText } from '../activity/activity-rules.ts';
import type { Demand } from '../activity/activity.entity.ts';
import { tookPart } from '../activity/activity.queries.ts';
import { registerOf } from '../activity/assignments-at-target.ts';
import { awayTimes } from '../duty/away-times.ts';
import { fulfilDuties } from '../duty/duty-fulfilment.ts';
import { Duty } from '../duty/duty.entity.ts';
import { dutyId, standIn } from '../duty/obligations.ts';
import { liesWithin } from '../organization/organization-path.ts';
import { ownId } from '../promise/promise.queries.ts';
import { holdingDemand, tellByCallback } from './called-back.commands.ts';
import { heardAtActivities, ownersOf } from './settle-tell-backs.commands.ts';
import { TellBack, tellBackErrors } from './tell-back.entity.ts';
import type { RecordTellBackInput } from './tell-back.inputs.ts';
import { tellsAs, type Owes, type ToldAs } from './who-tells.ts';

const NOBODY: Owes = { cadreId: null, organizationId: null };

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
  /** The assignment under which it was heard, if it was under one. */
  readonly underId?: string | null | undefined;
}

/** What was said at an activity: whoever recorded it heard it first. */
export async function heardAt(
  ctx: Ctx,
  { id: demandId, activityId, areaId }: Demand,
): Promise<Omit<Heard, 'caseId' | 'closedAt'>> {
  const there = (await heardAtActivities(ctx, [activityId])).get(activityId);
  return { demandId, activityId, areaId, heardByIds: [], ...there };
}

/**
 * The case of a demand is closed: whoever heard it owes to tell the person, once, within the policy's days, or whoever it
 * has fallen to by then ({@link whoOwes}). That is a duty of theirs as well, fulfilled with the tell-back. A callback may
 * have told the person already.
 */
export function oweTellBack(ctx: Ctx, { closedAt, heardByIds, underId, ...heard }: Heard): Promise<void> {
  const { demandId, caseId, homeVisitId, areaId } = heard;
  const owedFrom = dayOf(closedAt);
  const dueOn = addDays(owedFrom, policyOn(owedFrom).tellBackWithinDays);
  return holdingDemand(ctx, demandId, async (tx) => {
    await changeAll(tx, async (unit) => {
      if ((await unit.loadAll(TellBack, { demandId })).length > 0) return;
      const [owes = NOBODY] = await ownersOf(unit.ctx, [{ heardByIds, areaId, underId }]);
      const { cadreId, organizationId } = owes;
      const owed = Object.assign(new TellBack(), { ...heard, ...owes, owedFrom, dueOn });
      if (homeVisitId) owed.heardByIds = [...heardByIds];
      const whose = { ...(cadreId && { cadreId }), ...(organizationId && { organizationId }) };
      unit.add(owed, tellBackOwed.of({ tellBackId: owed.id, demandId, caseId, ...whose, owedFrom, dueOn }));
      const contactorId = cadreId ?? organizationId;
      if (!contactorId) return;
      const away = await awayTimes(unit.ctx, [contactorId], undefined);
      const substituteId = standIn(away.get(contactorId) ?? [], dueOn) ?? null;
      unit.add(Object.assign(new Duty(), { ...dutyOf(owed, contactorId), substituteId }));
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

/** In what capacity the caller may say that the person was told on a day; `undefined` for none. */
async function capacityOf(ctx: Ctx, owed: TellBack, on: string): Promise<ToldAs | undefined> {
  const cadreId = ownId(ctx) ?? undefined;
  const { activityId, homeVisitId, areaId, heardByIds } = owed;
  const owes = { cadreId: owed.cadreId ?? null, organizationId: owed.organizationId ?? null };
  const heardIt = activityId
    ? await tookPart(ctx, { activityId })
    : cadreId !== undefined && heardByIds.includes(cadreId);
  const localsMay = Boolean(homeVisitId) || owes.cadreId === null;
  const meetsResidentsThere = localsMay && (await liesWithin(ctx, areaId, placesFor(ctx.actor, MEETS_RESIDENTS)));
  const register = await registerOf(
    ctx,
    [cadreId, owes.cadreId].filter((id) => typeof id === 'string'),
    on,
  );
  return tellsAs(owes, { cadreId, heardIt, meetsResidentsThere }, register);
}

/** Somebody who may ({@link tellsAs}) says that the person was told; only once, on a day that has come. */
export function recordTellBack(ctx: Ctx, input: RecordTellBackInput): Promise<TellBack> {
  if (input.note) checkText(input.note, 2000, 'input.note');
  return idempotently(ctx, 'recordTellBack', TellBack, input, (tx) =>
    changeAll(tx, async (unit) => {
      const field = 'input.tellBackId';
      const owed = await unit.load(TellBack, input.tellBackId, { field });
      const on = input.toldOn ?? tx.today();
      const as = await capacityOf(unit.ctx, owed, on);
      if (!as) throw tellBackErrors('tellBack.notYours', {}, { field });
      unit.emit(owed, ...owed.tell(on, { cadreId: ownId(tx), as }, input.note?.trim() || null, tx.today()));
      const substituted = as === 'SUBSTITUTE';
      await fulfilDuties(unit, { id: owed.id, kind: 'TELL_BACK', on }, [{ owedBy: owed.id, substituted }]);
      return owed;
    }),
  );
}
