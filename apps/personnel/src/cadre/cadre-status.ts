import type { CadreStatus, StatusReason } from './cadre-enums.ts';

/** What can be done to a cadre's status. */
export type StatusMove = 'grantLeave' | 'endLeave' | 'beginPosting' | 'endPosting' | 'retire' | 'depart';

/**
 * Who may become what: the states from which a move is possible, and where it leads. A state without a way out is final.
 * A dated change obeys it on its day, so that changes of the past, of today and of the future follow one rule.
 */
export const statusMoves: Readonly<Record<StatusMove, { from: readonly CadreStatus[]; to: CadreStatus }>> = {
  grantLeave: { from: ['ACTIVE'], to: 'ON_LEAVE' },
  endLeave: { from: ['ON_LEAVE'], to: 'ACTIVE' },
  beginPosting: { from: ['ACTIVE'], to: 'POSTED_AWAY' },
  endPosting: { from: ['POSTED_AWAY'], to: 'ACTIVE' },
  retire: { from: ['ACTIVE', 'ON_LEAVE', 'POSTED_AWAY'], to: 'RETIRED' },
  depart: { from: ['ACTIVE', 'ON_LEAVE', 'POSTED_AWAY'], to: 'DEPARTED' },
};

/** The state in which a cadre enters the register. */
export const FIRST_STATUS: CadreStatus = 'ACTIVE';

/** Which reasons fit which status; ASSUMED, after the usual kinds of leave and of leaving office. */
export const statusReasons: Readonly<Record<CadreStatus, readonly StatusReason[]>> = {
  ACTIVE: [],
  POSTED_AWAY: [],
  ON_LEAVE: ['SICKNESS', 'PARENTAL', 'STUDY', 'PERSONAL'],
  RETIRED: ['AGE', 'HEALTH'],
  DEPARTED: ['RESIGNATION', 'TRANSFER_OUT', 'DISMISSAL', 'DEATH'],
};

/** Whether some move leads from one status to another. */
export function canBecome(from: CadreStatus, to: CadreStatus): boolean {
  return Object.values(statusMoves).some((move) => move.to === to && move.from.includes(from));
}
