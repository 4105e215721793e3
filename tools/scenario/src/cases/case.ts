import type { Day } from '../days.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { CaseKind } from './categories.ts';

type CaseState =
  | 'REGISTERED'
  | 'ACCEPTED'
  | 'NOT_ACCEPTED'
  | 'DISPATCHED'
  | 'SIGNED_FOR'
  | 'HANDLING'
  | 'SUSPENDED'
  | 'ANSWERED'
  | 'CALLBACK'
  | 'REWORK'
  | 'LONG_TERM'
  | 'CLOSED';

type CaseChannel = 'VISIT' | 'HOME_VISIT' | 'CARE_VISIT' | 'RECEPTION' | 'DIALOGUE' | 'HOTLINE' | 'WALK_IN';

/** One step of a case. */
export interface CaseMove {
  state: CaseState;
  at: string;
  byCadreId?: string;
  organizationId?: string;
  note?: string;
}

/** A case as the import reads it. */
export interface CaseLine extends ImportLine {
  type: 'case';
  number: string;
  title: string;
  categoryCode: string;
  kind: CaseKind;
  channel: CaseChannel;
  demandId?: string;
  source?: { kind: 'ACTIVITY' | 'HOME_VISIT'; id: string };
  areaId: string;
  householdId?: string;
  leadOrganizationId?: string;
  holderCadreId?: string;
  state: CaseState;
  registeredAt: string;
  promiseDueAt: string;
  hopDueAt?: string;
  moves: CaseMove[];
  closedAt?: string;
  closingCode?: 'SOLVED' | 'PARTLY_SOLVED' | 'EXPLAINED' | 'LONG_TERM' | 'DUPLICATE' | 'WITHDRAWN' | 'UNREACHABLE';
}

/** A step that a case takes if the reference day comes late enough: so many working days after the step before. */
export interface Step {
  state: CaseState;
  days: number;
  note?: string;
  /** Department (number in its plan) that has the case from here on. */
  department?: number;
}

/** What happens to a case in the end, and how it gets there. */
export interface Course {
  steps: Step[];
  closingCode?: CaseLine['closingCode'];
}

/** Working days to an answer by kind, from the default policy pack. */
export const PROMISE_DAYS: Record<CaseKind, number> = { ENQUIRY: 1, SUGGESTION: 1, HELP_REQUEST: 5, COMPLAINT: 5 };

/** Working days that each holder has; ASSUMED. */
export const HOP_DAYS = 1;

/** Minutes of the day by which what is due on it must be done: close of business at six. */
export const CLOSE_OF_BUSINESS = 18 * 60;

/** Day of an instant written with the district's offset. */
export const dayOfInstant = (instant: string): Day => instant.slice(0, 10);
