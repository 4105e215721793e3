import { cadreStatusOn, hasLeft, type cadreRecord, type RecordOf } from '@frontline/events';

/** What the register says of a cadre, as we copy it. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

/**
 * Whether a cadre may go on holding a case on a day (YYYY-MM-DD): in service, and not one who had a post at the
 * organization that leads it and has none any more (domain.md: a cadre departs, retires or moves, and open cases go back
 * to the queue). Whoever holds it without ever having had a post there was given it on purpose.
 *
 * `leads` are the organization that leads it and those that it took the case over from. An organization that is taken over
 * is no move: a post that goes on at the heir counts as one there. So it comes to the same whether we hear first that the
 * case is passed on or that the post is.
 */
export function mayGoOnHolding(cadre: CadreFacts, leads: readonly string[], day: string): boolean {
  if (hasLeft(cadreStatusOn(cadre, day))) return false;
  const places = new Set(leads);
  const there = [...cadre.posts]
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .filter(({ organizationId, succeeds, from }) => {
      if (succeeds && places.has(succeeds)) places.add(organizationId);
      return places.has(organizationId) && from <= day;
    });
  return there.length === 0 || there.some((post) => holdsOn(post, day));
}

const holdsOn = ({ from, until }: { from: string; until?: string | undefined }, day: string): boolean =>
  from <= day && (until === undefined || day < until);
