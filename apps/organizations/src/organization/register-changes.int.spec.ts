import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { contactDistrict, leading } from '../contact-assignment/contact-district.fixture.ts';
import { patchedDistrict } from '../patch/patched-street.fixture.ts';
import { organizations } from '../subgraph.ts';
import { fiveCorners, idOf, TODAY, withRole } from './five-corners.fixture.ts';

const admin = withRole('ADMIN');
const [town, street] = ['310110101', '310110019'].map(idOf) as [string, string];
const areas = ['310110101001', '310110101002', '310110101003'].map(idOf);
const branch = (code: string, sector: string, parent: string) => ({
  type: 'organization',
  id: idOf(code),
  code,
  kind: 'PARTY_BRANCH',
  sector,
  names: [{ zh: code, en: code, from: '2000-01-01' }],
  parents: [{ tree: 'TERRITORY', parentId: idOf(parent), from: '2000-01-01' }],
  from: '2000-01-01',
  status: 'ACTIVE',
});

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: [
      ...contactDistrict,
      branch('office-1', 'OFFICE', '310110'),
      branch('community-1', 'COMMUNITY', '310110101001'),
      branch('community-2', 'COMMUNITY', '310110101002'),
      {
        type: 'patch',
        id: idOf('patch'),
        subdistrictId: town,
        code: 'P-1',
        nameZh: '示例',
        nameEn: 'Example',
        from: '2018-01-01',
        areas: areas.map((areaId) => ({ areaId, from: '2018-01-01' })),
      },
      patchedDistrict.at(-1) as object,
      {
        type: 'contactAssignment',
        id: idOf('held'),
        scheme: 'monthly',
        contactorKind: 'CADRE',
        contactorIds: [idOf('leader')],
        targetId: town,
        from: '2018-01-01',
        reason: '示例',
      },
      {
        type: 'branchPairing',
        id: idOf('pairing'),
        branchId: idOf('office-1'),
        partnerId: idOf('community-1'),
        from: '2018-01-01',
      },
    ],
  });
});
afterEach(() => subgraph.stop());

const lineOf = (code: string) => fiveCorners.find((each) => each.code === code) as object;
const contacts = () =>
  subgraph.rows(
    `select target_id as target, valid_from::text as "from", valid_to::text as until, end_reason as reason from contact_assignment order by valid_from`,
  );
const patches = () =>
  subgraph.rows(
    `select subdistrict_id as street, valid_from::text as "from", valid_to::text as until from patch order by valid_from`,
  );
const pairings = () =>
  subgraph.rows(
    `select partner_id as partner, valid_to::text as until, end_reason as reason from branch_pairing order by valid_from`,
  );
const dissolved = (code: string, until: string) => ({ ...lineOf(code), until, status: 'DISSOLVED' });

describe('a register that lets an organization end without a successor', () => {
  const ended = (until: string) => [{ target: town, from: '2018-01-01', until, reason: 'TARGET_DISSOLVED' }];

  it('ends its contacts on that day, once it has come', async () => {
    await subgraph.import([dissolved('310110101', '2018-09-01')]);
    expect(await contacts()).toMatchObject([{ until: null }]);
    subgraph.moveTo(new Date('2018-09-03T09:00:00+08:00'));
    for (let times = 0; times < 2; times += 1) await subgraph.dailyWork();
    expect(await contacts()).toEqual(ended('2018-09-01'));
    expect(await subgraph.told('contactAssignment.ended')).toHaveLength(1);
  });

  it('ends them at once where it tells of the past, by a table too, with pairings and patches', async () => {
    await subgraph.import([
      dissolved('310110101001', '2018-08-02'),
      { ...branch('community-1', 'COMMUNITY', '310110101001'), until: '2018-08-01', status: 'DISSOLVED' },
    ]);
    expect(await pairings()).toEqual([
      { partner: idOf('community-1'), until: '2018-08-01', reason: 'BRANCH_DISSOLVED' },
    ]);
    expect(
      await subgraph.rows(`select area_id, valid_to::text as until from patch_area where valid_to is not null`),
    ).toEqual([{ area_id: areas[0], until: '2018-08-02' }]);
    const file =
      '代码,生效日,类别,中文名称,英文名称,状态\r\n310110101,2018-08-01,镇,五角场镇,Wujiaochang Town,撤销\r\n';
    const batch = await new TableFiles(subgraph, 'organizations', admin).bring('organizations', file);
    expect(batch).toMatchObject({ progress: { updated: 1, refused: 0 } });
    expect(await contacts()).toEqual(ended('2018-08-01'));
  });

  it('ends one that was moved in the graph since it was brought in', async () => {
    const { errors } = await subgraph.ask(
      admin,
      'mutation ($input: MoveOrganizationInput!) { moveOrganization(input: $input) { id } }',
      {
        input: {
          idempotencyKey: 'moved-before-it-ended',
          organizationId: areas[0],
          tree: 'TERRITORY',
          parentId: street,
          from: '2018-06-01',
        },
      },
    );
    expect(errors).toBeUndefined();
    await subgraph.import([dissolved('310110101001', '2019-07-15')]);
    expect(
      await subgraph.rows(
        `select o.valid_to::text as until, p.parent_id as parent from organization o join organization_parent p
          on p.organization_id = o.id where o.id = $1 and p.tree = 'TERRITORY' and p.valid_to is null`,
        [areas[0]],
      ),
    ).toEqual([{ until: '2019-07-15', parent: street }]);
  });
});

describe('a register that tells of a succession', () => {
  it('lets contacts, pairings and patches follow, and later contacts of the old one too', async () => {
    const on = '2018-08-01';
    await subgraph.import([
      {
        ...lineOf('310110101'),
        until: on,
        status: 'MERGED',
        successors: [{ organizationId: street, on, residentialAreaIds: areas }],
      },
      {
        ...branch('community-1', 'COMMUNITY', '310110101001'),
        until: on,
        status: 'MERGED',
        successors: [{ organizationId: idOf('community-2'), on }],
      },
    ]);
    expect(await contacts()).toEqual([
      { target: town, from: '2018-01-01', until: on, reason: 'TARGET_MERGED' },
      { target: street, from: on, until: null, reason: null },
    ]);
    expect(await patches()).toEqual([
      { street: town, from: '2018-01-01', until: on },
      { street, from: on, until: null },
    ]);
    expect(await pairings()).toEqual([
      { partner: idOf('community-1'), until: on, reason: 'BRANCH_MERGED' },
      { partner: idOf('community-2'), until: null, reason: null },
    ]);
    await subgraph.import([
      {
        type: 'contactAssignment',
        id: idOf('late'),
        scheme: 'monthly',
        contactorKind: 'CADRE',
        contactorIds: [idOf('other')],
        targetId: town,
        from: '2018-02-01',
        reason: '示例',
      },
    ]);
    await subgraph.dailyWork();
    expect((await contacts()).slice(1)).toEqual([
      { target: town, from: '2018-02-01', until: on, reason: 'TARGET_MERGED' },
      { target: street, from: on, until: null, reason: null },
      { target: street, from: on, until: null, reason: null },
    ]);
  });

  it('changes nothing more where the change was decided here', async () => {
    await subgraph.answer(
      admin,
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      { input: { idempotencyKey: 'decided-here', organizationIds: [town], successorId: street, on: '2018-09-01' } },
    );
    const before = [await contacts(), await patches(), await pairings()];
    expect(before[1]).toHaveLength(2);
    subgraph.moveTo(new Date('2018-09-03T09:00:00+08:00'));
    await subgraph.dailyWork();
    expect([await contacts(), await patches(), await pairings()]).toEqual(before);
  });
});
