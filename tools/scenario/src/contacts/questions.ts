import { topics, type CaseKind } from '../cases/categories.ts';
import { addDays, at, type Day } from '../days.ts';
import type { Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import { DEMO } from '../output/import-line.ts';
import type { ActivityLine, HeardCase } from './activity.ts';
import { demandOf } from './demands.ts';
import type { ActivityKind } from './schemes.ts';

/** A question within a dialogue or microblog, as the import reads it. */
export interface Question {
  id: string;
  text: string;
  askedAt: string;
  categoryCode: string;
  caseKind: CaseKind;
  areaId: string;
  answer?: { text: string; answeredAt: string; answeredById?: string };
  /** The demand of the activity that it became, unanswered. */
  demandId?: string;
}

/** How many questions come in, at least and at most; ASSUMED. */
const COUNTS: Partial<Record<ActivityKind, readonly [number, number]>> = { DIALOGUE: [6, 14], MICROBLOG_REPLY: [0, 2] };

/** Days to answer a question, as the district's policy has it; then it becomes a demand. */
const ANSWER_WITHIN_DAYS = 3;

/**
 * What was asked at an activity, if it is one that takes questions: most answered there, some within days. Of the rest each
 * became a demand for a case: at once where the host closed the dialogue, else when its time was over.
 */
export function askAt(line: ActivityLine, areas: readonly string[], random: Dice, asOf: Day): HeardCase[] {
  const [least, most] = COUNTS[line.kind] ?? [0, 0];
  if (most === 0) return [];
  const heard: HeardCase[] = [];
  const day = line.heldAt.slice(0, 10);
  const began = Number(line.heldAt.slice(11, 13)) * 60 + Number(line.heldAt.slice(14, 16));
  const end = began + (line.minutes ?? 30);
  const isClosed = line.kind === 'DIALOGUE' && random.chance(0.5);
  if (isClosed) line.closedAt = at(day, end);
  line.questions = Array.from({ length: random.int(least, most) }, (_, nth): Question => {
    const areaCode = random.pick(areas);
    const topic = random.pick(topics);
    const question: Question = {
      id: idOf('question', `${line.id}/${nth}`),
      text: `${topic.says}${DEMO}`,
      askedAt: at(day, began + random.int(0, 20)),
      categoryCode: topic.code,
      caseKind: topic.kind,
      areaId: organizationId(areaCode),
    };
    const said = random.int(0, 99);
    const later = addDays(day, random.int(1, ANSWER_WITHIN_DAYS));
    const answeredAt = said < 78 || isClosed ? at(day, end - random.int(1, 8)) : at(later, 10 * 60);
    if (said < 90 && answeredAt < at(asOf, 0)) {
      const [answeredById] = line.contactorIds;
      question.answer = { text: `${topic.settled}${DEMO}`, answeredAt, ...(answeredById && { answeredById }) };
      return question;
    }
    const over = addDays(day, ANSWER_WITHIN_DAYS + 1);
    const heardAt = line.closedAt ?? at(over, 0);
    if (heardAt >= at(asOf, 0)) return question;
    const { demand } = demandOf(random, line.id, 50 + nth, { areaCode }, { topic, disposition: 'CASE' });
    line.demands.push(demand);
    const source = { demandId: demand.id, kind: 'ACTIVITY', sourceId: line.id, channel: 'DIALOGUE' } as const;
    heard.push({ ...source, heardAt, topic, areaCode });
    return { ...question, demandId: demand.id };
  });
  return heard;
}
