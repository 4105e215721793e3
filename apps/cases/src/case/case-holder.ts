import type { cadreRecord, RecordOf } from '@frontline/events';

/** What the register says of a cadre, as we copy it. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

const LEFT: readonly string[] = ['RETIRED', 'DEPARTED'];

/**
 * Whether a cadre may go on holding a case of an organization on a day (YYYY-MM-DD): in service, and not one who had a
 * post there and has none any more (domain.md: a cadre departs, retires or moves, and open cases go back to the queue).
 * Whoever holds it without ever having had a post there was given it on purpose.
 */
export function mayGoOnHolding(
  { status, statuses, posts }: CadreFacts,
  leadOrganizationId: string | null | undefined,
  day: string,
): boolean {
  const standing = statuses?.find((each) => holdsOn(each, day))?.status ?? status;
  if (LEFT.includes(standing)) return false;
  const there = posts.filter(({ organizationId, from }) => organizationId === leadOrganizationId && from <= day);
  return there.length === 0 || there.some((post) => holdsOn(post, day));
}

const holdsOn = ({ from, until }: { from: string; until?: string | undefined }, day: string): boolean =>
  from <= day && (until === undefined || day < until);
