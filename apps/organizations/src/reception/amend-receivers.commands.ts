import { changeAll, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { activityErrors } from '../activity/activity.errors.ts';
import { checkText } from '../activity/activity-rules.ts';
import { activityToAmend, amendedFact, keepHistory } from '../activity/amend-activity.commands.ts';
import { changeParticipants } from '../activity/amended-place.ts';
import { rejudgeDuties } from '../activity/rejudged-duties.ts';
import { promisersAt } from '../promise/amend-promises.ts';
import { settleTellBacks } from '../tell-back/settle-tell-backs.commands.ts';
import { receptionsOwed, whoReceived } from './hold-reception.commands.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import { receptionErrors } from './reception.errors.ts';
import type { AmendReceiversInput } from './reception.inputs.ts';

/**
 * Others received at a reception than was recorded. Its seats say so, and its activity, with history: who took part in it,
 * and which duties it fulfils. By whoever recorded it or took part, for as long as an activity is amended.
 */
export function amendReceivers(ctx: Ctx, input: AmendReceiversInput): Promise<ReceptionDay> {
  checkText(input.reason, 500, 'input.reason');
  return idempotently(ctx, 'amendReceivers', ReceptionDay, input, async (tx) => {
    const day = await changeAll(tx, (unit) => amend(unit, input));
    await settleTellBacks(tx, { activityIds: [day.activityId as string] });
    return day;
  });
}

async function amend(unit: Unit, input: AmendReceiversInput): Promise<ReceptionDay> {
  const { receptionId, expectedVersion = null, receivedByIds, reason } = input;
  const field = 'input.receptionId';
  const day = await unit.load(ReceptionDay, receptionId, { expectedVersion, field });
  const { activityId } = day;
  if (!activityId) throw receptionErrors('reception.notHeld', {}, { field });
  const { activity, cadreIds: before } = await activityToAmend(unit, { activityId }, field);
  const came = (await seatsOf(unit, day)).filter(({ attended }) => attended);
  const terms = await whoReceived(unit, day, receivedByIds);
  // whoever took a seat beside the rota and did not come had none
  for (const seat of await seatsOf(unit, day)) if (seat.nth > day.seats && !seat.attended) unit.ctx.em.remove(seat);
  const [were, are] = [came.flatMap(({ representativeId }) => representativeId ?? []), terms.map(({ id }) => id)];
  const receivers = [
    ...were.filter((id) => !are.includes(id)).map((id) => ({ field: 'receiver', before: id, after: null })),
    ...are.filter((id) => !were.includes(id)).map((id) => ({ field: 'receiver', before: null, after: id })),
  ];
  if (receivers.length === 0) throw activityErrors('activity.nothingAmended', {}, { field: 'input.receivedByIds' });
  const cadres = terms.flatMap(({ cadreId }) => cadreId ?? []);
  const gone = came.flatMap(({ cadreId }) => cadreId ?? []).filter((id) => !cadres.includes(id));
  const { cadreIds, changes } = await changeParticipants(unit, activity, {
    before,
    added: [...new Set(cadres)].filter((id) => !before.includes(id)),
    removed: before.filter((id) => gone.includes(id) && id !== activity.recordedById),
  });
  if ((await promisersAt(unit, activity.id)).some((id) => !cadreIds.includes(id)))
    throw activityErrors('activity.gavePromise', {}, { field: 'input.receivedByIds' });
  const owed = await receptionsOwed(unit.ctx, day, activity.heldAt);
  await rejudgeDuties(
    unit,
    activity,
    cadreIds,
    owed.map(({ id }) => id),
  );
  const history = { reason, at: unit.ctx.now(), changes: [...receivers, ...changes], action: 'activity.amended' };
  await keepHistory(unit, activity, history);
  unit.emit(activity, amendedFact(activity, cadreIds, { touched: [], withdrawnIds: [] }));
  unit.emit(day, day.attendedBy(are));
  return day;
}

const seatsOf = ({ ctx }: Unit, { id }: ReceptionDay): Promise<ReceptionSeat[]> =>
  ctx.em.find(ReceptionSeat, { receptionDayId: id }, { orderBy: { nth: 'asc' } });
