import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
} from './activity/contacted-areas.fixture.ts';

describe('the organizations subgraph', () => {
  let areas: SubgraphUnderTest;
  beforeAll(async () => {
    areas = await contactedAreas();
  });
  afterAll(() => areas?.stop());

  const total = async (list: string, filter: string, actor: Actor = frontlineOffice) =>
    (await areas.answer(actor, `{ ${list}(first: 1, filter: ${filter}) { totalCount } }`))[list].totalCount as number;

  it.each([
    ['organizations', '{}', 6],
    ['organizations', '{ kinds: [RESIDENTIAL_AREA] }', 3],
    ['organizations', '{ codes: ["310110016001", "none"] }', 1],
    ['organizations', '{ activeOn: "1999-12-31" }', 0],
    ['organizations', `{ within: "${idOf('north')}" }`, 2],
    ['organizations', '{ search: "示例310110016" }', 3],
    ['organizations', '{ search: "310110019" }', 2],
    ['contactAssignments', '{}', 4],
    ['contactAssignments', '{ on: "2018-08-14" }', 5],
    ['contactAssignments', `{ contactorId: "${idOf('deputy director')}" }`, 2],
    ['contactAssignments', `{ targetWithin: "${idOf('north')}" }`, 3],
    ['duties', '{}', 6],
    ['duties', '{ scheme: "none" }', 0],
    ['duties', '{ from: "2018-08-01", to: "2018-08-31" }', 5],
    ['duties', '{ states: [MISSED] }', 1],
    ['duties', '{ states: [DUE] }', 5],
    ['duties', `{ contactorId: "${idOf('another')}" }`, 1],
    ['duties', `{ targetWithin: "${idOf('south')}" }`, 1],
    ['activities', '{ kinds: [VISIT] }', 0],
    ['demands', '{ dispositions: [CASE] }', 0],
  ])('lists %s that the filter %s names', async (list, filter, expected) => {
    expect(await total(list, filter)).toBe(expected);
  });

  it('gives an organization by id and by code, with what stands above and below on a day', async () => {
    const fields = `id code name names { zh } ancestors { code } subtree { nodes { code } } children(first: 1) { totalCount }`;
    const { byId, byCode } = await areas.answer(
      frontlineOffice,
      `{ byId: organization(id: "${idOf('north')}") { ${fields} } byCode: organization(code: "310110016") { ${fields} } }`,
    );
    expect(byId).toEqual(byCode);
    expect(byId).toMatchObject({
      ancestors: [{ code: '310110' }],
      subtree: { nodes: [{ code: '310110016001' }, { code: '310110016002' }] },
      children: { totalCount: 2 },
    });
  });

  it('answers for the objects of other services: what a cadre holds and owes', async () => {
    const { _entities } = await areas.answer(
      frontlineOffice,
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Cadre {
        assignments { nodes { target { code } } } duties { totalCount } activities { totalCount } } } }`,
      { r: [{ __typename: 'Cadre', id: idOf('director') }] },
    );
    expect(_entities).toEqual([
      {
        assignments: { nodes: [{ target: { code: '310110016001' } }] },
        duties: { totalCount: 3 },
        activities: { totalCount: 0 },
      },
    ]);
  });

  it('shows a partner the directory, and none of the duties', async () => {
    const partner = somebody('PARTNER', 'partner');
    expect(await total('organizations', '{}', partner)).toBe(6);
    expect(await areas.refusal(partner, '{ duties { totalCount } }')).toMatchObject({ code: 'access.denied' });
    expect(await areas.refusal({ kind: 'anonymous' }, '{ organizations { totalCount } }')).toMatchObject({
      code: 'access.signIn',
    });
    expect(await total('organizations', '{}', gridWorker)).toBe(6);
    expect(await total('organizations', '{}', cadre('stranger'))).toBe(6);
  });

  it.each([
    [
      'contacts of an area, five levels deep',
      `{ organizations(first: FIRST, filter: { kinds: [RESIDENTIAL_AREA] }) { nodes { name parent { name }
        contacts(first: 3) { totalCount nodes { scheme contactors { id } liaisons { id } target { name }
          duties(first: 3) { totalCount nodes { state fulfilment { id } assignment { id } } }
          activities(first: 3) { nodes { demands { id } } } } } } } }`,
      14,
    ],
    [
      'duties with what owes them',
      '{ duties(first: FIRST) { totalCount nodes { state assignment { scheme target { code name } } } } }',
      5,
    ],
  ])('asks as many statements for a page of three as for a page of one: %s', async (_what, query, most) => {
    const asked = async (first: number) => {
      const { errors, statements } = await areas.ask(frontlineOffice, query.replace('FIRST', String(first)));
      expect(errors).toBeUndefined();
      const times = new Map<string, number>();
      for (const { text } of statements) times.set(text, (times.get(text) ?? 0) + 1);
      return { kinds: times.size, repeated: Math.max(...times.values()), all: statements.length };
    };
    const [one, three] = [await asked(1), await asked(3)];
    expect(one.kinds).toBeGreaterThan(2);
    expect(three.kinds).toBe(one.kinds);
    // three levels ask for names, two for organizations: together or apart, as the database's answers come in
    expect(three.repeated).toBeLessThanOrEqual(3);
    expect(three.all).toBeLessThanOrEqual(most);
  });

  it('asks the same for what stands one level below and for a whole subtree', async () => {
    const costOf = async (field: string) => {
      const { statements } = await areas.ask(
        frontlineOffice,
        `{ organization(code: "310110") { ${field}(first: 50) { nodes { code } } } }`,
      );
      expect(statements.length).toBeGreaterThan(1);
      return statements.length;
    };
    expect(await costOf('subtree')).toBe(await costOf('children'));
  });
});
