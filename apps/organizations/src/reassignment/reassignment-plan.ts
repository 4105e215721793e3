/** An assignment that is to change hands. */
export interface MovedAssignment {
  readonly id: string;
  /** Version of the assignment that the plan saw. */
  readonly version: number;
  readonly scheme: string;
  readonly targetId: string;
  /** The organization in whose place the target is, which a scheme may ask its contactors to be of. */
  readonly placeId: string;
  /** Whether somebody else goes on contacting the target under this scheme. */
  readonly contactedByOthers: boolean;
  /** Whether it was offered to somebody who has not answered. */
  readonly offered: boolean;
  /** Whether another system is the authority for it, which alone changes it. */
  readonly ownedElsewhere?: boolean;
}

/** A successor under one scheme, on the day from which the assignments are to change hands. */
export interface Candidate {
  readonly scheme: string;
  readonly successorId: string;
  /** Places whose targets the scheme's rules admit them for. */
  readonly admittedIn: ReadonlySet<string>;
  /** Targets that they contact, or were offered. */
  readonly targetIds: ReadonlySet<string>;
  /** Most targets that the scheme allows; no limit when absent. */
  readonly limit?: number | undefined;
}

/** Why an assignment can't go to a successor, or to anybody. */
export type ReassignmentObstacle = 'NOT_ADMITTED' | 'CONTACTS_TARGET' | 'HANDOVER_OPEN' | 'OWNED_ELSEWHERE';

export interface PlannedMove {
  readonly assignmentId: string;
  readonly targetId: string;
  readonly successorId: string;
}

/** An assignment that nobody of the successors can take. */
export interface Stranded {
  readonly assignmentId: string;
  readonly targetId: string;
  /** Whether nobody else contacts the target: it is uncovered once whoever holds it leaves. */
  readonly orphaned: boolean;
}

export interface PlannedLoad {
  readonly scheme: string;
  readonly successorId: string;
  readonly before: number;
  readonly after: number;
  readonly limit: number | null;
  readonly overloaded: boolean;
}

export interface Conflict {
  readonly assignmentId: string;
  /** The successor in whose way it stands; nobody's in particular when absent. */
  readonly successorId?: string;
  readonly obstacle: ReassignmentObstacle;
}

/** What a reassignment would do. */
export interface Plan {
  readonly moves: readonly PlannedMove[];
  readonly stranded: readonly Stranded[];
  readonly loads: readonly PlannedLoad[];
  readonly conflicts: readonly Conflict[];
}

/**
 * Gives each assignment, in the order given, to that successor who can take it and has the fewest targets under its
 * scheme by then; of several, to the first named. A limit refuses nobody: who would be overloaded is shown, since a
 * target without anybody is worse than a contactor with one too many.
 */
export function planReassignment(assignments: readonly MovedAssignment[], candidates: readonly Candidate[]): Plan {
  const targets = new Map(candidates.map((candidate) => [candidate, new Set(candidate.targetIds)]));
  const loadOf = (candidate: Candidate): number => targets.get(candidate)?.size ?? 0;
  const moves: PlannedMove[] = [];
  const stranded: Stranded[] = [];
  const conflicts: Conflict[] = [];
  for (const { id: assignmentId, scheme, targetId, placeId, contactedByOthers, ...stands } of assignments) {
    const obstacle = stands.ownedElsewhere ? 'OWNED_ELSEWHERE' : stands.offered ? 'HANDOVER_OPEN' : undefined;
    if (obstacle) {
      conflicts.push({ assignmentId, obstacle });
      continue;
    }
    const able: Candidate[] = [];
    for (const candidate of candidates.filter((each) => each.scheme === scheme)) {
      const { successorId } = candidate;
      if (!candidate.admittedIn.has(placeId)) conflicts.push({ assignmentId, successorId, obstacle: 'NOT_ADMITTED' });
      else if (targets.get(candidate)?.has(targetId))
        conflicts.push({ assignmentId, successorId, obstacle: 'CONTACTS_TARGET' });
      else able.push(candidate);
    }
    const [first] = able;
    if (!first) {
      stranded.push({ assignmentId, targetId, orphaned: !contactedByOthers });
      continue;
    }
    const taker = able.reduce((least, each) => (loadOf(each) < loadOf(least) ? each : least), first);
    targets.get(taker)?.add(targetId);
    moves.push({ assignmentId, targetId, successorId: taker.successorId });
  }
  const loads = candidates.map((candidate) => {
    const { scheme, successorId, targetIds, limit = null } = candidate;
    const after = loadOf(candidate);
    return { scheme, successorId, before: targetIds.size, after, limit, overloaded: limit !== null && after > limit };
  });
  return { moves, stranded, loads, conflicts };
}
