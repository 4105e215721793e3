import { changeAll, sql, type Ctx, type Unit } from '@frontline/platform';
import { delegatesOf, type Delegates } from './delegates.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import { isFree, rotaOf, type Rota, type Seat } from './reception-rota.ts';

/** How a year's rota is. */
export interface MendedRota {
  /** Seats of all receptions of the year that are not cancelled, those that were held included. */
  seats: number;
  /** Seats ahead that nobody can take. */
  vacant: number;
  /** Fewest and most seats of anybody who could come to one of the receptions. */
  fewest: number;
  most: number;
}

/** One change of the rota at a time, until the transaction ends: two swaps that each make sense could seat somebody twice. */
export async function lockRota(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('rota of receptions', 0))`.execute(ctx.em.getKysely());
}

/**
 * Mends the rotas of all years that have receptions ahead, as absences and terms have it by now. The service does it every
 * day; with nothing to mend nothing changes. Returns how many receptions others receive at.
 */
export async function mendRotas(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from date)::int as year from reception_day
    where date > ${ctx.today()}::date and cancelled_on is null order by 1`.execute(ctx.em.getKysely());
  let mended = 0;
  for (const { year } of rows) {
    mended += await changeAll(ctx, async (unit) => {
      await lockRota(unit.ctx);
      return (await mendRota(unit, year, await delegatesOf(unit.ctx), [])).changedReceptions;
    });
  }
  return mended;
}

/**
 * Our copies of cadres or of representatives have changed: whoever of them can no longer come to a reception ahead is
 * replaced. Others leave the rota as it is; it is evened out by the daily work.
 */
export async function replaceWhoCannotCome(ctx: Ctx, records: readonly { id: string }[]): Promise<void> {
  const ids = records.map(({ id }) => id);
  const { rows } = await sql<{ date: string; representativeId: string }>`
    select r.date::text as date, s.representative_id as "representativeId"
    from reception_seat s join reception_day r on r.id = s.reception_day_id
    where (s.cadre_id = any(${ids}::uuid[]) or s.representative_id = any(${ids}::uuid[]))
      and r.date > ${ctx.today()}::date and r.cancelled_on is null and r.activity_id is null`.execute(
    ctx.em.getKysely(),
  );
  if (rows.length === 0) return;
  const delegates = await delegatesOf(ctx);
  const isWanting = rows.some(({ date, representativeId }) => {
    const receiver = delegates.receiverOf(representativeId);
    return receiver && !isFree(receiver, date);
  });
  if (isWanting) await mendRotas(ctx);
}

/**
 * Makes a year's rota, over the whole district: seats of receptions that do not lie ahead, and those swapped by agreement,
 * stay with whoever has them as long as that person can come. `planned` are receptions that this transaction has put into
 * the plan or on another place in it, which is told of them; of others it is told that their receivers changed.
 */
export async function mendRota(
  unit: Unit,
  year: number,
  delegates: Delegates,
  planned: readonly ReceptionDay[],
): Promise<MendedRota & { changedReceptions: number }> {
  const { ctx } = unit;
  await ctx.em.flush();
  const days = await unit.loadAll(ReceptionDay, { date: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } });
  const standing = days.filter(({ cancelledOn }) => !cancelledOn);
  const seats = await ctx.em.find(
    ReceptionSeat,
    { receptionDayId: { $in: standing.map(({ id }) => id) } },
    { orderBy: { receptionDayId: 'asc', nth: 'asc' } },
  );
  const dayOf = new Map(standing.map((day) => [day.id, day]));
  const rota = rotaOf(
    seats.map((seat) => seatInRota(seat, dayOf.get(seat.receptionDayId) as ReceptionDay, delegates, ctx.today())),
    delegates.receivers,
  );
  const changed = seats.filter((seat) => place(seat, dayOf.get(seat.receptionDayId) as ReceptionDay, rota, delegates));
  tell(unit, planned, changed, seats, dayOf);
  const { fewest, most } = rota;
  const ahead = new Set(standing.filter((day) => day.isAhead(ctx.today())).map(({ id }) => id));
  return {
    seats: seats.length,
    vacant: seats.filter((seat) => ahead.has(seat.receptionDayId) && !seat.representativeId).length,
    fewest,
    most,
    changedReceptions: new Set(changed.map(({ receptionDayId }) => receptionDayId)).size,
  };
}

function seatInRota(seat: ReceptionSeat, day: ReceptionDay, delegates: Delegates, today: string): Seat {
  const { id, receptionDayId: receptionId, nth, representativeId } = seat;
  const holder = representativeId ? delegates.receiverOf(representativeId) : undefined;
  // of somebody our copy does not know, nothing is known that would keep them from coming
  const heldBy = representativeId ? (holder?.id ?? representativeId) : undefined;
  const canCome = !holder || isFree(holder, day.date);
  const isFixed = !day.isAhead(today) || (Boolean(heldBy) && !holder) || (seat.swapped && canCome);
  const { date, subdistrictId } = day;
  return { id, receptionId, date, nth, subdistrictId, ...(heldBy && { heldBy }), isFixed };
}

/** Puts whoever the rota names on a seat; true when that is somebody else than before. */
function place(seat: ReceptionSeat, { date }: ReceptionDay, { bySeat }: Rota, delegates: Delegates): boolean {
  const receiverId = bySeat.get(seat.id);
  const before = seat.representativeId ?? undefined;
  if (receiverId === (before && (delegates.receiverOf(before)?.id ?? before))) return false;
  const term = receiverId ? delegates.termOn(receiverId, date) : undefined;
  Object.assign(seat, { representativeId: term?.id ?? null, cadreId: term?.cadreId ?? null, swapped: false });
  return true;
}

function tell(
  unit: Unit,
  planned: readonly ReceptionDay[],
  changed: readonly ReceptionSeat[],
  seats: readonly ReceptionSeat[],
  dayOf: ReadonlyMap<string, ReceptionDay>,
): void {
  const fresh = new Set(planned.map(({ id }) => id));
  const inOrder = Map.groupBy(seats, ({ receptionDayId }) => receptionDayId);
  for (const id of new Set([...fresh, ...changed.map(({ receptionDayId }) => receptionDayId)])) {
    const day = dayOf.get(id);
    const receivers = (inOrder.get(id) ?? []).flatMap(({ representativeId }) => representativeId ?? []);
    if (day) unit.emit(day, fresh.has(id) ? day.planned(receivers) : day.receivedBy(receivers, 'ROTA'));
  }
}
