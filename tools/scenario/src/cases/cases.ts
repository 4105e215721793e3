import { addWorkingDays, placedBy } from '@frontline/calendar';
import type { CaseSource } from '../contacts/demands.ts';
import { addDays, at, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import { officeCode } from '../organizations/offices.ts';
import { areaCodes } from '../organizations/territory.ts';
import { DEMO } from '../output/import-line.ts';
import type { Cadre } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import {
  CLOSE_OF_BUSINESS,
  HOP_DAYS,
  PROMISE_DAYS,
  dayOfInstant,
  type CaseLine,
  type CaseMove,
  type Course,
} from './case.ts';
import { topics } from './categories.ts';
import { courseOf, manholeCourse, toldBackCourse } from './courses.ts';

/** What a case begins with; without a demand it came by telephone or to a counter. */
export type CaseOpening = Omit<CaseSource, 'demandId' | 'kind' | 'sourceId' | 'channel'> & {
  channel: CaseLine['channel'];
  demandId?: string;
  source?: { kind: CaseSource['kind']; id: string };
  story?: Story;
};

/** Cases that go as their story says, and not as the dice do. */
type Story = 'MANHOLE' | 'TOLD_BACK';

/** The opening of a case by what was heard somewhere. */
export function openingOf({ demandId, kind, sourceId, ...rest }: CaseSource, story?: Story): CaseOpening {
  return { ...rest, demandId, source: { kind, id: sourceId }, ...(story && { story }) };
}

/** Cases that no visit brought, of the twelve months before the reference day. */
export function* otherOpenings(plan: DistrictPlan, count: number, asOf: Day, seed: string): Generator<CaseOpening> {
  const random = dice(seed, 'otherCases');
  const areas = areaCodes(plan);
  for (let nth = 0; nth < count; nth += 1) {
    // the last one came in yesterday, so that something is under way on the reference day
    const heardAt = at(addDays(asOf, nth === 0 ? -1 : -random.int(1, 365)), random.int(8 * 60, 20 * 60));
    yield {
      channel: random.chance(0.7) ? 'HOTLINE' : 'WALK_IN',
      heardAt,
      topic: random.pick(topics),
      areaCode: random.pick(areas),
    };
  }
}

/** All cases in the order in which they were registered, numbered by year as the cases service does. */
export function* cases(openings: CaseOpening[], courses: Courses): Generator<CaseLine> {
  // sorted by text: instants here have one offset; the demand breaks ties so that the order never depends on the engine
  openings.sort((a, b) => compare(a.heardAt, b.heardAt) || compare(a.demandId ?? a.areaCode, b.demandId ?? b.areaCode));
  let year = '';
  let nth = 0;
  for (const opening of openings) {
    nth = opening.heardAt.startsWith(year) && year ? nth + 1 : 1;
    year = opening.heardAt.slice(0, 4);
    yield caseOf(opening, `${year}-${String(nth).padStart(6, '0')}`, courses);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The id of the case of a demand; its number is known only once all cases are. */
export const caseIdOf = (demandId: string): string => idOf('case', demandId);

function caseOf(opening: CaseOpening, number: string, courses: Courses): CaseLine {
  const { topic, areaCode, demandId } = opening;
  const { registeredAt, moves, lead, holder, closingCode } = courses.of(opening);
  const state = (moves.at(-1) as CaseMove).state;
  const closedAt = state === 'CLOSED' ? moves.at(-1)?.at : undefined;
  const isOpen = !['CLOSED', 'NOT_ACCEPTED', 'LONG_TERM'].includes(state);
  return {
    type: 'case',
    id: demandId ? caseIdOf(demandId) : idOf('case', `${courses.plan.code}/${number}`),
    number,
    title: titleOf(opening),
    categoryCode: topic.code,
    kind: topic.kind,
    channel: opening.channel,
    ...(demandId && { demandId }),
    ...(opening.source && { source: opening.source }),
    areaId: organizationId(areaCode),
    ...(opening.householdId && { householdId: opening.householdId }),
    ...(lead && { leadOrganizationId: lead }),
    ...(holder && isOpen && { holderCadreId: holder }),
    state,
    registeredAt,
    promiseDueAt: at(addWorkingDays(dayOfInstant(registeredAt), PROMISE_DAYS[topic.kind]), CLOSE_OF_BUSINESS),
    ...(isOpen && {
      hopDueAt: at(addWorkingDays(dayOfInstant((moves.at(-1) as CaseMove).at), HOP_DAYS), CLOSE_OF_BUSINESS),
    }),
    moves,
    ...(closedAt && { closedAt, closingCode: closingCode ?? 'SOLVED' }),
  };
}

const titleOf = ({ topic, areaCode, story }: CaseOpening): string =>
  `${story === 'MANHOLE' ? '下水道阴井盖损坏久拖不决' : topic.zh}（${areaCode}）${DEMO}`;

/** How a case has gone until the reference day. */
interface CourseTaken {
  registeredAt: string;
  moves: CaseMove[];
  /** The organization that has it, and who of it. */
  lead?: string;
  holder?: string;
  closingCode?: CaseLine['closingCode'];
}

/** How cases go. Each is thrown for alone, so that whoever asks for one gets what the reader of all gets. */
export class Courses {
  readonly plan: DistrictPlan;
  readonly asOf: Day;
  readonly seed: string;
  readonly #staff: ReadonlyMap<string, Cadre[]>;

  constructor(plan: DistrictPlan, cadres: readonly Cadre[], asOf: Day, seed: string) {
    this.plan = plan;
    this.asOf = asOf;
    this.seed = seed;
    this.#staff = Map.groupBy(
      cadres.filter(({ isServing, rank, line }) => isServing && rank === 'SECTION' && line.recruitedOn < '2016-01-01'),
      ({ organizationCode }) => organizationCode,
    );
  }

  of({ topic, heardAt, story, demandId, areaCode }: CaseOpening): CourseTaken {
    const random = dice(this.seed, 'case', demandId ?? `${heardAt}/${areaCode}/${topic.code}`);
    const minutes = Math.min(21 * 60, Number(heardAt.slice(11, 13)) * 60 + random.int(60, 170));
    const registeredAt = at(dayOfInstant(heardAt), minutes);
    const { departmentIndex } = this.plan.drainage;
    const course =
      story === 'MANHOLE'
        ? manholeCourse(departmentIndex, departmentIndex + 1)
        : story === 'TOLD_BACK'
          ? toldBackCourse(topic.department)
          : courseOf(random, topic.kind, topic.department);
    const { closingCode } = course;
    return { registeredAt, ...this.#moves(course, registeredAt, random), ...(closingCode && { closingCode }) };
  }

  /** The steps of a course that the reference day has seen; each is taken in working hours by somebody of the organization that has the case. */
  #moves({ steps }: Course, registeredAt: string, random: Dice): Omit<CourseTaken, 'registeredAt' | 'closingCode'> {
    const { plan, asOf } = this;
    const moves: CaseMove[] = [{ state: 'REGISTERED', at: registeredAt }];
    let lead: string | undefined;
    let holder: string | undefined;
    let day = dayOfInstant(registeredAt);
    let minutes = Number(registeredAt.slice(11, 13)) * 60 + Number(registeredAt.slice(14, 16));
    for (const { state, days, note, department } of steps) {
      const next = addWorkingDays(placedBy('AFTER', day) ?? day, days);
      minutes = next === day ? minutes + random.int(5, 30) : 9 * 60 + random.int(0, 400);
      day = next;
      if (day >= asOf) break;
      if (department !== undefined) {
        const code = officeCode.department(plan, (department % plan.departments.length) + 1);
        lead = organizationId(code);
        holder = random.pick(this.#staff.get(code) ?? [undefined])?.line.id;
      }
      moves.push({
        state,
        at: at(day, Math.min(minutes, 23 * 60 + 59)),
        ...(holder && state !== 'DISPATCHED' && state !== 'CALLBACK' && { byCadreId: holder }),
        ...(lead && { organizationId: lead }),
        ...(note && { note }),
      });
    }
    return { moves, ...(lead && { lead }), ...(holder && { holder }) };
  }
}
