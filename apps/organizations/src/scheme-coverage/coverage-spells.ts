import {
  isTarget,
  liaisonsOn,
  mayContact,
  organizationMayContact,
  postsUnder,
  timesOfFacts,
  type CadreFacts,
  type FormerLiaisons,
  type OrganizationFacts,
} from '../contact-assignment/assignment-eligibility.ts';
import type { ContactorRule, LiaisonRule, SchemeCardinalities } from '../contact-scheme/contact-scheme.entity.ts';

/** What a version of a scheme says about who contacts whom; days are half-open, in Asia/Shanghai. */
export interface CoverageTerms {
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly contactor: ContactorRule;
  /** None where the targets are no organizations (households): that scheme is covered elsewhere. */
  readonly targetKinds: readonly string[];
  readonly liaisons?: LiaisonRule | null;
  readonly cardinalities?: SchemeCardinalities | null;
}

/** An assignment under that scheme, as far as coverage asks. */
export interface HeldContact {
  readonly contactorIds: readonly string[];
  readonly targetId: string;
  readonly liaisonIds: readonly string[];
  readonly formerLiaisons?: readonly FormerLiaisons[];
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** Who or what a scheme may concern: a cadre, or an organization with the kinds of those where cadres have posts. */
export type Subject =
  | {
      readonly kind: 'CADRE';
      readonly id: string;
      readonly cadre: CadreFacts;
      readonly kindOf: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'ORGANIZATION'; readonly id: string; readonly organization: OrganizationFacts };

/** Which side of a scheme: those who contact, or those who are contacted. */
export type Side = 'CONTACTOR' | 'TARGET';

/** What is wanting, or too much, about somebody who is eligible. */
export type GapReason =
  | 'CONTACTS_NOBODY'
  | 'TOO_FEW_TARGETS'
  | 'TOO_MANY_TARGETS'
  | 'TOO_FEW_LIAISONS'
  | 'NOT_CONTACTED'
  | 'TOO_FEW_CONTACTORS'
  | 'TOO_MANY_CONTACTORS';

/** How it stands with an eligible subject on one side of a scheme while nothing of it changes. */
export interface CoverageState {
  readonly side: Side;
  /** Whether at least one assignment covers it. */
  readonly covered: boolean;
  readonly reasons: readonly GapReason[];
  /** Where it stands: the organizations of the posts by which a cadre is eligible, or the organization itself. */
  readonly placeIds: readonly string[];
}

/** A state with the days for which it holds, half-open. */
export interface CoverageSpell extends CoverageState {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * Every day on which a scheme concerns a subject, as spells of equal state in the order of days, first as a contactor,
 * then as a target. Eligibility comes from the facts of the day (the rules of assignment-eligibility.ts), never from
 * assignments; `held` are the assignments under this scheme in which the subject has a part.
 */
export function coverageSpells(
  terms: readonly CoverageTerms[],
  subject: Subject,
  held: readonly HeldContact[],
): CoverageSpell[] {
  const days = [...new Set([...terms.flatMap(bounds), ...held.flatMap(boundsOfHeld), ...changesOf(subject)])].sort();
  return [asContactor, asTarget].flatMap((stateOn) =>
    spells(days, (day) => {
      const inForce = terms.find(holdsOn(day));
      return inForce && stateOn(inForce, subject, held.filter(holdsOn(day)), day);
    }),
  );
}

type StateOn = (
  terms: CoverageTerms,
  subject: Subject,
  held: readonly HeldContact[],
  day: string,
) => CoverageState | undefined;

const asContactor: StateOn = ({ contactor, targetKinds, liaisons, cardinalities }, subject, held, day) => {
  if (targetKinds.length === 0) return undefined;
  const placeIds = placesAsContactor(contactor, subject, day);
  if (!placeIds) return undefined;
  const mine = held.filter(({ contactorIds }) => contactorIds.includes(subject.id));
  const targets = new Set(mine.map(({ targetId }) => targetId)).size;
  const { min = 1, max = Infinity } = limits(cardinalities?.targetsPerContactor);
  const reasons: GapReason[] = [];
  if (targets === 0) reasons.push('CONTACTS_NOBODY');
  else if (targets < min) reasons.push('TOO_FEW_TARGETS');
  if (targets > max) reasons.push('TOO_MANY_TARGETS');
  if (mine.some((each) => liaisonsOn(each, day).length < (liaisons?.min ?? 0))) reasons.push('TOO_FEW_LIAISONS');
  return { side: 'CONTACTOR', covered: targets > 0, reasons, placeIds };
};

const asTarget: StateOn = ({ targetKinds, cardinalities }, subject, held, day) => {
  if (subject.kind !== 'ORGANIZATION' || !isTarget(targetKinds, subject.organization, day)) return undefined;
  const here = held.filter(({ targetId }) => targetId === subject.id);
  const contactors = new Set(here.flatMap(({ contactorIds }) => contactorIds)).size;
  const { min = 1, max = Infinity } = limits(cardinalities?.contactorsPerTarget);
  const reasons: GapReason[] = [];
  if (contactors === 0) reasons.push('NOT_CONTACTED');
  else if (contactors < min) reasons.push('TOO_FEW_CONTACTORS');
  if (contactors > max) reasons.push('TOO_MANY_CONTACTORS');
  return { side: 'TARGET', covered: contactors > 0, reasons, placeIds: [subject.id] };
};

function placesAsContactor(rule: ContactorRule, subject: Subject, day: string): string[] | undefined {
  if (subject.kind === 'ORGANIZATION')
    return organizationMayContact(rule, subject.organization, day) ? [subject.id] : undefined;
  const { cadre, kindOf } = subject;
  if (!mayContact(rule, cadre, kindOf, day)) return undefined;
  return [...new Set(postsUnder(rule, cadre, kindOf, day))].sort();
}

const limits = (rule: { min?: number | null; max?: number | null } | null | undefined) => ({
  min: rule?.min ?? undefined,
  max: rule?.max ?? undefined,
});

/** The state of each stretch between two days on which something may change; equal neighbours are one spell. */
function spells(days: readonly string[], stateOn: (day: string) => CoverageState | undefined): CoverageSpell[] {
  const found: CoverageSpell[] = [];
  for (const [at, validFrom] of days.entries()) {
    const state = stateOn(validFrom);
    if (!state) continue;
    const validTo = days[at + 1] ?? null;
    const before = found.at(-1);
    if (before?.validTo === validFrom && same(before, state)) found[found.length - 1] = { ...before, validTo };
    else found.push({ ...state, validFrom, validTo });
  }
  return found;
}

const same = (a: CoverageState, b: CoverageState): boolean =>
  a.covered === b.covered && a.reasons.join() === b.reasons.join() && a.placeIds.join() === b.placeIds.join();

const bounds = ({ validFrom, validTo }: { validFrom: string; validTo?: string | null | undefined }): string[] =>
  validTo ? [validFrom, validTo] : [validFrom];

const boundsOfHeld = (held: HeldContact): string[] => [
  ...bounds(held),
  ...(held.formerLiaisons ?? []).map(({ until }) => until).filter((day) => !held.validTo || day < held.validTo),
];

const holdsOn =
  (day: string) =>
  ({ validFrom, validTo }: { validFrom: string; validTo?: string | null }): boolean =>
    validFrom <= day && (!validTo || day < validTo);

/** The days on which a fact of a subject begins or ends. */
function changesOf(subject: Subject): string[] {
  if (subject.kind === 'ORGANIZATION') return bounds(subject.organization);
  return timesOfFacts(subject.cadre).flatMap(({ from, until }) => (until ? [from, until] : [from]));
}
