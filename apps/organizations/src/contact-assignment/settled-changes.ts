import { cadreRecord } from '@frontline/events';
import { changeAll, sql, type Ctx } from '@frontline/platform';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { timesOfFacts, type CadreFacts } from './assignment-eligibility.ts';
import { endContactsOf, followCadre } from './assignment-followers.ts';

/**
 * Lets these assignments, just made or changed, follow what is settled of those who have a part in them: a departure, the
 * end of a post or of an organization that was decided before is told no second time. Days on which it is decided that
 * nothing ends cost one statement.
 */
export async function followSettled(ctx: Ctx, assignmentIds: readonly string[]): Promise<void> {
  for (const { cadre, from, until } of await cadresIn(ctx, assignmentIds))
    for (const day of endings(cadre)) if (from < day && (!until || day < until)) await followCadre(ctx, cadre, day);
  for (const { id, on } of await endingContactors(ctx, assignmentIds)) {
    const changed = await changeAll(ctx, (unit) => endContactsOf(unit, id, on));
    if (changed.length > 0) await regenerateDuties(ctx, { assignmentIds: changed });
  }
}

/** The days, in order, from which on a cadre is no longer what they were, as rules ask: first days without a fact. */
function endings(cadre: CadreFacts): string[] {
  return [...new Set(timesOfFacts(cadre).flatMap(({ until }) => until ?? []))].sort();
}

/** Cadres who have a part in these assignments, with the time for which they have it. */
async function cadresIn(
  ctx: Ctx,
  assignmentIds: readonly string[],
): Promise<{ cadre: CadreFacts; from: string; until: string | null }[]> {
  const { rows } = await sql<{ cadre: CadreFacts; from: string; until: string | null }>`
    select c.data as cadre, p."from", p.until from (
      select part.id, min(a.valid_from)::text as "from", max(coalesce(a.valid_to, 'infinity'))::text as until
      from contact_assignment a cross join lateral unnest(array_prepend(a.contactor_id, a.co_contactor_ids) || a.liaison_ids) as part(id)
      where a.id = any(${[...assignmentIds]}::uuid[]) group by part.id) p
    join local_copy c on c.aggregate_type = ${cadreRecord.aggregate} and c.id = p.id order by c.id`.execute(
    ctx.em.getKysely(),
  );
  return rows;
}

/** Organizations that hold one of these assignments beyond the day on which they end without a successor. */
async function endingContactors(ctx: Ctx, assignmentIds: readonly string[]): Promise<{ id: string; on: string }[]> {
  const { rows } = await sql<{ id: string; on: string }>`
    select distinct o.id, o.valid_to::text as "on" from contact_assignment a
    join organization o on o.id = any(array_prepend(a.contactor_id, a.co_contactor_ids)) and o.status = 'DISSOLVED'
    where a.id = any(${[...assignmentIds]}::uuid[]) and (a.valid_to is null or a.valid_to > o.valid_to)`.execute(
    ctx.em.getKysely(),
  );
  return rows;
}
