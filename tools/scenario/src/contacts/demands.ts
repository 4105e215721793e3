import { topics, type CaseKind, type Topic } from '../cases/categories.ts';
import type { Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import { DEMO } from '../output/import-line.ts';

/** A demand within an activity or home visit, as the imports read it. */
export interface Demand {
  id: string;
  text: string;
  disposition: 'SETTLED_ON_SPOT' | 'OPINION' | 'CASE' | 'TRANSFERRED_OUT';
  categoryCode: string;
  caseKind?: CaseKind;
  areaId: string;
  householdId?: string;
  outcome?: string;
}

/** What a case needs to know of the demand that opens it. */
export interface CaseSource {
  demandId: string;
  kind: 'ACTIVITY' | 'HOME_VISIT';
  sourceId: string;
  channel: 'VISIT' | 'HOME_VISIT' | 'CARE_VISIT' | 'DIALOGUE' | 'RECEPTION';
  /** When it was said, an instant. */
  heardAt: string;
  topic: Topic;
  areaCode: string;
  householdId?: string;
}

/** How often what is heard leads to what: most is settled on the spot. ASSUMED. */
function disposition(random: Dice): Demand['disposition'] {
  const throwOf100 = random.int(0, 99);
  if (throwOf100 < 52) return 'SETTLED_ON_SPOT';
  if (throwOf100 < 82) return 'OPINION';
  return throwOf100 < 95 ? 'CASE' : 'TRANSFERRED_OUT';
}

/** The nth demand of an activity or visit, about a residential area and perhaps one of its households. */
export function demandOf(
  random: Dice,
  sourceId: string,
  nth: number,
  place: { areaCode: string; householdId?: string },
  given?: { topic: Topic; disposition: Demand['disposition'] },
): { demand: Demand; topic: Topic } {
  const topic = given?.topic ?? random.pick(topics);
  const what = given?.disposition ?? disposition(random);
  const outcome =
    what === 'SETTLED_ON_SPOT'
      ? topic.settled
      : what === 'TRANSFERRED_OUT'
        ? `已转信访，回执 ${random.int(1000, 9999)}`
        : undefined;
  return {
    topic,
    demand: {
      id: idOf('demand', `${sourceId}/${nth}`),
      text: `${topic.says}${DEMO}`,
      disposition: what,
      categoryCode: topic.code,
      ...(what === 'CASE' && { caseKind: topic.kind }),
      areaId: organizationId(place.areaCode),
      ...(place.householdId && { householdId: place.householdId }),
      ...(outcome && { outcome }),
    },
  };
}
