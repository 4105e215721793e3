import { cadreRecord } from '@frontline/events';
import { changeAll, copyOf, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { ContactScheme, ContactSchemeVersion, type ContactorRule } from '../contact-scheme/contact-scheme.entity.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { Organization } from '../organization/organization.entity.ts';
import {
  mayContact,
  mayGoAlong,
  mostLiaisons,
  organizationMayContact,
  type CadreFacts,
} from './assignment-eligibility.ts';
import type {
  AssignContactInput,
  ChangeLiaisonsInput,
  EndAssignmentInput,
} from './contact-assignment-change.inputs.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';
import { assignmentErrors } from './contact-assignment.errors.ts';

const MAX_CONTACTORS = 10;
const MAX_REASON = 500;

/** Fixes contactors to a target under a scheme, by the rules of its version of the first day. */
export function assignContact(ctx: Ctx, input: AssignContactInput): Promise<ContactAssignment> {
  return idempotently(ctx, 'assignContact', ContactAssignment, input, (tx) =>
    withItsDuties(tx, async (unit) => {
      const { from, until = null, contactorIds, liaisonIds, targetId } = input;
      const reason = input.reason.trim();
      if (reason.length === 0 || reason.length > MAX_REASON)
        throw assignmentErrors('assignment.reason', { max: MAX_REASON }, { field: 'input.reason' });
      if (until !== null && until <= from)
        throw assignmentErrors('assignment.period', { from }, { field: 'input.until' });
      if (contactorIds.length === 0 || contactorIds.length > MAX_CONTACTORS || twice(contactorIds))
        throw assignmentErrors('assignment.contactors', { max: MAX_CONTACTORS }, { field: 'input.contactorIds' });
      const version = await versionOn(unit.ctx, input.scheme, from);
      if (!version) throw assignmentErrors('assignment.scheme', { from }, { field: 'input.scheme' });
      await refuseTarget(unit.ctx, version, input);
      await refuseContactors(unit.ctx, version, contactorIds, from);
      await refuseLiaisons(unit.ctx, version, liaisonIds, contactorIds, from);
      await refuseOverlap(unit, input);
      const [contactorId, ...coContactorIds] = contactorIds as [string, ...string[]];
      const assignment = Object.assign(new ContactAssignment(), {
        scheme: input.scheme,
        contactorKind: version.contactor.kind,
        contactorId,
        coContactorIds,
        targetId,
        liaisonIds,
        validFrom: from,
        validTo: until,
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
    await refuseLiaisons(tx, version, input.liaisonIds, assignment.contactorIds, day);
    return assignment.goAlong(input.liaisonIds);
  });
}

/** Changes an assignment and, in the same transaction, makes its duties what it then owes. */
async function withItsDuties(tx: Ctx, work: (unit: Unit) => Promise<ContactAssignment>): Promise<ContactAssignment> {
  const assignment = await changeAll(tx, work);
  await regenerateDuties(tx, { assignmentIds: [assignment.id] });
  return assignment;
}

/** The version of a scheme that holds on a day. */
export async function versionOn(ctx: Ctx, code: string, day: string): Promise<ContactSchemeVersion | undefined> {
  const scheme = await ctx.em.findOne(ContactScheme, { code });
  if (!scheme) return undefined;
  return (await ctx.em.find(ContactSchemeVersion, { schemeId: scheme.id })).find((version) => version.holdsOn(day));
}

/** The kinds of the organizations where a cadre has, had or will have a post. */
export async function kindsOfPosts(ctx: Ctx, { posts }: CadreFacts): Promise<ReadonlyMap<string, string>> {
  const found = await ctx.em.find(Organization, { id: { $in: posts.map(({ organizationId }) => organizationId) } });
  return new Map(found.map(({ id, kind }) => [id, kind]));
}

/** Whether a scheme's rule admits a cadre or an organization as contactor on a day. */
export async function admits(ctx: Ctx, rule: ContactorRule, id: string, day: string): Promise<boolean> {
  if (rule.kind === 'CADRE') {
    const cadre = await copyOf(ctx, cadreRecord, id);
    return cadre !== undefined && mayContact(rule, cadre, await kindsOfPosts(ctx, cadre), day);
  }
  const organization = await ctx.em.findOne(Organization, { id });
  return organization !== null && organizationMayContact(rule, organization, day);
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
      unit.emit(assignment, ...(await decide(assignment, unit.ctx)));
      return assignment;
    }),
  );
}

async function refuseTarget(
  ctx: Ctx,
  version: ContactSchemeVersion,
  { targetId, from, until }: AssignContactInput,
): Promise<void> {
  const target = await ctx.em.findOne(Organization, { id: targetId });
  const lasts = target && target.validFrom <= from && (!target.validTo || (until && until <= target.validTo));
  if (!lasts || !version.targetKinds.includes(target.kind))
    throw assignmentErrors('assignment.target', {}, { field: 'input.targetId' });
}

async function refuseContactors(
  ctx: Ctx,
  { contactor: rule }: ContactSchemeVersion,
  ids: readonly string[],
  from: string,
): Promise<void> {
  for (const [at, id] of ids.entries()) {
    if (!(await admits(ctx, rule, id, from)))
      throw assignmentErrors('assignment.contactor', { from }, { field: `input.contactorIds.${at}` });
  }
}

async function refuseLiaisons(
  ctx: Ctx,
  { liaisons: rule }: ContactSchemeVersion,
  ids: readonly string[],
  contactorIds: readonly string[],
  day: string,
): Promise<void> {
  const max = mostLiaisons(rule);
  if (ids.length > max || twice(ids))
    throw assignmentErrors('assignment.tooManyLiaisons', { max }, { field: 'input.liaisonIds' });
  for (const [at, id] of ids.entries()) {
    const cadre = await copyOf(ctx, cadreRecord, id);
    if (!cadre || contactorIds.includes(id) || !mayGoAlong(cadre, day))
      throw assignmentErrors('assignment.liaison', {}, { field: `input.liaisonIds.${at}` });
  }
}

/** One contactor is not fixed twice to a target under one scheme; under two schemes both ask for their own duties. */
async function refuseOverlap(unit: Unit, { scheme, targetId, contactorIds, from, until }: AssignContactInput) {
  const { em } = unit.ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${targetId}`}, 0))`.execute(em.getKysely());
  for (const other of await em.find(ContactAssignment, { scheme, targetId })) {
    const apart = (other.validTo && other.validTo <= from) || (until && until <= other.validFrom);
    const at = apart ? -1 : contactorIds.findIndex((id) => other.contactorIds.includes(id));
    if (at >= 0)
      throw assignmentErrors('assignment.overlaps', { from: other.validFrom }, { field: `input.contactorIds.${at}` });
  }
}

const twice = (ids: readonly string[]): boolean => new Set(ids).size < ids.length;
