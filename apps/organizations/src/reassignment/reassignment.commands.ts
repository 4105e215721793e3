import { createHash } from 'node:crypto';
import { changeAll, checkedId, idempotently, sql, type Ctx, type Unit } from '@frontline/platform';
import { sourcesOf } from '@frontline/platform/tables';
import { admits, versionOn, type TermsOfDay } from '../contact-assignment/assignment-facts.ts';
import { ContactAssignment } from '../contact-assignment/contact-assignment.entity.ts';
import { checkedReason, lockContactsOf, offer } from '../handover/handover.commands.ts';
import { planReassignment, type Candidate, type MovedAssignment } from './reassignment-plan.ts';
import { Reassignment } from './reassignment.entity.ts';
import { reassignmentErrors } from './reassignment.errors.ts';
import type { ReassignContactsInput } from './reassignment.inputs.ts';

/** Assignments that change hands at once. */
const MAX_ASSIGNMENTS = 100;

const MAX_SUCCESSORS = 20;

/**
 * Offers many assignments to successors at once, each as a handover that they accept. A dry run shows what would be
 * offered, and changes nothing; carrying it out takes the fingerprint of what was shown, and is refused when facts have
 * changed so that it would be another plan (`reassignment.planStale`).
 */
export async function reassignContacts(ctx: Ctx, input: ReassignContactsInput): Promise<Reassignment> {
  const checked = { ...input, reason: checkedReason(input.reason) };
  refuseInput(ctx, checked);
  if (input.dryRun)
    return changeAll(ctx, async (unit) => Object.assign(await planned(unit, checked), { dryRun: true }));
  const { expectedPlan } = input;
  if (!expectedPlan) throw reassignmentErrors('reassignment.planMissing', {}, { field: 'input.expectedPlan' });
  return idempotently(ctx, 'reassignContacts', Reassignment, input, (tx) =>
    changeAll(tx, async (unit) => {
      const reassignment = await planned(unit, checked);
      if (reassignment.fingerprint !== expectedPlan)
        throw reassignmentErrors('reassignment.planStale', {}, { field: 'input.expectedPlan' });
      const { moves } = reassignment.plan;
      if (moves.length === 0) throw reassignmentErrors('reassignment.nothing', {}, { field: 'input.successorIds' });
      const { reason, on: takesEffectOn } = checked;
      for (const { assignmentId, successorId } of moves)
        offer(unit, await unit.load(ContactAssignment, assignmentId), {
          successorId,
          reason,
          takesEffectOn,
          reassignmentId: reassignment.id,
        });
      return unit.add(reassignment);
    }),
  );
}

function refuseInput(ctx: Ctx, { fromId, assignmentIds, successorIds, on }: ReassignContactsInput): void {
  if (Boolean(fromId) === Boolean(assignmentIds?.length))
    throw reassignmentErrors('reassignment.which', {}, { field: 'input.fromId' });
  if (fromId) checkedId(fromId, 'input.fromId');
  for (const [at, id] of (assignmentIds ?? []).entries()) checkedId(id, `input.assignmentIds.${at}`);
  for (const [at, id] of successorIds.entries()) checkedId(id, `input.successorIds.${at}`);
  const count = successorIds.length;
  if (
    count === 0 ||
    count > MAX_SUCCESSORS ||
    new Set(successorIds).size < count ||
    (fromId && successorIds.includes(fromId))
  )
    throw reassignmentErrors('reassignment.successors', { max: MAX_SUCCESSORS }, { field: 'input.successorIds' });
  const today = ctx.today();
  if (on < today) throw reassignmentErrors('reassignment.past', { today }, { field: 'input.on' });
}

/** What would be done, from facts that no other change of the same contacts can alter until the transaction ends. */
async function planned(unit: Unit, input: ReassignContactsInput): Promise<Reassignment> {
  const { successorIds, on: takesEffectOn, reason } = input;
  const assignments = await meant(unit, input);
  for (const targetId of [...new Set(assignments.map((each) => each.targetId))].sort())
    await lockContactsOf(unit.ctx, targetId);
  const schemes = [...new Set(assignments.map(({ scheme }) => scheme))].sort();
  const candidates: Candidate[] = [];
  for (const scheme of schemes) {
    const places = assignments.filter((each) => each.scheme === scheme).map(({ placeId }) => placeId);
    candidates.push(...(await candidatesFor(unit.ctx, scheme, successorIds, takesEffectOn, new Set(places))));
  }
  const moved = await movedOf(unit.ctx, assignments, takesEffectOn);
  const plan = planReassignment(moved, candidates);
  const versions = moved.map(({ id, version }) => [id, version]);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([takesEffectOn, versions, plan]))
    .digest('base64url')
    .slice(0, 22);
  return Object.assign(new Reassignment(), { takesEffectOn, reason, madeOn: unit.ctx.today(), fingerprint, plan });
}

/** The assignments that are meant and hold on the day, in the order of their ids, locked. */
async function meant(
  unit: Unit,
  { fromId, assignmentIds, scheme, on }: ReassignContactsInput,
): Promise<ContactAssignment[]> {
  const field = fromId ? 'input.fromId' : 'input.assignmentIds';
  const found = await unit.loadAll(ContactAssignment, {
    ...(fromId ? { contactorId: fromId } : { id: { $in: [...(assignmentIds ?? [])] } }),
    ...(scheme && { scheme }),
    validFrom: { $lte: on },
    $or: [{ validTo: null }, { validTo: { $gt: on } }],
  });
  if (found.length === 0 || found.length < new Set(assignmentIds ?? []).size)
    throw reassignmentErrors('reassignment.none', { on }, { field });
  if (found.length > MAX_ASSIGNMENTS)
    throw reassignmentErrors('reassignment.tooMany', { max: MAX_ASSIGNMENTS, count: found.length }, { field });
  return found;
}

async function candidatesFor(
  ctx: Ctx,
  scheme: string,
  successorIds: readonly string[],
  on: string,
  places: ReadonlySet<string>,
): Promise<Candidate[]> {
  const version = await versionOn(ctx, scheme, on);
  const limit = version?.cardinalities?.targetsPerContactor?.max ?? undefined;
  const { rows } = await sql<{ successorId: string; targetId: string }>`
    select s.id as "successorId", a.target_id as "targetId" from unnest(${[...successorIds]}::uuid[]) as s(id)
    join contact_assignment a on (a.contactor_id = s.id or a.co_contactor_ids @> array[s.id])
    where a.scheme = ${scheme} and (a.valid_to is null or a.valid_to > ${on}::date)
    union
    select h.successor_id, a.target_id from handover h join contact_assignment a on a.id = h.assignment_id
    where h.successor_id = any(${[...successorIds]}::uuid[]) and h.accepted_on is null and h.closed_on is null
      and a.scheme = ${scheme} and (a.valid_to is null or a.valid_to > ${on}::date)`.execute(ctx.em.getKysely());
  const targets = Map.groupBy(rows, ({ successorId }) => successorId);
  return Promise.all(
    successorIds.map(async (successorId) => ({
      scheme,
      successorId,
      admittedIn: version ? await admittedIn(ctx, version, successorId, on, places) : new Set<string>(),
      targetIds: new Set((targets.get(successorId) ?? []).map(({ targetId }) => targetId)),
      limit,
    })),
  );
}

/** Of these places, those in which the rules of a version admit a cadre or an organization on a day. */
async function admittedIn(
  ctx: Ctx,
  { contactor }: TermsOfDay,
  successorId: string,
  on: string,
  places: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  // the place matters only where the rule asks for it
  if (!contactor.atTarget) return (await admits(ctx, contactor, successorId, on)) ? places : new Set();
  const admitted = await Promise.all(
    [...places].map(async (placeId) => ((await admits(ctx, contactor, successorId, on, placeId)) ? [placeId] : [])),
  );
  return new Set(admitted.flat());
}

async function movedOf(ctx: Ctx, assignments: readonly ContactAssignment[], on: string): Promise<MovedAssignment[]> {
  const ids = assignments.map(({ id }) => id);
  const { rows } = await sql<{ id: string; offered: boolean; contactedByOthers: boolean }>`
    select a.id, exists (select 1 from handover h where h.assignment_id = a.id and h.accepted_on is null and h.closed_on is null) as offered,
      (cardinality(a.co_contactor_ids) > 0 or exists (select 1 from contact_assignment o where o.target_id = a.target_id
        and o.scheme = a.scheme and o.id <> all(${ids}::uuid[]) and o.valid_from <= ${on}::date
        and (o.valid_to is null or o.valid_to > ${on}::date))) as "contactedByOthers"
    from contact_assignment a where a.id = any(${ids}::uuid[])`.execute(ctx.em.getKysely());
  const sources = await sourcesOf(ctx, ContactAssignment, ids);
  const facts = new Map(rows.map(({ id, ...rest }) => [id, rest]));
  return assignments.map(({ id, version, scheme, targetId, placeId }) => ({
    id,
    version,
    scheme,
    targetId,
    placeId,
    offered: facts.get(id)?.offered ?? false,
    ownedElsewhere: sources.has(id),
    contactedByOthers: facts.get(id)?.contactedByOthers ?? false,
  }));
}
