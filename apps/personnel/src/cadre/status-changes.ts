import {
  cadreDeparted,
  cadreLeaveEnded,
  cadreLeaveGranted,
  cadrePostedAway,
  cadreReturned,
  type Fact,
} from '@frontline/events';
import { stretchOn, type Period } from '../effective/timeline.ts';
import type { CadreStatus, StatusReason } from './cadre-enums.ts';
import { statusMoves, statusReasons, type StatusMove } from './cadre-status.ts';
import { cadreErrors, checkedPeriod } from './cadre.errors.ts';
import type { PersonnelFile } from './personnel-file.ts';

/** Grants leave from a day on, until a day or for as long as it takes. */
export function grantLeave(
  file: PersonnelFile,
  { from, until, reason }: { from: string; until?: string | undefined; reason: StatusReason },
): Fact[] {
  refuseReason('ON_LEAVE', reason);
  interrupt(file, 'grantLeave', from, until, reason);
  return [cadreLeaveGranted.of({ from, ...(until && { until }), record: file.record() })];
}

/** Ends the leave that holds on a day, or the one that has not begun; from that day the cadre is at their post again. */
export function endLeave(file: PersonnelFile, on: string): Fact[] {
  resume(file, 'endLeave', on);
  return [cadreLeaveEnded.of({ on, record: file.record() })];
}

/** Posts a cadre to another organization for a time (挂职), beside their own post. */
export function beginPosting(
  file: PersonnelFile,
  { organizationId, title, from, until }: { organizationId: string; title: string; from: string; until: string },
): Fact[] {
  interrupt(file, 'beginPosting', from, until);
  file.add('posts', { organizationId, title, temporary: true, validFrom: from, validTo: until });
  return [cadrePostedAway.of({ organizationId, from, until, record: file.record() })];
}

/** Ends the temporary posting of a day earlier than planned; the experience of it counts until then. */
export function endPosting(file: PersonnelFile, on: string): Fact[] {
  const stretch = resume(file, 'endPosting', on);
  const within = ({ validFrom }: { validFrom: string }) =>
    stretch.from <= validFrom && (stretch.until === undefined || validFrom < stretch.until);
  file.end('posts', on, (post) => post.temporary && within(post));
  file.end('experience', on, (period) => period.kind === 'TEMPORARY_POSTING' && within(period));
  return [cadreReturned.of({ on, record: file.record() })];
}

/**
 * Retires a cadre, or records that they left, on a day that may lie ahead: from then on they hold no post and no rank,
 * and what was planned for later never takes place. Their liaisons, rotations and substitutes are ended beside this.
 */
export function leave(
  file: PersonnelFile,
  move: 'retire' | 'depart',
  { on, reason }: { on: string; reason: StatusReason },
): Fact[] {
  const { to } = statusMoves[move];
  refuseReason(to, reason);
  refuseMove(file, move, on);
  file.putStatus(to, on, undefined, reason);
  for (const kind of ['posts', 'ranks', 'absences', 'experience'] as const) file.end(kind, on);
  return [cadreDeparted.of({ on, reason: to as 'RETIRED' | 'DEPARTED', record: file.record() })];
}

/** Puts another status for a time that must wholly lie within one stretch of a state the move may start from. */
function interrupt(file: PersonnelFile, move: StatusMove, from: string, until?: string, reason?: StatusReason): void {
  checkedPeriod(from, until, 'input.until');
  refuseMove(file, move, from);
  const stretch = stretchOn(file.statuses, from);
  const changes = stretch?.until;
  if (changes !== undefined && (until === undefined || changes < until))
    throw cadreErrors('cadre.statusChanges', { day: changes }, { field: 'input.until' });
  file.putStatus(statusMoves[move].to, from, until, reason);
}

/** Goes back from the state of a day for the rest of its stretch; returns that stretch as it was. */
function resume(file: PersonnelFile, move: StatusMove, on: string): Period {
  refuseMove(file, move, on);
  const stretch = stretchOn(file.statuses, on) as Period;
  file.putStatus(statusMoves[move].to, on, stretch.until);
  return stretch;
}

function refuseMove(file: PersonnelFile, move: StatusMove, day: string): void {
  const status = file.statusOn(day);
  if (status === undefined) throw cadreErrors('cadre.beforeRecruitment', {}, { field: fieldOf(move) });
  if (!statusMoves[move].from.includes(status))
    throw cadreErrors('cadre.illegalMove', { move, day, status }, { field: fieldOf(move) });
}

const fieldOf = (move: StatusMove): string =>
  move === 'grantLeave' || move === 'beginPosting' ? 'input.from' : 'input.on';

/** Refuses a reason that does not fit a status. */
export function refuseReason(status: CadreStatus, reason: StatusReason): void {
  const allowed = statusReasons[status];
  if (!allowed.includes(reason))
    throw cadreErrors('cadre.reason', { status, allowed: allowed.join(', ') }, { field: 'input.reason' });
}
