import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  broughtIn,
  delegates,
  frontlineOffice,
  idOf,
  north,
  plan,
  somebody,
  twoSubdistricts,
} from './two-subdistricts.fixture.ts';

let subgraph: SubgraphUnderTest;
beforeAll(async () => {
  subgraph = await twoSubdistricts();
  await plan(subgraph);
});
afterAll(() => subgraph?.stop());
describe('reading receptions', () => {
  const total = async (filter: string, actor: Actor = frontlineOffice) =>
    (await subgraph.answer(actor, `{ receptionDays(first: 1, filter: ${filter}) { totalCount } }`))['receptionDays']
      .totalCount;

  it.each([
    ['all', '{}', 16],
    ['those of a kind', '{ kinds: [CONCENTRATED] }', 7],
    ['those of a day', '{ from: "2018-09-15", to: "2018-09-15" }', 2],
    ['those that nobody recorded', '{ states: [UNRECORDED] }', 2],
    ['those that are planned', '{ states: [PLANNED] }', 14],
    ['those of a subdistrict', `{ within: "${idOf('north')}" }`, 9],
    ['those of a district', `{ within: "${idOf('district')}" }`, 16],
    ['those at a service centre', `{ within: "${idOf('centre of south')}" }`, 4],
    ['those at which somebody receives', `{ representativeId: "${idOf('delegate 3')}", to: "2018-08-31" }`, 1],
  ])('lists %s', async (_which, filter, expected) => expect(await total(filter)).toBe(expected));

  it('shows everybody who is signed in when and where, and only staff who receives and what came of it', async () => {
    const partner = somebody('PARTNER');
    expect(await total('{}', partner)).toBe(16);
    const { data, errors } = await subgraph.ask(
      partner,
      '{ receptionDays(first: 1) { nodes { date receivers { id } } } }',
    );
    expect(data?.['receptionDays'].nodes).toEqual([{ date: '2018-05-12', receivers: null }]);
    expect(errors?.[0]?.['extensions']).toMatchObject({ code: 'access.denied' });
    expect(await subgraph.refusal({ kind: 'anonymous' }, '{ receptionDays { totalCount } }')).toMatchObject({
      code: 'access.signIn',
    });
    expect(await subgraph.answer(north, `{ receptionDay(id: "${idOf('none')}") { date } }`)).toEqual({
      receptionDay: null,
    });
  });

  it('stands on subdistricts, representatives and cadres', async () => {
    const { _entities, organization } = await subgraph.answer(
      frontlineOffice,
      `query($r: [_Any!]!) { organization(code: "310110016") { receptions(first: 50, filter: { kinds: [MONTHLY] }) { totalCount } }
        _entities(representations: $r) { ... on Cadre { receptions(filter: { to: "2018-08-31" }) { nodes { date } } }
          ... on PublicRepresentative { receptions(filter: { to: "2018-08-31" }) { nodes { date } } } } }`,
      {
        r: [
          { __typename: 'Cadre', id: idOf('cadre 1') },
          { __typename: 'PublicRepresentative', id: delegates[2]?.id },
        ],
      },
    );
    expect(organization.receptions.totalCount).toBe(5);
    expect(_entities).toEqual([
      { receptions: { nodes: [{ date: '2018-08-15' }] } },
      { receptions: { nodes: [{ date: '2018-08-15' }] } },
    ]);
  });

  it('stay as they are when they are brought in again, and are refused where the service would plan them a second time', async () => {
    const kept = () =>
      subgraph.rows(`select d.id, d.version, array_agg(s.id order by s.nth) as seats from reception_day d
        join reception_seat s on s.reception_day_id = d.id group by d.id order by d.id`);
    const before = await kept();
    await subgraph.import(broughtIn);
    expect(await kept()).toEqual(before);
    const [first] = broughtIn;
    await expect(subgraph.import([{ ...first, id: idOf('another key') }])).rejects.toThrow(/natural key/);
    const receivers = [1, 2].map(() => ({ representativeId: idOf('delegate 1') }));
    await expect(subgraph.import([{ ...first, receivers }])).rejects.toThrow(/anybody twice/);
    await expect(subgraph.import([{ ...first, venueId: idOf('nowhere') }])).rejects.toThrow(/import those first/);
  });

  it('asks as many statements for a page of ten as for a page of one', async () => {
    const asked = async (first: number) => {
      const { errors, statements } = await subgraph.ask(
        frontlineOffice,
        `{ receptionDays(first: ${first}) { totalCount nodes { date state venue { name } subdistrict { name }
          receivers { nth representative { id receptions(first: 3) { nodes { date } } } cadre { id } } session { raised activity { id } } } } }`,
      );
      expect(errors).toBeUndefined();
      return statements.length;
    };
    expect(await asked(10)).toBeLessThanOrEqual((await asked(1)) + 1);
    expect(await asked(10)).toBeLessThanOrEqual(8);
  });
});
