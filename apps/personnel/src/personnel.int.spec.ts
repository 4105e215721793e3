import 'reflect-metadata';
import { cadre, idOf, keeper, lines, smallDistrict, somebody, type SmallDistrict } from './small-district.fixture.ts';

describe('the personnel subgraph', () => {
  let district: SmallDistrict;
  beforeAll(async () => {
    district = await smallDistrict();
  });
  afterAll(() => district.stop());

  const numbers = async (filter: string, actor = keeper) => {
    const { cadres } = await district.answer(
      actor,
      `{ cadres(filter: ${filter}) { totalCount nodes { staffNumber } } }`,
    );
    expect(cadres.totalCount).toBe(cadres.nodes.length);
    return cadres.nodes.map(({ staffNumber }: { staffNumber: string }) => staffNumber.slice(2));
  };

  it('finds cadres by place, rank, status, membership, number and exact name, on a day', async () => {
    expect(await numbers(`{ within: "${idOf('north')}" }`)).toEqual(['alone', 'section', 'third']);
    expect(await numbers(`{ organizationId: "${idOf('south')}" }`)).toEqual(['former']);
    expect(await numbers(`{ organizationId: "${idOf('south')}", on: "2015-12-31" }`)).toEqual(['former', 'retired']);
    expect(await numbers('{ ranks: [DIVISION] }')).toEqual(['alone', 'former', 'leader']);
    expect(await numbers('{ ranks: [DIVISION], on: "2012-01-01" }')).toEqual(['alone', 'former', 'leader', 'retired']);
    expect(await numbers('{ statuses: [RETIRED, DEPARTED] }')).toEqual(['retired']);
    expect(await numbers('{ statuses: [RETIRED], on: "2015-12-31" }')).toEqual([]);
    expect(await numbers('{ partyMember: false }')).toEqual(['young']);
    expect(await numbers('{ search: "赵leader" }')).toEqual(['leader']);
    expect(await numbers('{ search: "赵" }')).toEqual([]);
    expect(await numbers('{ search: "P-s" }')).toEqual(['second', 'section']);
    expect(await numbers('{ staffNumbers: ["P-third", "P-young"] }')).toEqual(['third', 'young']);
  });

  it('pages through every order without losing or repeating anybody', async () => {
    for (const order of ['STAFF_NUMBER', 'NEWEST', 'NAME']) {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { cadres } = await district.answer(
          keeper,
          `query ($after: String) { cadres(first: 2, after: $after, order: ${order}) { nodes { staffNumber } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        seen.push(...cadres.nodes.map(({ staffNumber }: { staffNumber: string }) => staffNumber));
        ({ hasNextPage: more, endCursor: after } = cadres.pageInfo);
      }
      expect([order, new Set(seen).size, seen.length]).toEqual([order, 9, 9]);
      if (order === 'NEWEST') expect(seen[0]).toBe('P-young');
      else expect(seen).toEqual([...seen].sort());
    }
  });

  it('shows names to those who work with cadres, masked to who runs or audits, and nobody to partners', async () => {
    const query = '{ cadre(staffNumber: "P-leader") { name } publicRepresentatives { nodes { name } } }';
    const names = async (actor: typeof keeper) => {
      const { cadre: found, publicRepresentatives } = await district.answer(actor, query);
      return [found.name, publicRepresentatives.nodes[0].name];
    };
    for (const actor of [keeper, somebody('GRID_WORKER', 'north-1'), somebody('FRONTLINE_OFFICE')])
      expect(await names(actor)).toEqual(['赵leader', '钱代表']);
    for (const actor of [somebody('ADMIN'), somebody('AUDITOR')]) expect(await names(actor)).toEqual(['赵**', '钱**']);
    expect(await district.refusal(somebody('PARTNER'), query)).toMatchObject({ code: 'access.denied' });
    const stored = await district.rows('select name from cadre union all select name from public_representative');
    expect(JSON.stringify(stored)).not.toMatch(/[\u4e00-\u9fff]/);
    const personal = '{ cadre(staffNumber: "P-leader") { bornOn } }';
    expect(await district.refusal(somebody('SUBDISTRICT', 'north'), personal)).toMatchObject({ code: 'access.denied' });
    await district.answer(somebody('FRONTLINE_OFFICE'), query);
    expect(await district.audited('cadre.personnelRecordRead')).toEqual([]);
    await district.answer(keeper, '{ cadre(staffNumber: "P-leader") { bornOn again: bornOn } }');
    expect(await district.audited('cadre.personnelRecordRead')).toEqual([
      { aggregate_type: 'cadre', aggregate_id: idOf('leader'), sub: 'test:ORG_DEPARTMENT:', reason: null },
    ]);
  });

  it('hangs on organizations and cadres', async () => {
    const { _entities: found } = await district.answer(
      keeper,
      `query ($of: [_Any!]!) { _entities(representations: $of) {
         ... on Organization { staff { totalCount nodes { staffNumber } } past: staff(on: "2015-12-31", ranks: [DIVISION]) { totalCount } }
         ... on Cadre { staffNumber liaisons { staffNumber } terms { kind } } } }`,
      {
        of: [
          { __typename: 'Organization', id: idOf('south') },
          { __typename: 'Cadre', id: idOf('leader') },
        ],
      },
    );
    expect(found).toEqual([
      { staff: { totalCount: 1, nodes: [{ staffNumber: 'P-former' }] }, past: { totalCount: 2 } },
      { staffNumber: 'P-leader', liaisons: [{ staffNumber: 'P-liaison' }], terms: [] },
    ]);
  });

  it('asks at most one statement for each field and level, whatever the size of the page', async () => {
    const page = (first: number) => `{ cadres(first: ${first}) { totalCount nodes {
      name status statusSince rank statusHistory { status } ranks { rank } posts { title organization { id } } memberships { kind }
      liaisons { staffNumber rank } liaisonOf { staffNumber } experience { kind } absences { from } absence { from substitute { name } }
      substitutes { from } rotations(first: 3) { totalCount nodes { state cadre { staffNumber } } } terms { kind } } } }`;
    const small = await district.ask(keeper, page(1));
    const large = await district.ask(keeper, page(9));
    expect([small.errors, large.errors]).toEqual([undefined, undefined]);
    expect(large.statements.length).toBeLessThanOrEqual(small.statements.length + 4);
    expect(large.statements.length).toBeLessThanOrEqual(20);
  });

  it('serves records of cadres and representatives as a snapshot', async () => {
    const { cadreSnapshot, publicRepresentativeSnapshot } = await district.answer(
      somebody('PARTNER'),
      '{ cadreSnapshot { nodes { id sequence record } } publicRepresentativeSnapshot { nodes { record } } }',
    );
    const leader = cadreSnapshot.nodes.find(({ id }: { id: string }) => id === idOf('leader'));
    expect(leader).toMatchObject({
      sequence: 2,
      record: {
        status: 'ACTIVE',
        statuses: [{ status: 'ACTIVE', from: '2000-07-01' }],
        liaisonIds: [{ cadreId: idOf('liaison'), from: '2016-01-01' }],
      },
    });
    const [told] = (await district.told('cadre.imported')).filter(
      ({ aggregate_id: id, sequence }) => id === leader.id && sequence === 2,
    );
    expect(told?.['payload'].record).toEqual(leader.record);
    expect(publicRepresentativeSnapshot.nodes).toMatchObject([{ record: { kind: 'PARTY_DELEGATE' } }]);
    expect(JSON.stringify([cadreSnapshot, publicRepresentativeSnapshot])).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('an import of personnel', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const state = () =>
    district.rows(`select (select count(*) from outbox)::int as told, (select max(imported_at) from imported_row)::text as last,
      (select sum(version) from cadre)::int as versions, (select count(*) from status_period)::int as statuses`);

  it('changes nothing when the same lines come again', async () => {
    const before = await state();
    await district.import(lines);
    expect(await state()).toEqual(before);
  });

  it('removes what its source no longer lists, and tells the record though the cadre’s own row is the same', async () => {
    const period = (title: string, from: string, until?: string) => ({
      organizationId: idOf('south'),
      title,
      from,
      ...(until && { until }),
    });
    const posts = [period('甲', '2000-07-01', '2010-01-01'), period('乙', '2010-01-01')];
    await district.import([cadre('former', 'DIVISION', 'south', { posts })]);
    await district.import([cadre('former', 'DIVISION', 'south', { posts: posts.slice(0, 1) })]);
    const told = (await district.told('cadre.imported')).filter(({ aggregate_id: id }) => id === idOf('former'));
    expect(told.map(({ sequence, payload }) => [sequence, payload.record.posts.length])).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
  });

  it('keeps a history of statuses, rotations and absences', async () => {
    const statuses = [
      { status: 'ACTIVE', from: '2000-07-01', until: '2017-01-01' },
      { status: 'ON_LEAVE', reason: 'STUDY', from: '2017-01-01', until: '2017-07-01' },
      { status: 'ACTIVE', from: '2017-07-01' },
    ];
    const { status: _status, statusSince: _since, ...line } = cadre('former', 'DIVISION', 'south', { statuses });
    await district.import([
      line,
      {
        type: 'rotation',
        id: idOf('r'),
        cadreId: idOf('former'),
        organizationId: idOf('north'),
        state: 'ACTIVE',
        from: '2018-01-01',
        until: '2019-01-01',
        begunOn: '2018-01-02',
      },
      {
        type: 'absence',
        id: idOf('a'),
        cadreId: idOf('former'),
        kind: 'TRAINING',
        from: '2018-08-13',
        until: '2018-08-31',
        substituteId: idOf('alone'),
      },
    ]);
    const { cadre: seen } = await district.answer(
      keeper,
      '{ cadre(staffNumber: "P-former") { then: status(on: "2017-03-01") absence { substitute { staffNumber } } rotations { nodes { state begunOn } } } }',
    );
    expect(seen).toEqual({
      then: 'ON_LEAVE',
      absence: { substitute: { staffNumber: 'P-alone' } },
      rotations: { nodes: [{ state: 'ACTIVE', begunOn: '2018-01-02' }] },
    });
  });

  const liaison = (at: number, who: string, from: string) => ({
    type: 'liaison',
    id: idOf(`liaison ${at}`),
    cadreId: idOf('leader'),
    liaisonId: idOf(who),
    from,
  });

  it.each<[string, object[], RegExp]>([
    [
      'ranks that overlap',
      [
        cadre('x', 'STAFF', 'north', {
          ranks: [
            { rank: 'STAFF', from: '2000-07-01' },
            { rank: 'SECTION', from: '2010-01-01' },
          ],
        }),
      ],
      /ranks: must not overlap/,
    ],
    [
      'a period that ends before it begins',
      [cadre('x', 'STAFF', 'north', { ranks: [{ rank: 'STAFF', from: '2010-01-01', until: '2009-01-01' }] })],
      /until: must be later than from/,
    ],
    [
      'a status without its day',
      [cadre('x', 'STAFF', 'north', { statusSince: undefined })],
      /status: must be given with statusSince/,
    ],
    [
      'experience that overlaps',
      [
        {
          type: 'experience',
          id: idOf('e2'),
          cadreId: idOf('alone'),
          organizationId: idOf('north'),
          kind: 'ROTATION',
          from: '2007-12-31',
        },
      ],
      /periods of the cadre .* overlap/,
    ],
    ['a third liaison', [liaison(1, 'second', '2018-01-01'), liaison(2, 'third', '2018-01-01')], /at most 2 liaisons/],
    ['a liaison of division level', [liaison(1, 'former', '2018-01-01')], /below division level/],
    [
      'a liaison of nobody',
      [{ ...liaison(1, 'second', '2018-01-01'), cadreId: idOf('nobody') }],
      /no cadre with the id/,
    ],
    [
      'a member with a constituency',
      [
        {
          type: 'publicRepresentative',
          id: idOf('m'),
          name: '某',
          kind: 'CPPCC_MEMBER',
          level: 'DISTRICT',
          termFrom: '2018-01-01',
          constituencyId: idOf('north'),
        },
      ],
      /constituencyId/,
    ],
    [
      'substitutes who are away',
      [
        {
          type: 'absence',
          id: idOf('a1'),
          cadreId: idOf('second'),
          kind: 'OTHER',
          from: '2018-09-01',
          until: '2018-09-10',
          substituteId: idOf('third'),
        },
        {
          type: 'absence',
          id: idOf('a2'),
          cadreId: idOf('third'),
          kind: 'OTHER',
          from: '2018-09-09',
          until: '2018-09-12',
        },
      ],
      /while being away themselves/,
    ],
    [
      'a rotation that is over without an end',
      [
        {
          type: 'rotation',
          id: idOf('r'),
          cadreId: idOf('second'),
          organizationId: idOf('north'),
          state: 'COMPLETED',
          from: '2018-01-01',
          until: '2018-06-01',
          begunOn: '2018-01-01',
        },
      ],
      /endedOn/,
    ],
    [
      'a number that somebody there has',
      [{ ...cadre('fifth', 'STAFF', 'north'), staffNumber: 'P-former' }],
      /^lines 1 to 1 \(cadre\) contradict records that are there already \(cadre_staff_number_unique\)$/,
    ],
  ])('refuses %s and keeps nothing of it', async (_what, bad, message) => {
    const before = await state();
    await expect(district.import(bad)).rejects.toThrow(message);
    expect(await state()).toEqual(before);
  });

  describe('of many cadres', () => {
    const page = (fields: string) => `{ ${fields} }`;

    it('leaves every list with an index to read', async () => {
      await district.import(
        Array.from({ length: 6000 }, (_, at) =>
          cadre(
            `m${String(at).padStart(5, '0')}`,
            at % 50 === 0 ? 'DIVISION' : 'STAFF',
            at % 40 === 0 ? 'north-1' : 'department',
            {
              recruitedOn: `20${String(10 + (at % 8))}-0${1 + (at % 9)}-01`,
            },
          ),
        ),
      );
      await district.import(
        Array.from({ length: 3000 }, (_, at) => ({
          type: 'rotation',
          id: idOf(`r${at}`),
          cadreId: idOf(`m${String(at).padStart(5, '0')}`),
          organizationId: idOf(at % 2 ? 'north' : 'south'),
          state: 'PLANNED',
          from: `2019-0${1 + (at % 9)}-01`,
          until: '2020-01-01',
        })),
      );
      await district.rows('analyze');
      const lists = [
        'cadres { nodes { staffNumber name status rank posts { title } } }',
        'cadres(order: NEWEST) { nodes { staffNumber } }',
        'cadres(filter: { search: "赵m00007" }) { nodes { staffNumber } }',
        `cadres(filter: { within: "${idOf('north')}" }) { nodes { staffNumber } }`,
        `cadres(filter: { organizationId: "${idOf('north-1')}" }) { nodes { staffNumber } }`,
        'cadre(staffNumber: "P-m00007") { experience { kind } absences { from } liaisons { id } rotations { totalCount } }',
        'rotations { nodes { state } }',
        `rotations(filter: { cadreId: "${idOf('m00007')}" }) { nodes { state } }`,
      ];
      for (const fields of lists) {
        const { statements, errors } = await district.ask(keeper, page(fields));
        expect([fields, errors]).toEqual([fields, undefined]);
        const plans = await district.plans(statements);
        expect(plans.length).toBeGreaterThan(0);
        const scans = plans.filter((plan) =>
          /Seq Scan on (cadre|post|rank_period|status_period|rotation)\b/.test(plan),
        );
        expect([fields, scans]).toEqual([fields, []]);
      }
    });
  });
});
