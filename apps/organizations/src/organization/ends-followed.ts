import { sql, type Unit } from '@frontline/platform';
import { followBranches } from '../branch-pairing/branch-pairing.commands.ts';
import { endContactsOf, followSuccession } from '../contact-assignment/assignment-followers.ts';
import { followAreas } from '../patch/patch-followers.ts';
import { heirsOf } from './organization-heirs.ts';

/** Successions in a row that one run follows; each of them brings contacts to an organization that may have ended too. */
const MAX_GENERATIONS = 20;

interface Ended {
  id: string;
  on: string;
  kind: string;
}

/**
 * Contacts, pairings and places in patches outlive no organization: where one has ended by today they go to its heir, or
 * end with it. A decision lets them follow itself; this is for what registers and tables tell, also of days gone by, and
 * for what they bring under an organization that had ended. Gives the ids of the assignments that changed.
 */
export async function followEnds(unit: Unit): Promise<string[]> {
  const changed: string[] = [];
  for (let generation = 0; generation < MAX_GENERATIONS; generation += 1) {
    await unit.ctx.em.flush();
    const ended = await endedWithMore(unit);
    if (ended.length === 0) break;
    const heirs = await heirsOf(
      unit.ctx,
      ended.map(({ id }) => id),
    );
    for (const { id, on, kind } of ended) {
      const heir = heirs.get(id)?.id;
      changed.push(
        ...(heir ? await followSuccession(unit, new Map([[id, heir]]), on) : await endContactsOf(unit, id, on)),
      );
      await followBranches(unit, new Map([[id, heir ?? null]]), on);
      if (kind === 'RESIDENTIAL_AREA')
        changed.push(...(await followAreas(unit, new Map([[id, null]]), on, new Map(heir ? [[id, heir]] : []))));
    }
  }
  return changed;
}

/** Organizations that have ended by today while something goes on with them, the first to end first. */
async function endedWithMore({ ctx }: Unit): Promise<Ended[]> {
  const { rows } = await sql<Ended>`
    select o.id, o.valid_to::text as "on", o.kind from organization o where o.valid_to <= ${ctx.today()}::date and (
      exists (select from contact_assignment a where (a.target_id = o.id or a.contactor_id = o.id or a.co_contactor_ids @> array[o.id])
        and (a.valid_to is null or a.valid_to > greatest(o.valid_to, a.valid_from)))
      or exists (select from branch_pairing p where (p.branch_id = o.id or p.partner_id = o.id)
        and (p.valid_to is null or p.valid_to > greatest(o.valid_to, p.valid_from)))
      or exists (select from patch_area p where p.area_id = o.id and (p.valid_to is null or p.valid_to > o.valid_to)))
    order by o.valid_to, o.id`.execute(ctx.em.getKysely());
  return rows;
}
