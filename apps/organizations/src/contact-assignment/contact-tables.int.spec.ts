import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { contactDistrict, leading } from './contact-district.fixture.ts';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { area, leaders, patchedDistrict } from '../patch/patched-street.fixture.ts';
import { organizations } from '../subgraph.ts';

const office: Actor = withRole('FRONTLINE_OFFICE');
const lines = [
  ...contactDistrict,
  {
    type: 'contactAssignment',
    id: idOf('an assignment'),
    scheme: 'monthly',
    contactorKind: 'CADRE',
    contactorIds: [idOf('leader'), idOf('other')],
    targetId: idOf('310110101'),
    liaisonIds: [idOf('helper')],
    from: '2017-01-01',
    until: '2019-01-01',
    reason: '分片，划片; "示例"',
  },
];
const schemes = '代码,中文名称,英文名称,生效日,终止日,联系主体类别,对象类别,依据,任务代码,活动,频次,期限天数,计数周期';
const assignments = '联系制度,联系主体,联系对象,起始日,终止日,联络员,缘由';
const csv = (header: string, ...rows: string[]) => `${[header, ...rows].join('\r\n')}\r\n`;
const found = (batch: Record<string, unknown>) =>
  (batch['issues'] as { nodes: Record<string, unknown>[] }).nodes.map(({ row, column, code }) => [row, column, code]);

describe('the tables of schemes and assignments', () => {
  let full: SubgraphUnderTest;
  let files: TableFiles;
  beforeAll(async () => {
    full = await subgraphUnderTest(organizations, { today: TODAY, lines, copies: { cadre: leading } });
    files = new TableFiles(full, 'organizations', office);
  });
  afterAll(() => full.stop());

  it.each(['format=csv', 'format=csv&encoding=gb18030&language=en', 'format=xlsx'])(
    'are taken out as they are brought in: %s',
    async (query) => {
      const copies = { cadre: leading };
      const fresh = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners, copies });
      try {
        const other = new TableFiles(fresh, 'organizations', office);
        for (const kind of ['schemes', 'assignments']) {
          const batch = await other.bring(kind, await files.take(kind, query));
          expect(batch).toMatchObject({ state: 'DONE', progress: { refused: 0, total: 1 }, issues: { nodes: [] } });
          expect(await other.take(kind)).toEqual(await files.take(kind));
          const again = await files.bring(kind, await other.take(kind, query));
          expect(again['progress']).toMatchObject({ unchanged: 1, total: 1 });
        }
        expect((await fresh.rows('select 1 from duty')).length).toBeGreaterThan(3);
      } finally {
        await fresh.stop();
      }
    },
  );

  it('bring a scheme with its history, of which the past stays once it is here', async () => {
    const row = (from: string, duty: string, rest: string) =>
      `walks,走访,Walks,${from},,干部,街道; 镇,假定,${duty},VISIT,${rest}`;
    const first = csv(
      schemes,
      row('2010-01-01', 'visit', ',,月'),
      row('2015-01-01', 'visit', 'FREQ=WEEKLY,7,'),
      row('2015-01-01', 'meet', ',,季度'),
    );
    const made = await files.bring('schemes', first);
    expect(made).toMatchObject({ progress: { created: 3, refused: 0 } });
    const versions = () =>
      full.rows(
        `select number, valid_from::text as from, valid_to::text as until, jsonb_array_length(duties) as duties from contact_scheme_version v
         join contact_scheme s on s.id = v.scheme_id where s.code = 'walks' order by number`,
      );
    expect(await versions()).toEqual([
      { number: 1, from: '2010-01-01', until: '2015-01-01', duties: 1 },
      { number: 2, from: '2015-01-01', until: null, duties: 2 },
    ]);
    const past = await files.bring('schemes', csv(schemes, row('2015-01-01', 'visit', ',,年')));
    expect(found(past)).toEqual([[2, 'from', 'contactScheme.past']]);
    const next = await files.bring('schemes', csv(schemes, row('2018-10-01', 'visit', ',,周')));
    expect(next['progress']).toMatchObject({ updated: 1 });
    expect((await versions()).map(({ until }) => until)).toEqual(['2015-01-01', '2018-10-01', null]);
    await files.move('undo', next['id']);
    expect((await versions()).map(({ until }) => until)).toEqual(['2015-01-01', null]);
    await files.move('undo', made['id']);
    expect(await versions()).toEqual([]);
    expect((await full.told('contactScheme.retired')).at(-1)).toMatchObject({
      payload: { code: 'walks', on: '2010-01-01' },
    });
  });

  it('say of whom a scheme asks membership or a post at a particular organization, by its code', async () => {
    const header = `${schemes},特定单位,政治面貌`;
    const row = (named: string) => `bodies,对话,Bodies,2010-01-01,,干部,街道,假定,visit,VISIT,,,月,${named},中共党员`;
    const made = await files.bring('schemes', csv(header, row('310110; 310110019')));
    expect(made).toMatchObject({ progress: { created: 1, refused: 0 } });
    const [version] = await full.rows(
      `select contactor from contact_scheme_version v join contact_scheme s on s.id = v.scheme_id where s.code = 'bodies'`,
    );
    expect(version?.['contactor']).toEqual({
      kind: 'CADRE',
      organizationIds: ['310110', '310110019'].map(idOf).sort(),
      memberships: ['PARTY'],
    });
    const again = await files.bring('schemes', await files.take('schemes'));
    expect(again['progress']).toMatchObject({ unchanged: 2, refused: 0 });
    const wrong = await files.bring('schemes', csv(header, row('310110; 999').replace('bodies', 'others')));
    expect(found(wrong)).toEqual([[2, 'organizations', 'contactScheme.unknownOrganization']]);
    await files.move('undo', made['id']);
  });

  it('say at which row and column a scheme is wrong', async () => {
    const row = (code: string, rest: string) => `${code},走访,Walks,2010-01-01,,干部,街道,假定,${rest}`;
    const batch = await files.bring(
      'schemes',
      csv(
        schemes,
        row('a-one', 'visit,VISIT,FREQ=NEVER,7,'),
        row('a-two', 'visit,,,,月'),
        row('a-three', 'visit,VISIT,,,月'),
        row('a-three', 'visit,VISIT,,,周'),
        row('a-four', 'visit,VISIT,,,月'),
        row('a-four', 'meet,VISIT,,,周').replace('Walks', 'Other'),
        row('A five', 'visit,VISIT,,,月'),
      ),
    );
    expect(found(batch)).toEqual([
      [2, 'recurrence', 'contactScheme.recurrence'],
      [3, 'activity', 'contactScheme.noActivity'],
      [4, null, 'row.belongs'],
      [5, 'duty', 'contactScheme.dutyTwice'],
      [6, null, 'row.belongs'],
      [7, 'nameEn', 'contactScheme.disagrees'],
      [8, 'code', 'input.invalid'],
    ]);
  });

  it('fix contacts by the rules of the scheme, with their duties, and let them go again', async () => {
    const batch = await files.bring(
      'assignments',
      csv(
        assignments,
        'monthly,leader,310110019,2018-08-01,,second,划片',
        'monthly,leader,310110019,2018-09-01,,,重叠',
        'monthly,helper,310110019,2018-08-01,,,级别不符',
        'monthly,other,310110,2018-08-01,,,对象不符',
        'monthly,other,310110016,2018-08-01,,leader,联络员不符',
        'monthly,nobody,310110016,2018-08-01,,,无此人',
        'weekly,other,310110016,2018-08-01,,,无此制度',
        'monthly,other,310110016,2018-08-02,2018-07-01,,期间',
        'monthly,other,310110016,2018-08-03,,,重复',
        'monthly,other,310110016,2018-08-03,,,又重复',
      ),
    );
    expect(found(batch)).toEqual([
      [3, 'contactors', 'assignment.overlaps'],
      [4, 'contactors', 'assignment.contactor'],
      [5, 'target', 'assignment.target'],
      [6, 'liaisons', 'assignment.liaison'],
      [7, 'contactors', 'assignment.unknownCode'],
      [8, 'scheme', 'assignment.scheme'],
      [9, 'until', 'assignment.period'],
      [10, null, 'row.belongs'],
      [11, null, 'assignment.rowTwice'],
    ]);
    expect(batch['progress']).toMatchObject({ created: 1, refused: 9 });
    const duties = () =>
      full.rows(
        `select window_start::text as day from duty d join contact_assignment a on a.id = d.assignment_id where a.reason = '划片' order by 1`,
      );
    const owed = await duties();
    expect(owed.length).toBeGreaterThan(12);
    const ended = await files.bring(
      'assignments',
      csv(assignments, 'monthly,leader,310110019,2018-08-01,2018-12-01,second,划片'),
    );
    expect(ended['progress']).toMatchObject({ updated: 1 });
    expect((await duties()).every(({ day }) => day < '2018-12-01')).toBe(true);
    await files.move('undo', ended['id']);
    expect(await duties()).toEqual(owed);
    const undone = await files.move('undo', batch['id']);
    expect(undone['progress']).toMatchObject({ undone: 1, kept: 0 });
    expect(await duties()).toEqual([]);
    expect((await full.told('contactAssignment.ended')).at(-1)).toMatchObject({
      payload: { on: '2018-08-01', reason: 'WITHDRAWN' },
    });
  });

  it('are for the Frontline Office', async () => {
    const leader = new TableFiles(full, 'organizations', withRole('LEADER'));
    for (const kind of ['schemes', 'assignments'])
      expect(await leader.refusal(kind, csv(assignments))).toBe('access.denied');
  });

  it('of another system are not changed by hand', async () => {
    const row = 'monthly,other,310110016,2018-08-01,,,外部';
    await files.bring('assignments', csv(assignments, row), 'source=grid-system');
    const [assignment] = await full.rows(`select id from contact_assignment where reason = '外部'`);
    const input = {
      idempotencyKey: 'end-foreign',
      assignmentId: assignment?.['id'],
      on: '2018-09-01',
      reason: 'OTHER',
    };
    const refusal = await full.refusal(
      office,
      'mutation($input: EndAssignmentInput!) { endAssignment(input: $input) { id } }',
      { input },
    );
    expect(refusal).toMatchObject({
      code: 'record.ownedElsewhere',
      field: 'input.assignmentId',
      details: { system: 'grid-system' },
    });
    const taken = await files.bring('assignments', csv(assignments, row), 'takeOver=true');
    expect(taken['progress']).toMatchObject({ updated: 1 });
    expect(
      await full.refusal(office, 'mutation($input: EndAssignmentInput!) { endAssignment(input: $input) { id } }', {
        input,
      }),
    ).toEqual({});
  });
});

describe('the table of assignments under a scheme for patches', () => {
  const STREET = '310110019';
  const patch = (code: string, nth: number, more: object = {}) => ({
    type: 'patch',
    id: idOf(`${code} ${nth}`),
    subdistrictId: idOf(STREET),
    code,
    nameZh: '示例片',
    nameEn: 'Example patch',
    from: '2018-01-01',
    areas: [{ areaId: area(STREET, nth), from: '2018-01-01' }],
    ...more,
  });
  const patched = (more: object[] = []) =>
    subgraphUnderTest(organizations, {
      today: TODAY,
      lines: [
        ...patchedDistrict,
        patch('P1', 1),
        // the same code at another time is another patch
        patch('P1', 2, {
          from: '2015-01-01',
          until: '2018-01-01',
          areas: [{ areaId: area(STREET, 2), from: '2015-01-01', until: '2018-01-01' }],
        }),
        patch('P2', 3, { from: '2018-06-01', areas: [{ areaId: area(STREET, 3), from: '2018-06-01' }] }),
        ...more,
      ],
      copies: { cadre: leaders },
    });
  const staff = (at: number) => leaders[at] as (typeof leaders)[number];
  const [first, second] = [staff(0), staff(1)];

  it('takes the groups that hold them out as it brings them in', async () => {
    const held = {
      type: 'contactAssignment',
      id: idOf('a group'),
      scheme: 'leaders-patch',
      contactorKind: 'CADRE',
      contactorIds: [first.id, second.id],
      targetKind: 'PATCH',
      targetId: idOf('P1 1'),
      from: '2018-02-01',
      reason: '划片组团',
    };
    const [full, empty] = await Promise.all([patched([held]), patched()]);
    try {
      const [from, to] = [full, empty].map((each) => new TableFiles(each, 'organizations', office)) as [
        TableFiles,
        TableFiles,
      ];
      for (const query of ['format=csv', 'format=xlsx']) {
        const batch = await to.bring('assignments', await from.take('assignments', query));
        expect(batch).toMatchObject({ state: 'DONE', progress: { refused: 0, total: 1 }, issues: { nodes: [] } });
        expect(await to.take('assignments')).toEqual(await from.take('assignments'));
      }
      expect((await from.take('assignments')).toString()).toContain(
        `"${first.staffNumber}; ${second.staffNumber}",P1,2018-02-01`,
      );
      const [row] = await empty.rows('select target_kind, target_id, place_id from contact_assignment');
      expect(row).toEqual({ target_kind: 'PATCH', target_id: idOf('P1 1'), place_id: idOf(STREET) });
      expect((await empty.rows('select 1 from duty')).length).toBeGreaterThan(3);
    } finally {
      await Promise.all([full.stop(), empty.stop()]);
    }
  });

  it('refuses what is no patch on the first day, and a second group with one of the same leaders', async () => {
    const subgraph = await patched();
    try {
      const files = new TableFiles(subgraph, 'organizations', office);
      const batch = await files.bring(
        'assignments',
        csv(
          assignments,
          `leaders-patch,${first.staffNumber},P1,2018-08-01,,,一组`,
          `leaders-patch,${first.staffNumber},P1,2018-09-01,,,又一组`,
          `leaders-patch,${first.staffNumber},${STREET},2018-08-01,,,不是片`,
          `leaders-patch,${first.staffNumber},P2,2018-05-01,,,尚无此片`,
        ),
      );
      expect(batch['progress']).toMatchObject({ created: 1, refused: 3 });
      expect(found(batch)).toEqual([
        [3, 'contactors', 'assignment.overlaps'],
        [4, 'target', 'assignment.unknownCode'],
        [5, 'target', 'assignment.unknownCode'],
      ]);
      const undone = await files.move('undo', batch['id']);
      expect(undone['progress']).toMatchObject({ undone: 1, kept: 0 });
      expect(await subgraph.rows('select 1 from contact_assignment union all select 1 from duty')).toEqual([]);
    } finally {
      await subgraph.stop();
    }
  });
});
