import { ceasesOn, leftOn } from '@frontline/events';
import { changeAll, sql, toEntities, type Ctx } from '@frontline/platform';
import { ContactScheme, ContactSchemeVersion } from '../contact-scheme/contact-scheme.entity.ts';
import { namedByRules, onDay } from '../contact-scheme/rule-heirs.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { heirsOf } from '../organization/organization-heirs.ts';
import { mayKeepPart, timesOfFacts, type CadreFacts } from './assignment-eligibility.ts';
import { kindsOfPosts, withPostsAtHeirs } from './assignment-facts.ts';
import { followCadre, leavePart } from './assignment-followers.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';

/**
 * What an import of the register comes to: it tells of no departure, transfer, rank or membership, it only brings the records
 * as they are. Whoever has left loses what still holds, as when a departure is told; of what holds today or will, a cadre
 * loses what the rules let them hold no more, from the day on which that began. What an event has ended is found ended.
 */
export async function followRegister(ctx: Ctx, told: readonly CadreFacts[]): Promise<void> {
  for (const cadre of told) {
    const on = leftOn(cadre, ctx.today());
    if (on) await followCadre(ctx, cadre, on);
  }
  const lost = await partsLost(ctx, await withPostsAtHeirs(ctx, told));
  if (lost.length === 0) return;
  const byAssignment = Map.groupBy(lost, ({ assignmentId }) => assignmentId);
  const changed = await changeAll(ctx, async (unit) => {
    const ids: string[] = [];
    for (const assignment of await unit.loadAll(ContactAssignment, { id: { $in: [...byAssignment.keys()] } })) {
      let goesOn: ContactAssignment | undefined = assignment;
      for (const { cadre, day } of byAssignment.get(assignment.id) as PartLost[]) {
        if (!goesOn) break;
        const outcome = await leavePart(unit, goesOn, cadre, day > goesOn.validFrom ? day : goesOn.validFrom, day);
        ids.push(...outcome.changed);
        ({ goesOn } = outcome);
      }
    }
    return ids;
  });
  if (changed.length > 0) await regenerateDuties(ctx, { assignmentIds: changed });
}

/** A cadre may not keep their part in an assignment from a day on. */
interface PartLost {
  assignmentId: string;
  cadre: CadreFacts;
  day: string;
}

/** Of what these cadres have a part in today or later, what they lose, in the order of days; costs the same for all of them. */
async function partsLost(ctx: Ctx, cadres: readonly CadreFacts[]): Promise<PartLost[]> {
  const today = ctx.today();
  const held = await heldBy(
    ctx,
    cadres.map(({ id }) => id),
  );
  if (held.length === 0) return [];
  const versions = await versionsOf(ctx, new Set(held.map(({ scheme }) => scheme)));
  const heirs = await heirsOf(ctx, namedByRules([...versions.values()].flat()));
  const kinds = await kindsOfPosts(ctx, { posts: cadres.flatMap(({ posts }) => posts) });
  const lost = cadres.flatMap((cadre) => {
    const days = timesOfFacts(cadre).flatMap(({ from, until }) => [from, ...(until ? [until] : [])]);
    return held.flatMap((assignment) => {
      const { id: assignmentId, scheme, validFrom, validTo } = assignment;
      if (![...assignment.contactorIds, ...assignment.liaisonIds].includes(cadre.id)) return [];
      const within = [validFrom, ...days.filter((day) => validFrom < day && (!validTo || day < validTo))];
      const keeps = (day: string) => {
        const version = versions.get(scheme)?.find((each) => each.holdsOn(day));
        return mayKeepPart(assignment, version && onDay(version, heirs, day).contactor, cadre, kinds, day);
      };
      const day = ceasesOn(within, keeps, today);
      return day ? [{ assignmentId, cadre, day }] : [];
    });
  });
  return lost.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** What these cadres hold or go along with today or later. */
async function heldBy(ctx: Ctx, cadreIds: readonly string[]): Promise<ContactAssignment[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from contact_assignment where (valid_to is null or valid_to > ${ctx.today()}::date)
      and (array_prepend(contactor_id, co_contactor_ids) || liaison_ids) && ${[...cadreIds]}::uuid[] order by id`.execute(
    ctx.em.getKysely(),
  );
  return toEntities(ctx.em, ContactAssignment, rows);
}

/** Every version of these schemes, by their codes. */
async function versionsOf(ctx: Ctx, codes: ReadonlySet<string>): Promise<Map<string, ContactSchemeVersion[]>> {
  const schemes = await ctx.em.find(ContactScheme, { code: { $in: [...codes] } });
  const versions = await ctx.em.find(ContactSchemeVersion, { schemeId: { $in: schemes.map(({ id }) => id) } });
  return new Map(schemes.map(({ id, code }) => [code, versions.filter(({ schemeId }) => schemeId === id)]));
}
