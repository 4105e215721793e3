import type { CaseState } from '../case/case-enums.ts';
import type { CallbackOutcome, CallbackSolved } from './callback-enums.ts';

/** What was heard, if anybody was reached. */
export interface HeardBack {
  readonly reached: boolean;
  readonly solved?: CallbackSolved | null | undefined;
}

/**
 * What a callback means for its case. Nobody reached: to be repeated, until it was in vain on enough days. A low answer
 * is rework, any other concludes the case. A case that was closed already stays so: its lifecycle ends there.
 *
 * @param daysInVain days on which it was tried in vain since the last answer, this one included
 * @param enough how many of these conclude the case
 */
export function callbackOutcome(
  state: CaseState,
  { reached, solved }: HeardBack,
  daysInVain: number,
  enough: number,
): CallbackOutcome {
  if (state === 'CLOSED') return 'ON_RECORD';
  if (!reached) return daysInVain >= enough ? 'UNREACHABLE' : 'TO_BE_REPEATED';
  return solved === 'NOT_SOLVED' ? 'REWORK' : 'CONCLUDED';
}

/** A stretch of a case's history, as far as it decides who may ask about it and since when. */
export interface HistoryEntry {
  readonly state: CaseState;
  readonly at: Date;
  readonly byCadreId?: string | null;
}

/** States into which whoever handles a case brings it; into CALLBACK, REWORK and CLOSED who asks about it does. */
const HANDLING: readonly CaseState[] = ['SIGNED_FOR', 'HANDLING', 'SUSPENDED', 'ANSWERED', 'LONG_TERM'];

/** Whether this cadre has handled the case, at any time: whoever did asks nobody whether it was done well. */
export function hasHandled(
  cadreId: string | undefined,
  holderCadreId: string | null | undefined,
  history: readonly HistoryEntry[],
): boolean {
  if (cadreId === undefined) return false;
  return (
    holderCadreId === cadreId ||
    history.some(({ state, byCadreId }) => byCadreId === cadreId && HANDLING.includes(state))
  );
}

/** When the case was answered last; `undefined` when its history does not say. */
export function lastAnswered(history: readonly HistoryEntry[]): Date | undefined {
  return history
    .filter(({ state }) => state === 'ANSWERED')
    .reduce<Date | undefined>((latest, { at }) => (latest && latest > at ? latest : at), undefined);
}
