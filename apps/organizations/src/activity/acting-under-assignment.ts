import { cadreStatusOn, hasLeft, type cadreRecord, type RecordOf } from '@frontline/events';

/** Of an assignment, what decides who acts under it; days are YYYY-MM-DD in Asia/Shanghai, `validTo` is the first without it. */
export interface AssignmentFacts {
  readonly contactorKind: 'CADRE' | 'ORGANIZATION';
  /** Every contactor, the answering one first. */
  readonly contactorIds: readonly string[];
  readonly liaisonIds: readonly string[];
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** What the register says of a cadre for one day. */
export interface CadreOnDay {
  /** Organizations where the cadre has a post. */
  readonly organizationIds: readonly string[];
  /** Who goes out with the cadre. */
  readonly liaisonIds: readonly string[];
  /** Who stands in, if the cadre is away and somebody does. */
  readonly substituteId?: string;
  /** Retired or departed. */
  readonly hasLeft?: true;
}

/** In what capacity somebody acts under an assignment; the first that holds, in this order. */
export type ActingAs = 'CONTACTOR' | 'CO_CONTACTOR' | 'SUBSTITUTE' | 'MEMBER' | 'LIAISON';

const capacities: readonly ActingAs[] = ['CONTACTOR', 'CO_CONTACTOR', 'SUBSTITUTE', 'MEMBER', 'LIAISON'];

/** Cadres for one day, by id. */
export type Register = ReadonlyMap<string, CadreOnDay>;

interface Period {
  readonly from: string;
  readonly until?: string | undefined;
}

/** What the copied record of a cadre says of a day. */
export function cadreOn(record: RecordOf<typeof cadreRecord>, day: string): CadreOnDay {
  const holds = ({ from, until }: Period) => from <= day && (until === undefined || day < until);
  const substituteId = record.absences?.find(holds)?.substituteId;
  return {
    organizationIds: record.posts.filter(holds).map(({ organizationId }) => organizationId),
    liaisonIds: record.liaisonIds.filter(holds).map(({ cadreId }) => cadreId),
    ...(substituteId && { substituteId }),
    ...(hasLeft(cadreStatusOn(record, day)) && { hasLeft: true }),
  };
}

/** In what capacity a cadre acts under an assignment by the register of a day; `undefined` for none. */
export function actingAs(assignment: AssignmentFacts, cadreId: string, register: Register): ActingAs | undefined {
  const { contactorKind, contactorIds, liaisonIds } = assignment;
  const [answering, ...others] = contactorIds;
  const holds: Record<ActingAs, () => boolean> = {
    CONTACTOR: () => answering === cadreId,
    CO_CONTACTOR: () => others.includes(cadreId),
    SUBSTITUTE: () => contactorIds.some((each) => register.get(each)?.substituteId === cadreId),
    MEMBER: () =>
      contactorKind === 'ORGANIZATION' &&
      contactorIds.some((each) => register.get(cadreId)?.organizationIds.includes(each)),
    LIAISON: () =>
      liaisonIds.includes(cadreId) || contactorIds.some((each) => register.get(each)?.liaisonIds.includes(cadreId)),
  };
  return capacities.find((capacity) => holds[capacity]());
}

/** How a record made under an assignment is taken. */
export type Acceptance = 'ACCEPTED' | 'ACCEPTED_AS_FORMER';

/** Why a record under an assignment is refused. */
export type AssignmentRefusal =
  'activity.notYourAssignment' | 'activity.assignmentNotBegun' | 'activity.assignmentEnded';

/** How a record is taken, or why it is not. */
export type Ruling =
  { readonly acceptance: Acceptance; readonly actingAs: ActingAs } | { readonly refusal: AssignmentRefusal };

/**
 * How a record of something held on a day is taken, on the day it reaches us: what counts is who acted under the
 * assignment and whether it held on the day of the visit. One that has ended since is accepted as a former one
 * (design/domain.md: accepted as such or refused with the reason, never silently dropped).
 * `register` is that of the day of the visit.
 */
export function ruling(
  assignment: AssignmentFacts,
  cadreId: string | undefined,
  register: Register,
  { heldOn, today }: { heldOn: string; today: string },
): Ruling {
  const capacity = cadreId && actingAs(assignment, cadreId, register);
  if (!capacity) return { refusal: 'activity.notYourAssignment' };
  if (heldOn < assignment.validFrom) return { refusal: 'activity.assignmentNotBegun' };
  if (assignment.validTo && assignment.validTo <= heldOn) return { refusal: 'activity.assignmentEnded' };
  const former = Boolean(assignment.validTo && assignment.validTo <= today);
  return { acceptance: former ? 'ACCEPTED_AS_FORMER' : 'ACCEPTED', actingAs: capacity };
}

/** Of several assignments to one target, that under which a cadre acts in the foremost capacity; the earliest of equals. */
export function foremost<A extends AssignmentFacts>(
  assignments: readonly A[],
  cadreId: string,
  register: Register,
): A | undefined {
  const rank = (assignment: A) => {
    const capacity = actingAs(assignment, cadreId, register);
    return capacity ? capacities.indexOf(capacity) : capacities.length;
  };
  return assignments
    .filter((each) => rank(each) < capacities.length)
    .sort((a, b) => rank(a) - rank(b) || (a.validFrom < b.validFrom ? -1 : 1))[0];
}

/**
 * In what capacity something that these cadres did counts for an assignment: the foremost in which one of them contacts,
 * stands in for a contactor, or belongs to the contacting organization. A liaison alone fulfils only the assignment that
 * was named.
 */
export function countsAs(
  assignment: AssignmentFacts,
  cadreIds: readonly string[],
  register: Register,
): Exclude<ActingAs, 'LIAISON'> | undefined {
  const held = cadreIds.map((cadreId) => actingAs(assignment, cadreId, register));
  return capacities.filter((capacity) => capacity !== 'LIAISON').find((capacity) => held.includes(capacity));
}
