import { dirname, join } from 'node:path';
import type { CaseCategoryLine } from './cases/categories.ts';
import type { CaseLine } from './cases/case.ts';
import type { ActivityLine } from './contacts/activity.ts';
import type { ContactAssignmentLine, LiaisonLine } from './contacts/assignments.ts';
import type { HandoverLine } from './contacts/departure-story.ts';
import type { DutyLine } from './contacts/calendar-of-duties.ts';
import type { ReceptionDayLine } from './contacts/receptions.ts';
import type { PatchLine } from './contacts/patches.ts';
import type { ContactSchemeLine } from './contacts/schemes.ts';
import type { TellBackLine } from './contacts/tell-backs.ts';
import type { GridLine } from './households/grids.ts';
import type { PairedAssistanceLine } from './households/hardship.ts';
import type { HomeVisitLine } from './households/home-visits.ts';
import type { HouseholdLine } from './households/households.ts';
import type { ParticipantLine, ServiceTeamLine } from './households/teams.ts';
import type { BranchPairingLine } from './organizations/branches.ts';
import type { PairingPlanLine } from './organizations/pairing-plans.ts';
import type { OrganizationLine } from './organizations/organization.ts';
import type { AccountLine } from './personnel/accounts.ts';
import type { CadreLine } from './personnel/cadre.ts';
import type { ExperienceLine } from './personnel/experience.ts';
import type { PublicRepresentativeLine } from './personnel/representatives.ts';
import type { DistrictPlan } from './plan/district-plan.ts';
import { scenarioOf, type Stories } from './scenario.ts';

/** Every type of line there is, with its shape. */
export interface Lines {
  cadre: CadreLine[];
  experience: ExperienceLine[];
  liaison: LiaisonLine[];
  publicRepresentative: PublicRepresentativeLine[];
  account: AccountLine[];
  organization: OrganizationLine[];
  patch: PatchLine[];
  contactScheme: ContactSchemeLine[];
  contactAssignment: ContactAssignmentLine[];
  handover: HandoverLine[];
  duty: DutyLine[];
  activity: ActivityLine[];
  tellBack: TellBackLine[];
  receptionDay: ReceptionDayLine[];
  branchPairing: BranchPairingLine[];
  pairingPlan: PairingPlanLine[];
  grid: GridLine[];
  serviceTeam: ServiceTeamLine[];
  participant: ParticipantLine[];
  household: HouseholdLine[];
  pairedAssistance: PairedAssistanceLine[];
  homeVisit: HomeVisitLine[];
  caseCategory: CaseCategoryLine[];
  case: CaseLine[];
}

/** A whole scenario in memory, by type of line, as its readers would see it. */
export function readScenario(plan: DistrictPlan, scale = 1, asOf = '2018-08-17', seed = '1'): Lines {
  return readWithStories(plan, scale, asOf, seed).lines;
}

/** The same, and the numbers of its stories. */
export function readWithStories(
  plan: DistrictPlan,
  scale = 1,
  asOf = '2018-08-17',
  seed = '1',
): { lines: Lines; stories: Stories } {
  const lines: Record<string, unknown[]> = {};
  const { personnel, organizations, households, cases, stories } = scenarioOf({ plan, scale, asOf, seed });
  for (const part of [personnel, households, organizations, cases]) {
    for (const line of part) (lines[line.type] ??= []).push(line);
  }
  return { lines: lines as unknown as Lines, stories };
}

/** The program as a user calls it. */
export const program = join(dirname(new URL(import.meta.url).pathname), 'main.ts');
