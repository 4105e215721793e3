import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { area, leaders, patchedDistrict } from '../patch/patched-street.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const street = '310110019';
const patch = (nth: number) => ({
  type: 'patch',
  id: idOf(`patch ${nth}`),
  code: `P${nth}`,
  nameZh: '示例',
  nameEn: 'Example',
  subdistrictId: idOf(street),
  from: '2018-01-01',
  areas: [{ areaId: area(street, nth), from: '2018-01-01' }],
});
const held = (nth: number, group: string[], more: object = {}) => ({
  type: 'contactAssignment',
  id: idOf(`held ${nth}`),
  scheme: 'leaders-patch',
  contactorKind: 'CADRE',
  contactorIds: group.map(idOf),
  targetId: idOf(`patch ${nth}`),
  targetKind: 'PATCH',
  from: '2018-01-01',
  reason: '示例',
  ...more,
});

describe('what a group of leaders holds', () => {
  let subgraph: SubgraphUnderTest;
  beforeAll(async () => {
    subgraph = await subgraphUnderTest(organizations, {
      today: TODAY,
      copies: { cadre: leaders },
      lines: [
        ...patchedDistrict,
        patch(1),
        patch(2),
        held(1, ['first', 'second', 'third']),
        held(2, ['second', 'first'], { from: '2018-02-01' }),
      ],
    });
  });
  afterAll(() => subgraph.stop());

  const ask = (page: string, ...names: string[]) =>
    subgraph.ask(
      office,
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Cadre {
        assignments${page} { totalCount pageInfo { hasNextPage } nodes { id contactors { id } } } } } }`,
      { of: names.map((name) => ({ __typename: 'Cadre', id: idOf(name) })) },
    );
  const shown = async (page: string, ...names: string[]) => {
    const { data } = await ask(page, ...names);
    return data?.['_entities'].map(({ assignments }: { assignments: Record<string, unknown> }) => [
      assignments['totalCount'],
      ...(assignments['nodes'] as { id: string }[]).map(({ id }) => id),
    ]);
  };
  const [one, two] = [idOf('held 1'), idOf('held 2')];

  it('shows with each of them, in order and by pages, and with nobody else', async () => {
    expect(await shown('(first: 9)', 'first', 'second', 'third', 'clerk')).toEqual([
      [2, one, two],
      [2, one, two],
      [1, one],
      [0],
    ]);
    expect(await shown('(first: 1)', 'second', 'third')).toEqual([
      [2, one],
      [1, one],
    ]);
    expect(await shown('(first: 9, on: "2018-01-15")', 'second')).toEqual([[1, one]]);
  });

  it('costs as many statements for many cadres as for one, and reads no other assignments', async () => {
    await subgraph.rows(`insert into contact_assignment (id, scheme, contactor_kind, contactor_id, co_contactor_ids, target_id, target_kind, place_id, liaison_ids, valid_from, valid_to, reason)
      select gen_random_uuid(), 'monthly', 'CADRE', gen_random_uuid(), '{}', t.id, 'ORGANIZATION', t.id, '{}', '2017-01-01', '2017-02-01', ''
      from (select gen_random_uuid() as id from generate_series(1, 20000)) t`);
    await subgraph.rows('analyze contact_assignment');
    const alone = await ask('(first: 9)', 'first');
    const many = await ask('(first: 9)', 'first', 'second', 'third', 'clerk');
    expect(many.statements).toHaveLength(alone.statements.length);
    const lists = many.statements.filter(({ text }) => text.includes('contact_assignment'));
    expect(lists.length).toBeGreaterThan(1);
    expect((await subgraph.plans(lists)).join('\n')).not.toMatch(/Seq Scan on contact_assignment/);
  });
});
