import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';

/** Ids that are the same in every run. */
export const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');

/** The day on which this small district stands: before the change of 2019. */
export const TODAY = '2018-08-17';

/** Somebody with one role in the whole district. */
export const withRole = (role: Role, cadreId?: string): Actor => ({
  kind: 'person',
  sub: `the ${role}`,
  grants: [{ role }],
  ...(cadreId && { cadreId }),
});

const territory = (code: string, kind: string, zh: string, en: string, parent?: string) => ({
  type: 'organization',
  id: idOf(code),
  code,
  kind,
  names: [{ zh, en, from: '2000-01-01' }],
  parents: parent ? [{ tree: 'TERRITORY', parentId: idOf(parent), from: '2000-01-01' }] : [],
  from: '2000-01-01',
  status: 'ACTIVE',
});

const areasOf = (street: string, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const nth = String(at + 1).padStart(3, '0');
    return territory(
      `${street}${nth}`,
      'RESIDENTIAL_AREA',
      `示例居民区${street.slice(-3)}${nth}`,
      `Area ${nth}`,
      street,
    );
  });

/** The district with 五角场镇, 五角场街道 and 殷行街道 as they were in 2018; residential areas are invented. */
export const fiveCorners = [
  territory('310110', 'DISTRICT', '杨浦区', 'Yangpu District'),
  territory('310110101', 'TOWN', '五角场镇', 'Wujiaochang Town', '310110'),
  territory('310110019', 'SUBDISTRICT', '五角场街道', 'Wujiaochang Subdistrict', '310110'),
  territory('310110016', 'SUBDISTRICT', '殷行街道', 'Yinhang Subdistrict', '310110'),
  ...areasOf('310110101', 3),
  ...areasOf('310110019', 3),
  ...areasOf('310110016', 2),
  territory('CENTRE-101', 'SERVICE_CENTRE', '示例服务中心', 'Example centre', '310110101'),
];
