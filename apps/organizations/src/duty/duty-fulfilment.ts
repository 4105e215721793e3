import type { Unit } from '@frontline/platform';
import type { ActivityKind } from '../activity/activity-enums.ts';
import { predecessorsOf } from '../contact-assignment/assignment-line.ts';
import { tellOutcome } from './duty-outcomes.ts';
import { owedOn } from './duty-owed.ts';
import { Duty } from './duty.entity.ts';

/** Something done that may fulfil duties. */
export interface Deed {
  /** Id of its record. */
  readonly id: string;
  readonly kind: ActivityKind;
  /** Its day, YYYY-MM-DD in Asia/Shanghai. */
  readonly on: string;
}

/** What owes duties that a deed counts for, and whether somebody stood in for who answers for it. */
export interface Served {
  /** Id of the assignment. */
  readonly owedBy: string;
  readonly substituted: boolean;
}

/**
 * A deed fulfils, of each that it counts for, the duty that was owed on its day; others are told with the same transaction.
 * A window that was open when an assignment changed hands is kept by whoever holds it since.
 */
export async function fulfilDuties(unit: Unit, { id, kind, on }: Deed, served: readonly Served[]): Promise<void> {
  if (served.length === 0) return;
  const ids = served.map(({ owedBy }) => owedBy);
  const before = await predecessorsOf(unit.ctx, ids);
  const begun = await unit.loadAll(Duty, {
    assignmentId: { $in: [...ids, ...[...before.values()].flat()] },
    activity: kind,
    windowStart: { $lte: on },
  });
  const ofEach = Map.groupBy(begun, ({ assignmentId }) => assignmentId);
  for (const { owedBy, substituted } of served) {
    const line = [owedBy, ...(before.get(owedBy) ?? [])];
    const duty = owedOn(
      line.flatMap((each) => ofEach.get(each) ?? []),
      on,
    );
    if (!duty) continue;
    duty.fulfil(id, on, { substituted });
    unit.emit(duty, ...tellOutcome(duty, unit.ctx.today()));
  }
}

/** What was recorded as a deed is none of its kind: the duties that it fulfilled are owed again. Gives these. */
export async function reopenDuties(unit: Unit, deedId: string): Promise<Duty[]> {
  const reopened = await unit.loadAll(Duty, { fulfilledBy: deedId });
  for (const duty of reopened) unit.emit(duty, ...duty.reopen());
  return reopened;
}
