import type { FilterQuery } from '@mikro-orm/core';
import { cadreStatusOn, hasLeft } from '@frontline/events';
import { changeAll, type Ctx, type Unit, sql } from '@frontline/platform';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { mayKeepPart, type CadreFacts } from './assignment-eligibility.ts';
import { kindsOfPosts, versionOn, withPostsAtHeirs } from './assignment-facts.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/**
 * Something about a cadre has changed from a day on: whoever may no longer contact under a scheme's rules loses these
 * assignments on that day, and whoever may no longer go along is released. What others of a group hold goes on without
 * them. Told again, or later than a newer change, it finds nothing more to end.
 */
export async function followCadre(ctx: Ctx, told: CadreFacts, on: string): Promise<void> {
  const changed = await changeAll(ctx, async (unit) => {
    const ids: string[] = [];
    const [cadre = told] = await withPostsAtHeirs(unit.ctx, [told]);
    const kinds = await kindsOfPosts(unit.ctx, cadre);
    for (const assignment of await heldFrom(unit, on, of(cadre.id))) {
      const day = assignment.validFrom > on ? assignment.validFrom : on;
      const rule = (await versionOn(unit.ctx, assignment.scheme, day))?.contactor;
      if (!mayKeepPart(assignment, rule, cadre, kinds, day))
        ids.push(...(await leavePart(unit, assignment, cadre, day, on)).changed);
    }
    return ids;
  });
  if (changed.length > 0) await regenerateDuties(ctx, { assignmentIds: changed });
}

/**
 * Assignments follow organizations to their successors from a day on; what was held before stays with the old ones.
 * Gives the ids of those that changed: their duties are another once all is saved. `placeOfTarget` says where a successor
 * is that is no organization: the subdistrict of a patch.
 */
export async function followSuccession(
  unit: Unit,
  successors: ReadonlyMap<string, string>,
  on: string,
  placeOfTarget: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const changed: string[] = [];
  const concerned = [...successors.keys(), ...successors.values()];
  const held = await heldFrom(unit, on, [
    { targetId: { $in: concerned } },
    { contactorId: { $in: concerned } },
    { coContactorIds: { $overlap: concerned } },
  ]);
  const contacts = new Map(
    held.map(({ id, scheme, targetId, contactorIds }) => [id, { scheme, targetId, contactorIds }]),
  );
  for (const assignment of held) {
    const { id, scheme, contactorIds } = assignment;
    const target = successors.get(assignment.targetId);
    if (!target && !contactorIds.some((each) => successors.has(each))) continue;
    const day = assignment.validFrom > on ? assignment.validFrom : on;
    const targetId = target ?? assignment.targetId;
    contacts.delete(id);
    // whoever contacts the successor already goes on doing so, once
    const there = [...contacts.values()].filter((each) => each.scheme === scheme && each.targetId === targetId);
    const already = new Set(there.flatMap((each) => each.contactorIds));
    const followed = {
      targetId,
      ...(target && { placeId: placeOfTarget.get(target) ?? target }),
      contactorIds: [...new Set(contactorIds.map((each) => successors.get(each) ?? each))].filter(
        (each) => !already.has(each),
      ),
    };
    changed.push(...replace(unit, assignment, day, target ? 'TARGET_MERGED' : 'CONTACTOR_MERGED', followed).changed);
    // where nothing of its own is left, what was heard under it is for whoever contacts the successor already
    const goesOn = held.find(
      (each) =>
        each.targetId === targetId && each.scheme === scheme && each.contactorIds.some((one) => already.has(one)),
    );
    if (followed.contactorIds.length === 0 && goesOn) goesOn.continuesId ??= id;
    contacts.set(id, { scheme, targetId, contactorIds: followed.contactorIds });
  }
  return changed;
}

/**
 * An organization ends and nobody takes it over: its contacts end, and so does what it held itself, but for the others of
 * a group. Gives the ids of those that changed.
 */
export async function endContactsOf(unit: Unit, organizationId: string, on: string): Promise<string[]> {
  const held = await heldFrom(unit, on, [{ targetId: organizationId }, ...holding(organizationId)]);
  return held.flatMap((assignment) => {
    const day = assignment.validFrom > on ? assignment.validFrom : on;
    const contactorIds = assignment.contactorIds.filter((id) => id !== organizationId);
    const { changed } =
      assignment.targetId === organizationId
        ? replace(unit, assignment, day, 'TARGET_DISSOLVED', { contactorIds: [] })
        : replace(unit, assignment, day, 'CONTACTOR_DISSOLVED', { contactorIds });
    return changed;
  });
}

/** What came of a change: the ids of those whose duties are another, and the assignment that goes on, if one does. */
interface Outcome {
  changed: string[];
  goesOn?: ContactAssignment | undefined;
}

/**
 * A cadre has no part in an assignment from a day on, as was told for `on`: the assignment ends, or goes on with the others, or
 * without this liaison. Who contacts there by another assignment already goes on doing so, once.
 */
export async function leavePart(
  unit: Unit,
  assignment: ContactAssignment,
  cadre: CadreFacts,
  day: string,
  on: string,
): Promise<Outcome> {
  const without = (ids: readonly string[]) => ids.filter((id) => id !== cadre.id);
  if (assignment.contactorIds.includes(cadre.id)) {
    const beside = await contactingBeside(unit, assignment, day);
    const contactorIds = without(assignment.contactorIds).filter((id) => !beside.has(id));
    return replace(unit, assignment, day, reasonOf(cadre, day), { contactorIds });
  }
  const liaisonIds = without(assignment.liaisonIds);
  const liaisonsLeft = hasLeft(cadreStatusOn(cadre, day)) ? [...assignment.liaisonsLeft, { id: cadre.id, on }] : [];
  if (day > unit.ctx.today()) return replace(unit, assignment, day, 'LIAISON_LEFT', { liaisonIds, liaisonsLeft });
  unit.emit(assignment, ...assignment.goAlong(liaisonIds, day, liaisonsLeft));
  return { changed: [], goesOn: assignment };
}

/** Ends an assignment on a day; what is to be otherwise from then on is one of its own, if anybody is left to hold it. */
function replace(
  unit: Unit,
  assignment: ContactAssignment,
  day: string,
  reason: string,
  otherwise: Parameters<ContactAssignment['continued']>[1],
): Outcome {
  const rest = assignment.continued(day, otherwise);
  unit.emit(assignment, ...assignment.end(day, reason));
  if (!rest) return { changed: [assignment.id] };
  return { changed: [assignment.id, rest.id], goesOn: unit.add(rest, rest.made()) };
}

/** Who contacts the target of an assignment under its scheme by another one that holds from a day on, while this one would. */
async function contactingBeside(
  { ctx }: Unit,
  { id, scheme, targetId, validTo }: ContactAssignment,
  day: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ contactorId: string }>`
    select unnest(array_prepend(a.contactor_id, a.co_contactor_ids)) as "contactorId" from contact_assignment a
    where a.scheme = ${scheme} and a.target_id = ${targetId} and a.id <> ${id}
      and (a.valid_to is null or a.valid_to > ${day}::date) and a.valid_from < coalesce(${validTo ?? null}::date, 'infinity')`.execute(
    ctx.em.getKysely(),
  );
  return new Set(rows.map(({ contactorId }) => contactorId));
}

/** Assignments that a cadre or an organization holds, alone or with others. */
const holding = (id: string): FilterQuery<ContactAssignment>[] => [
  { contactorId: id },
  { coContactorIds: { $contains: [id] } },
];

/** Assignments in which a cadre has a part. */
const of = (cadreId: string): FilterQuery<ContactAssignment>[] => [
  ...holding(cadreId),
  { liaisonIds: { $contains: [cadreId] } },
];

function heldFrom(
  unit: Unit,
  day: string,
  which: readonly FilterQuery<ContactAssignment>[],
): Promise<ContactAssignment[]> {
  const open = { $or: [{ validTo: null }, { validTo: { $gt: day } }] };
  return unit.loadAll(ContactAssignment, { $and: [open, { $or: [...which] }] } as FilterQuery<ContactAssignment>);
}

function reasonOf(cadre: CadreFacts, day: string): string {
  const status = cadreStatusOn(cadre, day);
  return hasLeft(status) ? `CONTACTOR_${status}` : 'CONTACTOR_MOVED';
}
