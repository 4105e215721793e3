import type { Period } from '../effective/timeline.ts';

/** Organizations that others have taken over: who goes on for each, and since which day (YYYY-MM-DD). */
export type Heirs = ReadonlyMap<string, { readonly heirId: string; readonly since: string }>;

/** No organization was taken over. */
export const NO_HEIRS: Heirs = new Map();

/** Something at an organization for a time. */
export interface Stay extends Period {
  readonly organizationId: string;
}

/**
 * Where a stay really is, day after day: it goes on at whoever took the organization over, since the day of that, and at
 * whoever took over that one. What ended by then stays where it was. One stay: nothing follows.
 */
export function followed({ organizationId, from, until }: Stay, heirs: Heirs): readonly Stay[] {
  const stays: Stay[] = [];
  const been = new Set<string>();
  let at = organizationId;
  let since = from;
  for (;;) {
    const heir = been.has(at) ? undefined : heirs.get(at);
    been.add(at);
    if (!heir || (until !== undefined && until <= heir.since))
      return [...stays, { organizationId: at, from: since, until }];
    if (since < heir.since) {
      stays.push({ organizationId: at, from: since, until: heir.since });
      since = heir.since;
    }
    at = heir.heirId;
  }
}

/** Who goes on for an organization on a day; itself where nobody has taken it over by then. */
export function heirOn(organizationId: string, day: string, heirs: Heirs): string {
  return followed({ organizationId, from: day }, heirs)[0]?.organizationId ?? organizationId;
}

/** Posts as {@link succeededBy} compares them. */
interface HeldPost {
  organizationId: string;
  temporary: boolean;
  validFrom: string;
  validTo?: string | null;
}

/**
 * The organization whose post this one goes on from: one that ended on the day on which this begins, because the
 * organization was taken over. `undefined` for every other post, such as one that somebody was transferred to.
 */
export function succeededBy(post: HeldPost, posts: readonly HeldPost[], heirs: Heirs): string | undefined {
  const { organizationId, validFrom, temporary } = post;
  return posts.find(
    (before) =>
      before.validTo === validFrom &&
      before.temporary === temporary &&
      before.organizationId !== organizationId &&
      heirOn(before.organizationId, validFrom, heirs) === organizationId,
  )?.organizationId;
}

/** Grants with the places where they hold now: an organization that was taken over gives way to its heir. */
export function followedGrants<G extends { role: string; place?: string }>(
  grants: readonly G[],
  heirs: Heirs,
  day: string,
): G[] {
  const held = grants.map((grant) => (grant.place ? { ...grant, place: heirOn(grant.place, day, heirs) } : grant));
  return held.filter(
    ({ role, place }, at) => held.findIndex((each) => each.role === role && each.place === place) === at,
  );
}
