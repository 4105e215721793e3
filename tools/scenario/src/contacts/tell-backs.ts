import { caseIdOf, openingOf, type CaseOpening, type Courses } from '../cases/cases.ts';
import { dayOfInstant } from '../cases/case.ts';
import { addDays, type Day } from '../days.ts';
import { dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { ActivityLine } from './activity.ts';
import type { CaseSource } from './demands.ts';

/** A tell-back as the import reads it. */
export interface TellBackLine extends ImportLine {
  type: 'tellBack';
  demandId: string;
  caseId: string;
  /** Where it was heard, if at a door. */
  homeVisit?: { id: string; areaId: string; cadreIds: string[] };
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
    const { source } = opening;
    if (source?.kind !== 'ACTIVITY') continue;
    const cadreId = heardBy.get(source.id);
    // nobody is known to have told what no cadre heard at an activity
    const told = cadreId ? { toldById: cadreId } : undefined;
    yield* tellBackOf(opening, courses, { ...(cadreId && { cadreId }) }, told);
  }
}

/** What became a case and was heard at a door, and the cadres who went there. */
export interface HeardAtDoor {
  source: CaseSource;
  cadreIds: string[];
}

/** The same for what was heard at doors: by the helper who paid a care visit, or by a service team, of which somebody told the person. */
export function* tellBacksAtDoors(heard: readonly HeardAtDoor[], courses: Courses): Generator<TellBackLine> {
  for (const { source, cadreIds } of heard) {
    const [cadreId] = cadreIds;
    const homeVisit = { id: source.sourceId, areaId: organizationId(source.areaCode), cadreIds };
    const told = cadreId ? { toldById: cadreId } : {};
    yield* tellBackOf(openingOf(source), courses, { homeVisit, ...(cadreId && { cadreId }) }, told);
  }
}

/** The tell-back of a case, if it was closed; `told` by whom, if anybody does. */
function* tellBackOf(
  opening: CaseOpening,
  courses: Courses,
  owed: Pick<TellBackLine, 'cadreId' | 'homeVisit'>,
  told: Pick<TellBackLine, 'toldById'> | undefined,
): Generator<TellBackLine> {
  const { demandId, story } = opening;
  const last = courses.of(opening).moves.at(-1);
  if (!demandId || last?.state !== 'CLOSED') return;
  const random = dice(courses.seed, 'tellBack', demandId);
  const owedFrom = dayOfInstant(last.at);
  const late = random.chance(0.02) && !story;
  const day = addDays(owedFrom, late ? random.int(TELL_WITHIN_DAYS + 1, 15) : random.int(0, TELL_WITHIN_DAYS));
  yield {
    type: 'tellBack',
    id: idOf('tellBack', demandId),
    demandId,
    caseId: caseIdOf(demandId),
    ...owed,
    owedFrom,
    ...(told && day < courses.asOf && { toldOn: day, ...told, note: `${random.pick(REPLIES)}（演示数据）` }),
  };
}
