import type { Assigned } from '../contacts/assignments.ts';
import { idOf, organizationId } from '../ids.ts';
import { officeCode } from '../organizations/offices.ts';
import { areaCodes } from '../organizations/territory.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Cadre } from './cadre.ts';

type Role =
  | 'GRID_WORKER'
  | 'CADRE'
  | 'SUBDISTRICT'
  | 'DEPARTMENT'
  | 'DISPATCH_CENTRE'
  | 'FRONTLINE_OFFICE'
  | 'INSPECTION'
  | 'ORG_DEPARTMENT'
  | 'LEADER'
  | 'AUDITOR'
  | 'PARTNER'
  | 'ADMIN';

/** An account as the import reads it. */
export interface AccountLine extends ImportLine {
  type: 'account';
  sub: string;
  label: string;
  cadreId?: string;
  grants: { role: Role; place?: string }[];
}

const WHOLE_DISTRICT: readonly Role[] = [
  'DISPATCH_CENTRE',
  'FRONTLINE_OFFICE',
  'INSPECTION',
  'ORG_DEPARTMENT',
  'LEADER',
  'AUDITOR',
  'PARTNER',
  'ADMIN',
];

function account(role: Role, code: string | undefined, place: string | undefined, cadre?: Cadre): AccountLine {
  const sub = code ? `demo:${role}:${code}` : `demo:${role}`;
  return {
    type: 'account',
    id: idOf('account', sub),
    sub,
    label: `${role}${code ? ` ${code}` : ''}（演示 / demo）`,
    ...(cadre && { cadreId: cadre.line.id }),
    grants: [{ role, ...(place && { place: organizationId(place) }) }],
  };
}

/**
 * One account for every role, `demo:ROLE`, and one for every place where the role has places, `demo:ROLE:CODE`; cadres have
 * theirs by staff number: everybody with contacts of their own, and their liaisons.
 */
export function* accounts(
  plan: DistrictPlan,
  cadres: readonly Cadre[],
  assigned: readonly Assigned[],
): Generator<AccountLine> {
  const areas = areaCodes(plan);
  const home = areas.find((code) => code.startsWith(plan.drainage.subdistrictCode)) as string;
  const department = officeCode.department(plan, plan.drainage.departmentIndex + 1);
  const places: [Role, string, string[]][] = [
    ['GRID_WORKER', home, areas],
    [
      'SUBDISTRICT',
      plan.drainage.subdistrictCode,
      [...plan.subdistricts.map(({ code }) => code), ...(plan.change ? [plan.change.code] : [])],
    ],
    ['DEPARTMENT', department, plan.departments.map((_, nth) => officeCode.department(plan, nth + 1))],
  ];
  for (const [role, usual, all] of places) {
    yield account(role, undefined, usual);
    for (const code of all) yield account(role, code, code);
  }
  for (const role of WHOLE_DISTRICT) yield account(role, undefined, undefined);

  const active = new Set(
    assigned.flatMap(({ line, attending }) => (line.until ? [] : [...attending, ...line.liaisonIds])),
  );
  const holders = cadres.filter(({ line, isServing }) => isServing && active.has(line.id));
  const inStory = assigned.find(
    ({ line, targetCode }) => line.scheme === 'division-residential-area' && !line.until && targetCode === home,
  );
  const usual = holders.find(({ line }) => line.id === inStory?.line.contactorIds[0]) ?? (holders[0] as Cadre);
  yield account('CADRE', undefined, usual.organizationCode, usual);
  for (const cadre of holders) yield account('CADRE', cadre.line.staffNumber, cadre.organizationCode, cadre);
}
