import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, idOf, TODAY } from './five-corners.fixture.ts';

const department = (code: string, above: string | undefined, more: object = {}) => ({
  type: 'organization',
  id: idOf(code),
  code,
  kind: 'DEPARTMENT',
  names: [{ zh: code, en: code, from: '2010-01-01' }],
  parents: above ? [{ tree: 'FUNCTION', parentId: idOf(above), from: '2010-01-01' }] : [],
  from: '2010-01-01',
  status: 'ACTIVE',
  ...more,
});
const lineOf = (code: string) => fiveCorners.find((each) => each.code === code) as (typeof fiveCorners)[number];
const under = (code: string, parent: string, more: object = {}) => ({
  ...lineOf(code),
  parents: [{ tree: 'TERRITORY', parentId: idOf(parent), from: '2000-01-01', ...more }],
});

describe('a bulk import of organizations', () => {
  let subgraph: SubgraphUnderTest;
  beforeAll(async () => void (subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners })));
  afterAll(() => subgraph.stop());

  const state = async () => [
    await subgraph.rows('select id, version from organization order by id'),
    await subgraph.rows('select * from organization_path order by descendant_id, tree, depth, valid_from'),
  ];
  const [area, street, town] = ['310110016001', '310110016', '310110101'];

  it.each<[string, object[], string]>([
    [
      'under a kind under which it does not stand',
      [under(area, '310110')],
      'line 1 (organization): parents.0.parentId: in this tree a RESIDENTIAL_AREA does not stand under a DISTRICT. (organization.place)',
    ],
    [
      'of the territory in the tree of functions',
      [
        department('D-1', undefined),
        { ...lineOf(area), parents: [{ tree: 'FUNCTION', parentId: idOf('D-1'), from: '2010-01-01' }] },
      ],
      'line 2 (organization): parents.0.parentId: in this tree a RESIDENTIAL_AREA does not stand under a DEPARTMENT. (organization.place)',
    ],
    [
      'under itself',
      [department('D-1', 'D-1')],
      'line 1 (organization): parents: it would stand under itself. (organization.cycle)',
    ],
    [
      'below what stands below it',
      [department('D-0', undefined), department('D-1', 'D-3'), department('D-2', 'D-1'), department('D-3', 'D-2')],
      '(organization.cycle)',
    ],
    [
      'under what has ended by then',
      [
        {
          ...lineOf(street),
          until: '2015-01-01',
          status: 'DISSOLVED',
          parents: [{ tree: 'TERRITORY', parentId: idOf('310110'), from: '2000-01-01', until: '2015-01-01' }],
        },
        under(area, street),
      ],
      `line 2 (organization): parents.0.parentId: the organization ${street} does not exist for all of that time (from 2000-01-01). (organization.notThen)`,
    ],
    [
      'before it exists',
      [under(area, street, { from: '1999-01-01' })],
      `line 1 (organization): parents.0.from: the organization ${area} does not exist for all of that time (from 1999-01-01). (organization.notThen)`,
    ],
    [
      'under nobody knows whom',
      [under(area, 'nowhere')],
      `line 1 (organization): parents.0.parentId: no organization ${idOf('nowhere')} is known here; in a file the upper one comes first. (organization.noParent)`,
    ],
    [
      'with the code of another’s',
      [{ ...under(area, town), id: idOf('a new one'), code: '310110016009' }],
      'line 1 (organization): code: the code begins with that of its parent, 310110101. (organization.code)',
    ],
    [
      'taken over by another kind',
      [{ ...lineOf(street), successors: [{ organizationId: idOf(area), on: '2030-01-01' }] }],
      'line 1 (organization): successors.0.organizationId: a SUBDISTRICT can not be taken over by this organization. (organization.successor)',
    ],
    [
      'with a sector, and no party branch',
      [{ ...lineOf(street), sector: 'OFFICE' }],
      'line 1 (organization): sector is required for a party branch, and only for one. (organization.sector)',
    ],
  ])(
    'is refused where one stands %s, by line, field and code, and brings nothing in',
    async (_name, lines, message) => {
      const before = await state();
      await expect(subgraph.import(lines)).rejects.toThrow(message);
      expect(await state()).toEqual(before);
    },
  );

  it('takes what stood the other way round at another time, in another tree, or comes later in the file', async () => {
    const [first, second] = [{ from: '2010-01-01', until: '2015-01-01' }, { from: '2015-01-01' }];
    await subgraph.import([
      department('D-5', undefined, { parents: [{ tree: 'FUNCTION', parentId: idOf('D-6'), ...first }] }),
      department('D-6', undefined, { parents: [{ tree: 'FUNCTION', parentId: idOf('D-5'), ...second }] }),
    ]);
    expect(
      await subgraph.rows(
        'select valid_from::text, valid_to::text from organization_path where ancestor_id = $1 and descendant_id = $2',
        [idOf('D-5'), idOf('D-6')],
      ),
    ).toEqual([{ valid_from: '2015-01-01', valid_to: null }]);
  });
});
