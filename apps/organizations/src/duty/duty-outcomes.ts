import { dutyExcused, dutyFulfilled, dutyMissed, cadreRecord, type Fact } from '@frontline/events';
import {
  changeAll,
  copyOf,
  factRow,
  idempotently,
  insertOutbox,
  platformErrors,
  sql,
  transaction,
  type Ctx,
} from '@frontline/platform';
import type { DutyState } from './duty-state.ts';
import { Duty, type OwedUnder } from './duty.entity.ts';
import { dutyErrors } from './duty.errors.ts';
import type { ExcuseDutyInput } from './duty.inputs.ts';
import { stateOf } from './duty.queries.ts';

/** Duties of one transaction of {@link tellOutcomes}. */
const CHUNK = 5_000;

/** Most characters of the reason of an excuse. */
const REASON_MAX = 500;

/** What the fact of an outcome is made from; days are YYYY-MM-DD. */
type Ended = Pick<
  Duty,
  | 'id'
  | 'owedUnder'
  | 'assignmentId'
  | 'contactorId'
  | 'substituteId'
  | 'targetId'
  | 'scheme'
  | 'schemeVersion'
  | 'dutyCode'
  | 'windowStart'
  | 'windowEnd'
  | 'fulfilledBy'
  | 'fulfilledOn'
>;

/**
 * What others are told of a duty's outcome, once for each that it has: one that was missed and is kept late is told as
 * both. The duty remembers it; the caller saves it with the fact.
 */
export function tellOutcome(duty: Duty, today: string): Fact[] {
  const state = duty.stateOn(today);
  if (duty.toldState === state) return [];
  const fact = outcomeFact(duty, state);
  if (fact) duty.toldState = state;
  return fact ? [fact] : [];
}

/**
 * Tells the outcomes that nobody was told yet: above all of duties whose window closed without anybody doing anything.
 * Each is told exactly once, however often and by how many this is run. Returns how many were.
 */
export async function tellOutcomes(ctx: Ctx): Promise<number> {
  for (let told = 0; ;) {
    const count = await transaction(ctx, tellSome, true);
    told += count;
    if (count < CHUNK) return told;
  }
}

async function tellSome(ctx: Ctx): Promise<number> {
  const today = ctx.today();
  const { rows } = await sql<Ended & { state: DutyState; sequence: string }>`
    with ended as (
      select t.id from duty t
      where (t.fulfilled_on is not null or t.excuse is not null or t.window_end < ${today}::date)
        and t.told_state is distinct from ${stateOf(today)}
      order by t.id limit ${CHUNK}::int for update skip locked)
    update duty t set told_state = ${stateOf(today)}, event_sequence = t.event_sequence + 1, version = t.version + 1
    from ended where t.id = ended.id
    returning t.id, t.owed_under as "owedUnder", t.assignment_id as "assignmentId", t.contactor_id as "contactorId", t.substitute_id as "substituteId",
      t.target_id as "targetId", t.scheme, t.scheme_version as "schemeVersion", t.duty_code as "dutyCode",
      t.window_start::text as "windowStart", t.window_end::text as "windowEnd", t.fulfilled_by as "fulfilledBy",
      t.fulfilled_on::text as "fulfilledOn", t.told_state as state, t.event_sequence as sequence`.execute(
    ctx.em.getKysely(),
  );
  const told = rows.map((row) => factRow(outcomeFact(row, row.state) as Fact, row.id, Number(row.sequence), ctx.now()));
  await insertOutbox(ctx, told);
  return rows.length;
}

function outcomeFact(duty: Ended, state: DutyState): Fact | undefined {
  const {
    id: dutyId,
    owedUnder,
    assignmentId,
    contactorId,
    substituteId,
    targetId,
    scheme,
    schemeVersion,
    dutyCode,
  } = duty;
  const { windowStart, windowEnd, fulfilledBy, fulfilledOn } = duty;
  const facts = {
    dutyId,
    owedUnder,
    assignmentId,
    contactorId,
    ...(substituteId && { substituteId }),
    targetId,
    scheme,
    schemeVersion,
    dutyCode,
    windowStart,
    windowEnd,
  };
  if (state === 'MISSED') return dutyMissed.of(facts);
  if (state === 'EXCUSED') return dutyExcused.of(facts);
  if (state === 'UPCOMING' || state === 'DUE' || !fulfilledOn) return undefined;
  return dutyFulfilled.of({
    ...facts,
    state,
    on: fulfilledOn,
    ...(fulfilledBy && deedOf(owedUnder, fulfilledBy)),
  });
}

function deedOf(owedUnder: OwedUnder, id: string): { activityId?: string; homeVisitId?: string } {
  if (owedUnder === 'ASSIGNMENT') return { activityId: id };
  return owedUnder === 'ASSISTANCE' ? { homeVisitId: id } : {};
}

/**
 * Excuses a duty: it leaves the denominator of rates and stays on record with who did it and why. One that was missed can
 * still be excused, one that was kept can't.
 */
export function excuseDuty(ctx: Ctx, input: ExcuseDutyInput): Promise<Duty> {
  const reason = input.reason.trim();
  if (reason.length < 2 || reason.length > REASON_MAX)
    throw platformErrors(
      'input.invalid',
      { rule: `must say why, in 2 to ${REASON_MAX} characters` },
      { field: 'input.reason' },
    );
  return idempotently(ctx, 'excuseDuty', Duty, input, async (tx) => {
    const by = await excuserOf(tx);
    return changeAll(tx, async (unit) => {
      const duty = await unit.load(Duty, input.id, {
        expectedVersion: input.expectedVersion ?? null,
        field: 'input.id',
      });
      if (duty.fulfilledOn) throw dutyErrors('duty.fulfilled', {}, { field: 'input.id' });
      if (duty.excuse) throw dutyErrors('duty.excused', {}, { field: 'input.id' });
      duty.excuse = { by, reason, on: tx.today() };
      unit.emit(duty, ...tellOutcome(duty, tx.today()));
      return duty;
    });
  });
}

/** The staff number of whoever excuses, or the office for an account that is no cadre's. */
async function excuserOf(ctx: Ctx): Promise<string> {
  const cadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  return (await copyOf(ctx, cadreRecord, cadreId))?.staffNumber ?? 'FRONTLINE_OFFICE';
}
