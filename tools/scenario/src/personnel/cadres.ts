import { departingCareer } from '../contacts/departure-story.ts';
import { apportion, dice, type Dice } from '../dice.ts';
import { officeCode } from '../organizations/offices.ts';
import type { OrganizationKind } from '../organizations/organization.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { cadreOf, type Cadre, type Career, type Rank } from './cadre.ts';
import { departed, retiredDivision, retiredLeader, servingCareer, type Cohort } from './careers.ts';

interface Slot {
  code: string;
  kind: OrganizationKind;
  rank: Rank;
  cohort: Cohort;
  joinsParty: boolean;
}

const RANKS: readonly Rank[] = ['BUREAU', 'DIVISION', 'SECTION', 'STAFF'];

function organizationsOf(
  plan: DistrictPlan,
): Record<keyof DistrictPlan['staffing'], { code: string; kind: OrganizationKind }[]> {
  const list = (count: number, kind: OrganizationKind, code: (plan: DistrictPlan, nth: number) => string) =>
    Array.from({ length: count }, (_, nth) => ({ code: code(plan, nth + 1), kind }));
  return {
    LEADING_BODY: list(plan.leadingBodies.length, 'LEADING_BODY', officeCode.leadingBody),
    DEPARTMENT: list(plan.departments.length, 'DEPARTMENT', officeCode.department),
    INSTITUTION: list(plan.institutions, 'INSTITUTION', officeCode.institution),
    STATE_OWNED_ENTERPRISE: list(plan.stateOwnedEnterprises, 'STATE_OWNED_ENTERPRISE', officeCode.stateOwnedEnterprise),
    SUBDISTRICT: plan.subdistricts.map(({ code, kind }) => ({ code, kind })),
  };
}

/** One slot for everybody who serves on the day of the figures. */
function slotsOf(plan: DistrictPlan): Slot[] {
  return Object.entries(organizationsOf(plan)).flatMap(([kindOfStaffing, organizations]) => {
    const staffing = plan.staffing[kindOfStaffing as keyof DistrictPlan['staffing']];
    return RANKS.flatMap((rank) => {
      const counts = apportion(
        staffing[rank],
        organizations.map(() => 1),
      );
      return organizations.flatMap((organization, at) =>
        Array.from({ length: counts[at] as number }, (): Slot => ({
          ...organization,
          rank,
          cohort: 'OTHER',
          joinsParty: true,
        })),
      );
    });
  });
}

/** Picks, among the slots, those who were counted in 2005 and those who never joined the Party. */
function cast(plan: DistrictPlan, slots: Slot[], random: Dice): void {
  const { population, young, retiredSince } = plan.experience;
  const leaders = random.shuffled(slots.filter(({ rank }) => rank === 'BUREAU'));
  const leadersThen = Math.round(leaders.length * 0.85);
  for (const slot of leaders.slice(0, leadersThen)) slot.cohort = 'DIVISION_THEN';
  const divisions = random.shuffled(slots.filter(({ rank }) => rank === 'DIVISION'));
  for (const slot of divisions.slice(0, population - young - retiredSince - leadersThen)) slot.cohort = 'DIVISION_THEN';
  const inOffice = random.shuffled(
    slots.filter(
      ({ kind, cohort, rank }) =>
        (kind === 'DEPARTMENT' || kind === 'LEADING_BODY') && cohort === 'OTHER' && rank !== 'BUREAU',
    ),
  );
  // those of 2005 have come far since: take them from the higher ranks first, but leave most of each to others
  const quota: Record<Rank, number> = {
    BUREAU: 0,
    DIVISION: Math.ceil(young * 0.2),
    SECTION: Math.ceil(young * 0.5),
    STAFF: young,
  };
  let left = young;
  for (const rank of RANKS) {
    const chosen = inOffice.filter((slot) => slot.rank === rank).slice(0, Math.min(left, quota[rank]));
    for (const slot of chosen) slot.cohort = 'YOUNG_THEN';
    left -= chosen.length;
  }
  if (left > 0) throw new Error('too few office cadres for the young ones of 2005');
  const outside = slots.length - plan.party.helpers - plan.party.notHelping;
  const staff = random.shuffled(slots.filter(({ rank }) => rank === 'STAFF'));
  for (const slot of staff.slice(0, outside)) slot.joinsParty = false;
}

/** Everybody whom the personnel register knows, those who have left included; staff numbers go by organization. */
export function cadresOf(plan: DistrictPlan, seed: string): Cadre[] {
  const random = dice(seed, 'cadres');
  const slots = slotsOf(plan);
  cast(plan, slots, random);
  const offices = organizationsOf(plan);
  const cadres: Cadre[] = [];
  const add = (
    post: { code: string; kind: OrganizationKind },
    career: Career,
    membership: 'PARTY' | 'LEAGUE' | 'NONE',
  ): void => {
    cadres.push(cadreOf(plan.prefix, cadres.length + 1, random, post, career, membership));
  };
  for (const slot of slots) {
    const career = servingCareer(random, slot.rank, slot.cohort);
    const earlier = random.pick(offices.DEPARTMENT).code;
    const mayMove = career.recruitedOn < '2012-01-01' && earlier !== slot.code && random.chance(0.35);
    const before = mayMove
      ? { before: { organizationCode: earlier, until: `${random.int(2013, 2015)}-0${random.int(1, 9)}-01` } }
      : {};
    const membership = slot.joinsParty ? 'PARTY' : career.bornOn > '1990-06-30' ? 'LEAGUE' : 'NONE';
    add(slot, { ...career, ...before }, membership);
  }
  const posts = [...offices.DEPARTMENT, ...offices.INSTITUTION, ...offices.SUBDISTRICT];
  for (let nth = 0; nth < plan.experience.retiredSince; nth += 1)
    add(random.pick(posts), retiredDivision(random), 'PARTY');
  for (let nth = 0; nth < plan.staffing.LEADING_BODY.BUREAU; nth += 1)
    add(random.pick(offices.LEADING_BODY), retiredLeader(random), 'PARTY');
  for (let nth = 0; nth < Math.ceil(slots.length / 60); nth += 1) add(random.pick(posts), departed(random), 'PARTY');
  add(offices.DEPARTMENT[0] as (typeof posts)[number], departingCareer, 'PARTY');
  return cadres;
}
