import { dayOf, type Ctx, type Unit } from '@frontline/platform';
import { foremost, ruling } from './acting-under-assignment.ts';
import { ActivityParticipant, type Activity } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import { knownCadres, targetOf } from './activity.commands.ts';
import type { AmendActivityInput } from './amend-activity.inputs.ts';
import { assign, MAY_BE_MISTAKEN, type Change } from './amendment.ts';
import { assignmentsAt, registerOf } from './assignments-at-target.ts';

/**
 * It took place elsewhere: under the same contact where that reaches there (a patch), or else under the one by which whoever
 * recorded it contacts there, or under none; as it would have been taken on the day when it was recorded.
 */
export async function amendTarget(
  ctx: Ctx,
  activity: Activity,
  { targetId }: AmendActivityInput,
  cadreIds: readonly string[],
): Promise<Change[]> {
  if (!targetId || targetId.toLowerCase() === activity.targetId) return [];
  const field = 'input.targetId';
  if (!MAY_BE_MISTAKEN.includes(activity.kind)) throw activityErrors('activity.targetStays', {}, { field });
  const { heldAt, assignmentId, recordedById, recordedAt } = activity;
  const there = { targetId: await targetOf(ctx, { targetId, heldAt }, undefined) };
  const heldOn = dayOf(heldAt);
  const assignments = await assignmentsAt(ctx, there.targetId, heldOn);
  if (assignments.some(({ id }) => id === assignmentId)) return assign(activity, there);
  const actor = recordedById ?? cadreIds[0];
  const contactorIds = assignments.flatMap((each) => (each.contactorKind === 'CADRE' ? each.contactorIds : []));
  const register = await registerOf(ctx, [...cadreIds, ...contactorIds], heldOn);
  const assignment = actor ? foremost(assignments, actor, register) : undefined;
  const ruled = assignment && ruling(assignment, actor, register, { heldOn, today: dayOf(recordedAt ?? heldAt) });
  const taken = ruled && 'acceptance' in ruled ? ruled : undefined;
  return assign(activity, {
    ...there,
    assignmentId: taken ? (assignment?.id ?? null) : null,
    acceptance: taken?.acceptance ?? 'ACCEPTED',
    recordedAs: taken?.actingAs ?? null,
  });
}

/** Who took part after an amendment, and what changed of it. */
interface AmendedParticipants {
  readonly cadreIds: string[];
  readonly changes: Change[];
}

/** Others took part, or fewer: never fewer than who recorded it. */
export async function amendParticipants(
  unit: Unit,
  activity: Activity,
  { addCadreIds, removeCadreIds }: AmendActivityInput,
  before: readonly string[],
): Promise<AmendedParticipants> {
  const [first] =
    addCadreIds.length > 0 ? ['input.addCadreIds'] : removeCadreIds.length > 0 ? ['input.removeCadreIds'] : [];
  if (first && activity.kind === 'RECEPTION') throw activityErrors('activity.receiversStay', {}, { field: first });
  const added = await knownCadres(unit.ctx, addCadreIds, 'input.addCadreIds');
  for (const [at, id] of added.entries())
    if (before.includes(id)) throw activityErrors('activity.tookPart', {}, { field: `input.addCadreIds[${at}]` });
  const removed = removeCadreIds.map((given, at) => {
    const [id, field] = [given.toLowerCase(), `input.removeCadreIds[${at}]`];
    if (!before.includes(id)) throw activityErrors('activity.tookNoPart', {}, { field });
    if (id === activity.recordedById) throw activityErrors('activity.recorderTookPart', {}, { field });
    return id;
  });
  return changeParticipants(unit, activity, { before, added, removed });
}

/** Who took part is otherwise by now; the caller has checked that it may be. */
export async function changeParticipants(
  unit: Unit,
  activity: Activity,
  { before, added, removed }: Record<'before' | 'added' | 'removed', readonly string[]>,
): Promise<AmendedParticipants> {
  const gone = await unit.ctx.em.find(ActivityParticipant, { activityId: activity.id, cadreId: { $in: [...removed] } });
  for (const row of gone) unit.ctx.em.remove(row);
  for (const cadreId of added)
    unit.addOwned(Object.assign(new ActivityParticipant(), { activityId: activity.id, cadreId }));
  return {
    cadreIds: [...before.filter((id) => !removed.includes(id)), ...added],
    changes: [
      ...removed.map((id) => ({ field: 'cadre', before: id, after: null })),
      ...added.map((id) => ({ field: 'cadre', before: null, after: id })),
    ],
  };
}
