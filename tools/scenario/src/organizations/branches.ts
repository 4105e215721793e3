import { dice } from '../dice.ts';
import { addDays, type Day } from '../days.ts';
import { idOf } from '../ids.ts';
import { DEMO, type ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { officeCode } from './offices.ts';
import { organization, type BranchSector, type OrganizationLine } from './organization.ts';
import { areaCodes } from './territory.ts';

/** A pairing of branches as the import reads it. */
export interface BranchPairingLine extends ImportLine {
  type: 'branchPairing';
  branchId: string;
  partnerId: string;
  from: Day;
  until?: Day;
  reason: string;
  endReason?: 'REARRANGED';
}

const sectorNames: Record<BranchSector, { letter: string; zh: string; en: string }> = {
  OFFICE: { letter: 'O', zh: '机关', en: 'Office' },
  SOE: { letter: 'S', zh: '国企', en: 'State-owned Enterprise' },
  INSTITUTION: { letter: 'I', zh: '事业单位', en: 'Institution' },
  COMMUNITY: { letter: 'C', zh: '社区', en: 'Community' },
  TWO_NEW: { letter: 'N', zh: '两新组织', en: 'Two-new' },
};

/** Code of the nth party branch of a sector. */
export const branchCode = (plan: DistrictPlan, sector: BranchSector, nth: number): string =>
  `${plan.code}-B${sectorNames[sector].letter}${String(nth).padStart(3, '0')}`;

/** Party branches: of offices, state-owned enterprises and institutions; of communities and “two-new” organizations. */
export function* branches(plan: DistrictPlan): Generator<OrganizationLine> {
  const areas = areaCodes(plan);
  const hosts: Record<BranchSector, { count: number; code: (nth: number) => string; tree: 'TERRITORY' | 'FUNCTION' }> =
    {
      OFFICE: {
        count: plan.branches.office,
        tree: 'FUNCTION',
        code: (n) => officeCode.department(plan, 1 + (n % plan.departments.length)),
      },
      SOE: {
        count: plan.branches.soe,
        tree: 'FUNCTION',
        code: (n) => officeCode.stateOwnedEnterprise(plan, 1 + (n % plan.stateOwnedEnterprises)),
      },
      INSTITUTION: {
        count: plan.branches.institution,
        tree: 'FUNCTION',
        code: (n) => officeCode.institution(plan, 1 + (n % plan.institutions)),
      },
      COMMUNITY: { count: plan.branches.community, tree: 'TERRITORY', code: (n) => areas[n % areas.length] as string },
      TWO_NEW: {
        count: plan.branches.twoNew,
        tree: 'TERRITORY',
        code: (n) => officeCode.enterprise(plan, 1 + (n % plan.enterprises)),
      },
    };
  for (const [sector, { count, code, tree }] of Object.entries(hosts) as [BranchSector, (typeof hosts)['SOE']][]) {
    const { zh, en } = sectorNames[sector];
    for (let nth = 1; nth <= count; nth += 1) {
      const name = { zh: `${zh}第${nth}党支部${DEMO}`, en: `${en} Party Branch ${nth} (demo)` };
      // a two-new branch may not be older than its enterprise, which was founded in 2009 at the latest
      const from = sector === 'TWO_NEW' ? '2010-01-01' : '2001-01-01';
      yield organization(
        branchCode(plan, sector, nth),
        'PARTY_BRANCH',
        name,
        { tree, code: code(nth - 1) },
        { sector, from },
      );
    }
  }
}

/**
 * Pairings: exactly so many community and two-new branches have one on the day of the figures. Some of them have two, some
 * branches had one that has ended, some get one later, some have none.
 */
export function* branchPairings(plan: DistrictPlan, seed: string): Generator<BranchPairingLine> {
  const random = dice(seed, 'pairings');
  const { office, soe, institution, community, twoNew, paired } = plan.branches;
  const list = (sector: BranchSector, count: number): string[] =>
    Array.from({ length: count }, (_, nth) => branchCode(plan, sector, nth + 1));
  const partners = random.shuffled([
    ...list('OFFICE', office),
    ...list('SOE', soe),
    ...list('INSTITUTION', institution),
  ]);
  const targets = random.shuffled([...list('COMMUNITY', community), ...list('TWO_NEW', twoNew)]);
  const today = plan.figuresDay;
  const pairing = (index: number, target: string, from: Day, until?: Day): BranchPairingLine => {
    const partner = partners[index % partners.length] as string;
    return {
      type: 'branchPairing',
      id: idOf('branchPairing', `${partner}/${target}/${from}`),
      branchId: idOf('organization', partner),
      partnerId: idOf('organization', target),
      from,
      ...(until && { until }),
      reason: '组织安排结对共建（演示数据）',
      ...(until && { endReason: 'REARRANGED' }),
    };
  };
  const early = (): Day => addDays('2017-02-01', random.int(0, 480));
  for (const [index, target] of targets.entries()) {
    if (index < paired) {
      const from = early();
      if (random.chance(0.1)) yield pairing(index + 7, target, addDays(from, -700), from);
      yield pairing(index, target, from);
      if (random.chance(0.03)) yield pairing(index + 1, target, addDays('2018-07-01', random.int(0, 30)));
    } else if ((index - paired) % 3 === 0)
      yield pairing(index, target, '2017-03-01', addDays(today, -random.int(1, 200)));
    else if ((index - paired) % 3 === 1) yield pairing(index, target, addDays(today, random.int(1, 40)));
  }
}
