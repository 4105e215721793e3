import type { Dice } from '../dice.ts';
import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { Assigned } from './assignments.ts';
import { demandOf, type CaseSource, type Demand } from './demands.ts';
import type { Question } from './questions.ts';
import type { ActivityKind } from './schemes.ts';

/** An activity as the import reads it. */
export interface ActivityLine extends ImportLine {
  type: 'activity';
  kind: ActivityKind;
  heldAt: string;
  minutes?: number;
  place?: string;
  targetId: string;
  assignmentId?: string;
  contactorIds: string[];
  metCount?: number;
  summary: string;
  fulfils: string[];
  demands: Demand[];
  questions?: Question[];
  /** When the host closed a dialogue. */
  closedAt?: string;
}

/** A demand that became a case, with what the case takes from the activity. */
export type HeardCase = CaseSource;

/** Where an activity takes place, and whom it may meet. */
export interface Scene {
  /** Residential areas that its demands can be about; where there are none, none are told. */
  areas: string[];
  venue: string;
  /** The organization where it takes place, if that is not the target of the assignment. */
  targetId?: string;
  /** A household of a residential area. */
  household(areaCode: string, random: Dice): string;
}

const summaries: Partial<Record<ActivityKind, string>> = {
  VISIT: '走访居民，了解近期情况（演示数据）',
  REPORT_HEARD: '听取街镇工作汇报（演示数据）',
  CONDITIONS_REVIEW: '分析近期民情，梳理集中反映的问题（演示数据）',
  DIALOGUE: '与干部群众在线交流（演示数据）',
  MICROBLOG_REPLY: '回应微博提问（演示数据）',
  ENTERPRISE_VISIT: '走访企业，了解经营情况和需求（演示数据）',
};

/** How many demands come up, at most; reviews and reports rarely hear residents themselves, dialogues have questions instead. */
const mostDemands: Partial<Record<ActivityKind, number>> = {
  VISIT: 2,
  REPORT_HEARD: 0,
  CONDITIONS_REVIEW: 0,
};

/** An activity of the contactors of some assignments with one target, and the cases that it leads to. */
export function activityOf(
  random: Dice,
  kind: ActivityKind,
  owing: readonly Assigned[],
  heldAt: string,
  fulfils: string[],
  scene: Scene,
): { line: ActivityLine; heard: HeardCase[] } {
  const first = owing[0] as Assigned;
  const id = idOf('activity', `${first.line.id}/${kind}/${heldAt}`);
  const heard: HeardCase[] = [];
  const most = scene.areas.length > 0 ? (mostDemands[kind] ?? 0) : 0;
  const demands = Array.from({ length: random.int(0, most) }, (_, nth) => {
    const areaCode = random.pick(scene.areas);
    const householdId = kind === 'VISIT' && random.chance(0.4) ? scene.household(areaCode, random) : undefined;
    const { demand, topic } = demandOf(random, id, nth, { areaCode, ...(householdId && { householdId }) });
    if (demand.disposition === 'CASE') {
      heard.push({
        demandId: demand.id,
        kind: 'ACTIVITY',
        sourceId: id,
        channel: 'VISIT',
        heardAt: heldAt,
        topic,
        areaCode,
        ...(householdId && { householdId }),
      });
    }
    return demand;
  });
  const contactorIds = [...new Set(owing.flatMap(({ attending }) => attending))];
  const line: ActivityLine = {
    type: 'activity',
    id,
    kind,
    heldAt,
    minutes: random.int(4, 18) * 10,
    place: scene.venue,
    targetId: scene.targetId ?? first.line.targetId,
    assignmentId: first.line.id,
    contactorIds,
    metCount: random.int(2, 30),
    summary: summaries[kind] ?? '演示数据',
    fulfils,
    demands,
  };
  return { line, heard };
}
