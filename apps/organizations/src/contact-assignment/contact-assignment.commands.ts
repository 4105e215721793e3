import { changeAll, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { factsFor, peopleAndPlaces, versionOn, type TermsOfDay } from './assignment-facts.ts';
import { refuseLiaisons, refuseTerms } from './assignment-terms.ts';
import type {
  AssignContactInput,
  ChangeLiaisonsInput,
  EndAssignmentInput,
} from './contact-assignment-change.inputs.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';
import { assignmentErrors } from './contact-assignment.errors.ts';
import { gapFilledBy } from './gap-filling.ts';
import { followSettled } from './settled-changes.ts';

/**
 * Fixes contactors to a target under a scheme, by the rules of its version of the first day. Where the last one ended and
 * nobody took it over, this one goes on for it: what was heard and promised there is theirs to know.
 */
export function assignContact(ctx: Ctx, input: AssignContactInput): Promise<ContactAssignment> {
  return idempotently(ctx, 'assignContact', ContactAssignment, input, (tx) =>
    withItsDuties(tx, async (unit) => {
      const { scheme, from, until = null, contactorIds, liaisonIds, targetId } = input;
      const reason = input.reason.trim();
      const terms = { scheme, contactorIds, targetId, liaisonIds, from, until, reason };
      const version = await versionOn(unit.ctx, scheme, from);
      const target = refuseTerms(terms, await factsFor(unit.ctx, terms, version));
      const [contactorId, ...coContactorIds] = contactorIds as [string, ...string[]];
      const assignment = Object.assign(new ContactAssignment(), {
        scheme,
        contactorKind: (version as TermsOfDay).contactor.kind,
        contactorId,
        coContactorIds,
        ...target,
        liaisonIds,
        validFrom: from,
        validTo: until,
        continuesId: await gapFilledBy(unit.ctx, terms),
        reason,
      });
      return unit.add(assignment, assignment.made());
    }),
  );
}

/** Ends an assignment on a day; one that ends then or earlier already is refused. */
export function endAssignment(ctx: Ctx, input: EndAssignmentInput): Promise<ContactAssignment> {
  return changeAssignment(ctx, 'endAssignment', input, async (assignment) => {
    const facts = assignment.end(input.on, input.reason);
    if (facts.length === 0)
      throw assignmentErrors('assignment.ended', { on: assignment.validTo }, { field: 'input.on' });
    return facts;
  });
}

/** Says who goes along from today on. */
export function changeLiaisons(ctx: Ctx, input: ChangeLiaisonsInput): Promise<ContactAssignment> {
  return changeAssignment(ctx, 'changeLiaisons', input, async (assignment, tx) => {
    const today = tx.today();
    if (assignment.validTo && assignment.validTo <= today)
      throw assignmentErrors('assignment.ended', { on: assignment.validTo }, { field: 'input.assignmentId' });
    const day = assignment.validFrom > today ? assignment.validFrom : today;
    const version = await versionOn(tx, assignment.scheme, day);
    if (!version) throw assignmentErrors('assignment.scheme', { from: day }, { field: 'input.assignmentId' });
    const facts = await peopleAndPlaces(tx, input.liaisonIds, []);
    refuseLiaisons(version, input.liaisonIds, assignment.contactorIds, day, facts, 'input.liaisonIds');
    return assignment.goAlong(input.liaisonIds, day);
  });
}

/** Changes an assignment and, in the same transaction, what is settled of who has a part in it, and makes its duties what it then owes. */
async function withItsDuties(tx: Ctx, work: (unit: Unit) => Promise<ContactAssignment>): Promise<ContactAssignment> {
  const assignment = await changeAll(tx, work);
  await followSettled(tx, [assignment.id]);
  await regenerateDuties(tx, { assignmentIds: [assignment.id] });
  return assignment;
}

function changeAssignment<I extends EndAssignmentInput | ChangeLiaisonsInput>(
  ctx: Ctx,
  operation: string,
  input: I,
  decide: (assignment: ContactAssignment, tx: Ctx) => Promise<ReturnType<ContactAssignment['end']>>,
): Promise<ContactAssignment> {
  const { expectedVersion = null, assignmentId } = input;
  return idempotently(ctx, operation, ContactAssignment, input, (tx) =>
    withItsDuties(tx, async (unit) => {
      const assignment = await unit.load(ContactAssignment, assignmentId, {
        expectedVersion,
        field: 'input.assignmentId',
      });
      await refuseForeignRecord(unit.ctx, ContactAssignment, assignment.id, 'input.assignmentId');
      unit.emit(assignment, ...(await decide(assignment, unit.ctx)));
      return assignment;
    }),
  );
}
