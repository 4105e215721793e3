import type { OrganizationKind, OrganizationTree } from './organization-enums.ts';

const STREETS: readonly OrganizationKind[] = ['SUBDISTRICT', 'TOWN'];

/** Kinds that are the territory itself; each stands under one other kind. Everything else may stand under any of them. */
const TERRITORY: Partial<Record<OrganizationKind, readonly OrganizationKind[]>> = {
  DISTRICT: [],
  SUBDISTRICT: ['DISTRICT'],
  TOWN: ['DISTRICT'],
  RESIDENTIAL_AREA: STREETS,
};

/**
 * Whether an organization of a kind can stand under one of another kind in a tree: district → subdistrict or town →
 * residential area in the territory, where everything else may stand under each of these, and a party branch under the
 * unit that it is the branch of; in the tree of functions everything but the territory below the district.
 */
export function mayStandUnder(tree: OrganizationTree, kind: OrganizationKind, parent: OrganizationKind): boolean {
  if (tree === 'FUNCTION') return kind !== 'DISTRICT' && kind !== 'RESIDENTIAL_AREA' && parent !== 'RESIDENTIAL_AREA';
  if (kind === 'PARTY_BRANCH') return parent !== 'PARTY_BRANCH';
  const above = TERRITORY[kind];
  return above ? above.includes(parent) : parent in TERRITORY;
}

/** Whether an organization of one kind can take over one of another: a street a street, otherwise the same kind. */
export function canSucceed(kind: OrganizationKind, successor: OrganizationKind): boolean {
  return kind === successor || (STREETS.includes(kind) && STREETS.includes(successor));
}

/**
 * Who goes on for an organization in whatever no part names: its main successor of the day on which it ends. Nobody while
 * it goes on itself, or when nobody takes it over.
 */
export function heirOf<P extends { successorId: string; residentialAreaIds: readonly string[]; validFrom: string }>(
  { validTo }: { validTo?: string | null },
  successions: readonly P[],
): string | undefined {
  const last = successions.filter(({ validFrom }) => validFrom === validTo);
  return last.length > 0 ? mainPart(last).successorId : undefined;
}

/** Of several successors, whoever takes the most residential areas goes on for the organization; the first of equals. */
export function mainPart<P extends { residentialAreaIds: readonly string[] }>(parts: readonly P[]): P {
  return parts.reduce((main, part) => (part.residentialAreaIds.length > main.residentialAreaIds.length ? part : main));
}
