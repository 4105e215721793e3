import { caseCategories } from './cases/categories.ts';
import { cases, Courses, openingOf, otherOpenings, type CaseOpening } from './cases/cases.ts';
import { assignmentsOf, changedHands, liaisonsOf } from './contacts/assignments.ts';
import { fieldworkOf } from './contacts/calendar-of-duties.ts';
import { hearOfLamp, hearOfManhole } from './contacts/case-stories.ts';
import type { CaseSource } from './contacts/demands.ts';
import { departingCadre, handoverOf } from './contacts/departure-story.ts';
import { receptionsOf } from './contacts/receptions.ts';
import { patchesOf } from './contacts/patches.ts';
import { schemesOf } from './contacts/schemes.ts';
import { tellBacks, tellBacksAtDoors, type HeardAtDoor } from './contacts/tell-backs.ts';
import type { Day } from './days.ts';
import { drawMap } from './geometry/district-map.ts';
import { grids } from './households/grids.ts';
import { careDuties, careVisits } from './households/care-visits.ts';
import { hardshipList, pairedAssistances } from './households/hardship.ts';
import { homeVisits } from './households/home-visits.ts';
import { households } from './households/households.ts';
import { householdRegister } from './households/register.ts';
import { participants, teamsOf } from './households/teams.ts';
import { branches, branchPairings } from './organizations/branches.ts';
import { economy, offices } from './organizations/offices.ts';
import { pairingPlansOf } from './organizations/pairing-plans.ts';
import { territory } from './organizations/territory.ts';
import type { ImportLine } from './output/import-line.ts';
import { accounts } from './personnel/accounts.ts';
import { cadresOf } from './personnel/cadres.ts';
import { experiences } from './personnel/experience.ts';
import { representatives } from './personnel/representatives.ts';
import type { DistrictPlan } from './plan/district-plan.ts';

/** What to make. */
export interface ScenarioOptions {
  plan: DistrictPlan;
  /** Multiplies households, home visits and cases; below 1 also those in hardship. */
  scale: number;
  /** The reference day: nothing took place on it or later. */
  asOf: Day;
  seed: string;
}

/** Numbers by which the stories in the data are found. */
export interface Stories {
  /** The case of the manhole cover that was put off for months. */
  manholeCase: string;
  /** The case of a demand heard at a door that was solved and told back. */
  toldBackCase: string;
  /** Staff number of the cadre who departed, and whose contact and households were taken over. */
  departedCadre: string;
}

/** The lines of each service, in the order in which it must read them; whoever makes them all takes the services in this order. */
export interface Scenario {
  personnel: Iterable<ImportLine>;
  households: Iterable<ImportLine>;
  /** To be read after the households: what was heard at doors is told back here. */
  organizations: Iterable<ImportLine>;
  /** To be read last: its cases come from what the visits of the others heard. */
  cases: Iterable<ImportLine>;
  /** Known once the cases are read. */
  stories: Stories;
}

/** Makes a scenario: what others refer to at once, everything that grows with the scale only as it is read. */
export function scenarioOf({ plan, scale, asOf, seed: chance }: ScenarioOptions): Scenario {
  const seed = `${plan.key}/${chance}`;
  const map = drawMap(plan);
  const cadres = cadresOf(plan, seed);
  const patches = patchesOf(plan, cadres);
  const assigned = assignmentsOf(plan, cadres, patches, seed);
  const register = householdRegister(plan, map, Math.max(plan.grids, Math.round(plan.households * scale)));
  const work = fieldworkOf(plan, assigned, asOf, seed, (area, random) => register.within(area, random));
  const visited = { plan, assigned, work, asOf };
  const manhole = hearOfManhole(visited);
  const lamp = hearOfLamp(visited, (area, random) => register.within(area, random));
  const terms = [...representatives(plan, cadres, seed)];
  const receptions = receptionsOf(plan, assigned, terms, asOf, seed);
  const list = hardshipList(plan, register, cadres, scale, seed);
  const paired = [...pairedAssistances(plan, list, register, cadres, seed)];
  const pairings = [...branchPairings(plan, seed)];
  const planned = pairingPlansOf(plan, pairings, cadres, asOf, seed);
  const teams = teamsOf(plan, map, seed);
  const openings: CaseOpening[] = [
    ...[...work.heard, ...receptions.heard].map((heard) => openingOf(heard)),
    openingOf(manhole, 'MANHOLE'),
    openingOf(lamp, 'TOLD_BACK'),
  ];
  const courses = new Courses(plan, cadres, asOf, seed);
  const told = tellBacks([...openings], [...work.activities, ...receptions.activities], courses);
  const { former, next } = changedHands(cadres, assigned);
  const stories: Stories = {
    manholeCase: '',
    toldBackCase: '',
    departedCadre: departingCadre(cadres).line.staffNumber,
  };
  const visits = { count: Math.round(plan.homeVisits * scale), asOf, seed };
  const care = { paired, list, register, asOf, seed };
  const atDoors: HeardAtDoor[] = [];

  return {
    personnel: inOrder(
      cadres.map(({ line }) => line),
      experiences(plan, cadres, seed),
      liaisonsOf(assigned),
      terms,
      accounts(plan, cadres, assigned),
    ),
    organizations: inOrder(
      territory(plan, map, asOf),
      offices(plan),
      economy(plan, map, seed),
      branches(plan),
      patches.map(({ line }) => line),
      schemesOf(plan),
      assigned.map(({ line }) => line),
      [handoverOf(former, next)],
      work.duties,
      careDuties(care),
      receptions.duties,
      work.activities,
      receptions.activities,
      told,
      lazily(() => tellBacksAtDoors(atDoors, courses)),
      receptions.days,
      pairings,
      planned.activities,
      planned.plans,
    ),
    households: inOrder(
      grids(plan, map, cadres, seed),
      teams.map(({ line }) => line),
      participants(plan, teams, cadres, seed),
      households(plan, register, list, seed),
      paired,
      lazily(function* () {
        const heard: CaseSource[] = [];
        const hear = (source: CaseSource): void => void heard.push(source);
        for (const told of [homeVisits(plan, register, teams, visits, hear), careVisits(care, hear)])
          for (const line of told) {
            for (const source of heard.splice(0)) {
              openings.push(openingOf(source));
              atDoors.push({ source, cadreIds: line.cadreIds });
            }
            yield line;
          }
      }),
    ),
    cases: inOrder(
      caseCategories(),
      lazily(function* () {
        const others = otherOpenings(plan, Math.round(plan.otherCases * scale), asOf, seed);
        for (const line of cases([...openings, ...others], courses)) {
          if (line.demandId === manhole.demandId) stories.manholeCase = line.number;
          if (line.demandId === lamp.demandId) stories.toldBackCase = line.number;
          yield line;
        }
      }),
    ),
    stories,
  };
}

function* inOrder(...parts: Iterable<ImportLine>[]): Generator<ImportLine> {
  for (const part of parts) yield* part;
}

function* lazily(part: () => Iterable<ImportLine>): Generator<ImportLine> {
  yield* part();
}
