import type { PlatformOptions } from '@frontline/testing';

/** The day on which the district of one street stands: a Friday. */
export const TODAY = '2018-08-17';

const id = (nth: number): string => `018f0000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

/** Ids of the district of one street, for what tests name. */
export const ids = {
  district: id(1),
  street: id(2),
  area: id(3),
  contactor: id(11),
  assignment: id(41),
  homeVisit: id(63),
  homeVisitDemand: id(64),
};

const since = { from: '2005-01-01' };

const organization = (nth: number, code: string, kind: string, zh: string, en: string, parentId?: string) => ({
  type: 'organization',
  id: id(nth),
  code,
  kind,
  names: [{ zh, en, ...since }],
  parents: parentId ? [{ tree: 'TERRITORY', parentId, ...since }] : [],
  status: 'ACTIVE',
  ...since,
});

const account = (nth: number, role: string, more: { place?: string; cadreId?: string } = {}) => ({
  type: 'account',
  id: id(nth),
  sub: `demo:${role}`,
  label: `${role}（演示）`,
  grants: [{ role, ...(more.place && { place: more.place }) }],
  ...(more.cadreId && { cadreId: more.cadreId }),
});

/** A district written by hand: one street with one residential area, and the cadre who contacts it. Everything is invented. */
export const oneStreet: Pick<PlatformOptions, 'today' | 'records'> = {
  today: TODAY,
  records: {
    organizations: [
      organization(1, '990197', 'DISTRICT', '演示区', 'Demo District'),
      organization(2, '990197001', 'SUBDISTRICT', '演示街道', 'Demo Street', ids.district),
      organization(3, '990197001001', 'RESIDENTIAL_AREA', '演示居民区', 'Demo Area', ids.street),
      {
        type: 'contactScheme',
        id: id(31),
        code: 'division-residential-area',
        nameZh: '处级干部联系居民区',
        nameEn: 'Division-level cadres contact residential areas',
        versions: [
          {
            version: 1,
            validFrom: '2005-01-01',
            contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: ['DISTRICT'] },
            target: { kinds: ['RESIDENTIAL_AREA'] },
            duties: [],
            source: 'ASSUMED',
          },
        ],
      },
      {
        type: 'contactAssignment',
        id: ids.assignment,
        scheme: 'division-residential-area',
        contactorKind: 'CADRE',
        contactorIds: [ids.contactor],
        targetId: ids.area,
        from: '2017-01-01',
        reason: '演示',
      },
    ],
    personnel: [
      {
        type: 'cadre',
        id: ids.contactor,
        staffNumber: 'DEMO-1',
        name: '演示干部',
        sex: 'FEMALE',
        bornOn: '1970-01-01',
        recruitedOn: '1995-01-01',
        status: 'ACTIVE',
        statusSince: '1995-01-01',
        ranks: [{ rank: 'DIVISION', ...since }],
        posts: [{ organizationId: ids.district, title: '处长', ...since }],
      },
      account(21, 'CADRE', { place: ids.district, cadreId: ids.contactor }),
      account(22, 'SUBDISTRICT', { place: ids.street }),
      account(23, 'FRONTLINE_OFFICE'),
      account(24, 'DISPATCH_CENTRE'),
    ],
    households: [
      {
        type: 'grid',
        id: id(61),
        code: 'DEMO-G1',
        layer: 'responsibility',
        name: '演示网格',
        residentialAreaId: ids.area,
        ...since,
        outline: [
          [
            [120, 30],
            [120.01, 30],
            [120.01, 30.01],
            [120, 30.01],
            [120, 30],
          ],
        ],
      },
      {
        type: 'household',
        id: id(62),
        code: 'DEMO-H1',
        address: '演示路1号101室',
        residentialAreaId: ids.area,
        gridId: id(61),
        ...since,
        residents: [{ id: id(65), name: '演示居民', sex: 'FEMALE', birthYear: 1950, isHead: true }],
      },
      {
        type: 'homeVisit',
        id: ids.homeVisit,
        heldAt: '2018-08-01T09:00:00+08:00',
        householdId: id(62),
        cadreIds: [ids.contactor],
        findings: '演示',
        care: false,
        demands: [
          {
            id: ids.homeVisitDemand,
            text: '希望加装扶手',
            disposition: 'CASE',
            categoryCode: 'housing',
            caseKind: 'HELP_REQUEST',
            areaId: ids.area,
          },
        ],
      },
    ],
    cases: [
      { type: 'caseCategory', id: id(51), code: 'roads.lighting', nameZh: '路灯', nameEn: 'Street lighting' },
      { type: 'caseCategory', id: id(52), code: 'greening', nameZh: '绿化', nameEn: 'Greening' },
      { type: 'caseCategory', id: id(53), code: 'housing', nameZh: '住房', nameEn: 'Housing' },
    ],
  },
};

/** The case that came of the home visit, as another system would bring it in. */
export const caseOfTheHomeVisit = {
  type: 'case',
  id: id(71),
  number: '2018-000900',
  title: '加装扶手',
  categoryCode: 'housing',
  kind: 'HELP_REQUEST',
  channel: 'HOME_VISIT',
  demandId: ids.homeVisitDemand,
  source: { kind: 'HOME_VISIT', id: ids.homeVisit },
  areaId: ids.area,
  householdId: id(62),
  state: 'REGISTERED',
  registeredAt: '2018-08-01T09:00:00+08:00',
  promiseDueAt: '2018-08-08T18:00:00+08:00',
  moves: [{ state: 'REGISTERED', at: '2018-08-01T09:00:00+08:00' }],
};
