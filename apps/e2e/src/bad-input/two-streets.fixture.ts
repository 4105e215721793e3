import type { PlatformOptions } from '@frontline/testing';
import { caseOfTheHomeVisit, ids as streetIds, oneStreet, TODAY } from '../first-flow/one-street.fixture.ts';

const id = (nth: number): string => `018f0000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

/** Ids of the two streets, for what tests name. */
export const ids = {
  ...streetIds,
  otherStreet: id(101),
  otherArea: id(102),
  grid: id(61),
  household: id(62),
  case: caseOfTheHomeVisit.id,
  nobody: id(999),
};

/** Codes of the other street, and of no place at all, as demo accounts are named by them. */
export const OTHER_STREET = '990197002';
export const NO_PLACE = 'no-place';

const since = { from: '2005-01-01' };

const organization = (nth: number, code: string, kind: string, zh: string, en: string, parentId: string) => ({
  type: 'organization',
  id: id(nth),
  code,
  kind,
  names: [{ zh, en, ...since }],
  parents: [{ tree: 'TERRITORY', parentId, ...since }],
  status: 'ACTIVE',
  ...since,
});

const account = (nth: number, sub: string, grant: object) => ({
  type: 'account',
  id: id(nth),
  sub,
  label: `${sub}（演示）`,
  grants: [grant],
});

const { records = {} } = oneStreet;

/**
 * The district of one street with another street beside it, a case that waits to be accepted, and accounts whose role
 * holds elsewhere or, without a place, nowhere.
 */
export const twoStreets: PlatformOptions = {
  today: TODAY,
  broker: false,
  records: {
    ...records,
    organizations: [
      ...(records.organizations as object[]),
      organization(101, OTHER_STREET, 'SUBDISTRICT', '另一街道', 'Other Street', ids.district),
      organization(102, '990197002001', 'RESIDENTIAL_AREA', '另一居民区', 'Other Area', ids.otherStreet),
    ],
    personnel: [
      ...(records.personnel as object[]),
      account(121, `demo:SUBDISTRICT:${OTHER_STREET}`, { role: 'SUBDISTRICT', place: ids.otherStreet }),
      account(122, `demo:SUBDISTRICT:${NO_PLACE}`, { role: 'SUBDISTRICT' }),
      account(123, `demo:GRID_WORKER:${OTHER_STREET}`, { role: 'GRID_WORKER', place: ids.otherArea }),
      account(124, 'demo:LEADER', { role: 'LEADER' }),
      account(125, 'demo:PARTNER', { role: 'PARTNER' }),
    ],
    cases: [...(records.cases as object[]), caseOfTheHomeVisit],
  },
};
