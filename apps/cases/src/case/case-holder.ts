import { cadreStatusOn, hasLeft, type cadreRecord, type RecordOf } from '@frontline/events';

/** What the register says of a cadre, as we copy it. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

/**
 * Whether a cadre may go on holding a case of an organization on a day (YYYY-MM-DD): in service, and not one who had a
 * post there and has none any more (domain.md: a cadre departs, retires or moves, and open cases go back to the queue).
 * Whoever holds it without ever having had a post there was given it on purpose.
 */
export function mayGoOnHolding(cadre: CadreFacts, leadOrganizationId: string | null | undefined, day: string): boolean {
  if (hasLeft(cadreStatusOn(cadre, day))) return false;
  const there = cadre.posts.filter(({ organizationId, from }) => organizationId === leadOrganizationId && from <= day);
  return there.length === 0 || there.some((post) => holdsOn(post, day));
}

const holdsOn = ({ from, until }: { from: string; until?: string | undefined }, day: string): boolean =>
  from <= day && (until === undefined || day < until);
