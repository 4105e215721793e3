import { topic } from '../cases/categories.ts';
import { monthAfter, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Fieldwork } from './calendar-of-duties.ts';
import { demandOf, type CaseSource } from './demands.ts';
import type { Assigned } from './assignments.ts';

/** The months that the manhole cover was put off before the reference day. */
const MONTHS = 5;

/**
 * "群众反映的下水道阴井盖损坏但久拖不决问题": the demand at a residents' committee that everything began with. It is added to a
 * visit that takes place anyway.
 */
export function hearOfManhole(
  plan: DistrictPlan,
  assigned: readonly Assigned[],
  work: Fieldwork,
  asOf: Day,
): CaseSource {
  const month = monthAfter(asOf, -MONTHS).slice(0, 7);
  const areaOf = new Map(
    assigned
      .filter(
        ({ line, targetCode }) =>
          line.scheme === 'division-residential-area' && targetCode.startsWith(plan.drainage.subdistrictCode),
      )
      .map(({ line, targetCode }) => [line.id, targetCode]),
  );
  const visit = work.activities.find((one) => one.heldAt.startsWith(month) && areaOf.has(one.assignmentId ?? ''));
  if (!visit) throw new Error(`no visit of ${month} can hear of the manhole cover`);
  const areaCode = areaOf.get(visit.assignmentId ?? '') as string;
  const manhole = topic('roads.manhole');
  const { demand } = demandOf(dice('manhole'), visit.id, 99, { areaCode }, { topic: manhole, disposition: 'CASE' });
  visit.demands.push(demand);
  return {
    demandId: demand.id,
    kind: 'ACTIVITY',
    sourceId: visit.id,
    channel: 'VISIT',
    heardAt: visit.heldAt,
    topic: manhole,
    areaCode,
  };
}
