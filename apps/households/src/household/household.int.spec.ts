import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  frontlineOffice,
  gridWorker,
  helper,
  idOf,
  north,
  smallDistrict,
  somebody,
} from '../small-district.fixture.ts';

const personal = '{ code masked address head { name phone birthYear } hardships { evidence } }';

describe('households', () => {
  let district: SubgraphUnderTest;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district?.stop());

  const codes = async (actor: Actor, filter = '{}') => {
    const query = `{ households(filter: ${filter}) { totalCount nodes { code } } }`;
    const { households } = await district.answer(actor, query);
    expect(households.totalCount).toBe(households.nodes.length);
    return households.nodes.map(({ code }: { code: string }) => code);
  };

  it('are found by hardship, help, grid, area and day', async () => {
    const found = (filter: string) => codes(frontlineOffice, filter);
    expect(await found('{}')).toEqual(['H1', 'H2', 'H3', 'H4', 'H5']);
    expect(await found('{ hardshipOn: "2018-08-17" }')).toEqual(['H1', 'H2', 'H4']);
    expect(await found('{ hardshipOn: "2017-05-31" }')).toEqual(['H1', 'H2', 'H4', 'H5']);
    expect(await found('{ hardshipOn: "2018-08-17", assistedOn: "2018-08-17" }')).toEqual(['H1', 'H4']);
    expect(await found('{ hardshipOn: "2018-08-17", uncoveredOn: "2018-08-17" }')).toEqual(['H2']);
    expect(await found('{ uncoveredOn: "2018-08-17" }')).toEqual(['H2', 'H3', 'H5']);
    expect(await found('{ hardshipCategories: [SERIOUS_ILLNESS] }')).toEqual(['H2']);
    expect(await found('{ hardshipOn: "2018-08-17", hardshipLevels: [SEVERE] }')).toEqual([]);
    expect(await found('{ reviewDueBy: "2019-01-01" }')).toEqual(['H1', 'H2', 'H4', 'H5']);
    expect(await found(`{ gridId: "${idOf('G4')}" }`)).toEqual(['H4', 'H5']);
    expect(await found(`{ residentialAreaId: "${idOf('north-2')}" }`)).toEqual(['H3']);
    expect(await found(`{ within: "${idOf('north')}", hardshipOn: "2018-08-17" }`)).toEqual(['H1', 'H2']);
    expect(await found(`{ helperId: "${idOf('other-helper')}" }`)).toEqual(['H4']);
    expect(await found(`{ helperId: "${idOf('other-helper')}", assistedOn: "2017-01-01" }`)).toEqual(['H4', 'H5']);
    expect(await found('{ codes: ["H3"], activeOn: "2007-12-31" }')).toEqual([]);
  });

  it.each<[string, Actor, string[]]>([
    ['a grid worker those of the residential area', gridWorker, ['H1', 'H2']],
    ['a subdistrict those of its subtree', north, ['H1', 'H2', 'H3']],
    ['a cadre those they assist today', helper, ['H1']],
    ['a cadre without an account of their own none', somebody('CADRE'), []],
    ['a grid worker elsewhere none', somebody('GRID_WORKER', 'nowhere'), []],
    ['a leader all', somebody('LEADER'), ['H1', 'H2', 'H3', 'H4', 'H5']],
    ['an auditor all', somebody('AUDITOR'), ['H1', 'H2', 'H3', 'H4', 'H5']],
  ])('show %s', async (_what, actor, expected) => {
    expect(await codes(actor)).toEqual(expected);
  });

  it('show each role of a person what it may see, together', async () => {
    const both: Actor = {
      kind: 'person',
      sub: 'test:both',
      cadreId: idOf('other-helper'),
      grants: [{ role: 'CADRE' }, { role: 'GRID_WORKER', place: idOf('north-2') }],
    };
    expect(await codes(both)).toEqual(['H3', 'H4']);
  });

  it.each(['PARTNER', 'ADMIN', 'DEPARTMENT'] as const)('show %s nothing at all', async (role) => {
    const actor = somebody(role);
    for (const field of ['households { totalCount }', 'household(code: "H1") { code }', 'homeVisits { totalCount }'])
      expect(await district.refusal(actor, `{ ${field} }`)).toMatchObject({ code: 'access.denied' });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Household { code address } } }`;
    const { _entities: found } = await district.answer(actor, query, {
      of: [{ __typename: 'Household', id: idOf('H1') }],
    });
    expect(found).toEqual([null]);
  });

  it('are masked for those who read the whole district, and nothing is audited', async () => {
    const { household } = await district.answer(frontlineOffice, `{ household(code: "H1") ${personal} }`);
    expect(household).toEqual({
      code: 'H1',
      masked: true,
      address: '平凉路***',
      head: { name: '钱**', phone: '*********34', birthYear: null },
      hardships: [{ evidence: null }],
    });
    expect(await district.audited('household.unmaskedRead')).toEqual([]);
  });

  it.each<[string, Actor]>([
    ['the grid worker of the place', gridWorker],
    ['the subdistrict', north],
    ['the helper', helper],
  ])('are shown clearly to %s, once in the audit trail for each household and request', async (_who, actor) => {
    const { household } = await district.answer(actor, `{ household(code: "H1") ${personal} }`);
    expect(household).toEqual({
      code: 'H1',
      masked: false,
      address: '平凉路128弄1号502室',
      head: { name: '钱桂英', phone: '13800001234', birthYear: 1948 },
      hardships: [{ evidence: '低收入证明' }],
    });
    const sub = actor.kind === 'person' ? actor.sub : undefined;
    expect(await district.audited('household.unmaskedRead')).toEqual([
      { aggregate_type: 'household', aggregate_id: idOf('H1'), sub, reason: null },
    ]);
  });

  it('leave no trace where no personal data was asked for', async () => {
    await district.answer(gridWorker, '{ households { nodes { code masked grid { code } helper { id } } } }');
    expect(await district.audited('household.unmaskedRead')).toEqual([]);
  });

  it('keep personal data sealed in the database', async () => {
    const rows = await district.rows(
      'select t::text as text from household t union all select r::text from resident r',
    );
    const stored = rows.map(({ text }) => text).join('\n');
    for (const plain of ['平凉路', '钱桂英', '13800001234']) expect(stored).not.toContain(plain);
    const evidence = await district.rows('select evidence from hardship_certificate');
    for (const { evidence: sealed } of evidence) expect(sealed).not.toContain('证明');
  });

  it('are found by exact personal data only where it is shown, and the search is audited', async () => {
    expect(await codes(gridWorker, '{ residentName: "钱桂英" }')).toEqual(['H1']);
    expect(await codes(north, '{ residentPhone: "13800001234", address: "平凉路128弄3号502室" }')).toEqual(['H3']);
    expect(await codes(helper, '{ residentName: "钱桂英" }')).toEqual(['H1']);
    expect(await codes(frontlineOffice, '{ residentName: "钱桂英" }')).toEqual([]);
    expect(await codes(somebody('SUBDISTRICT', 'south'), '{ residentName: "钱桂英" }')).toEqual([]);
    const reasons = (await district.audited('household.personalSearch')).map(({ reason }) => reason);
    expect(reasons).toEqual(['residentName', 'address, residentPhone', 'residentName', 'residentName', 'residentName']);
  });

  it('answer about help as of a day', async () => {
    const { household } = await district.answer(
      frontlineOffice,
      `{ household(code: "H5") { now: helper { id } then: helper(on: "2017-01-01") { id }
         hardships { id } hardshipHistory { category from until } assistanceHistory { from until endReason cadre { id } } } }`,
    );
    expect(household).toEqual({
      now: null,
      then: { id: idOf('other-helper') },
      hardships: [],
      hardshipHistory: [{ category: 'LOW_INCOME', from: '2015-01-01', until: '2017-06-01' }],
      assistanceHistory: [
        { from: '2016-02-01', until: '2017-06-01', endReason: 'HARDSHIP_CLOSED', cadre: { id: idOf('other-helper') } },
      ],
    });
  });

  it('hang on organizations, cadres and grids', async () => {
    const { _entities: found } = await district.answer(
      frontlineOffice,
      `query ($of: [_Any!]!) { _entities(representations: $of) {
         ... on Organization { households(filter: { hardshipOn: "2018-08-17" }) { totalCount nodes { code } } }
         ... on Cadre { assistedHouseholds { totalCount nodes { code } } past: assistedHouseholds(on: "2017-01-01") { totalCount } }
         ... on Grid { households { totalCount } } } }`,
      {
        of: [
          { __typename: 'Organization', id: idOf('district') },
          { __typename: 'Organization', id: idOf('north-1') },
          { __typename: 'Cadre', id: idOf('other-helper') },
          { __typename: 'Grid', id: idOf('G4') },
        ],
      },
    );
    expect(found).toEqual([
      { households: { totalCount: 3, nodes: [{ code: 'H1' }, { code: 'H2' }, { code: 'H4' }] } },
      { households: { totalCount: 2, nodes: [{ code: 'H1' }, { code: 'H2' }] } },
      { assistedHouseholds: { totalCount: 1, nodes: [{ code: 'H4' }] }, past: { totalCount: 2 } },
      { households: { totalCount: 2 } },
    ]);
  });
});
