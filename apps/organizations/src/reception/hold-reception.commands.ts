import { changeAll, checkedId, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { keepActivity } from '../activity/activity.commands.ts';
import { checkActivity } from '../activity/activity-rules.ts';
import { assignmentsAt } from '../activity/assignments-at-target.ts';
import type { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { delegatesOf, type Term } from './delegates.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import { receptionErrors } from './reception.errors.ts';
import type { HoldReceptionInput } from './reception.inputs.ts';
import { RECEPTION_SCHEME, seatId } from './reception-schedule.ts';

/**
 * Records that a reception was held, in one transaction: who received, and the activity with what was raised, each demand
 * with its disposition as at any visit. It fulfils the duty that the scheme of receptions asks of that subdistrict's centre.
 */
export function holdReception(ctx: Ctx, input: HoldReceptionInput): Promise<ReceptionDay> {
  const { receptionId, expectedVersion = null, receivedByIds, ...heard } = input;
  return idempotently(ctx, 'holdReception', ReceptionDay, input, (tx) =>
    changeAll(tx, async (unit) => {
      const day = await unit.load(ReceptionDay, receptionId, { expectedVersion, field: 'input.receptionId' });
      const terms = await whoReceived(unit, day, receivedByIds);
      const cadreIds = terms.flatMap(({ cadreId }) => cadreId ?? []);
      // a community's reception concerns that community, a service centre's the whole subdistrict
      const targetId = day.kind === 'CONCENTRATED' ? day.venueId : day.subdistrictId;
      const record = { ...heard, kind: 'RECEPTION' as const, targetId, withCadreIds: cadreIds };
      checkActivity(record, unit.ctx.now());
      const ofScheme = await receptionsOwed(unit.ctx, day, input.heldAt);
      const activity = await keepActivity(unit.ctx, record, ofScheme);
      const representativeIds = terms.map(({ id }) => id);
      const session = {
        activityId: activity.id,
        heldAt: input.heldAt,
        representativeIds,
        raised: input.demands.length,
      };
      unit.emit(day, ...day.hold(session));
      return day;
    }),
  );
}

/** The assignments that owe receptions of that subdistrict's centre on the day of an instant: whoever receives. */
export async function receptionsOwed(
  ctx: Ctx,
  { subdistrictId }: ReceptionDay,
  at: Date,
): Promise<ContactAssignment[]> {
  const owing = await assignmentsAt(ctx, subdistrictId, dayOf(at));
  return owing.filter(({ scheme }) => scheme === RECEPTION_SCHEME);
}

/** Marks who came: everybody on the rota when nobody is named; who came though not on it takes a seat beside the others. */
export async function whoReceived(unit: Unit, day: ReceptionDay, named: string[] | null | undefined): Promise<Term[]> {
  const delegates = await delegatesOf(unit.ctx);
  const seats = await unit.ctx.em.find(ReceptionSeat, { receptionDayId: day.id }, { orderBy: { nth: 'asc' } });
  const onRota = seats.flatMap(({ representativeId }) => representativeId ?? []);
  const came = [...new Set((named ?? onRota).map((id, at) => checkedId(id, fieldOf(at)).toLowerCase()))];
  const terms = came.map((id, at) => {
    const term = delegates.termHeldOn(id, day.date);
    if (!term) throw receptionErrors('reception.unknownReceiver', {}, { field: fieldOf(at) });
    return term;
  });
  for (const seat of seats) if (seat.representativeId) seat.attended = came.includes(seat.representativeId);
  for (const [at, { id, cadreId }] of terms.filter(({ id }) => !onRota.includes(id)).entries()) {
    const nth = seats.length + at + 1;
    const extra = { id: seatId(day.id, nth), receptionDayId: day.id, nth, representativeId: id, attended: true };
    unit.addOwned(Object.assign(new ReceptionSeat(), { ...extra, cadreId: cadreId ?? null }));
  }
  return terms;
}

const fieldOf = (at: number): string => `input.receivedByIds[${at}]`;
