import type { RecordOf } from './event-contract.ts';
import type { cadreRecord } from './personnel.events.ts';

type CadreFacts = RecordOf<typeof cadreRecord>;
type CadreStatus = CadreFacts['status'];

/** Statuses in which somebody serves the district no more. */
export const LEFT_SERVICE: readonly CadreStatus[] = ['RETIRED', 'DEPARTED'];

/** Whether a status means that somebody serves the district no more. */
export function hasLeft(status: CadreStatus | undefined): boolean {
  return status !== undefined && LEFT_SERVICE.includes(status);
}

/** The status of a cadre on a day (YYYY-MM-DD); the one that the record was told with where it has no history. */
export function cadreStatusOn({ status, statuses }: Pick<CadreFacts, 'status' | 'statuses'>, day: string): CadreStatus {
  return statuses?.find(({ from, until }) => from <= day && (until === undefined || day < until))?.status ?? status;
}

/** Since which day a cadre has left for good, or will have; `today` where the record says no more than that they have. */
export function leftOn(
  { status, statuses }: Pick<CadreFacts, 'status' | 'statuses'>,
  today: string,
): string | undefined {
  const last = statuses?.reduce((a, b) => (b.from > a.from ? b : a), { status, from: '' });
  if (!last?.from) return hasLeft(status) ? today : undefined;
  return hasLeft(last.status) ? last.from : undefined;
}

/**
 * Kinds of organization whose cadres are office cadres (机关干部): the district's organs and those of its subdistricts and
 * towns. ASSUMED: the seed says no more than “1至2名机关干部作为联络员”; institutions, enterprises and residential areas are none.
 */
const OFFICE_KINDS: readonly string[] = ['DISTRICT', 'LEADING_BODY', 'DEPARTMENT', 'SUBDISTRICT', 'TOWN'];

/** Whether an organization of a kind is an office; one that is not known yet, since a copy may be moments behind, may be one. */
export const isOffice = (kind: string | null | undefined): boolean =>
  kind === undefined || kind === null || OFFICE_KINDS.includes(kind);

/**
 * Whether a cadre with these posts is an office cadre on a day (YYYY-MM-DD): one of the posts is at an office (see {@link isOffice}).
 * `kindOf` says the kind of an organization.
 */
export function isOfficeCadre(
  posts: readonly Pick<CadreFacts['posts'][number], 'organizationId' | 'from' | 'until'>[],
  kindOf: ReadonlyMap<string, string>,
  day: string,
): boolean {
  return posts.some(
    ({ organizationId, from, until }) =>
      from <= day && (until === undefined || day < until) && isOffice(kindOf.get(organizationId)),
  );
}

/**
 * The first day from which something ceases that a cadre's record lets hold, such as what a rule asks of them: a day that
 * lies ahead, or, where it does not hold today, the day on which that began. `days` are those on which it may change, the
 * first one that matters among them. Nothing where it goes on holding, and where it never held by today.
 */
export function ceasesOn(days: readonly string[], holds: (day: string) => boolean, today: string): string | undefined {
  const changes = [...new Set(days)].sort();
  const now = Math.max(
    0,
    changes.findLastIndex((day) => day <= today),
  );
  const [first, current] = [changes[0], changes[now]];
  if (first === undefined || current === undefined) return undefined;
  if (holds(current)) return changes.slice(now + 1).find((day) => !holds(day));
  const last = changes.slice(0, now).findLastIndex(holds);
  return last < 0 ? (first > today ? first : undefined) : changes[last + 1];
}
