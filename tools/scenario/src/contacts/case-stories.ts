import { topic } from '../cases/categories.ts';
import { monthAfter, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { ActivityLine, Scene } from './activity.ts';
import type { Assigned } from './assignments.ts';
import type { Fieldwork } from './calendar-of-duties.ts';
import { demandOf, type CaseSource } from './demands.ts';

/** What the stories are told with: they are added to visits that take place anyway. */
export interface CaseStoryOptions {
  plan: DistrictPlan;
  assigned: readonly Assigned[];
  work: Fieldwork;
  asOf: Day;
}

/** The months that the manhole cover was put off before the reference day. */
const MANHOLE_MONTHS = 5;

/** The months between the visit that heard of the lamp and the reference day: all of it is over by then. */
const LAMP_MONTHS = 2;

/** "群众反映的下水道阴井盖损坏但久拖不决问题": the demand at a residents' committee that everything began with. */
export function hearOfManhole(options: CaseStoryOptions): CaseSource {
  const where = options.plan.drainage.subdistrictCode;
  const { visit, areaCode } = aVisit(options, monthAfter(options.asOf, -MANHOLE_MONTHS), where);
  return hear(visit, 'manhole', 99, 'roads.manhole', { areaCode });
}

/** A lamp that is out, said at a door: it became a case, was mended, and whoever had heard it came back to say so. */
export function hearOfLamp(options: CaseStoryOptions, household: Scene['household']): CaseSource {
  const { visit, areaCode } = aVisit(options, monthAfter(options.asOf, -LAMP_MONTHS), options.plan.code);
  const householdId = household(areaCode, dice('lamp', areaCode));
  return hear(visit, 'lamp', 98, 'roads.lighting', { areaCode, householdId });
}

/** The first visit of a month to a residential area of an organization by whoever contacts it. */
function aVisit({ assigned, work }: CaseStoryOptions, month: Day, within: string) {
  const areaOf = new Map(
    assigned
      .filter(({ line, targetCode }) => line.scheme === 'division-residential-area' && targetCode.startsWith(within))
      .map(({ line, targetCode }) => [line.id, targetCode]),
  );
  const visit = work.activities.find(
    (one) => one.heldAt.startsWith(month.slice(0, 7)) && areaOf.has(one.assignmentId ?? ''),
  );
  if (!visit) throw new Error(`no visit of ${month.slice(0, 7)} can hear what the story needs`);
  return { visit, areaCode: areaOf.get(visit.assignmentId ?? '') as string };
}

function hear(
  visit: ActivityLine,
  story: string,
  nth: number,
  code: string,
  place: { areaCode: string; householdId?: string },
): CaseSource {
  const about = topic(code);
  const { demand } = demandOf(dice(story), visit.id, nth, place, { topic: about, disposition: 'CASE' });
  visit.demands.push(demand);
  return {
    demandId: demand.id,
    kind: 'ACTIVITY',
    sourceId: visit.id,
    channel: 'VISIT',
    heardAt: visit.heldAt,
    topic: about,
    ...place,
  };
}
