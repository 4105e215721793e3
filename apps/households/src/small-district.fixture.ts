import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { households } from './subgraph.ts';

/** The day on which the small district stands. */
export const TODAY = '2018-08-17';

/** Ids that are the same in every run. */
export const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');

/** A copy of an active organization below others. */
export const organization = (name: string, kind: string, ...above: string[]) => ({
  id: idOf(name),
  code: name,
  kind,
  path: [...above, name].map(idOf),
  status: 'ACTIVE',
  from: '2005-01-01',
});

/** Copies of organizations: a district with two subdistricts; the first has two residential areas, the second one. */
export const organizations = [
  organization('district', 'DISTRICT'),
  organization('north', 'SUBDISTRICT', 'district'),
  organization('south', 'SUBDISTRICT', 'district'),
  organization('north-1', 'RESIDENTIAL_AREA', 'district', 'north'),
  organization('north-2', 'RESIDENTIAL_AREA', 'district', 'north'),
  organization('south-1', 'RESIDENTIAL_AREA', 'district', 'south'),
];

const post = { organizationId: idOf('district'), from: '2010-01-01' };

const cadre = (name: string, more: object = {}) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  ranks: [],
  posts: [post],
  partyMember: [{ from: '2012-01-01' }],
  liaisonIds: [],
  ...more,
});

/** Copies of cadres: three active in the Party, one not in the Party, two who have left. */
export const cadres = [
  cadre('helper'),
  cadre('other-helper'),
  cadre('party-cadre-who-helps-nobody'),
  cadre('not-in-the-party', { partyMember: [] }),
  cadre('gone', { status: 'DEPARTED', posts: [{ ...post, until: '2012-01-01' }] }),
  cadre('left-in-2017', {
    status: 'DEPARTED',
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', until: '2017-01-01' },
      { status: 'DEPARTED', from: '2017-01-01' },
    ],
    posts: [{ ...post, until: '2017-01-01' }],
  }),
];

const square = (at: number): number[][][] => {
  const [lng, lat] = [121.5 + at / 100, 31.27];
  return [
    [
      [lng, lat],
      [lng + 0.01, lat],
      [lng + 0.01, lat + 0.01],
      [lng, lat + 0.01],
      [lng, lat],
    ],
  ];
};

const grid = (code: string, area: string, at: number, more: object = {}) => ({
  type: 'grid',
  id: idOf(code),
  code,
  layer: 'responsibility',
  name: `网格 ${code}`,
  residentialAreaId: idOf(area),
  from: '2010-06-01',
  outline: square(at),
  ...more,
});

const team = (code: string, area: string, grids: string[], more: object = {}) => ({
  type: 'serviceTeam',
  id: idOf(code),
  code,
  name: `团队 ${code}`,
  residentialAreaId: idOf(area),
  gridIds: grids.map(idOf),
  from: '2010-06-01',
  ...more,
});

const participant = (code: string, name: string, role: string, teams: object[], more: object = {}) => ({
  type: 'participant',
  id: idOf(code),
  personCode: code,
  name,
  role,
  teams,
  ...more,
});

const inTeam = (code: string, from = '2012-01-01', until?: string) => ({
  teamId: idOf(code),
  from,
  ...(until && { until }),
});

const hardship = (household: string, more: object = {}) => ({
  id: idOf(`hardship of ${household}`),
  category: 'LOW_INCOME',
  level: 'MODERATE',
  authority: '街道社区事务受理服务中心',
  evidence: '低收入证明',
  since: '2015-01-01',
  reviewOn: '2019-01-01',
  source: 'CIVIL_AFFAIRS',
  ...more,
});

/** A line of a household with a head of this name and a spouse. */
export const household = (code: string, area: string, gridCode: string, head: string, more: object = {}) => ({
  type: 'household',
  id: idOf(code),
  code,
  address: `平凉路128弄${code.slice(-1)}号502室`,
  residentialAreaId: idOf(area),
  gridId: idOf(gridCode),
  from: '2008-01-01',
  residents: [
    { id: idOf(`${code} head`), name: head, sex: 'FEMALE', birthYear: 1948, isHead: true, phone: '13800001234' },
    { id: idOf(`${code} spouse`), name: '赵大明', sex: 'MALE', birthYear: 1946, isHead: false },
  ],
  ...more,
});

const assistance = (name: string, by: string, more: object = {}) => ({
  type: 'pairedAssistance',
  id: idOf(`assistance of ${name}`),
  householdId: idOf(name),
  cadreId: idOf(by),
  from: '2016-02-01',
  consentedOn: '2016-01-15',
  ...more,
});

/** What the registers bring in: five households, four of them in hardship at some time, two of them assisted today. */
export const lines = [
  grid('G1', 'north-1', 0, { leaderCadreId: idOf('helper') }),
  grid('G2', 'north-1', 1, { until: '2018-01-01' }),
  grid('G3', 'north-2', 2),
  grid('G4', 'south-1', 3),
  grid('P1', 'south-1', 3, { layer: 'police' }),
  team('T1', 'north-1', ['G1']),
  team('T2', 'north-1', []),
  team('T3', 'south-1', ['G4']),
  team('T4', 'south-1', ['G4'], { until: '2018-08-17' }),
  participant('P-both', '王小明', 'DOCTOR', [inTeam('T1'), inTeam('T2')]),
  participant('P-south', '李芳', 'POLICE', [inTeam('T3')]),
  participant('P-left', '张强', 'PROPERTY_COMPANY', [inTeam('T1', '2012-01-01', '2018-01-01')]),
  participant(
    'P-cadre',
    '陈静',
    'PARTY_MEMBER',
    [inTeam('T1', '2012-01-01', '2015-01-01'), inTeam('T1', '2016-01-01')],
    {
      cadreId: idOf('helper'),
    },
  ),
  household('H1', 'north-1', 'G1', '钱桂英', { hardship: [hardship('H1')] }),
  household('H2', 'north-1', 'G1', '孙丽华', { hardship: [hardship('H2', { category: 'SERIOUS_ILLNESS' })] }),
  household('H3', 'north-2', 'G3', '周建国'),
  household('H4', 'south-1', 'G4', '吴秀兰', { hardship: [hardship('H4')] }),
  household('H5', 'south-1', 'G4', '郑爱民', { hardship: [hardship('H5', { until: '2017-06-01' })] }),
  assistance('H1', 'helper'),
  assistance('H4', 'other-helper'),
  assistance('H5', 'other-helper', { until: '2017-06-01', endReason: 'HARDSHIP_CLOSED' }),
  {
    type: 'homeVisit',
    id: idOf('visit'),
    heldAt: '2018-07-12T19:30:00+08:00',
    householdId: idOf('H1'),
    teamId: idOf('T1'),
    cadreIds: [idOf('helper')],
    findings: '老人腿脚不便',
    care: true,
    demands: [
      {
        id: idOf('demand for a case'),
        text: '楼道灯坏了',
        disposition: 'CASE',
        categoryCode: 'LIGHT',
        caseKind: 'HELP_REQUEST',
        areaId: idOf('north-1'),
      },
      {
        id: idOf('opinion'),
        text: '多办些活动',
        disposition: 'OPINION',
        categoryCode: 'CULTURE',
        areaId: idOf('north-1'),
      },
    ],
  },
  {
    type: 'homeVisit',
    id: idOf('visit in the south'),
    heldAt: '2018-08-01T00:30:00+08:00',
    householdId: idOf('H4'),
    cadreIds: [idOf('other-helper')],
    findings: '一切安好',
    care: true,
  },
];

/** A copy of the case that was opened from the demand for a case. */
export const openedCase = {
  id: idOf('case'),
  number: '2018-000123',
  state: 'HANDLING',
  demandId: idOf('demand for a case'),
  source: { kind: 'HOME_VISIT', id: idOf('visit') },
  categoryCode: 'LIGHT',
  areaId: idOf('north-1'),
  registeredAt: '2018-07-12T12:00:00Z',
};

/** Somebody with a role, at a place or in the whole district. */
export const somebody = (role: Role, place?: string, cadreName?: string): Actor => ({
  kind: 'person',
  sub: `test:${role}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(cadreName && { cadreId: idOf(cadreName) }),
});

export const frontlineOffice = somebody('FRONTLINE_OFFICE');
export const gridWorker = somebody('GRID_WORKER', 'north-1');
export const north = somebody('SUBDISTRICT', 'north');
export const helper = somebody('CADRE', undefined, 'helper');

/** The households subgraph with all of this. */
export function smallDistrict(): Promise<SubgraphUnderTest> {
  return subgraphUnderTest(households, { today: TODAY, copies: { organization: organizations, cadre: cadres }, lines });
}
