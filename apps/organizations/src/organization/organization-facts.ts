import { isCreditCode } from './credit-code.ts';
import { officialCodeProblem } from './official-code.ts';
import type { BranchSector, OrganizationKind } from './organization-enums.ts';
import { organizationErrors } from './organization.errors.ts';
import { impossibleMeasure, measures } from './organization-measures.ts';

/** What an organization is, whatever the day. */
export interface LastingFacts {
  code: string;
  creditCode: string | null;
  kind: OrganizationKind;
  sector: BranchSector | null;
  residents: number | null;
  areaKm2: number | null;
}

/** Refuses codes that can't be, a sector of what is no party branch, and impossible measures; `at` stands before the field's name. */
export function refuseFacts({ code, creditCode, kind, sector, residents, areaKm2 }: LastingFacts, at = ''): void {
  const rule = officialCodeProblem(kind, code);
  if (rule) throw organizationErrors('organization.code', { rule }, { field: `${at}code` });
  if (creditCode !== null && !isCreditCode(creditCode))
    throw organizationErrors('organization.creditCode', {}, { field: `${at}creditCode` });
  if ((kind === 'PARTY_BRANCH') !== (sector !== null))
    throw organizationErrors('organization.sector', {}, { field: `${at}sector` });
  const wrong = impossibleMeasure({ residents, areaKm2 });
  if (wrong) throw organizationErrors('organization.measure', measures[wrong], { field: `${at}${wrong}` });
}
