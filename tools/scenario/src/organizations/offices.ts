import type { DistrictMap } from '../geometry/district-map.ts';
import { dice } from '../dice.ts';
import { DEMO } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { creditCode } from './credit-code.ts';
import { organization, type OrganizationKind, type OrganizationLine } from './organization.ts';
import { areaCodes } from './territory.ts';

const two = (nth: number): string => String(nth).padStart(2, '0');
const three = (nth: number): string => String(nth).padStart(3, '0');

/** Codes of the district's own bodies, which have no official ones: district, letter of the kind, number. */
export const officeCode = {
  leadingBody: (plan: DistrictPlan, nth: number): string => `${plan.code}-L${nth}`,
  department: (plan: DistrictPlan, nth: number): string => `${plan.code}-D${two(nth)}`,
  institution: (plan: DistrictPlan, nth: number): string => `${plan.code}-I${two(nth)}`,
  stateOwnedEnterprise: (plan: DistrictPlan, nth: number): string => `${plan.code}-S${two(nth)}`,
  enterprise: (plan: DistrictPlan, nth: number): string => `${plan.code}-E${three(nth)}`,
  university: (plan: DistrictPlan, nth: number): string => `${plan.code}-U${two(nth)}`,
  researchInstitute: (plan: DistrictPlan, nth: number): string => `${plan.code}-R${two(nth)}`,
};

/** Leading bodies, departments, institutions and state-owned enterprises: the function tree. */
export function* offices(plan: DistrictPlan): Generator<OrganizationLine> {
  let nth = 0;
  const under = (code: string): { tree: 'FUNCTION'; code: string } => ({ tree: 'FUNCTION', code });
  const government = officeCode.leadingBody(plan, 3);
  for (const [at, name] of plan.leadingBodies.entries()) {
    yield organization(officeCode.leadingBody(plan, at + 1), 'LEADING_BODY', name, under(plan.code));
  }
  for (const [at, name] of plan.departments.entries()) {
    const isParty = /区委|纪委/.test(name.zh);
    yield organization(
      officeCode.department(plan, at + 1),
      'DEPARTMENT',
      name,
      under(isParty ? officeCode.leadingBody(plan, 1) : government),
      { creditCode: creditCode('11', plan.code, (nth += 1)) },
    );
  }
  for (let at = 1; at <= plan.institutions; at += 1) {
    const name = { zh: `${plan.zh}第${at}事业单位${DEMO}`, en: `Public Institution ${at} (demo)` };
    const department = officeCode.department(plan, 1 + (at % plan.departments.length));
    yield organization(officeCode.institution(plan, at), 'INSTITUTION', name, under(department), {
      creditCode: creditCode('12', plan.code, (nth += 1)),
    });
  }
  for (let at = 1; at <= plan.stateOwnedEnterprises; at += 1) {
    const name = { zh: `${plan.zh}第${at}国有企业${DEMO}`, en: `State-owned Enterprise ${at} (demo)` };
    yield organization(officeCode.stateOwnedEnterprise(plan, at), 'STATE_OWNED_ENTERPRISE', name, under(government), {
      creditCode: creditCode('91', plan.code, 1000 + at),
    });
  }
}

const trades: [zh: string, en: string][] = [
  ['设计咨询', 'Design'],
  ['软件技术', 'Software'],
  ['生物医药', 'Biotech'],
  ['文化传媒', 'Media'],
  ['物业服务', 'Property Services'],
  ['物流', 'Logistics'],
  ['餐饮管理', 'Catering'],
  ['环保科技', 'Environmental Technology'],
];

/** Enterprises, universities and research institutes, all invented, each in a residential area’s subdistrict. */
export function* economy(plan: DistrictPlan, map: DistrictMap, seed: string): Generator<OrganizationLine> {
  const random = dice(seed, 'economy');
  const areas = areaCodes(plan);
  const place = (): { parent: { tree: 'TERRITORY'; code: string }; location: OrganizationLine['location'] } => {
    const area = random.pick(areas);
    return { parent: { tree: 'TERRITORY', code: area }, location: map.centres.get(area) as never };
  };
  const line = (code: string, kind: OrganizationKind, zh: string, en: string, more = {}): OrganizationLine => {
    const { parent, location } = place();
    return organization(code, kind, { zh: `${zh}${DEMO}`, en: `${en} (demo)` }, parent, {
      location: location as never,
      ...more,
    });
  };
  for (let at = 1; at <= plan.enterprises; at += 1) {
    const [zh, en] = trades[at % trades.length] as [string, string];
    const more = {
      from: `${random.int(1995, 2009)}-0${random.int(1, 9)}-01`,
      creditCode: creditCode('91', plan.code, 2000 + at),
    };
    yield line(
      officeCode.enterprise(plan, at),
      'ENTERPRISE',
      `示例${at}号${zh}有限公司`,
      `Example ${at} ${en} Ltd`,
      more,
    );
  }
  for (let at = 1; at <= plan.universities; at += 1) {
    yield line(officeCode.university(plan, at), 'UNIVERSITY', `示例大学${at}`, `Example University ${at}`);
  }
  for (let at = 1; at <= plan.researchInstitutes; at += 1) {
    yield line(
      officeCode.researchInstitute(plan, at),
      'RESEARCH_INSTITUTE',
      `示例研究所${at}`,
      `Example Research Institute ${at}`,
    );
  }
}
