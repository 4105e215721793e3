import type { SubgraphUnderTest } from '@frontline/testing';
import { fiveCorners, idOf, withRole } from '../organization/five-corners.fixture.ts';

const district = idOf('310110');

/** A copy of a cadre with a post at the district. */
export const cadre = (name: string, rank: string, more: object = {}) => ({
  id: idOf(name),
  staffNumber: name,
  status: 'ACTIVE',
  ranks: [{ rank, from: '2010-01-01' }],
  posts: [{ organizationId: district, from: '2010-01-01' }],
  partyMember: [],
  liaisonIds: [],
  ...more,
});

/** Copies of cadres: some may contact under the scheme, some only go along. */
export const leading = [
  cadre('leader', 'DIVISION'),
  cadre('other', 'DIVISION'),
  cadre('helper', 'STAFF'),
  cadre('second', 'SECTION'),
  cadre('third', 'STAFF'),
  cadre('elsewhere', 'DIVISION', { posts: [{ organizationId: idOf('310110019'), from: '2010-01-01' }] }),
];

const scheme = {
  type: 'contactScheme',
  id: idOf('monthly'),
  code: 'monthly',
  nameZh: '示例',
  nameEn: 'Example',
  versions: [
    {
      version: 1,
      validFrom: '2010-01-01',
      contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: ['DISTRICT'] },
      target: { kinds: ['SUBDISTRICT', 'TOWN'] },
      liaisons: { min: 1, max: 2 },
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
    },
  ],
};

/** Five corners with a scheme under which division-level cadres of the district contact streets. */
export const contactDistrict = [...fiveCorners, scheme];

/** The leader's contact with the town under the monthly scheme, a helper along; `values` say otherwise. */
export const leaderAtTown = (values: object = {}) => ({
  scheme: 'monthly',
  contactorIds: [idOf('leader')],
  targetId: idOf('310110101'),
  liaisonIds: [idOf('helper')],
  from: '2018-08-01',
  reason: '示例',
  ...values,
});

/** The Frontline Office makes an assignment; gives its id. */
export const assignedByOffice = async (subgraph: SubgraphUnderTest, variables: object): Promise<string> =>
  (
    await subgraph.answer(
      withRole('FRONTLINE_OFFICE'),
      'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id } }',
      variables,
    )
  )['assignContact'].id;
