import { cadreRecord } from '@frontline/events';
import { changeAll, checkedId, copyOf, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { ContactScheme, ContactSchemeVersion, type ContactorRule } from '../contact-scheme/contact-scheme.entity.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { Patch } from '../patch/patch.entity.ts';
import { Organization } from '../organization/organization.entity.ts';
import type { CadreFacts } from './assignment-eligibility.ts';
import {
  admitted,
  refuseLiaisons,
  refuseTerms,
  type AssignmentFacts,
  type AssignmentTerms,
} from './assignment-terms.ts';
import type {
  AssignContactInput,
  ChangeLiaisonsInput,
  EndAssignmentInput,
} from './contact-assignment-change.inputs.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';
import { assignmentErrors } from './contact-assignment.errors.ts';

/** Fixes contactors to a target under a scheme, by the rules of its version of the first day. */
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
        contactorKind: (version as ContactSchemeVersion).contactor.kind,
        contactorId,
        coContactorIds,
        ...target,
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
    const cadres = await cadresBy(tx, input.liaisonIds);
    const facts = { cadre: (id: string) => cadres.get(id) };
    refuseLiaisons(version, input.liaisonIds, assignment.contactorIds, day, facts, 'input.liaisonIds');
    return assignment.goAlong(input.liaisonIds, day);
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

/** Whether a scheme's rule admits a cadre or an organization as contactor on a day, of a target in a place if one is named. */
export async function admits(
  ctx: Ctx,
  rule: ContactorRule,
  id: string,
  day: string,
  placeId?: string,
): Promise<boolean> {
  return admitted(rule, id, day, await peopleAndPlaces(ctx, [id], []), placeId);
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

/** What the rules ask about terms; whoever makes another assignment to the target waits until this one is settled. */
async function factsFor(
  ctx: Ctx,
  { scheme, targetId, contactorIds, liaisonIds }: AssignmentTerms,
  version: ContactSchemeVersion | undefined,
): Promise<AssignmentFacts> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts of ${targetId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
  const others = await ctx.em.find(ContactAssignment, { scheme, targetId });
  const patch = version?.inPatches
    ? await ctx.em.findOne(Patch, { id: checkedId(targetId, 'input.targetId') })
    : undefined;
  return {
    version,
    others,
    ...(patch && { patch }),
    ...(await peopleAndPlaces(ctx, [...contactorIds, ...liaisonIds], [...contactorIds, targetId])),
  };
}

/** Cadres as we copy them, and organizations with those where these cadres have posts. */
async function peopleAndPlaces(
  ctx: Ctx,
  cadreIds: readonly string[],
  organizationIds: readonly string[],
): Promise<Pick<AssignmentFacts, 'cadre' | 'organization'>> {
  const cadres = await cadresBy(ctx, cadreIds);
  const posts = [...cadres.values()].flatMap((cadre) => cadre.posts.map(({ organizationId }) => organizationId));
  const found = await ctx.em.find(Organization, { id: { $in: [...organizationIds, ...cadreIds, ...posts] } });
  const organizations = new Map(found.map((organization) => [organization.id, organization]));
  return { cadre: (id) => cadres.get(id), organization: (id) => organizations.get(id) };
}

async function cadresBy(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CadreFacts>> {
  const found = await Promise.all(ids.map((id) => copyOf(ctx, cadreRecord, id)));
  return new Map(found.flatMap((cadre) => (cadre ? [[cadre.id, cadre] as const] : [])));
}
