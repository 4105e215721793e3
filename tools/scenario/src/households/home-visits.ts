import { addDays, at, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import { demandOf, type CaseSource, type Demand } from '../contacts/demands.ts';
import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { HouseholdRegister } from './register.ts';
import type { Team } from './teams.ts';

/** A home visit as the import reads it. */
export interface HomeVisitLine extends ImportLine {
  type: 'homeVisit';
  heldAt: string;
  householdId: string;
  teamId?: string;
  cadreIds: string[];
  findings: string;
  care: boolean;
  demands: Demand[];
}

/** Days before the reference day from which visits to homes are told. */
const DAYS = 92;

/**
 * Visits of service teams to homes of the last months; what they hear that becomes a case is handed to `hear`, so that
 * visits need not be kept.
 */
export function* homeVisits(
  plan: DistrictPlan,
  register: HouseholdRegister,
  teams: readonly Team[],
  options: { count: number; asOf: Day; seed: string },
  hear: (source: CaseSource) => void,
): Generator<HomeVisitLine> {
  const random = dice(options.seed, 'homeVisits');
  const teamOf = new Map<string, string>();
  for (const { line } of teams) if (!line.until) for (const grid of line.gridIds) teamOf.set(grid, line.id);
  for (let nth = 0; nth < options.count; nth += 1) {
    const day = addDays(options.asOf, -random.int(1, DAYS));
    const heldAt = at(day, random.pick([9 * 60, 10 * 60 + 30, 15 * 60, 18 * 60 + 30, 19 * 60]));
    const { id: householdId, grid } = register.at(random.int(0, register.count - 1));
    const teamId = teamOf.get(idOf('grid', grid.code));
    const id = idOf('homeVisit', `${plan.code}/${nth + 1}`);
    const demands = random.chance(0.3) ? [demandOf(random, id, 0, { areaCode: grid.areaCode, householdId })] : [];
    for (const { demand, topic } of demands) {
      if (demand.disposition !== 'CASE') continue;
      const source = { demandId: demand.id, kind: 'HOME_VISIT', sourceId: id, channel: 'HOME_VISIT' } as const;
      hear({ ...source, heardAt: heldAt, topic, areaCode: grid.areaCode, householdId });
    }
    yield {
      type: 'homeVisit',
      id,
      heldAt,
      householdId,
      ...(teamId && { teamId }),
      cadreIds: [],
      findings: '入户走访（演示数据）',
      care: false,
      demands: demands.map(({ demand }) => demand),
    };
  }
}
