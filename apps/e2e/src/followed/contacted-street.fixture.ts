import type { PlatformOptions } from '@frontline/testing';
import { ids as known, OTHER_STREET, twoStreets } from '../bad-input/two-streets.fixture.ts';
import { caseOfTheHomeVisit, TODAY } from '../first-flow/one-street.fixture.ts';

const id = (nth: number): string => `018f0000-0000-7000-8000-${String(nth).padStart(12, '0')}`;

/** Ids of the contacted street, for what tests name. */
export const ids = {
  ...known,
  liaison: id(201),
  visits: id(202),
  ofTheStreet: id(203),
  liaisonPeriod: id(204),
  assistance: id(205),
  team: id(206),
  openCase: id(207),
  ofStreet: id(241),
  ofArea: id(242),
  caseOfStreet: id(243),
  caseOfArea: id(244),
};

export { OTHER_STREET, TODAY };

const since = { from: '2005-01-01' };
const { records = {} } = twoStreets;

const scheme = (nth: number, code: string, kinds: string[], more: object = {}) => ({
  type: 'contactScheme',
  id: id(nth),
  code,
  nameZh: '演示制度',
  nameEn: 'Demo scheme',
  versions: [
    {
      version: 1,
      validFrom: '2005-01-01',
      contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: ['DISTRICT'] },
      target: { kinds },
      duties: [
        {
          code: 'visit',
          activity: 'VISIT',
          recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
          windowDays: 28,
          dayOffRule: 'KEEP',
        },
      ],
      source: 'ASSUMED',
      ...more,
    },
  ],
});

const assigned = (assignmentId: string, code: string, targetId: string, more: object = {}) => ({
  type: 'contactAssignment',
  id: assignmentId,
  scheme: code,
  contactorKind: 'CADRE',
  contactorIds: [ids.contactor],
  targetId,
  from: '2017-01-01',
  reason: '演示',
  ...more,
});

/** Somebody with a post at one organization of the street. */
const cadreAt = (cadreId: string, staffNumber: string, organizationId: string) => ({
  type: 'cadre',
  id: cadreId,
  staffNumber,
  name: '演示干部',
  sex: 'MALE',
  bornOn: '1985-01-01',
  recruitedOn: '2008-01-01',
  status: 'ACTIVE',
  statusSince: '2008-01-01',
  ranks: [{ rank: 'STAFF', from: '2008-01-01' }],
  posts: [{ organizationId, title: '科员', from: '2008-01-01' }],
});

/** A case that an organization leads and a cadre holds. */
const heldCase = (caseId: string, number: string, leadOrganizationId: string, holderCadreId: string) => ({
  ...caseOfTheHomeVisit,
  id: caseId,
  number,
  demandId: undefined,
  source: undefined,
  leadOrganizationId,
  holderCadreId,
  state: 'HANDLING',
  moves: [{ state: 'HANDLING', at: '2018-08-02T09:00:00+08:00', organizationId: leadOrganizationId }],
});

/**
 * Two streets whose only contacts hang on one cadre: monthly visits to an area, with a liaison, and to a street; and an
 * assisted household. The street leads an open case about that area. Beside that a cadre of the street and one of its area,
 * each with an open case and an account of their place. Everything is invented.
 */
export const contactedStreet: PlatformOptions = {
  today: TODAY,
  records: {
    organizations: [
      ...(records.organizations as object[]),
      scheme(211, 'monthly-area', ['RESIDENTIAL_AREA'], { liaisons: { min: 1, max: 2 } }),
      scheme(212, 'monthly-street', ['SUBDISTRICT']),
      assigned(ids.visits, 'monthly-area', ids.area, { liaisonIds: [ids.liaison] }),
      assigned(ids.ofTheStreet, 'monthly-street', ids.street),
    ],
    personnel: [
      ...(records.personnel as object[]),
      cadreAt(ids.liaison, 'DEMO-2', ids.district),
      cadreAt(ids.ofStreet, 'DEMO-3', ids.street),
      cadreAt(ids.ofArea, 'DEMO-4', ids.area),
      {
        type: 'account',
        id: id(223),
        sub: 'demo:GRID_WORKER',
        label: '网格（演示）',
        cadreId: ids.ofArea,
        grants: [{ role: 'GRID_WORKER', place: ids.area }],
      },
      { type: 'liaison', id: ids.liaisonPeriod, cadreId: ids.contactor, liaisonId: ids.liaison, from: '2017-01-01' },
      ...['ORG_DEPARTMENT', 'ADMIN'].map((role, at) => ({
        type: 'account',
        id: id(221 + at),
        sub: `demo:${role}`,
        label: `${role}（演示）`,
        grants: [{ role }],
      })),
    ],
    households: [
      ...(records.households as { type: string; id: string }[]).map((line) =>
        line.id === ids.household
          ? {
              ...line,
              hardship: [
                {
                  id: id(231),
                  category: 'LOW_INCOME',
                  level: 'MODERATE',
                  authority: '演示街道',
                  evidence: '演示',
                  since: '2015-01-01',
                  reviewOn: '2019-01-01',
                  source: '演示',
                },
              ],
            }
          : line,
      ),
      {
        type: 'pairedAssistance',
        id: ids.assistance,
        householdId: ids.household,
        cadreId: ids.contactor,
        from: '2017-01-01',
        consentedOn: '2016-12-01',
      },
      {
        type: 'serviceTeam',
        id: ids.team,
        code: 'DEMO-T1',
        name: '演示团队',
        residentialAreaId: ids.area,
        gridIds: [ids.grid],
        ...since,
      },
    ],
    cases: [
      ...(records.cases as object[]),
      heldCase(ids.openCase, '2018-000901', ids.street, ids.contactor),
      heldCase(ids.caseOfStreet, '2018-000902', ids.street, ids.ofStreet),
      heldCase(ids.caseOfArea, '2018-000903', ids.area, ids.ofArea),
    ],
  },
};
