import { caseIdOf, type CaseOpening, type Courses } from '../cases/cases.ts';
import { dayOfInstant } from '../cases/case.ts';
import { addDays, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { ActivityLine } from './activity.ts';

/** A tell-back as the import reads it. */
export interface TellBackLine extends ImportLine {
  type: 'tellBack';
  demandId: string;
  caseId: string;
  cadreId?: string;
  owedFrom: Day;
  toldOn?: Day;
  toldById?: string;
  note?: string;
}

/** Days within which the person is told, from the policy of the organizations service. */
export const TELL_WITHIN_DAYS = 7;

/** What people say to it; ASSUMED. */
const REPLIES = ['表示满意', '表示理解', '还有疑问，已再解释'];

/**
 * Every case of an activity that was closed was told back by whoever heard it, nearly always in time; those closed in the
 * last days before the reference day may still be owed. How often it comes late is ASSUMED.
 */
export function* tellBacks(
  openings: readonly CaseOpening[],
  activities: readonly ActivityLine[],
  courses: Courses,
): Generator<TellBackLine> {
  const heardBy = new Map(activities.map(({ id, contactorIds }) => [id, contactorIds[0]]));
  for (const opening of openings) {
    const { demandId, source, story } = opening;
    const last = courses.of(opening).moves.at(-1);
    if (!demandId || source?.kind !== 'ACTIVITY' || last?.state !== 'CLOSED') continue;
    const random = dice(courses.seed, 'tellBack', demandId);
    const owedFrom = dayOfInstant(last.at);
    const late = random.chance(0.02) && !story;
    const day = addDays(owedFrom, late ? random.int(TELL_WITHIN_DAYS + 1, 15) : random.int(0, TELL_WITHIN_DAYS));
    const cadreId = heardBy.get(source.id);
    yield {
      type: 'tellBack',
      id: idOf('tellBack', demandId),
      demandId,
      caseId: caseIdOf(demandId),
      ...(cadreId && { cadreId }),
      owedFrom,
      ...(cadreId &&
        day < courses.asOf && { toldOn: day, toldById: cadreId, note: `${random.pick(REPLIES)}（演示数据）` }),
    };
  }
}
