import type { FilterQuery } from '@mikro-orm/core';
import { LEFT_SERVICE, leftOn } from '@frontline/events';
import { changeAll, DomainError, sql, type Ctx, type Unit } from '@frontline/platform';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { mayGoAlong, mostLiaisons, type CadreFacts } from './assignment-eligibility.ts';
import { factsFor, kindsOfPosts, versionOn, withPostsAtHeirs } from './assignment-facts.ts';
import { kindsOf, refuseTerms } from './assignment-terms.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/**
 * It was a mistake that a cadre leaves on a day: what they held until then goes on from today, or from that day if it lies
 * ahead, where the rules for new assignments allow it and nobody else was given the target since; a group is whole again.
 * So do they go along again as a liaison, where nobody chose others since. The days in between stay as they were on record.
 * Told again, it finds them there.
 */
export async function resumeContactsOf(ctx: Ctx, told: CadreFacts, leftBefore: string): Promise<void> {
  const today = ctx.today();
  const day = latest(leftBefore, today);
  const leaves = leftOn(told, today);
  if (leaves !== undefined && leaves <= day) return;
  const changed = await changeAll(ctx, async (unit) => {
    const [cadre = told] = await withPostsAtHeirs(unit.ctx, [told]);
    const ended = await unit.loadAll(ContactAssignment, {
      endReason: { $in: LEFT_SERVICE.map((status) => `CONTACTOR_${status}`) },
      validTo: { $gte: leftBefore },
      $or: [{ contactorId: cadre.id }, { coContactorIds: { $contains: [cadre.id] } }],
    } as FilterQuery<ContactAssignment>);
    const ids: string[] = [];
    for (const assignment of ended.filter(({ validFrom, validTo }) => validTo === latest(leftBefore, validFrom)))
      ids.push(...(await resume(unit, cadre, assignment, latest(day, assignment.validFrom))));
    await goAlongAgain(unit, cadre, leftBefore, day);
    return ids;
  });
  if (changed.length > 0) await regenerateDuties(ctx, { assignmentIds: changed });
}

/** One of them; gives the ids of those that changed. */
async function resume(unit: Unit, cadre: CadreFacts, ended: ContactAssignment, from: string): Promise<string[]> {
  const { scheme, targetId, contactorIds, plannedUntil: until = null, reason } = ended;
  const since = await unit.loadAll(ContactAssignment, {
    scheme,
    targetId,
    validFrom: { $gte: ended.validTo as string },
  });
  const rest = since.find(({ continuesId }) => continuesId === ended.id);
  const others = contactorIds.filter((id) => id !== cadre.id);
  if (since.some((each) => each !== rest) || (rest && rest.contactorIds.join() !== others.join())) return [];
  const version = await versionOn(unit.ctx, scheme, from);
  const asked = { scheme, targetId, contactorIds, liaisonIds: ended.liaisonIds, from, until, reason };
  const copied = await factsFor(unit.ctx, asked, version);
  const facts = {
    ...copied,
    cadre: (id: string) => (id === cadre.id ? cadre : copied.cadre(id)),
    others: copied.others.filter((each) => each !== rest),
  };
  const liaisonIds = ended.liaisonIds.filter((id) => {
    const liaison = facts.cadre(id);
    return liaison !== undefined && mayGoAlong(liaison, kindsOf(liaison, facts.organization), from);
  });
  try {
    refuseTerms({ ...asked, liaisonIds }, facts);
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
  const again = Object.assign(ended.continued(from, { liaisonIds }) as ContactAssignment, { validTo: until });
  unit.add(again, again.made());
  if (!rest) return [again.id];
  unit.emit(rest, ...rest.end(from, 'CONTACTOR_BACK'));
  return [again.id, rest.id];
}

/** Has a cadre go along again where they went until they were to leave. */
async function goAlongAgain(unit: Unit, cadre: CadreFacts, leftBefore: string, from: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from contact_assignment where liaisons_left @> ${JSON.stringify([{ id: cadre.id, on: leftBefore }])}::jsonb
      and (valid_to is null or valid_to > ${from}::date)`.execute(unit.ctx.em.getKysely());
  const kinds = await kindsOfPosts(unit.ctx, cadre);
  for (const assignment of await unit.loadAll(ContactAssignment, { id: { $in: rows.map(({ id }) => id) } })) {
    const { scheme, contactorIds, validFrom, liaisonsLeft } = assignment;
    const day = latest(from, validFrom);
    const liaisonIds = [...assignment.liaisonIds, cadre.id];
    const most = mostLiaisons((await versionOn(unit.ctx, scheme, day))?.liaisons);
    if (liaisonIds.length > most || contactorIds.includes(cadre.id) || !mayGoAlong(cadre, kinds, day)) continue;
    const others = liaisonsLeft.filter(({ id }) => id !== cadre.id);
    unit.emit(assignment, ...assignment.goAlong(liaisonIds, day, others));
  }
}

const latest = (a: string, b: string): string => (a > b ? a : b);
