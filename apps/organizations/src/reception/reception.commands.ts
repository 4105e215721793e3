import { placesFor } from '@frontline/access';
import { audit, changeAll, checkedId, idempotently, platformErrors, type Ctx, type Unit } from '@frontline/platform';
import { ownCadreId } from '../activity/activity.commands.ts';
import { liesWithin } from '../organization/organization-path.ts';
import { delegatesOf, type Delegates } from './delegates.ts';
import { lockRota, mendRota } from './mend-rota.commands.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import { receptionErrors } from './reception.errors.ts';
import type { CancelReceptionInput, MoveReceptionInput, SwapReceptionsInput } from './reception.inputs.ts';
import { isFree } from './reception-rota.ts';

const MAX_REASON = 500;

/**
 * Two delegates who agreed on it receive in each other's place: both can come on the other's day and receive nowhere else
 * then. Counts stay as they are, so the rota stays as fair, and a new rota leaves what was swapped. The audit keeps who
 * entered it: a delegate for a seat of their own, a subdistrict for receptions of its own, the Frontline Office for any.
 */
export function swapReceptions(ctx: Ctx, input: SwapReceptionsInput): Promise<ReceptionDay> {
  return idempotently(ctx, 'swapReceptions', ReceptionDay, input, (tx) =>
    changeAll(tx, async (unit) => {
      await lockRota(unit.ctx);
      const one = await seated(unit, input.seatId, 'input.seatId');
      const other = await seated(unit, input.withSeatId, 'input.withSeatId');
      await refuseOthersSeats(unit.ctx, one, other);
      const delegates = await delegatesOf(unit.ctx);
      const [mine, theirs] = [receiverIn(one, delegates), receiverIn(other, delegates)];
      if (mine === theirs) throw receptionErrors('reception.swapSelf', {}, { field: 'input.withSeatId' });
      await refuseNotFree(unit, delegates, one, other);
      await refuseNotFree(unit, delegates, other, one);
      exchange(one, other, delegates);
      for (const day of new Set([one.day, other.day]))
        unit.emit(day, day.receivedBy(await receiversOf(unit, day), 'SWAPPED'));
      await audit(unit.ctx, {
        action: 'reception.swapped',
        aggregateType: 'ReceptionDay',
        aggregateIds: [...new Set([one.day.id, other.day.id])],
      });
      return one.day;
    }),
  );
}

/** A planned reception is held on another day; who can't come then is replaced as the rota has it. */
export function moveReception(ctx: Ctx, input: MoveReceptionInput): Promise<ReceptionDay> {
  const reason = checkedReason(input.reason);
  return changeReception(ctx, 'moveReception', input, (day, today) => day.move(input.to, reason, today));
}

/** A planned reception will not be held; those who were to receive there get other seats as the rota has it. */
export function cancelReception(ctx: Ctx, input: CancelReceptionInput): Promise<ReceptionDay> {
  const reason = checkedReason(input.reason);
  return changeReception(ctx, 'cancelReception', input, (day, today) => day.cancel(reason, today));
}

function changeReception(
  ctx: Ctx,
  operation: string,
  input: MoveReceptionInput | CancelReceptionInput,
  decide: (day: ReceptionDay, today: string) => ReturnType<ReceptionDay['cancel']>,
): Promise<ReceptionDay> {
  return idempotently(ctx, operation, ReceptionDay, input, (tx) =>
    changeAll(tx, async (unit) => {
      await lockRota(unit.ctx);
      const { receptionId, expectedVersion = null } = input;
      const field = 'input.receptionId';
      const day = await unit.load(ReceptionDay, receptionId, { expectedVersion, field });
      if (!(await isOwnPlace(unit.ctx, day))) throw receptionErrors('reception.notYourPlace', {}, { field });
      const before = day.date;
      unit.emit(day, ...decide(day, unit.ctx.today()));
      const delegates = await delegatesOf(unit.ctx);
      for (const year of new Set([before, day.date].map((date) => Number(date.slice(0, 4)))))
        await mendRota(unit, year, delegates, []);
      return day;
    }),
  );
}

/** A seat, its reception, and the name of the field that gave it. */
interface Seated {
  seat: ReceptionSeat;
  day: ReceptionDay;
  field: string;
}

async function seated(unit: Unit, seatId: string, field: string): Promise<Seated> {
  const seat = await unit.ctx.em.findOne(ReceptionSeat, { id: checkedId(seatId, field) });
  if (!seat) throw platformErrors('aggregate.notFound', { type: 'ReceptionSeat' }, { field });
  const [day] = (await unit.loadAll(ReceptionDay, { id: seat.receptionDayId })) as [ReceptionDay];
  if (!day.isAhead(unit.ctx.today())) throw receptionErrors('reception.swapTooLate', { date: day.date }, { field });
  if (!seat.representativeId) throw receptionErrors('reception.vacantSeat', {}, { field });
  return { seat, day, field };
}

async function refuseOthersSeats(ctx: Ctx, one: Seated, other: Seated): Promise<void> {
  if ((await isOwnPlace(ctx, one.day)) && (await isOwnPlace(ctx, other.day))) return;
  const own = ownCadreId(ctx);
  if (own && [one, other].some(({ seat }) => seat.cadreId === own)) return;
  throw receptionErrors(own ? 'reception.notYours' : 'reception.notYourPlace', {}, { field: one.field });
}

/** Whether the caller keeps the receptions of a place: the Frontline Office everywhere, a subdistrict its own. */
function isOwnPlace(ctx: Ctx, { subdistrictId }: ReceptionDay): Promise<boolean> {
  return liesWithin(ctx, subdistrictId, placesFor(ctx.actor, ['FRONTLINE_OFFICE', 'SUBDISTRICT']));
}

const receiverIn = ({ seat }: Seated, delegates: Delegates): string =>
  delegates.receiverOf(seat.representativeId as string)?.id ?? (seat.representativeId as string);

/** Whoever has the one seat can come to the other's reception, and has no seat on its day but, perhaps, one of these two. */
async function refuseNotFree(unit: Unit, delegates: Delegates, one: Seated, other: Seated): Promise<void> {
  const { date } = other.day;
  const receiver = delegates.receiverOf(one.seat.representativeId as string);
  const that = await unit.ctx.em.find(ReceptionDay, { date, cancelledOn: null });
  const seats = await unit.ctx.em.find(ReceptionSeat, { receptionDayId: { $in: that.map(({ id }) => id) } });
  const elsewhere = seats.some(
    ({ id, representativeId }) =>
      id !== one.seat.id &&
      id !== other.seat.id &&
      representativeId &&
      delegates.receiverOf(representativeId)?.id === receiver?.id,
  );
  if (!receiver || !isFree(receiver, date) || elsewhere)
    throw receptionErrors('reception.swapNotFree', { date }, { field: one.field });
}

function exchange(one: Seated, other: Seated, delegates: Delegates): void {
  const [mine, theirs] = [receiverIn(one, delegates), receiverIn(other, delegates)];
  for (const [{ seat, day }, receiverId] of [
    [one, theirs],
    [other, mine],
  ] as const) {
    const term = delegates.termOn(receiverId, day.date);
    Object.assign(seat, { representativeId: term?.id ?? null, cadreId: term?.cadreId ?? null, swapped: true });
  }
}

async function receiversOf(unit: Unit, day: ReceptionDay): Promise<string[]> {
  const seats = await unit.ctx.em.find(ReceptionSeat, { receptionDayId: day.id }, { orderBy: { nth: 'asc' } });
  return seats.flatMap(({ representativeId }) => representativeId ?? []);
}

function checkedReason(reason: string): string {
  const characters = [...reason.trim()].length;
  if (characters < 1 || characters > MAX_REASON)
    throw receptionErrors('reception.reason', { max: MAX_REASON }, { field: 'input.reason' });
  return reason.trim();
}
