import { addDays } from '@frontline/calendar';
import { changeAll, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { closeOfBusiness } from '../case/case-clock.ts';
import { moveOf } from '../case/case.commands.ts';
import { Case } from '../case/case.entity.ts';
import { callbackOutcome, hasHandled, lastAnswered } from './callback-outcome.ts';
import { callbackPolicyOn } from './callback-policy.ts';
import { Callback } from './callback.entity.ts';
import { callbackErrors } from './callback.errors.ts';
import type { RecordCallbackInput } from './callback.inputs.ts';
import { contactDays, daysInVain, historyOf } from './callback.queries.ts';

/** Most characters of what somebody said. */
const NOTE_MAX = 2000;

/**
 * Records that the person behind an answered case was asked what came of it, or that nobody was reached, and moves the
 * case: concluded, rework, or to be called again. Only by somebody who has not handled it, within the household's budget
 * of contacts. Sent again with its key it changes nothing.
 */
export function recordCallback(ctx: Ctx, input: RecordCallbackInput): Promise<Case> {
  checkAnswers(input);
  return idempotently(ctx, 'recordCallback', Case, input, (tx) =>
    changeAll(tx, async (unit) => {
      const found = await unit.load(Case, input.caseId, {
        expectedVersion: input.expectedVersion ?? null,
        field: 'input.caseId',
      });
      const callback = await callbackOf(unit.ctx, found, input);
      move(unit, found, callback, input);
      unit.addOwned(callback);
      return found;
    }),
  );
}

/** Who was reached says whether it was solved; where nobody was, there is nothing to say. */
function checkAnswers({ reached, solved, contacted, treatedWell, note }: RecordCallbackInput): void {
  const answers = [solved, contacted, treatedWell].filter((each) => each !== null && each !== undefined);
  if (reached ? !solved : answers.length > 0) throw callbackErrors('callback.answers', {}, { field: 'input.solved' });
  const characters = note ? [...note.trim()].length : 1;
  if (characters < 1 || characters > NOTE_MAX)
    throw callbackErrors('callback.note', { max: NOTE_MAX }, { field: 'input.note' });
}

async function callbackOf(ctx: Ctx, found: Case, input: RecordCallbackInput): Promise<Callback> {
  const byCadreId = ctx.actor.kind === 'person' ? ctx.actor.cadreId : undefined;
  const history = await historyOf(ctx, found.id);
  if (hasHandled(byCadreId, found.holderCadreId, history))
    throw callbackErrors('callback.byHandler', {}, { field: 'input.caseId' });
  const today = ctx.today();
  const on = input.on ?? today;
  const answeredOn = dayOf(lastAnswered(history) ?? found.answeredAt ?? found.closedAt ?? found.registeredAt);
  if (on < answeredOn || on > today)
    throw callbackErrors('callback.on', { from: answeredOn, to: today }, { field: 'input.on' });
  const policy = callbackPolicyOn(on);
  if (input.reached) await checkBudget(ctx, found, on);
  const inVain = input.reached ? [] : await daysInVain(ctx, found.id, answeredOn);
  return Object.assign(new Callback(), {
    caseId: found.id,
    heldOn: on,
    channel: input.channel,
    reached: input.reached,
    solved: input.solved ?? null,
    contacted: input.contacted ?? null,
    treatedWell: input.treatedWell ?? null,
    note: input.note?.trim() || null,
    recordedAt: ctx.now(),
    byCadreId: byCadreId ?? null,
    outcome: callbackOutcome(found.state, input, new Set([...inVain, on]).size, policy.daysInVain),
  });
}

/** A household is not called again and again: so many days in a window, over all its cases; one more call on such a day is the same contact. */
async function checkBudget(ctx: Ctx, { householdId }: Case, on: string): Promise<void> {
  if (!householdId) return;
  const { contactDays: budget, contactWindowDays } = callbackPolicyOn(on);
  const reachedOn = await contactDays(ctx, householdId, addDays(on, -contactWindowDays));
  if (reachedOn.length < budget || reachedOn.includes(on)) return;
  const freed = reachedOn[reachedOn.length - budget] as string;
  throw callbackErrors(
    'callback.contactBudget',
    { days: reachedOn.length, window: contactWindowDays, from: addDays(freed, contactWindowDays) },
    { field: 'input.on' },
  );
}

/** Moves the case as its callback says, each step in its history. */
function move(unit: Unit, found: Case, callback: Callback, { closingCode }: RecordCallbackInput): void {
  const { id: callbackId, heldOn: on, channel, reached, solved, contacted, treatedWell, outcome } = callback;
  const now = unit.ctx.now();
  const before = found.state;
  const calledBack = found.callBack({
    callbackId,
    on,
    channel,
    reached,
    ...(solved && { solved }),
    ...(typeof contacted === 'boolean' && { contacted }),
    ...(typeof treatedWell === 'boolean' && { treatedWell }),
  });
  if (Boolean(closingCode) !== (outcome === 'CONCLUDED'))
    throw callbackErrors('callback.closingCode', {}, { field: 'input.closingCode' });
  unit.emit(found, ...calledBack);
  if (found.state !== before) unit.addOwned(moveOf(unit.ctx, found, now));
  const concluded = outcome === 'CONCLUDED' ? closingCode : outcome === 'UNREACHABLE' ? 'UNREACHABLE' : undefined;
  if (concluded) unit.emit(found, ...found.close(concluded, now));
  if (outcome === 'REWORK')
    unit.emit(found, ...found.reopen(closeOfBusiness(unit.ctx.today(), callbackPolicyOn(on).reworkWorkingDays)));
  if (concluded || outcome === 'REWORK') unit.addOwned(moveOf(unit.ctx, found, now));
}
