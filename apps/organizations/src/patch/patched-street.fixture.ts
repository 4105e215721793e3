import { cadre } from '../contact-assignment/contact-district.fixture.ts';
import { fiveCorners, idOf } from '../organization/five-corners.fixture.ts';

const at = (street: string) => ({ posts: [{ organizationId: idOf(street), from: '2010-01-01' }] });

/** Leaders of two streets, and a cadre who leads none. */
export const leaders = [
  cadre('first', 'DIVISION', at('310110019')),
  cadre('second', 'DIVISION', at('310110019')),
  cadre('third', 'DIVISION', at('310110019')),
  cadre('of the town', 'DIVISION', at('310110101')),
  cadre('clerk', 'STAFF', at('310110019')),
];

const scheme = {
  type: 'contactScheme',
  id: idOf('leaders-patch'),
  code: 'leaders-patch',
  nameZh: '示例',
  nameEn: 'Example',
  versions: [
    {
      version: 1,
      validFrom: '2018-01-01',
      contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: ['SUBDISTRICT', 'TOWN'], atTarget: true },
      target: { kinds: ['RESIDENTIAL_AREA'], inPatches: true },
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
};

/** Five corners with the scheme under which leaders of a street hold patches of it. */
export const patchedDistrict = [...fiveCorners, scheme];

/** The nth residential area of a street. */
export const area = (street: string, nth: number): string => idOf(`${street}00${nth}`);
