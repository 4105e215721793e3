import { v5 } from 'uuid';
import { EXCUSES, dutiesAsked, firstMonthOf, type DutyLine } from '../contacts/calendar-of-duties.ts';
import { demandOf, type CaseSource } from '../contacts/demands.ts';
import { addDays, at, covers, dayNumber, monthAfter, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { HardshipList, PairedAssistanceLine } from './hardship.ts';
import type { HomeVisitLine } from './home-visits.ts';
import type { HouseholdRegister } from './register.ts';

/** What care visits are drawn from; the duties and the visits are read apart, and come out as the same story. */
export interface CareVisitsOptions {
  paired: readonly PairedAssistanceLine[];
  list: HardshipList;
  register: HouseholdRegister;
  asOf: Day;
  seed: string;
}

/** A window in which a helper owed a visit, and what came of it: a visit, an excuse, or nothing yet. */
interface CareOccasion {
  pairing: PairedAssistanceLine;
  areaCode: string;
  duty: DutyLine;
  heldAt?: string;
}

/** The monthly care duties of all pairings, each of the past with the visit or the excuse that explains it. */
export function* careDuties(options: CareVisitsOptions): Generator<DutyLine> {
  for (const { duty } of occasions(options)) yield duty;
}

/** The care visits that fulfil them; what is heard there and becomes a case is handed to `hear`. */
export function* careVisits(options: CareVisitsOptions, hear: (source: CaseSource) => void): Generator<HomeVisitLine> {
  // not the dice of the occasions, which the duties throw as well
  const random = dice(options.seed, 'careDemands');
  for (const { pairing, areaCode, duty, heldAt } of occasions(options)) {
    if (!heldAt || !duty.fulfilledBy) continue;
    const { householdId, cadreId } = pairing;
    const id = duty.fulfilledBy;
    const demands = random.chance(0.02) ? [demandOf(random, id, 0, { areaCode, householdId })] : [];
    for (const { demand, topic } of demands) {
      if (demand.disposition !== 'CASE') continue;
      const source = { demandId: demand.id, kind: 'HOME_VISIT', sourceId: id, channel: 'CARE_VISIT' } as const;
      hear({ ...source, heardAt: heldAt, topic, areaCode, householdId });
    }
    yield {
      type: 'homeVisit',
      id,
      heldAt,
      householdId,
      cadreIds: [cadreId],
      findings: '上门看望，了解生活情况（演示数据）',
      care: true,
      demands: demands.map(({ demand }) => demand),
    };
  }
}

/** Hours at which helpers come: evenings and weekends count. */
const HOURS = [9 * 60, 10 * 60 + 30, 15 * 60, 18 * 60 + 30, 19 * 60];

/** Every window that has begun by the reference day; the months ahead are made by the organizations service. */
function* occasions({ paired, list, register, asOf, seed }: CareVisitsOptions): Generator<CareOccasion> {
  const random = dice(seed, 'careVisits');
  const areaOf = new Map(
    [...list.indexes].map((index) => register.at(index)).map(({ id, grid }) => [id, grid.areaCode]),
  );
  for (let month = firstMonthOf(asOf); month <= asOf; month = monthAfter(month, 1)) {
    const asked = dutiesAsked('assistance-care', month, addDays(monthAfter(month, 1), -1));
    for (const { rule, window } of asked) {
      if (window.start > asOf) continue;
      for (const pairing of paired) {
        if (!covers(pairing, window.start)) continue;
        const areaCode = areaOf.get(pairing.householdId) as string;
        const { id: pairingId, cadreId, householdId, until } = pairing;
        const duty: DutyLine = {
          type: 'duty',
          id: v5(`${rule.code}/${window.occurrence}`, pairingId),
          assistance: { id: pairingId, cadreId, householdId, residentialAreaId: organizationId(areaCode) },
          scheme: 'assistance-care',
          schemeVersion: 1,
          dutyCode: rule.code,
          windowStart: window.start,
          windowEnd: window.end,
        };
        const last = until && until <= window.end ? addDays(until, -1) : window.end;
        const day = addDays(window.start, random.int(0, dayNumber(last) - dayNumber(window.start)));
        const minutes = random.pick(HOURS);
        if (window.end < asOf && random.chance(0.02)) {
          duty.excuse = { by: 'FRONTLINE_OFFICE', reason: `${random.pick(EXCUSES)}（演示数据）`, on: window.start };
          yield { pairing, areaCode, duty };
        } else if (day < asOf) {
          Object.assign(duty, { fulfilledBy: idOf('homeVisit', duty.id), fulfilledOn: day });
          yield { pairing, areaCode, duty, heldAt: at(day, minutes) };
        } else yield { pairing, areaCode, duty };
      }
    }
  }
}
