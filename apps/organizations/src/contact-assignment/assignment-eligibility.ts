import { addDays } from '@frontline/calendar';
import { cadreStatusOn, hasLeft, isOfficeCadre, type cadreRecord, type RecordOf } from '@frontline/events';
import type { ContactorRule, LiaisonRule } from '../contact-scheme/contact-scheme.entity.ts';

/** What the register says of a cadre, as we copy it. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

interface Period {
  readonly from: string;
  readonly until?: string | undefined;
}

const LEADING: readonly string[] = ['BUREAU', 'DIVISION'];

const holdsOn =
  (day: string) =>
  ({ from, until }: Period): boolean =>
    from <= day && (until === undefined || day < until);

/**
 * The posts of a day by which a rule admits a cadre; `kindOf` says the kind of an organization. Where the rule asks for the
 * post to be in the place of the target, `placeId` is that place; without one, any place will do.
 */
export function postsUnder(
  rule: ContactorRule,
  cadre: CadreFacts,
  kindOf: ReadonlyMap<string, string>,
  day: string,
  placeId?: string,
): string[] {
  return cadre.posts
    .filter((post) => holdsOn(day)(post) && (!rule.atTarget || !placeId || post.organizationId === placeId))
    .map(({ organizationId }) => organizationId)
    .filter((id) => namedIn(rule, id, kindOf.get(id)));
}

/** Whether an organization is one of those, and of one of the kinds, that a rule names. */
const namedIn = ({ organizationIds, organizationKinds }: ContactorRule, id: string, kind = ''): boolean =>
  (!organizationIds || organizationIds.includes(id)) && (!organizationKinds || organizationKinds.includes(kind));

/** Times of membership, as the record of a cadre has them. */
const timesOf = { PARTY: 'partyMember', LEAGUE: 'leagueMember' } as const satisfies Record<string, keyof CadreFacts>;

/** Whether a cadre is, on a day, a member of one of those that a rule names. */
function isMember({ memberships }: ContactorRule, cadre: CadreFacts, day: string): boolean {
  return !memberships || memberships.some((kind) => cadre[timesOf[kind]]?.some(holdsOn(day)));
}

/** The times of everything about a cadre that rules ask for. */
export function timesOfFacts({ posts, ranks, statuses = [], partyMember, leagueMember = [] }: CadreFacts): Period[] {
  return [...posts, ...ranks, ...statuses, ...partyMember, ...leagueMember];
}

/**
 * Whether a cadre may be a contactor under a rule on a day: in service, of one of its ranks, a member where it asks for
 * one, with a post at an organization that it names, in the place of the target where it asks for that (see
 * {@link postsUnder}).
 */
export function mayContact(
  rule: ContactorRule,
  cadre: CadreFacts,
  kindOf: ReadonlyMap<string, string>,
  day: string,
  placeId?: string,
): boolean {
  if (rule.kind !== 'CADRE' || hasLeft(cadreStatusOn(cadre, day))) return false;
  const ranked = !rule.ranks || cadre.ranks.some((each) => holdsOn(day)(each) && rule.ranks?.includes(each.rank));
  return ranked && isMember(rule, cadre, day) && postsUnder(rule, cadre, kindOf, day, placeId).length > 0;
}

/** What a scheme asks about an organization: which it is, its kind, and the days (half-open) on which it exists. */
export interface OrganizationFacts {
  readonly id: string;
  readonly kind: string;
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

const existsOn = ({ validFrom, validTo }: OrganizationFacts, day: string): boolean =>
  validFrom <= day && (!validTo || day < validTo);

/** Whether an organization may be a contactor under a rule on a day: it exists, and the rule names it or its kind. */
export function organizationMayContact(rule: ContactorRule, organization: OrganizationFacts, day: string): boolean {
  return (
    rule.kind === 'ORGANIZATION' && namedIn(rule, organization.id, organization.kind) && existsOn(organization, day)
  );
}

/** Whether an organization is to be contacted on a day under a scheme with targets of these kinds. */
export function isTarget(targetKinds: readonly string[], organization: OrganizationFacts, day: string): boolean {
  return targetKinds.includes(organization.kind) && existsOn(organization, day);
}

/**
 * Whether a cadre may go along as a liaison on a day: in service, an office cadre, and not division-level or higher
 * (domain.md, section 1). `kindOf` says the kind of an organization.
 */
export function mayGoAlong(cadre: CadreFacts, kindOf: ReadonlyMap<string, string>, day: string): boolean {
  const rank = cadre.ranks.find(holdsOn(day))?.rank;
  const leads = rank !== undefined && LEADING.includes(rank);
  return !hasLeft(cadreStatusOn(cadre, day)) && !leads && isOfficeCadre(cadre.posts, kindOf, day);
}

/**
 * Whether a cadre may go on with the part that they have in a contact, as contactor or as liaison, on a day; `rule` is that of
 * the scheme's version of the day. Of a scheme that has none then nothing is asked but that they serve.
 */
export function mayKeepPart(
  { contactorIds, placeId }: { contactorIds: readonly string[]; placeId: string },
  rule: ContactorRule | undefined,
  cadre: CadreFacts,
  kindOf: ReadonlyMap<string, string>,
  day: string,
): boolean {
  if (!contactorIds.includes(cadre.id)) return mayGoAlong(cadre, kindOf, day);
  return rule ? mayContact(rule, cadre, kindOf, day, placeId) : !hasLeft(cadreStatusOn(cadre, day));
}

/** Liaisons that a scheme allows at most; none where it asks for none. A missing one is a gap, and is not refused. */
export const mostLiaisons = (rule: LiaisonRule | null | undefined): number => rule?.max ?? 0;

/** Who went along until a day (the first without them), since the assignment began or since the former ones left. */
export interface FormerLiaisons {
  readonly liaisonIds: readonly string[];
  readonly until: string;
}

/** An assignment, as far as it is asked who went along before; days are half-open, in Asia/Shanghai. */
export interface Accompanied {
  readonly liaisonIds: readonly string[];
  readonly formerLiaisons?: readonly FormerLiaisons[];
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** Who went along before, where others do from a day on: whoever does until then stays on record. */
export function formerFrom({ liaisonIds, formerLiaisons = [], validFrom }: Accompanied, day: string): FormerLiaisons[] {
  const since = formerLiaisons.at(-1)?.until ?? validFrom;
  return since < day ? [...formerLiaisons, { liaisonIds: [...liaisonIds], until: day }] : [...formerLiaisons];
}

/**
 * {@link formerFrom}, where a file says who goes along: from today on, or from the first day where that lies ahead. What a
 * file says of an assignment that is over mends the record.
 */
export function formerByFile(held: Accompanied, liaisonIds: readonly string[], today: string): FormerLiaisons[] {
  const isOver = held.validTo && held.validTo <= today;
  if (isOver || held.liaisonIds.join() === liaisonIds.join()) return [...(held.formerLiaisons ?? [])];
  return formerFrom(held, held.validFrom > today ? held.validFrom : today);
}

/**
 * The day of which a file speaks when it says who goes along: today, the first day where that lies ahead, and the last one of
 * what is over.
 */
export function dayOfFile({ from, until }: { from: string; until?: string | null | undefined }, today: string): string {
  if (from > today) return from;
  return until && until <= today ? addDays(until, -1) : today;
}

/** Who goes along on a day. */
export function liaisonsOn(
  { liaisonIds, formerLiaisons }: { liaisonIds: readonly string[]; formerLiaisons?: readonly FormerLiaisons[] },
  day: string,
): readonly string[] {
  return formerLiaisons?.find(({ until }) => day < until)?.liaisonIds ?? liaisonIds;
}
