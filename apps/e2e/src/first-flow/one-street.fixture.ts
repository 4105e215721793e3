import type { PlatformOptions } from '@frontline/testing';

/** The day on which the district of one street stands: a Friday. */
export const TODAY = '2018-08-17';

const id = (nth: number): string => `018f0000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

/** Ids of the district of one street, for what tests name. */
export const ids = { district: id(1), street: id(2), area: id(3), contactor: id(11), assignment: id(41) };

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
    cases: [
      { type: 'caseCategory', id: id(51), code: 'roads.lighting', nameZh: '路灯', nameEn: 'Street lighting' },
      { type: 'caseCategory', id: id(52), code: 'greening', nameZh: '绿化', nameEn: 'Greening' },
    ],
  },
};
