import { v5 } from 'uuid';
import { isWorkingDay, Recurrence, windowsBetween, type Window } from '@frontline/calendar';
import { addDays, at, covers, dayNumber, monthAfter, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { areaCodes } from '../organizations/territory.ts';
import { activityOf, type ActivityLine, type HeardCase, type Scene } from './activity.ts';
import type { Assigned } from './assignments.ts';
import { askAt } from './questions.ts';
import { schemes, type DutyRule, type SchemeCode } from './schemes.ts';

/** A duty as the import reads it. */
export interface DutyLine extends ImportLine {
  type: 'duty';
  assignmentId?: string;
  /** Of a care duty, which has no assignment. */
  assistance?: { id: string; cadreId: string; householdId: string; residentialAreaId: string };
  scheme: string;
  schemeVersion: number;
  dutyCode: string;
  windowStart: Day;
  windowEnd: Day;
  fulfilledBy?: string;
  fulfilledOn?: Day;
  excuse?: { by: string; reason: string; on: Day };
}

/** What was owed and what took place, months of it. */
export interface Fieldwork {
  duties: DutyLine[];
  activities: ActivityLine[];
  heard: HeardCase[];
}

/** First month with duties, as the scenario tells of contacts from then on. */
const FIRST_MONTH: Day = '2017-07-01';

/** Who excuses, and why; ASSUMED. */
export const EXCUSES = ['病假', '市里统一培训', '防汛防台值守'];

/** The first month of which duties are told, as of a reference day. */
export const firstMonthOf = (asOf: Day): Day =>
  monthAfter(asOf, -13) > FIRST_MONTH ? monthAfter(asOf, -13) : FIRST_MONTH;

interface Occasion {
  rule: DutyRule;
  /** Assignments that owe this activity in the window; their contactors come together. */
  owing: Assigned[];
  window: Window;
  /** When it is held if nothing comes between. */
  day: Day;
  scene: Scene;
}

/**
 * Duties from the first month to the one after the reference day, each of the past with the activity or excuse that
 * explains it: nearly all kept in time, a few late, a few excused, none just missed.
 */
export function fieldworkOf(
  plan: DistrictPlan,
  assigned: readonly Assigned[],
  asOf: Day,
  seed: string,
  household: Scene['household'],
): Fieldwork {
  const random = dice(seed, 'fieldwork');
  const work: Fieldwork = { duties: [], activities: [], heard: [] };
  const areas = areaCodes(plan);
  for (let month = firstMonthOf(asOf); month <= monthAfter(asOf, 1); month = monthAfter(month, 1)) {
    for (const occasion of occasions(assigned, month, areas, random, household)) hold(occasion, asOf, random, work);
  }
  const others = dice(seed, 'fieldwork of patches and enterprises');
  for (let month = firstMonthOf(asOf); month <= monthAfter(asOf, 1); month = monthAfter(month, 1)) {
    for (const occasion of otherOccasions(assigned, month, others, household)) hold(occasion, asOf, others, work);
  }
  return work;
}

function* occasions(
  assigned: readonly Assigned[],
  month: Day,
  areas: readonly string[],
  random: Dice,
  household: Scene['household'],
): Generator<Occasion> {
  const monthEnd = addDays(monthAfter(month, 1), -1);
  const current = assigned.filter(
    ({ line }) => line.from <= month && (line.until === undefined || line.until > monthEnd),
  );
  const within = (code: string): string[] => areas.filter((area) => area.startsWith(code));
  const bureau = Map.groupBy(
    current.filter(({ line }) => line.scheme === 'bureau-subdistrict'),
    ({ targetCode }) => targetCode,
  );
  const asked = dutiesAsked('bureau-subdistrict', month, monthEnd);
  for (const [code, owing] of bureau) {
    for (const { rule, window } of asked) {
      const scene = { areas: within(code), venue: rule.activity === 'VISIT' ? '居民区' : '街镇会议室', household };
      yield { rule, owing, window, day: someDay(month, random), scene };
    }
  }
  for (const { rule, window } of dutiesAsked('division-residential-area', month, monthEnd)) {
    // whoever holds the contact on the day, be it taken over in the middle of a month
    for (const one of assigned) {
      if (one.line.scheme !== 'division-residential-area' || !covers(one.line, window.start)) continue;
      const scene = { areas: [one.targetCode], venue: '居委会', household };
      yield { rule, owing: [one], window, day: window.start, scene };
    }
  }
  for (const one of current.filter(({ line }) => line.scheme.startsWith('dialogue-'))) {
    for (const { rule, window } of dutiesAsked(one.line.scheme, month, monthEnd)) {
      const scene = { areas: [...areas], venue: '网上', household };
      yield { rule, owing: [one], window, day: someDay(month, random), scene };
    }
  }
  for (const { rule, window } of dutiesAsked('secretary-microblog', month, monthEnd)) {
    for (const one of current.filter(({ line }) => line.scheme === 'secretary-microblog')) {
      const scene = { areas: [one.targetCode], venue: '微博', household };
      yield { rule, owing: [one], window, day: addDays(window.start, random.int(0, 5)), scene };
    }
  }
}

/** Of the schemes of 2018: groups who visit an area of their patch, leaders and units who visit enterprises and universities. */
function* otherOccasions(
  assigned: readonly Assigned[],
  month: Day,
  random: Dice,
  household: Scene['household'],
): Generator<Occasion> {
  const monthEnd = addDays(monthAfter(month, 1), -1);
  const asked = new Map(SCHEMES_OF_2018.map((scheme) => [scheme, dutiesAsked(scheme, month, monthEnd)]));
  for (const one of assigned) {
    const { scheme, from, until } = one.line;
    for (const { rule, window } of asked.get(scheme) ?? []) {
      if (window.start < from || (until !== undefined && until <= window.start)) continue;
      const area = one.areas && random.pick(one.areas);
      const last = until !== undefined && until <= window.end ? addDays(until, -1) : window.end;
      const day = workingDay(
        addDays(window.start, random.int(0, dayNumber(last) - dayNumber(window.start))),
        window.start,
      );
      const scene: Scene = { areas: area ? [area] : [], venue: area ? '居委会' : '企业或院校', household };
      yield { rule, owing: [one], window, day, scene: { ...scene, ...(area && { targetId: organizationId(area) }) } };
    }
  }
}

const SCHEMES_OF_2018: readonly SchemeCode[] = [
  'leaders-patch',
  'leaders-enterprise',
  'department-enterprise',
  'leaders-university',
];

/** The last working day up to a day, but not before another. */
function workingDay(day: Day, earliest: Day): Day {
  let found = day;
  while (!isWorkingDay(found) && found > earliest) found = addDays(found, -1);
  return found;
}

/** What a scheme's rules ask in the windows that open from one day to another. */
export function dutiesAsked(code: SchemeCode, from: Day, to: Day): { rule: DutyRule; window: Window }[] {
  const version = schemes.find((scheme) => scheme.code === code)?.versions.at(-1);
  return (version?.duties ?? []).flatMap((rule) => {
    const owed = { ...rule, recurrence: Recurrence.parse(rule.recurrence) };
    return windowsBetween(owed, from, to, version?.validFrom ?? from).map((window) => ({ rule, window }));
  });
}

/** A working day of the month, or now and then a Saturday: evenings and weekends count. */
function someDay(month: Day, random: Dice): Day {
  let day = addDays(month, random.int(0, 27));
  while (!isWorkingDay(day) && !random.chance(0.2)) day = addDays(day, day.slice(8) < '28' ? 1 : -9);
  return day;
}

function hold(occasion: Occasion, asOf: Day, random: Dice, work: Fieldwork): void {
  const { rule, owing, day } = occasion;
  const { occurrence, start: windowStart, end: windowEnd } = occasion.window;
  const duties = owing.map(({ line }): DutyLine => ({
    type: 'duty',
    // the natural key by which the organizations service knows its duties, so that it makes none of these again
    id: v5(`${rule.code}/${occurrence}`, line.id),
    assignmentId: line.id,
    scheme: line.scheme,
    schemeVersion: 1,
    dutyCode: rule.code,
    windowStart,
    windowEnd,
  }));
  work.duties.push(...duties);
  const excused = random.chance(0.02);
  // replies that come after their week are those of the next one
  const late = !excused && rule.activity !== 'MICROBLOG_REPLY' && random.chance(0.01);
  const held = late ? addDays(windowEnd, random.int(1, 9)) : day;
  const minutes = random.pick([9 * 60, 9 * 60 + 30, 14 * 60, 18 * 60 + 30]);
  if (windowEnd < asOf && (excused || held >= asOf)) {
    const by = 'FRONTLINE_OFFICE';
    for (const duty of duties) duty.excuse = { by, reason: `${random.pick(EXCUSES)}（演示数据）`, on: windowStart };
    return;
  }
  if (held >= asOf) return;
  const { line, heard } = activityOf(
    random,
    rule.activity,
    owing,
    at(held, minutes),
    duties.map(({ id }) => id),
    occasion.scene,
  );
  for (const duty of duties) Object.assign(duty, { fulfilledBy: line.id, fulfilledOn: held });
  work.activities.push(line);
  work.heard.push(...heard, ...askAt(line, occasion.scene.areas, random, asOf));
}
