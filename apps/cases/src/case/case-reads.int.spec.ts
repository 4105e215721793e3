import 'reflect-metadata';
import { v5 } from 'uuid';
import type { Actor, Role } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { cases } from '../subgraph.ts';

type Row = Awaited<ReturnType<SubgraphUnderTest['answer']>>;

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const somebody = (role: Role, { place, cadre }: { place?: string; cadre?: string } = {}): Actor => ({
  kind: 'person',
  sub: `test:${role}`,
  grants: [{ role, ...(place && { place: idOf(place) }) }],
  ...(cadre && { cadreId: idOf(cadre) }),
});
const office = somebody('FRONTLINE_OFFICE');

const organization = (name: string, kind: string, ...above: string[]) => ({
  id: idOf(name),
  code: name,
  kind,
  path: [...above, name].map(idOf),
  status: 'ACTIVE',
  from: '2005-01-01',
});
const organizations = [
  organization('district', 'DISTRICT'),
  organization('north', 'SUBDISTRICT', 'district'),
  organization('south', 'SUBDISTRICT', 'district'),
  organization('north-1', 'RESIDENTIAL_AREA', 'district', 'north'),
  organization('south-1', 'RESIDENTIAL_AREA', 'district', 'south'),
  organization('water', 'DEPARTMENT', 'district'),
];

/** Who holds a case is away now, after somebody else had stood in before. */
const absence = (substitute: string, from: string, until: string) => ({
  id: idOf(`${substitute} ${from}`),
  substituteId: idOf(substitute),
  from,
  until,
});
const cadres = [
  {
    id: idOf('holder'),
    staffNumber: 'holder',
    status: 'ACTIVE',
    ranks: [],
    posts: [],
    partyMember: [],
    liaisonIds: [],
    absences: [absence('earlier', '2018-08-01', '2018-08-17'), absence('substitute', '2018-08-17', '2018-08-20')],
  },
];

/** Sixty cases, every third in the south, every second with the water department, the first one closed in time. */
const lines = [
  { type: 'caseCategory', id: idOf('roads'), code: 'roads', nameZh: '道路', nameEn: 'Roads' },
  ...Array.from({ length: 60 }, (_, at) => ({
    type: 'case',
    id: idOf(`case ${at}`),
    number: `2018-${String(at + 1).padStart(6, '0')}`,
    title: `井盖 ${at}`,
    categoryCode: 'roads',
    kind: at % 4 === 0 ? 'COMPLAINT' : 'HELP_REQUEST',
    channel: 'VISIT',
    demandId: idOf(`demand ${at}`),
    source: { kind: 'ACTIVITY', id: idOf('activity') },
    areaId: idOf(at % 3 === 0 ? 'south-1' : 'north-1'),
    ...(at % 2 === 0 && { leadOrganizationId: idOf('water') }),
    ...(at === 5 && { holderCadreId: idOf('holder') }),
    state: at === 0 ? 'CLOSED' : 'HANDLING',
    registeredAt: new Date(Date.UTC(2018, 6, 1, at)).toISOString(),
    promiseDueAt: new Date(Date.UTC(2018, 7, 20 - (at % 10))).toISOString(),
    moves: [{ state: 'REGISTERED', at: new Date(Date.UTC(2018, 6, 1, at)).toISOString() }],
    ...(at === 0 && { closedAt: '2018-07-02T00:00:00Z', closingCode: 'SOLVED' }),
  })),
];

describe('reading cases', () => {
  let subgraph: SubgraphUnderTest;
  beforeAll(async () => {
    const copies = { organization: organizations, cadre: cadres };
    subgraph = await subgraphUnderTest(cases, { today: '2018-08-17', copies, lines });
  });
  afterAll(() => subgraph?.stop());

  const count = async (actor: Actor, filter = '') =>
    (await subgraph.answer(actor, `{ cases(first: 1${filter && `, filter: ${filter}`}) { totalCount } }`))['cases']
      .totalCount as number;

  it('gives one by id and by number, and null for one that there is not', async () => {
    const fields = 'id number title state isOpen category { code nameZh } moves { state }';
    const { byId, byNumber, none } = await subgraph.answer(
      office,
      `{ byId: case(id: "${idOf('case 1')}") { ${fields} } byNumber: case(number: "2018-000002") { ${fields} } none: case(number: "2018-999999") { id } }`,
    );
    expect(byId).toEqual(byNumber);
    expect(byId).toMatchObject({
      number: '2018-000002',
      isOpen: true,
      category: { code: 'roads', nameZh: '道路' },
      moves: [{ state: 'REGISTERED' }],
    });
    expect(none).toBeNull();
  });

  it.each([
    ['', 60],
    ['{ open: false }', 1],
    ['{ open: true }', 59],
    ['{ states: [CLOSED] }', 1],
    ['{ kinds: [COMPLAINT] }', 15],
    ['{ channels: [HOTLINE] }', 0],
    ['{ categoryCodes: ["roads"] }', 60],
    ['{ overdue: true }', 42],
    [`{ leadOrganizationId: "${idOf('water')}" }`, 30],
    [`{ within: "${idOf('south')}" }`, 20],
    [`{ within: "${idOf('north')}", kinds: [COMPLAINT] }`, 10],
  ])('finds those that the filter %s names', async (filter, expected) => {
    expect(await count(office, filter)).toBe(expected);
  });

  it('goes through a list page by page, in the order asked for, each once', async () => {
    for (const [order, key] of [
      ['LATEST', 'registeredAt'],
      ['DUE', 'promiseDueAt'],
    ] as const) {
      const seen: Row[] = [];
      for (let after: string | undefined; seen.length === 0 || after;) {
        const { cases: page } = await subgraph.answer(
          office,
          `query($after: String) { cases(first: 25, order: ${order}, after: $after) { nodes { id ${key} } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        seen.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(60);
      const keys = seen.map((each) => each[key] as string);
      expect(keys).toEqual([...keys].sort((a, b) => (order === 'LATEST' ? b.localeCompare(a) : a.localeCompare(b))));
    }
  });

  it.each([
    ['the Frontline Office', office, 60],
    ['a subdistrict', somebody('SUBDISTRICT', { place: 'south' }), 20],
    ['a subdistrict without its place', somebody('SUBDISTRICT'), 0],
    ['a grid worker', somebody('GRID_WORKER', { place: 'north-1' }), 40],
    ['a department', somebody('DEPARTMENT', { place: 'water' }), 30],
    ['a cadre who holds one', somebody('CADRE', { cadre: 'holder' }), 1],
    ['a cadre who stands in for who holds one', somebody('CADRE', { cadre: 'substitute' }), 1],
    ['a cadre who stood in before', somebody('CADRE', { cadre: 'earlier' }), 0],
    ['a cadre who holds none', somebody('CADRE', { cadre: 'another' }), 0],
  ])('shows %s their cases and no others, by number and by reference as well', async (_who, actor, expected) => {
    expect(await count(actor)).toBe(expected);
    const visible = (await subgraph.answer(
      actor,
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { id } } }',
      { r: Array.from({ length: 60 }, (_, at) => ({ __typename: 'Case', id: idOf(`case ${at}`) })) },
    )) as { _entities: (Row | null)[] };
    expect(visible._entities.filter((each) => each !== null)).toHaveLength(expected);
  });

  it('answers for the objects of other services: open cases of a cadre, cases of a place, the case of a demand', async () => {
    const { _entities } = await subgraph.answer(
      office,
      `query($r: [_Any!]!) { _entities(representations: $r) {
        ... on Cadre { openCases { nodes { number } } }
        ... on Organization { cases(first: 1) { totalCount } leadCases(first: 1) { totalCount } }
        ... on Demand { case { number } }
      } }`,
      {
        r: [
          { __typename: 'Cadre', id: idOf('holder') },
          { __typename: 'Organization', id: idOf('south') },
          { __typename: 'Organization', id: idOf('water') },
          { __typename: 'Demand', id: idOf('demand 7') },
        ],
      },
    );
    expect(_entities).toEqual([
      { openCases: { nodes: [{ number: '2018-000006' }] } },
      { cases: { totalCount: 20 }, leadCases: { totalCount: 0 } },
      { cases: { totalCount: 0 }, leadCases: { totalCount: 30 } },
      { case: { number: '2018-000008' } },
    ]);
  });

  it('asks as many statements for a page of fifty as for a page of one', async () => {
    const page = (first: number) => `{ cases(first: ${first}) { totalCount nodes {
      number category { code } moves { state at } leadOrganization { id cases(first: 2) { totalCount nodes { number } } } } } }`;
    const asked = async (first: number) => {
      const { errors, statements } = await subgraph.ask(office, page(first));
      expect(errors).toBeUndefined();
      return statements.map(({ text }) => text.replace(/\$\d+/g, '$')).sort();
    };
    // a page of one has to have what the others have: the latest case with a lead
    const [one, fifty] = [await asked(2), await asked(50)];
    expect(one.length).toBeGreaterThan(3);
    expect(fifty.length).toBe(one.length);
    expect(fifty.length).toBeLessThanOrEqual(7);
  });

  it('finds a page by index, not by reading the table', async () => {
    await subgraph.rows('analyze case_file');
    const { statements } = await subgraph.ask(office, '{ cases(first: 5) { nodes { number } } }');
    // sixty rows are read whole whatever indexes there are, unless the planner is told that this is dear
    await subgraph.rows('set enable_seqscan = off');
    const plans = await subgraph.plans(statements);
    await subgraph.rows('reset enable_seqscan');
    expect(plans.join('\n')).toMatch(/Index (Only )?Scan.* on case_file/);
    expect(plans.join('\n')).not.toMatch(/Sort Key/);
  });
});
