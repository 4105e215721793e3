import { organizationSucceeded } from '@frontline/events';
import type { Unit } from '@frontline/platform';
import { followSuccession } from '../contact-assignment/assignment-followers.ts';
import { tellFollowedSchemes } from '../contact-scheme/scheme-followers.ts';
import { organizationRecordOf, parentsToday } from './organization-record.ts';
import { Organization, OrganizationSuccession } from './organization.entity.ts';
import { followAreas } from '../patch/patch-followers.ts';
import { heirOf } from './tree-places.ts';

/**
 * Tells of every succession whose day has come and that nobody was told of yet: decided for today, decided earlier, or
 * brought in by an import. Assignments and patches follow too where the decision has not let them (an import does not). Needs the lock
 * of the trees, so that each is told once. Gives the ids of the assignments that changed.
 */
export async function tellSuccessions(unit: Unit): Promise<string[]> {
  const { ctx } = unit;
  const due = await ctx.em.find(
    OrganizationSuccession,
    { told: false, validFrom: { $lte: ctx.today() } },
    { orderBy: { id: 'asc' } },
  );
  if (due.length === 0) return [];
  const ids = [...new Set(due.map(({ organizationId }) => organizationId))];
  const organizations = await unit.loadAll(Organization, { id: { $in: ids } });
  const parents = await parentsToday(ctx, ids);
  const followed: string[] = [];
  for (const organization of organizations) {
    const own = due.filter(({ organizationId }) => organizationId === organization.id);
    for (const on of [...new Set(own.map(({ validFrom }) => validFrom))].sort()) {
      const parts = own.filter(({ validFrom }) => validFrom === on);
      const heirId = heirOf(organization, parts);
      if (heirId) followed.push(...(await followSuccession(unit, new Map([[organization.id, heirId]]), on)));
      const moves = parts.flatMap(({ successorId, residentialAreaIds }) =>
        residentialAreaIds.map((areaId) => [areaId, successorId] as const),
      );
      followed.push(...(await followAreas(unit, new Map(moves), on)));
      unit.emit(
        organization,
        organizationSucceeded.of({
          on,
          ...(heirId && { heirId }),
          parts: parts.map(({ successorId, residentialAreaIds }) => ({ successorId, residentialAreaIds })),
          record: organizationRecordOf(organization, parents, ctx.today()),
        }),
      );
    }
  }
  for (const each of due) each.told = true;
  await tellFollowedSchemes(unit, new Map(due.map(({ organizationId, validFrom }) => [organizationId, validFrom])));
  return followed;
}
