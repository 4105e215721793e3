import { contactDistrict } from '../contact-assignment/contact-district.fixture.ts';
import { idOf } from '../organization/five-corners.fixture.ts';

const pairs = {
  type: 'contactScheme',
  id: idOf('centres'),
  code: 'centres',
  nameZh: '示例',
  nameEn: 'Example',
  versions: [
    {
      version: 1,
      validFrom: '2015-01-01',
      contactor: { kind: 'ORGANIZATION', organizationKinds: ['SUBDISTRICT', 'TOWN'] },
      target: { kinds: ['RESIDENTIAL_AREA'] },
      cardinalities: { targetsPerContactor: { min: 2, max: 3 }, contactorsPerTarget: { max: 1 } },
      duties: [],
      source: 'ASSUMED',
    },
  ],
};
const care = {
  ...pairs,
  id: idOf('care'),
  code: 'care',
  versions: [
    {
      ...pairs.versions[0],
      contactor: { kind: 'CADRE' },
      target: { kinds: [] },
      cardinalities: undefined,
      duties: [
        {
          code: 'care',
          activity: 'CARE_VISIT',
          recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
          windowDays: 31,
          dayOffRule: 'KEEP',
        },
      ],
    },
  ],
};

const members = {
  ...pairs,
  id: idOf('members'),
  code: 'members',
  versions: [
    {
      ...pairs.versions[0],
      contactor: { kind: 'CADRE', memberships: ['PARTY'], organizationIds: ['310110', '310110101'].map(idOf) },
      target: { kinds: ['SUBDISTRICT', 'TOWN'] },
      cardinalities: { targetsPerContactor: { min: 1 } },
    },
  ],
};

/**
 * Five corners with four schemes: cadres contact streets, streets contact areas within limits, members of the Party with a
 * post at one of two organizations contact streets, cadres care for households.
 */
export const coveredDistrict = [...contactDistrict, pairs, members, care];
