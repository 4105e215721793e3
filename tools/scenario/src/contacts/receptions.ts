import { Recurrence, windowsBetween } from '@frontline/calendar';
import { v5 } from 'uuid';
import { at, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import { placesOn, type Place } from '../organizations/territory.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { PublicRepresentativeLine } from '../personnel/representatives.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { ActivityLine } from './activity.ts';
import type { Assigned } from './assignments.ts';
import type { DutyLine } from './calendar-of-duties.ts';
import { demandOf, type CaseSource } from './demands.ts';
import { schemes } from './schemes.ts';

/** A reception as the import reads it. */
export interface ReceptionDayLine extends ImportLine {
  type: 'receptionDay';
  kind: 'MONTHLY' | 'CONCENTRATED';
  occurrence: Day;
  nth: number;
  date: Day;
  subdistrictId: string;
  venueId: string;
  receivers: { representativeId: string; cadreId?: string; attended?: boolean }[];
  cancelled?: { on: Day; reason: string };
  session?: { activityId: string; heldAt: string };
}

/** Receptions, what was raised there, and the duties of the service centres that they kept. */
export interface Receptions {
  days: ReceptionDayLine[];
  duties: DutyLine[];
  activities: ActivityLine[];
  heard: CaseSource[];
}

/** The scenario tells of monthly receptions from this day on, and of both concentrated ones of that year. */
const FIRST_MONTHLY: Day = '2017-07-01';
const FIRST_YEAR = 2017;

/** Delegates at a reception, and communities of a subdistrict on a concentrated day; ASSUMED, as the service has them. */
const SEATS = { MONTHLY: 2, CONCENTRATED: 2 };
const COMMUNITIES = 3;

/** Minutes after midnight at which receptions begin; ASSUMED, as the service has it. */
const OPENS_AT = 14 * 60;

/** Most demands that one reception hears. */
const MOST_DEMANDS = 4;

const KINDS = { reception: 'MONTHLY', concentrated: 'CONCENTRATED' } as const;
type RuleCode = keyof typeof KINDS;

/** One reception before it is known who receives. */
interface Occasion {
  rule: RuleCode;
  date: Day;
  nth: number;
  place: Place;
  venueCode: string;
  isCancelled: boolean;
}

/**
 * The receptions up to the end of the reference day's year. Delegates take turns through one list, so that in each year
 * anybody's count differs from anybody else's by at most one; past receptions were held, nearly all, and tell what was
 * raised.
 */
export function receptionsOf(
  plan: DistrictPlan,
  assigned: readonly Assigned[],
  terms: readonly PublicRepresentativeLine[],
  asOf: Day,
  seed: string,
): Receptions {
  const random = dice(seed, 'receptions');
  const delegates = random.shuffled(terms.filter(({ kind }) => kind === 'PARTY_DELEGATE'));
  const made: Receptions = { days: [], duties: [], activities: [], heard: [] };
  let turn = 0;
  for (const [date, rule] of receptionDates(asOf)) {
    const able = delegates.filter(({ termFrom, termUntil }) => termFrom <= date && date < termUntil);
    for (const occasion of occasionsOn(plan, rule, date, asOf, random)) {
      const seats = Math.min(SEATS[KINDS[rule]], able.length);
      const receivers = Array.from(
        { length: seats },
        (_, seat) => able[(turn + seat) % able.length] as (typeof able)[0],
      );
      // who came to a cancelled one in vain has the next turn too
      if (!occasion.isCancelled) turn += seats;
      hold(occasion, receivers, assigned, asOf, random, made);
    }
  }
  return made;
}

/** Days of receptions with the rule that asks for them, earliest first. */
function receptionDates(asOf: Day): [Day, RuleCode][] {
  const version = schemes.find(({ code }) => code === 'representatives-public')?.versions.at(-1);
  const last = `${asOf.slice(0, 4)}-12-31`;
  return (version?.duties ?? [])
    .flatMap((rule) => {
      const first = rule.code === 'reception' ? FIRST_MONTHLY : `${FIRST_YEAR}-01-01`;
      const owed = { ...rule, recurrence: Recurrence.parse(rule.recurrence) };
      return windowsBetween(owed, first, last, version?.validFrom ?? first).map(({ start }): [Day, RuleCode] => [
        start,
        rule.code as RuleCode,
      ]);
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The receptions of one day; those that were cancelled come last. */
function occasionsOn(plan: DistrictPlan, rule: RuleCode, date: Day, asOf: Day, random: Dice): Occasion[] {
  const places = placesOn(plan, date);
  const occasion = (place: Place, venueCode: string, nth: number): Occasion => ({
    rule,
    date,
    nth,
    place,
    venueCode,
    isCancelled: rule === 'reception' && date < asOf && random.chance(0.02),
  });
  const all =
    rule === 'reception'
      ? places.map((place) => occasion(place, place.centre, 1))
      : places.flatMap((place) => communitiesInTurn(place, date).map((area, at) => occasion(place, area, at + 1)));
  return all.toSorted((a, b) => Number(a.isCancelled) - Number(b.isCancelled));
}

/** Other communities of a subdistrict each time, as the service takes turns. */
function communitiesInTurn({ areas }: Place, date: Day): string[] {
  const turn = Number(date.slice(0, 4)) * 2 + (date.slice(5) < '07' ? 0 : 1);
  const most = Math.min(COMMUNITIES, areas.length);
  return Array.from({ length: most }, (_, at) => areas[(turn * most + at) % areas.length] as string);
}

function hold(
  { rule, date, nth, place, venueCode, isCancelled }: Occasion,
  receivers: readonly PublicRepresentativeLine[],
  assigned: readonly Assigned[],
  asOf: Day,
  random: Dice,
  made: Receptions,
): void {
  const subdistrictId = organizationId(place.code);
  const kind = KINDS[rule];
  const line: ReceptionDayLine = {
    type: 'receptionDay',
    // the natural key by which the organizations service knows its receptions, so that it plans none of these again
    id: v5(`reception/${kind}/${date}/${nth}`, subdistrictId),
    kind,
    occurrence: date,
    nth,
    date,
    subdistrictId,
    venueId: organizationId(venueCode),
    receivers: receivers.map(({ id, cadreId }) => ({ representativeId: id, ...(cadreId && { cadreId }) })),
  };
  made.days.push(line);
  if (date >= asOf) return;
  const owing = assigned.find((one) => one.line.scheme === 'representatives-public' && one.targetCode === place.code);
  const duty = owing && owing.line.from <= date && nth === 1 ? dutyOf(owing, rule, date) : undefined;
  if (duty) made.duties.push(duty);
  if (isCancelled) {
    const reason = '台风预警（演示数据）';
    line.cancelled = { on: date, reason };
    if (duty) duty.excuse = { by: 'FRONTLINE_OFFICE', reason, on: date };
    return;
  }
  const session = sessionOf(line, rule === 'reception' ? place.areas : [venueCode], random);
  for (const receiver of line.receivers) receiver.attended = true;
  line.session = { activityId: session.activity.id, heldAt: session.activity.heldAt };
  if (duty) {
    Object.assign(duty, { fulfilledBy: session.activity.id, fulfilledOn: date });
    session.activity.fulfils.push(duty.id);
  }
  made.activities.push(session.activity);
  made.heard.push(...session.heard);
}

function dutyOf({ line }: Assigned, rule: RuleCode, date: Day): DutyLine {
  return {
    type: 'duty',
    id: v5(`${rule}/${date}`, line.id),
    assignmentId: line.id,
    scheme: line.scheme,
    schemeVersion: 1,
    dutyCode: rule,
    windowStart: date,
    windowEnd: date,
  };
}

/** What a reception heard; it concerns the whole subdistrict, or the community where it was held. */
function sessionOf(
  { id: receptionId, date, kind, subdistrictId, venueId, receivers }: ReceptionDayLine,
  areas: readonly string[],
  random: Dice,
): { activity: ActivityLine; heard: CaseSource[] } {
  const id = idOf('activity', `reception/${receptionId}`);
  const heldAt = at(date, OPENS_AT);
  const heard: CaseSource[] = [];
  const demands = Array.from({ length: random.int(0, MOST_DEMANDS) }, (_, nth) => {
    const areaCode = random.pick(areas);
    const { demand, topic } = demandOf(random, id, nth, { areaCode });
    if (demand.disposition === 'CASE')
      heard.push({
        demandId: demand.id,
        kind: 'ACTIVITY',
        sourceId: id,
        channel: 'RECEPTION',
        heardAt: heldAt,
        topic,
        areaCode,
      });
    return demand;
  });
  const activity: ActivityLine = {
    type: 'activity',
    id,
    kind: 'RECEPTION',
    heldAt,
    minutes: random.int(9, 18) * 10,
    targetId: kind === 'MONTHLY' ? subdistrictId : venueId,
    contactorIds: receivers.flatMap(({ cadreId }) => cadreId ?? []),
    metCount: random.int(demands.length, 25),
    summary: '党代表接待群众（演示数据）',
    fulfils: [],
    demands,
  };
  return { activity, heard };
}
