import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';

/** The day on which the contacted areas stand. */
export const TODAY = '2018-08-17';

/** Ids that are the same in every run. */
export const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');

/** Somebody with a role, at a place or in the whole district; each name is an account of its own. */
export const somebody = (role: Role, name: string, place?: string): Actor => ({
  kind: 'person',
  sub: `test:${name}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(role === 'CADRE' && { cadreId: idOf(name) }),
});

export const cadre = (name: string): Actor => somebody('CADRE', name);
export const frontlineOffice = somebody('FRONTLINE_OFFICE', 'office');
export const gridWorker = somebody('GRID_WORKER', 'grid worker', 'area-1');

const territory = (name: string, code: string, kind: string, parent?: string) => ({
  type: 'organization',
  id: idOf(name),
  code,
  kind,
  names: [{ zh: `示例${code}`, en: `Example ${code}`, from: '2000-01-01' }],
  parents: parent ? [{ tree: 'TERRITORY', parentId: idOf(parent), from: '2000-01-01' }] : [],
  from: '2000-01-01',
  status: 'ACTIVE',
});

const assignment = (name: string, target: string, contactors: string[], more: object = {}) => ({
  type: 'contactAssignment',
  id: idOf(name),
  scheme: 'monthly',
  contactorKind: 'CADRE',
  contactorIds: contactors.map(idOf),
  targetId: idOf(target),
  liaisonIds: [],
  from: '2018-01-01',
  reason: '示例',
  ...more,
});

const duty = (owes: string, windowStart: string, windowEnd: string) => ({
  type: 'duty',
  id: idOf(`${owes} ${windowStart}`),
  assignmentId: idOf(owes),
  scheme: 'monthly',
  schemeVersion: 1,
  dutyCode: 'visit',
  windowStart,
  windowEnd,
});

const august = ['2018-08-01', '2018-08-31'] as const;

const lines = [
  territory('district', '310110', 'DISTRICT'),
  territory('north', '310110016', 'SUBDISTRICT', 'district'),
  territory('south', '310110019', 'SUBDISTRICT', 'district'),
  territory('area-1', '310110016001', 'RESIDENTIAL_AREA', 'north'),
  territory('area-2', '310110016002', 'RESIDENTIAL_AREA', 'north'),
  territory('area-3', '310110019001', 'RESIDENTIAL_AREA', 'south'),
  {
    type: 'contactScheme',
    id: idOf('scheme'),
    code: 'monthly',
    nameZh: '每月联系',
    nameEn: 'Monthly contact',
    versions: [
      {
        version: 1,
        validFrom: '2018-01-01',
        contactor: { kind: 'CADRE' },
        target: { kinds: ['RESIDENTIAL_AREA'] },
        duties: [
          {
            code: 'visit',
            activity: 'VISIT',
            recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
            windowDays: 31,
            dayOffRule: 'KEEP',
          },
        ],
        source: 'ASSUMED',
      },
    ],
  },
  assignment('of the director', 'area-1', ['director', 'deputy director'], { liaisonIds: [idOf('liaison')] }),
  assignment('of the deputy', 'area-1', ['deputy director']),
  assignment('of another', 'area-1', ['another']),
  assignment('former', 'area-2', ['director'], { until: '2018-08-15' }),
  assignment('of the department', 'area-3', ['south'], { contactorKind: 'ORGANIZATION' }),
  duty('of the director', '2018-07-01', '2018-07-31'),
  duty('of the director', ...august),
  duty('of the deputy', ...august),
  duty('of another', ...august),
  duty('former', ...august),
  duty('of the department', ...august),
];

/** The register's copy of a cadre. */
export const file = (name: string, more: object = {}) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  ranks: [],
  posts: [],
  partyMember: [],
  liaisonIds: [],
  ...more,
});

const cadres = [
  file('director', { liaisonIds: [{ cadreId: idOf('companion'), from: '2018-01-01' }] }),
  file('deputy director', {
    absences: [{ id: idOf('absence'), substituteId: idOf('substitute'), from: '2018-08-10', until: '2018-08-16' }],
  }),
  file('another'),
  file('liaison', { posts: [{ organizationId: idOf('district'), from: '2018-01-01' }] }),
  file('companion'),
  file('substitute'),
  file('member', { posts: [{ organizationId: idOf('south'), from: '2018-01-01' }] }),
  file('stranger'),
];

/** Organizations, with three residential areas, who contacts them, what they owe in August, and the cadres' files. */
export function contactedAreas(): Promise<SubgraphUnderTest> {
  return subgraphUnderTest(organizations, { today: TODAY, copies: { cadre: cadres }, lines });
}

/** The mutation that the specs record with. */
export const RECORD = `mutation ($input: RecordActivityInput!) { recordActivity(input: $input) {
  id acceptance recordedAs recordedAt madeAt clientId recordedBy { id } assignment { id } cadres { id }
  demands { id text disposition } } }`;

let keys = 0;

/** A visit to the first area on the day of today, recorded under a key of its own. */
export const visit = (change: object = {}) => ({
  input: {
    idempotencyKey: `visit-key-${(keys += 1)}`,
    kind: 'VISIT',
    heldAt: '2018-08-17T09:00:00+08:00',
    targetId: idOf('area-1'),
    ...change,
  },
});
