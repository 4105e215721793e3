import { grantsOf, type Role } from '@frontline/access';
import { contactAssignmentHandoverClosed, contactAssignmentHandoverOffered } from '@frontline/events';
import { changeAll, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { admits, versionOn } from '../contact-assignment/assignment-facts.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { assignmentErrors } from '../contact-assignment/contact-assignment.errors.ts';
import { followSettled } from '../contact-assignment/settled-changes.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { Handover, type HandoverClosing } from './handover.entity.ts';
import { handoverErrors } from './handover.errors.ts';
import type { AcceptHandoverInput, CloseHandoverInput, HandOverAssignmentInput } from './handover.inputs.ts';

const MAX_REASON = 500;

/** Roles that act for an organization which is a contactor. */
const OFFICES: readonly Role[] = ['DEPARTMENT', 'SUBDISTRICT'];

/** What an offer of an assignment says. */
export interface Offer {
  successorId: string;
  reason: string;
  /** First day on which it can change hands; the day of its acceptance when absent. */
  takesEffectOn?: string;
  /** The bulk reassignment that it is part of. */
  reassignmentId?: string;
}

/** Offers an assignment to a successor; until they accept, whoever holds it stays responsible. */
export function handOverAssignment(ctx: Ctx, input: HandOverAssignmentInput): Promise<Handover> {
  const { assignmentId, expectedVersion = null, successorId } = input;
  return idempotently(ctx, 'handOverAssignment', Handover, input, (tx) =>
    changeAll(tx, async (unit) => {
      const reason = checkedReason(input.reason);
      const assignment = await unit.load(ContactAssignment, assignmentId, {
        expectedVersion,
        field: 'input.assignmentId',
      });
      await refuseForeignRecord(unit.ctx, ContactAssignment, assignment.id, 'input.assignmentId');
      const today = unit.ctx.today();
      refuseNotHeld(assignment, today, 'input.assignmentId');
      await lockContactsOf(unit.ctx, assignment.targetId);
      const open = await unit.ctx.em.count(Handover, { assignmentId, acceptedOn: null, closedOn: null });
      if (open > 0) throw handoverErrors('handover.open', {}, { field: 'input.assignmentId' });
      await refuseSuccessor(unit.ctx, assignment, successorId, today, 'input.successorId');
      return offer(unit, assignment, { successorId, reason });
    }),
  );
}

/** Makes the offer of an assignment, whose rules were checked. */
export function offer(unit: Unit, assignment: ContactAssignment, { successorId, ...terms }: Offer): Handover {
  unit.emit(assignment, contactAssignmentHandoverOffered.of({ successorId, record: assignment.record() }));
  const offered = { assignmentId: assignment.id, successorId, offeredOn: unit.ctx.today(), acceptedOn: null, ...terms };
  return unit.add(Object.assign(new Handover(), offered));
}

/**
 * The successor accepts: from today on, or from the day on which it takes effect if that lies ahead, the assignment is
 * theirs, and no longer that of whoever held it.
 */
export function acceptHandover(ctx: Ctx, input: AcceptHandoverInput): Promise<Handover> {
  const field = 'input.handoverId';
  return idempotently(ctx, 'acceptHandover', Handover, input, async (tx) => {
    const accepted = await changeAll(tx, async (unit) => {
      const handover = await loadOpen(unit, input);
      if (!isSuccessor(unit.ctx, handover.successorId)) throw handoverErrors('handover.notYours', {}, { field });
      const assignment = await unit.load(ContactAssignment, handover.assignmentId, { field });
      await refuseForeignRecord(unit.ctx, ContactAssignment, assignment.id, field);
      const today = unit.ctx.today();
      const day = handover.takesEffectOn && handover.takesEffectOn > today ? handover.takesEffectOn : today;
      refuseNotHeld(assignment, day, field);
      await lockContactsOf(unit.ctx, assignment.targetId);
      await refuseSuccessor(unit.ctx, assignment, handover.successorId, day, field);
      const others = assignment.coContactorIds;
      const next = assignment.continued(day, {
        contactorIds: [handover.successorId, ...others],
      }) as ContactAssignment;
      unit.emit(assignment, ...assignment.end(day, 'HANDED_OVER'));
      unit.add(next, next.made());
      handover.acceptedOn = today;
      handover.nextAssignmentId = next.id;
      return handover;
    });
    const { assignmentId, nextAssignmentId } = accepted;
    await followSettled(tx, [nextAssignmentId as string]);
    await regenerateDuties(tx, { assignmentIds: [assignmentId, nextAssignmentId as string] });
    return accepted;
  });
}

/** The successor says no: nothing changes hands, and the assignment can be offered to somebody else. */
export function declineHandover(ctx: Ctx, input: CloseHandoverInput): Promise<Handover> {
  return close(ctx, 'declineHandover', input, 'DECLINED', (tx, { successorId }) => {
    if (!isSuccessor(tx, successorId)) throw handoverErrors('handover.notYours', {}, { field: 'input.handoverId' });
  });
}

/** Whoever offers takes the offer back. */
export function withdrawHandover(ctx: Ctx, input: CloseHandoverInput): Promise<Handover> {
  return close(ctx, 'withdrawHandover', input, 'WITHDRAWN');
}

function close(
  ctx: Ctx,
  operation: string,
  input: CloseHandoverInput,
  as: HandoverClosing,
  check: (tx: Ctx, handover: Handover) => void = () => undefined,
): Promise<Handover> {
  const reason = checkedReason(input.reason);
  return idempotently(ctx, operation, Handover, input, (tx) =>
    changeAll(tx, async (unit) => {
      const handover = await loadOpen(unit, input);
      check(unit.ctx, handover);
      const { assignmentId, successorId } = handover;
      const assignment = await unit.load(ContactAssignment, assignmentId, { field: 'input.handoverId' });
      handover.close(as, unit.ctx.today(), reason);
      unit.emit(assignment, contactAssignmentHandoverClosed.of({ successorId, as, record: assignment.record() }));
      return handover;
    }),
  );
}

async function loadOpen(unit: Unit, { handoverId, expectedVersion = null }: AcceptHandoverInput): Promise<Handover> {
  const field = 'input.handoverId';
  const handover = await unit.load(Handover, handoverId, { expectedVersion, field });
  if (handover.acceptedOn) throw handoverErrors('handover.accepted', { on: handover.acceptedOn }, { field });
  if (handover.closedOn) throw handoverErrors('handover.closed', { on: handover.closedOn }, { field });
  return handover;
}

/** Why something changes hands, or does not. */
export function checkedReason(given: string): string {
  const reason = given.trim();
  if (reason.length === 0 || reason.length > MAX_REASON)
    throw assignmentErrors('assignment.reason', { max: MAX_REASON }, { field: 'input.reason' });
  return reason;
}

/** Whether the caller is the successor: that cadre, or the office of that very organization. */
function isSuccessor({ actor }: Ctx, successorId: string): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system';
  if (actor.cadreId === successorId) return true;
  return grantsOf(actor).some(({ role, place }) => OFFICES.includes(role) && place === successorId);
}

function refuseNotHeld({ validFrom, validTo }: ContactAssignment, day: string, field: string): void {
  if (validFrom > day || (validTo && validTo <= day)) throw handoverErrors('handover.notHeld', {}, { field });
}

/** The successor is admitted on the day, and contacts the target under this scheme neither through this assignment nor another. */
async function refuseSuccessor(
  ctx: Ctx,
  { scheme, targetId, placeId }: ContactAssignment,
  successorId: string,
  day: string,
  field: string,
): Promise<void> {
  const version = await versionOn(ctx, scheme, day);
  const held = await ctx.em.find(ContactAssignment, { scheme, targetId });
  const contacts = held.some(
    ({ contactorIds, validTo }) => contactorIds.includes(successorId) && (!validTo || day < validTo),
  );
  if (contacts || !version || !(await admits(ctx, version.contactor, successorId, day, placeId)))
    throw handoverErrors('handover.successor', {}, { field });
}

/** Lets one change of a target's contacts at a time through, until the transaction ends. */
export async function lockContactsOf(ctx: Ctx, targetId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${targetId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
}
