import { cadreStatusOn, hasLeft, isOfficeCadre } from '@frontline/events';
import type { ContactSchemeVersion, ContactorRule } from '../contact-scheme/contact-scheme.entity.ts';
import type { Patch } from '../patch/patch.entity.ts';
import {
  mayContact,
  mayGoAlong,
  mostLiaisons,
  organizationMayContact,
  type CadreFacts,
} from './assignment-eligibility.ts';
import type { ContactAssignment } from './contact-assignment.entity.ts';
import { assignmentErrors } from './contact-assignment.errors.ts';

const MAX_CONTACTORS = 10;
const MAX_REASON = 500;

/** What an assignment is to be. */
export interface AssignmentTerms {
  scheme: string;
  contactorIds: readonly string[];
  targetId: string;
  liaisonIds: readonly string[];
  from: string;
  until: string | null;
  reason: string;
}

/** An organization as far as assignments ask for it. */
export interface OrganizationThen {
  id: string;
  kind: string;
  validFrom: string;
  validTo?: string | null;
}

/** What rules for assignments rest on. */
export interface AssignmentFacts {
  /** The version of the scheme that holds on the first day. */
  version: Pick<ContactSchemeVersion, 'contactor' | 'liaisons' | 'targetKinds' | 'inPatches'> | undefined;
  cadre(id: string): CadreFacts | undefined;
  organization(id: string): OrganizationThen | undefined;
  /** The patch that is the target, where it is one. */
  patch?: Pick<Patch, 'id' | 'subdistrictId' | 'validFrom' | 'validTo'>;
  /** Other assignments to the target under the scheme. */
  others: readonly { contactorIds: readonly string[]; validFrom: string; validTo?: string | null }[];
}

/** What is contacted, as an assignment keeps it. */
export type Target = Pick<ContactAssignment, 'targetId' | 'targetKind' | 'placeId'>;

/**
 * Refuses terms that the rules of the scheme's version do not allow; `terms` that stood `before` are not asked again. Who goes
 * along is asked of a day, the first one unless another is named. Gives the target.
 */
export function refuseTerms(
  terms: AssignmentTerms,
  facts: AssignmentFacts,
  {
    fieldOf = (name: string) => `input.${name}`,
    before,
    liaisonsOn = terms.from,
  }: { fieldOf?: (name: string) => string; before?: AssignmentTerms; liaisonsOn?: string } = {},
): Target {
  const { from, until, contactorIds, liaisonIds } = terms;
  const { version } = facts;
  const length = terms.reason.trim().length;
  if (length === 0 || length > MAX_REASON)
    throw assignmentErrors('assignment.reason', { max: MAX_REASON }, { field: fieldOf('reason') });
  if (until !== null && until <= from)
    throw assignmentErrors('assignment.period', { from }, { field: fieldOf('until') });
  if (contactorIds.length === 0 || contactorIds.length > MAX_CONTACTORS || twice(contactorIds))
    throw assignmentErrors('assignment.contactors', { max: MAX_CONTACTORS }, { field: fieldOf('contactorIds') });
  if (!version) throw assignmentErrors('assignment.scheme', { from }, { field: fieldOf('scheme') });
  const target = targetOf(terms, facts);
  if (until !== before?.until || !before) refuseTarget(terms, version, facts, fieldOf);
  if (before?.contactorIds.join() !== contactorIds.join())
    for (const [at, id] of contactorIds.entries())
      if (!admitted(version.contactor, id, from, facts, target.placeId))
        throw assignmentErrors('assignment.contactor', { from }, { field: fieldOf(`contactorIds.${at}`) });
  if (before?.liaisonIds.join() !== liaisonIds.join())
    refuseLiaisons(version, liaisonIds, contactorIds, liaisonsOn, facts, fieldOf('liaisonIds'));
  refuseOverlap(terms, facts.others, fieldOf);
  return target;
}

/** Refuses more liaisons than a scheme allows, and who may not go along. */
export function refuseLiaisons(
  { liaisons: rule }: Pick<ContactSchemeVersion, 'liaisons'>,
  ids: readonly string[],
  contactorIds: readonly string[],
  day: string,
  { cadre, organization }: Pick<AssignmentFacts, 'cadre' | 'organization'>,
  field: string,
): void {
  const max = mostLiaisons(rule);
  if (ids.length > max || twice(ids)) throw assignmentErrors('assignment.tooManyLiaisons', { max }, { field });
  for (const [at, id] of ids.entries()) {
    const facts = cadre(id);
    if (!facts) throw assignmentErrors('assignment.liaison', {}, { field: `${field}.${at}` });
    refuseLiaison(facts, contactorIds, day, organization, `${field}.${at}`);
  }
}

/** Refuses a cadre who may not go along with these contactors on a day. */
export function refuseLiaison(
  cadre: CadreFacts,
  contactorIds: readonly string[],
  day: string,
  organization: AssignmentFacts['organization'],
  field: string,
): void {
  const kinds = kindsOf(cadre, organization);
  if (!hasLeft(cadreStatusOn(cadre, day)) && !isOfficeCadre(cadre.posts, kinds, day))
    throw assignmentErrors('assignment.liaisonOffice', { day }, { field });
  if (contactorIds.includes(cadre.id) || !mayGoAlong(cadre, kinds, day))
    throw assignmentErrors('assignment.liaison', {}, { field });
}

/** Whether a scheme's rule admits a cadre or an organization as contactor on a day, of a target in a place if one is named. */
export function admitted(
  rule: ContactorRule,
  id: string,
  day: string,
  { cadre, organization }: Pick<AssignmentFacts, 'cadre' | 'organization'>,
  placeId?: string,
): boolean {
  if (rule.kind === 'CADRE') {
    const facts = cadre(id);
    return facts !== undefined && mayContact(rule, facts, kindsOf(facts, organization), day, placeId);
  }
  const found = organization(id);
  return found !== undefined && organizationMayContact(rule, found, day);
}

/** The kinds of the organizations where a cadre has, had or will have a post. */
export const kindsOf = (
  cadre: Pick<CadreFacts, 'posts'> | undefined,
  organization: AssignmentFacts['organization'],
): Map<string, string> =>
  new Map(
    cadre?.posts.flatMap(({ organizationId }) => {
      const found = organization(organizationId);
      return found ? [[organizationId, found.kind] as const] : [];
    }),
  );

function targetOf({ targetId }: AssignmentTerms, { patch }: AssignmentFacts): Target {
  return patch
    ? { targetId: patch.id, targetKind: 'PATCH', placeId: patch.subdistrictId }
    : { targetId, targetKind: 'ORGANIZATION', placeId: targetId };
}

/** An organization of a kind that the scheme asks for, or a patch of such where it asks for patches, for all of that time. */
function refuseTarget(
  { targetId, from, until }: AssignmentTerms,
  { targetKinds, inPatches }: NonNullable<AssignmentFacts['version']>,
  { organization, patch }: AssignmentFacts,
  fieldOf: (name: string) => string,
): void {
  const target = inPatches ? patch : organization(targetId);
  const lasts = target && target.validFrom <= from && (!target.validTo || (until && until <= target.validTo));
  const isOfKind = inPatches || targetKinds.includes(organization(targetId)?.kind ?? '');
  if (!lasts || !isOfKind) throw assignmentErrors('assignment.target', {}, { field: fieldOf('targetId') });
}

/** One contactor is not fixed twice to a target under one scheme; under two schemes both ask for their own duties. */
function refuseOverlap(
  { from, until, contactorIds }: AssignmentTerms,
  others: AssignmentFacts['others'],
  fieldOf: (name: string) => string,
): void {
  for (const other of others) {
    const apart = (other.validTo && other.validTo <= from) || (until && until <= other.validFrom);
    const at = apart ? -1 : contactorIds.findIndex((id) => other.contactorIds.includes(id));
    if (at >= 0)
      throw assignmentErrors(
        'assignment.overlaps',
        { from: other.validFrom },
        { field: fieldOf(`contactorIds.${at}`) },
      );
  }
}

const twice = (ids: readonly string[]): boolean => new Set(ids).size < ids.length;
