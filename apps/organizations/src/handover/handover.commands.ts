import { grantsOf } from '@frontline/access';
import { contactAssignmentHandoverOffered } from '@frontline/events';
import { changeAll, idempotently, sql, type Ctx } from '@frontline/platform';
import { admits, versionOn } from '../contact-assignment/contact-assignment.commands.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { assignmentErrors } from '../contact-assignment/contact-assignment.errors.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { Handover } from './handover.entity.ts';
import { handoverErrors } from './handover.errors.ts';
import type { AcceptHandoverInput, HandOverAssignmentInput } from './handover.inputs.ts';

const MAX_REASON = 500;

/** Offers an assignment to a successor; until they accept, whoever holds it stays responsible. */
export function handOverAssignment(ctx: Ctx, input: HandOverAssignmentInput): Promise<Handover> {
  const { assignmentId, expectedVersion = null, successorId } = input;
  return idempotently(ctx, 'handOverAssignment', Handover, input, (tx) =>
    changeAll(tx, async (unit) => {
      const reason = input.reason.trim();
      if (reason.length === 0 || reason.length > MAX_REASON)
        throw assignmentErrors('assignment.reason', { max: MAX_REASON }, { field: 'input.reason' });
      const assignment = await unit.load(ContactAssignment, assignmentId, {
        expectedVersion,
        field: 'input.assignmentId',
      });
      refuseNotHeld(assignment, unit.ctx.today(), 'input.assignmentId');
      await lockContactsOf(unit.ctx, assignment.targetId);
      const open = await unit.ctx.em.count(Handover, { assignmentId, acceptedOn: null });
      if (open > 0) throw handoverErrors('handover.open', {}, { field: 'input.assignmentId' });
      await refuseSuccessor(unit.ctx, assignment, successorId, 'input.successorId');
      unit.emit(assignment, contactAssignmentHandoverOffered.of({ successorId, record: assignment.record() }));
      const offered = { assignmentId, successorId, reason, offeredOn: unit.ctx.today(), acceptedOn: null };
      return unit.add(Object.assign(new Handover(), offered));
    }),
  );
}

/** The successor accepts: from today on the assignment is theirs, and no longer that of whoever held it. */
export function acceptHandover(ctx: Ctx, input: AcceptHandoverInput): Promise<Handover> {
  const { handoverId, expectedVersion = null } = input;
  const field = 'input.handoverId';
  return idempotently(ctx, 'acceptHandover', Handover, input, async (tx) => {
    const accepted = await changeAll(tx, async (unit) => {
      const handover = await unit.load(Handover, handoverId, { expectedVersion, field });
      if (!isSuccessor(unit.ctx, handover.successorId)) throw handoverErrors('handover.notYours', {}, { field });
      if (handover.acceptedOn) throw handoverErrors('handover.accepted', { on: handover.acceptedOn }, { field });
      const assignment = await unit.load(ContactAssignment, handover.assignmentId, { field });
      const today = unit.ctx.today();
      refuseNotHeld(assignment, today, field);
      await lockContactsOf(unit.ctx, assignment.targetId);
      await refuseSuccessor(unit.ctx, assignment, handover.successorId, field);
      const others = assignment.coContactorIds;
      const next = assignment.continued(today, {
        contactorIds: [handover.successorId, ...others],
      }) as ContactAssignment;
      unit.emit(assignment, ...assignment.end(today, 'HANDED_OVER'));
      unit.add(next, next.made());
      handover.acceptedOn = today;
      handover.nextAssignmentId = next.id;
      return handover;
    });
    const { assignmentId, nextAssignmentId } = accepted;
    await regenerateDuties(tx, { assignmentIds: [assignmentId, nextAssignmentId as string] });
    return accepted;
  });
}

/** Whether the caller is the successor: that cadre, or somebody who works for that organization. */
function isSuccessor({ actor }: Ctx, successorId: string): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system';
  return actor.cadreId === successorId || grantsOf(actor).some(({ place }) => place === successorId);
}

function refuseNotHeld({ validFrom, validTo }: ContactAssignment, today: string, field: string): void {
  if (validFrom > today || (validTo && validTo <= today)) throw handoverErrors('handover.notHeld', {}, { field });
}

/** The successor is admitted today, and contacts the target under this scheme neither through this assignment nor another. */
async function refuseSuccessor(
  ctx: Ctx,
  { scheme, targetId }: ContactAssignment,
  successorId: string,
  field: string,
): Promise<void> {
  const today = ctx.today();
  const version = await versionOn(ctx, scheme, today);
  const held = await ctx.em.find(ContactAssignment, { scheme, targetId });
  const contacts = held.some(
    ({ contactorIds, validTo }) => contactorIds.includes(successorId) && (!validTo || today < validTo),
  );
  if (contacts || !version || !(await admits(ctx, version.contactor, successorId, today)))
    throw handoverErrors('handover.successor', {}, { field });
}

async function lockContactsOf(ctx: Ctx, targetId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${targetId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
}
