import { addDays, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import { branchCode } from '../organizations/branches.ts';
import { officeCode } from '../organizations/offices.ts';
import { areaCodes, centreCode } from '../organizations/territory.ts';
import type { Cadre } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { DEPARTS_ON, departingCadre } from './departure-story.ts';
import type { PatchOfLeaders } from './patches.ts';
import { answeringBody, type SchemeCode } from './schemes.ts';

/** A contact assignment as the import reads it. */
export interface ContactAssignmentLine extends ImportLine {
  type: 'contactAssignment';
  scheme: SchemeCode;
  contactorKind: 'CADRE' | 'ORGANIZATION';
  contactorIds: string[];
  targetId: string;
  targetKind?: 'PATCH';
  liaisonIds: string[];
  from: Day;
  until?: Day;
  reason: string;
}

/** A liaison of a cadre as the import reads it. */
export interface LiaisonLine extends ImportLine {
  type: 'liaison';
  cadreId: string;
  liaisonId: string;
  from: Day;
  until?: Day;
}

/** An assignment with what ids don't tell: the code of its target (of a patch, its subdistrict), and which cadres come when it is kept. */
export interface Assigned {
  line: ContactAssignmentLine;
  targetCode: string;
  attending: string[];
  /** Residential areas of the patch, where it is one. */
  areas?: string[];
}

const REASON = '按制度定点联系（演示数据）';

function assign(
  scheme: SchemeCode,
  contactors: string[],
  targetCode: string,
  more: Partial<ContactAssignmentLine> = {},
): Assigned {
  const from = more.from ?? '2018-01-02';
  return {
    targetCode,
    attending: more.contactorKind === 'ORGANIZATION' ? [] : contactors,
    line: {
      type: 'contactAssignment',
      id: idOf('contactAssignment', `${scheme}/${contactors.join('+')}/${targetCode}/${from}`),
      scheme,
      contactorKind: 'CADRE',
      contactorIds: contactors,
      targetId: organizationId(targetCode),
      liaisonIds: [],
      from,
      reason: REASON,
      ...more,
    },
  };
}

const UNITS: readonly string[] = ['LEADING_BODY', 'DEPARTMENT', 'INSTITUTION', 'STATE_OWNED_ENTERPRISE'];

const OFFICES: readonly string[] = ['LEADING_BODY', 'DEPARTMENT'];

/**
 * Office cadres who can go out with a division-level one, of the same unit where that is an office, else of the office that has
 * most left; each goes out with one only.
 */
function liaisonPool(cadres: readonly Cadre[], random: Dice): (organizationCode: string, count: number) => string[] {
  const pool = new Map<string, string[]>();
  for (const { rank, organizationCode, organizationKind, line, isServing } of random.shuffled(cadres)) {
    if (!isServing || (rank !== 'SECTION' && rank !== 'STAFF') || line.recruitedOn > '2016-01-01') continue;
    if (OFFICES.includes(organizationKind))
      pool.set(organizationCode, [...(pool.get(organizationCode) ?? []), line.id]);
  }
  const largest = () => [...pool.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
  return (organizationCode, count) => {
    const found = (pool.get(organizationCode) ?? largest()).splice(0, count);
    if (found.length === 0) throw new Error(`no office has a liaison left for ${organizationCode}`);
    return found;
  };
}

/** Bureau-level cadres: each holds one subdistrict or town, so that every one has the same number of them. */
function* bureau(plan: DistrictPlan, cadres: readonly Cadre[], random: Dice): Generator<Assigned> {
  const leaders = random.shuffled(cadres.filter(({ rank, isServing }) => rank === 'BUREAU' && isServing));
  const places = plan.subdistricts.map(({ code }) => code);
  for (const [at, { line }] of leaders.entries()) {
    yield assign('bureau-subdistrict', [line.id], places[at % places.length] as string, { from: '2017-01-03' });
  }
  const former = cadres.filter(
    ({ rank, isServing, line }) => rank === 'BUREAU' && !isServing && line.statusSince > '2012-01-01',
  );
  for (const [at, { line }] of former.entries()) {
    const until = line.statusSince < '2017-01-03' ? line.statusSince : '2017-01-03';
    yield assign('bureau-subdistrict', [line.id], places[at % places.length] as string, { from: '2010-01-04', until });
  }
}

/** Division-level cadres of the district's units: every residential area has one, some have two; each takes one or two liaisons along. */
function* division(plan: DistrictPlan, cadres: readonly Cadre[], random: Dice): Generator<Assigned> {
  const eligible = cadres.filter(
    ({ rank, organizationKind }) => rank === 'DIVISION' && UNITS.includes(organizationKind),
  );
  const liaisons = liaisonPool(cadres, random);
  const recruited = new Map(cadres.map(({ line }) => [line.id, line.recruitedOn]));
  const areas = random.shuffled(areaCodes(plan));
  const contactors = random.shuffled(eligible.filter(({ isServing }) => isServing)).slice(0, plan.divisionContactors);
  const departing = (area: string, from: Day): Assigned => {
    const { line, organizationCode } = departingCadre(cadres);
    const liaisonIds = liaisons(organizationCode, 1);
    return assign('division-residential-area', [line.id], area, { from, until: DEPARTS_ON, liaisonIds });
  };
  for (const [at, { line, organizationCode }] of contactors.entries()) {
    const from = addDays('2016-01-04', random.int(0, 500));
    const liaisonIds = liaisons(organizationCode, random.chance(0.45) ? 2 : 1);
    const area = areas[at % areas.length] as string;
    if (at === 0) yield departing(area, from);
    // the first one took over from the cadre who departed
    const since = at === 0 ? DEPARTS_ON : from;
    yield assign('division-residential-area', [line.id], area, { from: since, liaisonIds });
  }
  const former = eligible.filter(({ line }) => line.status === 'RETIRED' && line.statusSince > '2015-01-01');
  for (const [at, { line, organizationCode }] of former.entries()) {
    const until = line.statusSince < '2016-01-04' ? line.statusSince : '2016-01-04';
    const liaisonIds = liaisons(organizationCode, 1);
    // nobody goes along before they were recruited
    const joined = recruited.get(liaisonIds[0] as string) as Day;
    const from = joined > '2012-01-04' ? joined : '2012-01-04';
    if (from >= until) continue;
    yield assign('division-residential-area', [line.id], areas[at % areas.length] as string, {
      from,
      until,
      liaisonIds,
    });
  }
}

/** Groups of leaders, each with its patch. */
function* holders(patches: readonly PatchOfLeaders[]): Generator<Assigned> {
  for (const { line, subdistrictCode, areaCodes: areas, leaderIds } of patches) {
    const { from, until } = line;
    const period = { from, ...(until && { until }) };
    const more = { ...period, targetId: line.id, targetKind: 'PATCH' as const };
    yield { ...assign('leaders-patch', leaderIds, subdistrictCode, more), areas };
  }
}

function* economy(plan: DistrictPlan, cadres: readonly Cadre[]): Generator<Assigned> {
  const leaders = cadres.filter(({ rank, isServing }) => rank === 'BUREAU' && isServing).map(({ line }) => line.id);
  const byUnit = { contactorKind: 'ORGANIZATION' as const };
  for (let nth = 1; nth <= plan.enterprises; nth += 1) {
    const code = officeCode.enterprise(plan, nth);
    if (nth <= leaders.length * 2) yield assign('leaders-enterprise', [leaders[nth % leaders.length] as string], code);
    else {
      const unit = officeCode.department(plan, 1 + (nth % plan.departments.length));
      const heads = cadres.filter(
        ({ rank, isServing, organizationCode }) => rank === 'DIVISION' && isServing && organizationCode === unit,
      );
      const attending = heads.length > 0 ? [(heads[nth % heads.length] as Cadre).line.id] : [];
      yield { ...assign('department-enterprise', [organizationId(unit)], code, byUnit), attending };
    }
  }
  const learned = [
    ...Array.from({ length: plan.universities }, (_, nth) => officeCode.university(plan, nth + 1)),
    ...Array.from({ length: plan.researchInstitutes }, (_, nth) => officeCode.researchInstitute(plan, nth + 1)),
  ];
  for (const [at, code] of learned.entries())
    yield assign('leaders-university', [leaders[at % leaders.length] as string], code);
}

function* venues(plan: DistrictPlan, cadres: readonly Cadre[]): Generator<Assigned> {
  const byUnit = { contactorKind: 'ORGANIZATION' as const };
  const since = { ...byUnit, from: '2017-01-03' };
  for (const { code } of plan.subdistricts)
    yield assign('representatives-public', [organizationId(centreCode(code))], code, since);
  for (const [scheme, nth] of Object.entries(answeringBody) as [keyof typeof answeringBody, number][]) {
    const body = officeCode.leadingBody(plan, nth);
    const leaders = cadres.filter(
      (cadre) => cadre.organizationCode === body && cadre.rank === 'BUREAU' && cadre.isServing,
    );
    yield {
      ...assign(scheme, [organizationId(body)], plan.code, since),
      attending: leaders.slice(0, 1).map(({ line }) => line.id),
    };
  }
  // the first community branches stand one in each residential area; every fifth secretary has a microblog
  const areas = areaCodes(plan);
  for (let at = 0; at < Math.min(areas.length, plan.branches.community); at += 5) {
    yield assign(
      'secretary-microblog',
      [organizationId(branchCode(plan, 'COMMUNITY', at + 1))],
      areas[at] as string,
      since,
    );
  }
}

/** Every assignment but those of assistance, which the households service owns as paired assistance. */
export function assignmentsOf(
  plan: DistrictPlan,
  cadres: readonly Cadre[],
  patches: readonly PatchOfLeaders[],
  seed: string,
): Assigned[] {
  return [
    ...bureau(plan, cadres, dice(seed, 'bureau')),
    ...division(plan, cadres, dice(seed, 'division')),
    ...holders(patches),
    ...economy(plan, cadres),
    ...venues(plan, cadres),
  ];
}

/** Liaisons as the personnel register has them: the same persons and times as in the assignments. */
export function* liaisonsOf(assigned: readonly Assigned[]): Generator<LiaisonLine> {
  for (const { line } of assigned) {
    const cadreId = line.contactorIds[0] as string;
    for (const liaisonId of line.liaisonIds) {
      const period = { from: line.from, ...(line.until && { until: line.until }) };
      yield {
        type: 'liaison',
        id: idOf('liaison', `${cadreId}/${liaisonId}/${line.from}`),
        cadreId,
        liaisonId,
        ...period,
      };
    }
  }
}

/** The contact that the cadre of the story held, and the one of whoever took it over. */
export function changedHands(
  cadres: readonly Cadre[],
  assigned: readonly Assigned[],
): { former: ContactAssignmentLine; next: ContactAssignmentLine } {
  const { id } = departingCadre(cadres).line;
  const lines = assigned.map(({ line }) => line);
  const former = lines.find(({ contactorIds }) => contactorIds.includes(id));
  const next = lines.find(({ targetId, from }) => targetId === former?.targetId && from === former.until);
  if (!former || !next) throw new Error('nobody took over from the cadre who departed');
  return { former, next };
}
