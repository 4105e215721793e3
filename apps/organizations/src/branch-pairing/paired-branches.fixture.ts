import { idOf, withRole } from '../organization/five-corners.fixture.ts';

type Above = { tree: 'TERRITORY' | 'FUNCTION'; code: string };

const organization = (code: string, kind: string, above: Above, more: object = {}) => ({
  type: 'organization',
  id: idOf(code),
  code,
  kind,
  names: [{ zh: `示例${code}`, en: `Example ${code}`, from: '2000-01-01' }],
  parents: [{ tree: above.tree, parentId: idOf(above.code), from: '2000-01-01' }],
  from: '2000-01-01',
  status: 'ACTIVE',
  ...more,
});

const branch = (code: string, sector: string, tree: Above['tree'], above: string) =>
  organization(code, 'PARTY_BRANCH', { tree, code: above }, { sector });

/** Two departments, two residential areas' committees of five corners, and branches of every sector. */
export const branches = [
  organization('D1', 'DEPARTMENT', { tree: 'FUNCTION', code: '310110' }),
  organization('D2', 'DEPARTMENT', { tree: 'FUNCTION', code: '310110' }),
  branch('office-1', 'OFFICE', 'FUNCTION', 'D1'),
  branch('office-2', 'OFFICE', 'FUNCTION', 'D2'),
  branch('soe-1', 'SOE', 'FUNCTION', 'D2'),
  branch('community-1', 'COMMUNITY', 'TERRITORY', '310110101001'),
  branch('community-2', 'COMMUNITY', 'TERRITORY', '310110019001'),
  branch('two-new-1', 'TWO_NEW', 'TERRITORY', '310110101002'),
];

/** Somebody with a role in a place. */
export const at = (role: 'DEPARTMENT' | 'SUBDISTRICT' | 'GRID_WORKER', place: string) => ({
  ...withRole(role),
  sub: `${role} of ${place}`,
  grants: [{ role, place: idOf(place) }],
});
