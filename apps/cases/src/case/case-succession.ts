/** An organization that others have taken over, whole or in parts, since a day (YYYY-MM-DD). */
export interface Succession {
  organizationId: string;
  on: string;
  /** Who goes on for it in whatever no part names; absent while it goes on itself. */
  heirId?: string | undefined;
  parts: readonly { successorId: string; residentialAreaIds: readonly string[] }[];
}

/** Who leads a case, and what place it is about. */
export interface CasePlace {
  areaId: string;
  leadOrganizationId?: string | null;
}

/**
 * Lead and place of a case after a succession: the case goes to whoever took the residential area that it is about, and
 * otherwise to whoever goes on for its organization (domain.md, "What crosses the services": to the right successor). An
 * area that goes on as a part of another street stays the place of its cases.
 */
export function afterSuccession(
  { organizationId, heirId, parts }: Succession,
  { areaId, leadOrganizationId = null }: CasePlace,
): { areaId: string; leadOrganizationId: string | null } {
  const taker = parts.find(({ residentialAreaIds }) => residentialAreaIds.includes(areaId))?.successorId;
  return {
    areaId: areaId === organizationId ? (heirId ?? areaId) : areaId,
    leadOrganizationId:
      leadOrganizationId === organizationId ? (taker ?? heirId ?? leadOrganizationId) : leadOrganizationId,
  };
}
