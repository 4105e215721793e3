import 'reflect-metadata';
import fc from 'fast-check';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, idOf, TODAY, withRole } from './five-corners.fixture.ts';

const admin = withRole('ADMIN');
const reader = withRole('PARTNER');
const [district, town, street, yinhang] = ['310110', '310110101', '310110019', '310110016'].map(idOf) as [
  string,
  string,
  string,
  string,
];
let keys = 0;
const key = () => `organization-change-${(keys += 1)}`;

let subgraph: SubgraphUnderTest;
beforeEach(async () => void (subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners })));
afterEach(() => subgraph.stop());

const mutation = (name: string, input: string, fields = 'id version') =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${fields} } }`;

async function change(name: string, input: string, values: object, fields?: string) {
  const data = await subgraph.answer(admin, mutation(name, input, fields), {
    input: { idempotencyKey: key(), ...values },
  });
  return data[name];
}

const refused = (name: string, input: string, values: object) =>
  subgraph.refusal(admin, mutation(name, input), { input: { idempotencyKey: key(), ...values } });

const create = (values: object) => change('createOrganization', 'CreateOrganizationInput', values);

/** The paths as an independent walk up from each organization gives them: the oracle of the incremental ones. */
const recounted = `
  with recursive up as (
    select t.tree, o.id as start, o.id as at, 0 as steps, daterange(o.valid_from, o.valid_to) as held
    from organization o, (values ('TERRITORY'), ('FUNCTION')) t(tree)
    union all
    select up.tree, up.start, p.parent_id, up.steps + 1, up.held * daterange(p.valid_from, p.valid_to) from up
    join organization_parent p on p.tree = up.tree and p.organization_id = up.at and up.held && daterange(p.valid_from, p.valid_to))
  select tree, at as ancestor_id, start as descendant_id, steps as depth, held::text from up where not isempty(held)`;
const kept = `select tree, ancestor_id, descendant_id, depth, daterange(valid_from, valid_to)::text as held from organization_path`;
const differences = () =>
  subgraph.rows(`((${recounted}) except all (${kept})) union all ((${kept}) except all (${recounted}))`);

async function changhai() {
  const { id: changhaiId } = await create({
    code: '310110021',
    kind: 'SUBDISTRICT',
    nameZh: '长海路街道',
    nameEn: 'Changhai Road Subdistrict',
    from: '2019-03-01',
    parents: [{ tree: 'TERRITORY', parentId: district }],
  });
  await change('mergeOrganizations', 'MergeOrganizationsInput', {
    organizationIds: [town],
    successorId: changhaiId,
    on: '2019-03-01',
  });
  await change('splitOrganization', 'SplitOrganizationInput', {
    organizationId: street,
    on: '2019-03-01',
    parts: [{ successorId: changhaiId, residentialAreaIds: [idOf('310110019002')] }],
    continues: true,
  });
  return changhaiId as string;
}

const districtOn = `query ($on: Date) { organization(code: "310110") { children(first: 20, on: $on) { nodes {
  code name(on: $on) children(first: 20, on: $on) { nodes { code } } } } } }`;

async function streetsOn(on: string) {
  const { organization } = await subgraph.answer(reader, districtOn, { on });
  return Object.fromEntries(
    organization.children.nodes.map((node: { name: string; children: { nodes: { code: string }[] } }) => [
      node.name,
      node.children.nodes.map(({ code }) => code),
    ]),
  );
}

describe('the change of 2019', () => {
  it('makes 长海路街道 of 五角场镇 and part of 五角场街道, and 2018 still answers with the old ones', async () => {
    const id = await changhai();
    const before = {
      五角场镇: ['310110101001', '310110101002', '310110101003', 'CENTRE-101'],
      五角场街道: ['310110019001', '310110019002', '310110019003'],
      殷行街道: ['310110016001', '310110016002'],
    };
    expect(await streetsOn('2018-08-17')).toEqual(before);
    expect(await streetsOn('2019-02-28')).toEqual(before);
    const after = {
      长海路街道: ['310110019002', '310110101001', '310110101002', '310110101003', 'CENTRE-101'],
      五角场街道: ['310110019001', '310110019003'],
      殷行街道: ['310110016001', '310110016002'],
    };
    expect(await streetsOn('2019-03-01')).toEqual(after);
    expect(await differences()).toEqual([]);

    const { organization } = await subgraph.answer(
      reader,
      `query ($id: ID!) { organization(id: $id) { predecessors { on organization { code status } residentialAreas { code } } } }`,
      { id },
    );
    expect(organization.predecessors).toEqual(
      expect.arrayContaining([
        {
          on: '2019-03-01',
          organization: { code: '310110101', status: 'ACTIVE' },
          residentialAreas: ['310110101001', '310110101002', '310110101003'].map((code) => ({ code })),
        },
        {
          on: '2019-03-01',
          organization: { code: '310110019', status: 'ACTIVE' },
          residentialAreas: [{ code: '310110019002' }],
        },
      ]),
    );
    subgraph.moveTo(new Date('2019-03-01T09:00:00+08:00'));
    const { organization: gone } = await subgraph.answer(
      reader,
      '{ organization(code: "310110101") { status until name(on: "2018-12-31") successors { organization { name(on: "2019-03-01") } } } }',
    );
    expect(gone).toEqual({
      status: 'MERGED',
      until: '2019-03-01',
      name: '五角场镇',
      successors: [{ organization: { name: '长海路街道' } }],
    });
  });

  it('is told to others: the change itself, and every organization that moves', async () => {
    const id = await changhai();
    const [merged] = await subgraph.told('organization.merged');
    expect(merged).toMatchObject({
      aggregate_id: town,
      payload: { on: '2019-03-01', successorId: id, record: { status: 'ACTIVE', until: '2019-03-01' } },
    });
    const moved = await subgraph.told('organization.moved');
    expect(moved.map(({ aggregate_id: each }) => each).sort()).toEqual(
      ['310110101001', '310110101002', '310110101003', 'CENTRE-101', '310110019002'].map(idOf).sort(),
    );
    expect((await subgraph.told('organization.split'))[0]?.['payload']).toMatchObject({ continues: true });
  });
});

describe('a move', () => {
  it('today tells the new path of everything below, from the top down', async () => {
    await create({
      code: '310115',
      kind: 'DISTRICT',
      nameZh: '示例区',
      nameEn: 'Example District',
      from: '2000-01-01',
    });
    const other = (await subgraph.answer(reader, '{ organization(code: "310115") { id } }'))['organization'].id;
    await change('moveOrganization', 'MoveOrganizationInput', {
      organizationId: yinhang,
      tree: 'TERRITORY',
      parentId: other,
      from: TODAY,
    });
    const told = await subgraph.rows(
      `select aggregate_id, type, payload -> 'record' -> 'path' as path from outbox where type in ('organization.moved', 'organization.pathChanged') order by id`,
    );
    const areas = ['310110016001', '310110016002'].map(idOf).sort();
    expect(told).toEqual([
      { aggregate_id: yinhang, type: 'organization.moved', path: [other, yinhang] },
      ...areas.map((area) => ({
        aggregate_id: area,
        type: 'organization.pathChanged',
        path: [other, yinhang, area],
      })),
    ]);
  });

  it('is refused below itself, under the wrong kind, at a time when either does not exist', async () => {
    const centre = idOf('CENTRE-101');
    const move = (values: object) =>
      refused('moveOrganization', 'MoveOrganizationInput', { tree: 'TERRITORY', from: TODAY, ...values });
    expect(await move({ organizationId: idOf('310110016001'), parentId: district })).toMatchObject({
      code: 'organization.place',
      field: 'input.parentId',
    });
    expect(await move({ organizationId: centre, parentId: town, from: '1999-01-01' })).toMatchObject({
      code: 'organization.notThen',
      field: 'input.from',
    });
    const department = (name: string, above?: string) =>
      create({
        code: name,
        kind: 'DEPARTMENT',
        nameZh: name,
        nameEn: name,
        from: '2010-01-01',
        parents: above ? [{ tree: 'FUNCTION', parentId: above }] : [],
      });
    const upper = await department('DEPT-1');
    const lower = await department('DEPT-2', upper.id);
    expect(await move({ organizationId: upper.id, tree: 'FUNCTION', parentId: lower.id })).toMatchObject({
      code: 'organization.cycle',
      field: 'input.parentId',
    });
    expect(await move({ organizationId: upper.id, tree: 'FUNCTION', parentId: upper.id })).toMatchObject({
      code: 'organization.cycle',
    });
  });

  it('keeps the flattened trees equal to a full recount, whatever the history', async () => {
    const places = [district, town, street, yinhang];
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names)
      await create({ code: `DEPT-${name}`, kind: 'DEPARTMENT', nameZh: name, nameEn: name, from: '2010-01-01' });
    const { organizations: found } = await subgraph.answer(
      reader,
      '{ organizations(first: 50, filter: { kinds: [DEPARTMENT] }) { nodes { id } } }',
    );
    const departments = found.nodes.map(({ id }: { id: string }) => id) as string[];
    const areas = fiveCorners.filter(({ kind }) => kind === 'RESIDENTIAL_AREA').map(({ id }) => id);
    const year = fc.integer({ min: 2011, max: 2022 }).map((each) => `${each}-01-01`);
    const step = fc.oneof(
      fc.record({
        tree: fc.constant('FUNCTION'),
        organizationId: fc.constantFrom(...departments),
        parentId: fc.constantFrom(...departments),
        from: year,
      }),
      fc.record({
        tree: fc.constant('TERRITORY'),
        organizationId: fc.constantFrom(...areas),
        parentId: fc.constantFrom(...places),
        from: year,
      }),
    );
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        for (const values of steps) {
          const { errors } = await subgraph.ask(admin, mutation('moveOrganization', 'MoveOrganizationInput'), {
            input: { idempotencyKey: key(), ...values },
          });
          if (!errors) made += 1;
          else expect(['organization.cycle', 'organization.place']).toContain(errors[0]?.['extensions'].code);
        }
        expect(await differences()).toEqual([]);
      }),
      { numRuns: 12 },
    );
    expect(made).toBeGreaterThan(20);
  });
});

describe('changes of organizations', () => {
  it('check codes, names and what belongs together', async () => {
    const base = { code: 'X-1', kind: 'ENTERPRISE', nameZh: '示例', nameEn: 'Example', from: TODAY };
    const refusal = (values: object) =>
      refused('createOrganization', 'CreateOrganizationInput', { ...base, ...values });
    expect(await refusal({ kind: 'SUBDISTRICT' })).toMatchObject({ code: 'organization.code', field: 'input.code' });
    expect(await refusal({ code: '310110016' })).toMatchObject({ code: 'organization.codeTaken' });
    expect(await refusal({ creditCode: '91110000600037341K' })).toMatchObject({ code: 'organization.creditCode' });
    expect(await refusal({ kind: 'PARTY_BRANCH' })).toMatchObject({ code: 'organization.sector' });
    for (const [values, field] of [
      [{ location: { longitude: 1215.4, latitude: 31.3 } }, 'input.location.longitude'],
      [{ location: { longitude: 121.54, latitude: 131.3 } }, 'input.location.latitude'],
      [{ residents: -1 }, 'input.residents'],
      [{ areaKm2: -0.5 }, 'input.areaKm2'],
    ] as const)
      expect(await refusal(values)).toMatchObject({ code: 'organization.measure', field });
    expect(await refusal({ nameZh: ' ' })).toMatchObject({ code: 'organization.name', field: 'input.nameZh' });
    const parents = [{ tree: 'TERRITORY', parentId: district }];
    expect(await refusal({ kind: 'TOWN', code: '310115001', parents })).toMatchObject({ code: 'organization.code' });
    expect(await refusal({ parents: [...parents, ...parents] })).toMatchObject({ code: 'organization.parents' });
    expect(await create({ ...base, creditCode: '91110000600037341L', parents })).toHaveProperty('version');
  });

  it('give the name of its day', async () => {
    const rename = (nameZh: string, from: string) =>
      change('renameOrganization', 'RenameOrganizationInput', {
        organizationId: yinhang,
        nameZh,
        nameEn: nameZh,
        from,
      });
    await rename('丙', '2020-01-01');
    await rename('乙', '2019-01-01');
    const { organization } = await subgraph.answer(
      reader,
      `{ organization(code: "310110016") { a: name b: name(on: "2019-12-31") c: name(on: "2020-01-01") } }`,
    );
    expect(organization).toEqual({ a: '殷行街道', b: '乙', c: '丙' });
    expect((await subgraph.told('organization.renamed')).map(({ payload }) => payload.on)).toEqual([
      '2020-01-01',
      '2019-01-01',
    ]);
  });

  it('refuse splits that lose or double an area, and ends that leave something behind', async () => {
    const areas = ['310110019001', '310110019002', '310110019003'].map(idOf);
    const split = (values: object) =>
      refused('splitOrganization', 'SplitOrganizationInput', { organizationId: street, on: '2019-01-01', ...values });
    const part = (residentialAreaIds: string[], successorId = yinhang) => ({ successorId, residentialAreaIds });
    expect(await split({ continues: false, parts: [part(areas.slice(1))] })).toMatchObject({
      code: 'organization.areaLeft',
    });
    expect(await split({ continues: true, parts: [part(areas)] })).toMatchObject({ code: 'organization.nothingLeft' });
    expect(
      await split({ continues: true, parts: [part(areas.slice(1)), part(areas.slice(1, 2), town)] }),
    ).toMatchObject({ code: 'organization.areaTwice', field: 'input.parts[1].residentialAreaIds[0]' });
    expect(await split({ continues: true, parts: [part([idOf('310110101001')])] })).toMatchObject({
      code: 'organization.notItsArea',
    });
    expect(await split({ continues: true, parts: [part(areas.slice(1), idOf('CENTRE-101'))] })).toMatchObject({
      code: 'organization.successor',
    });
    expect(
      await refused('dissolveOrganization', 'DissolveOrganizationInput', { organizationId: street, on: TODAY }),
    ).toMatchObject({ code: 'organization.notEmpty', field: 'input.organizationId' });
  });

  it('happen once for a key, are refused for an older version, and only ADMIN makes them', async () => {
    const input = { idempotencyKey: key(), organizationId: idOf('CENTRE-101'), on: '2019-01-01' };
    const dissolve = mutation('dissolveOrganization', 'DissolveOrganizationInput', 'version until status');
    const once = await subgraph.answer(admin, dissolve, { input: { ...input, expectedVersion: 1 } });
    expect(once['dissolveOrganization']).toMatchObject({ until: '2019-01-01', status: 'ACTIVE' });
    expect(await subgraph.answer(admin, dissolve, { input: { ...input, expectedVersion: 1 } })).toEqual(once);
    expect(await subgraph.told('organization.dissolved')).toHaveLength(1);
    expect(
      await refused('moveOrganization', 'MoveOrganizationInput', {
        organizationId: idOf('CENTRE-101'),
        tree: 'TERRITORY',
        parentId: street,
        from: TODAY,
        expectedVersion: 1,
      }),
    ).toMatchObject({ code: 'aggregate.versionConflict', field: 'input.expectedVersion' });
    expect(
      await subgraph.refusal(withRole('FRONTLINE_OFFICE'), dissolve, { input: { ...input, idempotencyKey: key() } }),
    ).toMatchObject({ code: 'access.denied' });
  });
});

describe('a question about a subtree', () => {
  it('costs the same at any depth: as many statements, and no walk through the tree', async () => {
    let above = '';
    for (let depth = 1; depth <= 5; depth += 1) {
      const { id } = await create({
        code: `DEEP-${depth}`,
        kind: 'DEPARTMENT',
        nameZh: '示例',
        nameEn: 'Example',
        from: '2010-01-01',
        parents: above ? [{ tree: 'FUNCTION', parentId: above }] : [],
      });
      above = id;
    }
    const ask = (code: string) =>
      subgraph.ask(
        reader,
        `{ organization(code: "${code}") { subtree(first: 20, tree: FUNCTION) { totalCount nodes { code } } } }`,
      );
    const [deep, shallow] = [await ask('DEEP-1'), await ask('DEEP-4')];
    expect(deep.data?.['organization'].subtree.totalCount).toBe(4);
    expect(shallow.data?.['organization'].subtree.totalCount).toBe(1);
    expect(deep.statements).toHaveLength(shallow.statements.length);
    const plans = await Promise.all([deep, shallow].map(({ statements }) => subgraph.plans(statements)));
    expect(plans.flat().join('\n')).not.toMatch(/recursive/i);
    const shape = (plan: string[]) => plan.map((each) => each.replace(/\([^)]*\)|'[^']*'/g, ''));
    expect(shape(plans[0] as string[])).toEqual(shape(plans[1] as string[]));
  });
});
