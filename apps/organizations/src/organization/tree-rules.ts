import { liesUnder } from './official-code.ts';
import type { OrganizationKind, OrganizationTree } from './organization-enums.ts';
import { organizationErrors } from './organization.errors.ts';
import type { Held } from './organization-timeline.ts';
import { mayStandUnder } from './tree-places.ts';

/** An organization with the days of its existence. */
export interface PlacedOrganization extends Held {
  id: string;
  code: string;
  kind: OrganizationKind;
}

/**
 * Refuses a time in which an organization does not exist from the first to the last day: an open one (`validTo` is null)
 * needs one that is open too; where nothing is said of an end, the first day is all that counts.
 */
export function refuseOutsideItsTime({ code, ...its }: PlacedOrganization, time: Held, field: string): void {
  const endsBefore =
    its.validTo &&
    (its.validTo <= time.validFrom || time.validTo === null || (time.validTo && time.validTo > its.validTo));
  if (its.validFrom > time.validFrom || endsBefore)
    throw organizationErrors('organization.notThen', { id: code, from: time.validFrom }, { field });
}

/** Refuses a parent that is not there all the time, or under which an organization of this kind does not stand in this tree. */
export function refusePlace(
  { kind }: PlacedOrganization,
  parent: PlacedOrganization,
  { tree, ...time }: Held & { tree: OrganizationTree },
  field: string,
): void {
  refuseOutsideItsTime(parent, time, field);
  if (!mayStandUnder(tree, kind, parent.kind))
    throw organizationErrors('organization.place', { kind, parent: parent.kind }, { field });
}

/** Under which organization one stands in a tree, and for how long. */
export interface Place extends Held {
  tree: OrganizationTree;
  parentId: string;
}

/**
 * Whether an organization that stands at a place would stand under itself on some day of it; `placesOf` gives all places of
 * the organizations above.
 */
export function standsUnderItself(id: string, place: Place, placesOf: (id: string) => readonly Place[]): boolean {
  const seen = new Set<string>();
  const open = [place];
  for (let at = open.pop(); at; at = open.pop()) {
    const { tree, parentId, validFrom, validTo } = at;
    if (parentId === id) return true;
    const key = [parentId, validFrom, validTo].join();
    if (seen.has(key)) continue;
    seen.add(key);
    for (const above of placesOf(parentId)) {
      const from = above.validFrom > validFrom ? above.validFrom : validFrom;
      const until = !validTo || (above.validTo && above.validTo < validTo) ? above.validTo : validTo;
      if (above.tree === tree && (!until || from < until))
        open.push({ ...above, validFrom: from, validTo: until ?? null });
    }
  }
  return false;
}

/** Refuses a territory whose code doesn't lie under that of its first parent; one that moves later keeps its code. */
export function refuseForeignCode(
  { code, kind }: Pick<PlacedOrganization, 'code' | 'kind'>,
  parent: { code: string },
  field: string,
): void {
  if (!['SUBDISTRICT', 'TOWN', 'RESIDENTIAL_AREA'].includes(kind) || liesUnder(code, parent.code)) return;
  const rule = `the code begins with that of its parent, ${parent.code}`;
  throw organizationErrors('organization.code', { rule }, { field });
}
