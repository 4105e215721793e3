import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, idOf, TODAY, withRole } from './five-corners.fixture.ts';

const admin = withRole('ADMIN');
const reader = withRole('PARTNER');
const [street, town] = ['310110019', '310110101'].map(idOf) as [string, string];
let keys = 0;

let subgraph: SubgraphUnderTest;
beforeEach(async () => void (subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners })));
afterEach(() => subgraph.stop());

const points = (...positions: [number, number][]) =>
  positions.map(([longitude, latitude]) => ({ longitude, latitude }));
const box = (west: number, south: number, size: number): [number, number][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const [whole, rest] = [box(121.5, 31.25, 0.25), box(121.5, 31.25, 0.125)];

const LOCATE = 'mutation ($input: LocateOrganizationInput!) { locateOrganization(input: $input) { id version } }';
const located = (values: object) => ({
  input: { idempotencyKey: `locate-${(keys += 1)}`, organizationId: street, from: TODAY, ...values },
});
const locate = async (values: object) => (await subgraph.answer(admin, LOCATE, located(values)))['locateOrganization'];
const refused = (values: object) => subgraph.refusal(admin, LOCATE, located(values));

const on = async (day: string, id = street) =>
  (
    await subgraph.answer(
      reader,
      `query ($id: ID!, $on: Date) { organization(id: $id) { location(on: $on) { longitude latitude } outline(on: $on) } }`,
      { id, on: day },
    )
  )['organization'];

describe('where an organization is', () => {
  it('holds from a day on, and before it the old map answers', async () => {
    await locate({
      from: '2010-01-01',
      location: { longitude: 121.5, latitude: 31.3 },
      outline: [points(...whole), points(...box(121.6, 31.3, 0.0625))],
    });
    await locate({ from: '2019-03-01', outline: [points(...rest)] });
    const centre = { longitude: 121.5, latitude: 31.3 };
    expect(await on('2009-12-31')).toEqual({ location: null, outline: null });
    expect(await on('2019-02-28')).toEqual({ location: centre, outline: [whole, box(121.6, 31.3, 0.0625)] });
    expect(await on('2019-03-01')).toEqual({ location: centre, outline: [rest] });
    await locate({ from: '2020-01-01', location: null });
    expect(await on('2020-01-01')).toEqual({ location: null, outline: [rest] });
    const { organization } = await subgraph.answer(
      reader,
      `{ organization(id: "${street}") { locations { from until outline location { latitude } } } }`,
    );
    expect(organization.locations).toEqual([
      { from: '2020-01-01', until: null, outline: [rest], location: null },
      { from: '2019-03-01', until: '2020-01-01', outline: [rest], location: { latitude: 31.3 } },
      expect.objectContaining({ from: '2010-01-01', until: '2019-03-01' }),
    ]);
    expect(
      (await subgraph.told('organization.located')).map(({ aggregate_id: id, payload }) => [id, payload.on]),
    ).toEqual(['2010-01-01', '2019-03-01', '2020-01-01'].map((day) => [street, day]));
  });

  it('is given with what comes into being, and kept by what is merged', async () => {
    const { createOrganization } = await subgraph.answer(
      admin,
      'mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id outline location { longitude } } }',
      {
        input: {
          idempotencyKey: 'located-from-the-start',
          code: '310110022',
          kind: 'SUBDISTRICT',
          nameZh: '示例街道',
          nameEn: 'Example Subdistrict',
          from: '2018-01-01',
          parents: [{ tree: 'TERRITORY', parentId: idOf('310110') }],
          location: { longitude: 121.55, latitude: 31.3 },
          outline: [points(...whole)],
        },
      },
    );
    expect(createOrganization).toMatchObject({ outline: [whole], location: { longitude: 121.55 } });
    await subgraph.answer(
      admin,
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      {
        input: {
          idempotencyKey: 'merged-with-its-map',
          organizationIds: [createOrganization.id],
          successorId: street,
          on: TODAY,
        },
      },
    );
    expect(await on('2018-08-01', createOrganization.id)).toMatchObject({ outline: [whole] });
    expect(await on('2018-09-01', createOrganization.id)).toMatchObject({ outline: [whole] });
    expect(await refused({ organizationId: createOrganization.id, outline: null })).toMatchObject({
      code: 'organization.notThen',
      field: 'input.from',
    });
  });

  it('is refused with field and rule where it can’t be, and changes nothing', async () => {
    const open = points(...whole).slice(0, -1);
    const crossing = points([0, 0], [4, 4], [4, 0], [0, 3], [0, 0]);
    expect(await refused({ outline: [open] })).toMatchObject({
      code: 'organization.outline',
      field: 'input.outline',
      details: { rule: 'ring 0 must end where it began' },
    });
    expect(await refused({ outline: [points(...whole), crossing] })).toMatchObject({
      details: { rule: 'ring 1 crosses or touches itself' },
    });
    expect(await refused({ outline: [] })).toMatchObject({ details: { rule: 'needs an outer ring' } });
    expect(await refused({ location: { longitude: 190, latitude: 31 } })).toMatchObject({
      code: 'organization.measure',
      field: 'input.location.longitude',
    });
    expect(await refused({})).toMatchObject({ code: 'organization.noLocation', field: 'input' });
    expect(await refused({ from: '1999-01-01', outline: null })).toMatchObject({ code: 'organization.notThen' });
    expect(await subgraph.rows('select 1 from organization_location')).toEqual([]);
    expect(await subgraph.told('organization.located')).toEqual([]);
  });

  it('changes once for a key, is refused for an older version, and only ADMIN changes it', async () => {
    const input = located({ outline: [points(...whole)], expectedVersion: 1 });
    const once = await subgraph.answer(admin, LOCATE, input);
    expect(await subgraph.answer(admin, LOCATE, input)).toEqual(once);
    expect(await subgraph.told('organization.located')).toHaveLength(1);
    expect(await refused({ outline: null, expectedVersion: 1 })).toMatchObject({
      code: 'aggregate.versionConflict',
      field: 'input.expectedVersion',
    });
    expect(await subgraph.refusal(withRole('FRONTLINE_OFFICE'), LOCATE, located({ outline: null }))).toMatchObject({
      code: 'access.denied',
    });
  });

  it('takes one statement for a whole page', async () => {
    const ask = (first: number) =>
      subgraph.ask(
        reader,
        `{ organizations(first: ${first}) { nodes { outline location { latitude } locations { from } } } }`,
      );
    const [few, many] = [await ask(2), await ask(12)];
    expect(many.data?.['organizations'].nodes).toHaveLength(12);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.statements.filter(({ text }) => text.includes('organization_location'))).toHaveLength(1);
  });
});

describe('the map of a register', () => {
  const line = fiveCorners.find(({ id }) => id === street) as (typeof fiveCorners)[number];

  it('is held to the same rule by a bulk import, which names line, field and code, and brings nothing in', async () => {
    const [good, bad] = [[whole], [whole.slice(0, -1)]];
    await expect(
      subgraph.import([
        { ...line, outline: good },
        { ...(fiveCorners[1] as object), outline: bad },
      ]),
    ).rejects.toThrow(
      'line 2 (organization): outline: the outline ring 0 must end where it began. (organization.outline)',
    );
    const time = { from: '2000-01-01', until: '2019-03-01' };
    await expect(
      subgraph.import([{ ...line, locations: [time, { location: [121.5, 131.3], from: '2019-03-01' }] }]),
    ).rejects.toThrow(
      'line 1 (organization): locations.1.location.1 must be between -90 and 90. (organization.measure)',
    );
    expect(await subgraph.rows('select 1 from organization_location')).toEqual([]);
  });

  it('comes with its history, and goes when its source no longer has it', async () => {
    await subgraph.import([
      {
        ...line,
        locations: [
          { location: [121.5, 31.3], outline: [whole], from: '2000-01-01', until: '2019-03-01' },
          { outline: [rest], from: '2019-03-01' },
        ],
      },
    ]);
    expect(await on('2018-12-31')).toEqual({ location: { longitude: 121.5, latitude: 31.3 }, outline: [whole] });
    expect(await on('2019-03-01')).toEqual({ location: null, outline: [rest] });
    await subgraph.import([{ ...line, location: [121.5, 31.3] }]);
    expect(await on('2019-03-01')).toEqual({ location: { longitude: 121.5, latitude: 31.3 }, outline: null });
    await subgraph.import([line]);
    expect(await subgraph.rows('select 1 from organization_location')).toEqual([]);
  });

  it('keeps outlines when a table moves centres, which hold from the day of their row', async () => {
    await locate({ from: '2010-01-01', outline: [points(...whole)] });
    const tables = new TableFiles(subgraph, 'organizations', admin);
    const file = (longitude: string, latitude = '31.3', day = '2018-01-01') =>
      `代码,生效日,类别,中文名称,英文名称,经度,纬度\r\n310110101,${day},镇,五角场镇,Wujiaochang Town,${longitude},${latitude}\r\n310110019,${day},街道,五角场街道,Wujiaochang Subdistrict,${longitude},${latitude}\r\n`;
    expect(await tables.bring('organizations', file('121.5'))).toMatchObject({ progress: { updated: 2, refused: 0 } });
    expect(await on('2017-12-31')).toEqual({ location: null, outline: [whole] });
    expect(await on('2018-01-01')).toEqual({ location: { longitude: 121.5, latitude: 31.3 }, outline: [whole] });
    expect(await on('2018-01-01', town)).toEqual({ location: { longitude: 121.5, latitude: 31.3 }, outline: null });
    const half = await tables.bring('organizations', file('121.5', '', '2018-02-01'));
    expect(half).toMatchObject({ progress: { refused: 2 } });
    expect(half['issues'].nodes[0]).toMatchObject({ row: 2, column: 'latitude', code: 'organization.halfLocated' });
    const again = await tables.bring('organizations', await tables.take('organizations'));
    expect(again).toMatchObject({ progress: { refused: 0, updated: 0, created: 0 } });
  });
});
