import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { personnel } from '../subgraph.ts';
import { idOf, lines, organizations, TODAY } from '../small-district.fixture.ts';

const keeper: Actor = { kind: 'person', sub: 'somebody:keeper', grants: [{ role: 'ORG_DEPARTMENT' }] };
const northern: Actor = {
  ...keeper,
  sub: 'somebody:north',
  grants: [{ role: 'ORG_DEPARTMENT', place: idOf('north') }],
};
const auditor: Actor = { ...keeper, sub: 'somebody:auditor', grants: [{ role: 'AUDITOR' }] };
const admin: Actor = { ...keeper, sub: 'somebody:admin', grants: [{ role: 'ADMIN' }] };

const header = '工号,生效日,姓名,性别,出生日期,入职日期,在职状态,状态原因,职级,任职,政治面貌';
const csv = (...rows: string[]) => `${[header, ...rows].join('\r\n')}\r\n`;
const person = (number: string, from = '2010-07-01') => `${number},${from},钱一,女,1985-01-31,2010-07-01`;
const copies = { organization: organizations };

describe('the table of cadres', () => {
  let full: SubgraphUnderTest;
  let empty: SubgraphUnderTest;
  let register: TableFiles;
  let tables: TableFiles;
  beforeAll(async () => {
    full = await subgraphUnderTest(personnel, { today: TODAY, lines, copies });
    empty = await subgraphUnderTest(personnel, { today: TODAY, copies });
    register = new TableFiles(full, 'personnel', keeper);
    tables = new TableFiles(empty, 'personnel', keeper);
  });
  afterAll(async () => {
    await full.stop();
    await empty.stop();
  });

  it.each(['format=csv', 'format=csv&encoding=gb18030&language=en', 'format=xlsx'])(
    'is taken out as it is brought in, with all its history: %s',
    async (query) => {
      const fresh = await subgraphUnderTest(personnel, { today: TODAY, copies });
      try {
        const file = await register.take('cadres', query);
        const other = new TableFiles(fresh, 'personnel', keeper);
        const batch = await other.bring('cadres', file);
        expect(batch).toMatchObject({ state: 'DONE', progress: { refused: 0 }, issues: { nodes: [] } });
        expect(await other.take('cadres')).toEqual(await register.take('cadres'));
        const again = await register.bring('cadres', await other.take('cadres', query));
        expect(again['progress'].unchanged).toBe(again['progress'].total);
        expect(again['progress'].total).toBeGreaterThan(lines.length / 2);
      } finally {
        await fresh.stop();
      }
    },
  );

  it('names by its id an organization that nobody here knows, and knows it again where a cadre has a post there', async () => {
    const fresh = await subgraphUnderTest(personnel, { today: TODAY, lines, copies });
    try {
      const other = new TableFiles(fresh, 'personnel', keeper);
      await fresh.rows('delete from local_copy where id = $1', [idOf('north')]);
      const file = await other.take('cadres');
      expect(file.toString()).toContain(`${idOf('north')}/`);
      const { progress } = await other.bring('cadres', file);
      expect(progress).toMatchObject({ refused: 0, unchanged: progress.total });
      const stranger = csv(`${person('N9')},,,科级,${idOf('nowhere')}/科长,`);
      expect((await other.bring('cadres', stranger))['issues'].nodes).toMatchObject([
        { row: 2, column: 'posts', code: 'cadre.unknownCode' },
      ]);
    } finally {
      await fresh.stop();
    }
  });

  it('tells others of somebody new, and of what changes, so that they act on it', async () => {
    const made = await tables.bring('cadres', csv(`${person('N1')},,,科级,north-1/科长,中共党员`));
    expect(made['progress']).toMatchObject({ created: 1, refused: 0 });
    const moved = await tables.bring(
      'cadres',
      csv(`${person('N1', '2018-01-01')},,,处级,"north/主任; south/副主任/挂职",中共党员`),
    );
    expect(moved['progress']).toMatchObject({ updated: 1 });
    const types = async () =>
      (await empty.rows('select type, sequence::int, payload from outbox order by id')).map(({ type, sequence }) => [
        type,
        sequence,
      ]);
    expect(await types()).toEqual([
      ['cadre.imported', 1],
      ['cadre.ranked', 2],
      ['cadre.posted', 3],
    ]);
    const { cadre } = await empty.answer(
      keeper,
      '{ cadre(staffNumber: "N1") { name rank posts { title from until } } }',
    );
    expect(cadre).toEqual({
      name: '钱一',
      rank: 'DIVISION',
      posts: [
        { title: '主任', from: '2018-01-01', until: null },
        { title: '副主任', from: '2018-01-01', until: null },
      ],
    });
    expect(await empty.rows(`select valid_to::text as until from post where title = '科长'`)).toEqual([
      { until: '2018-01-01' },
    ]);
    await tables.bring('cadres', csv(`${person('N1', '2018-07-01')},,,处级,"north/主任; south/副主任/挂职",`));
    expect((await types()).at(-1)).toEqual(['cadre.membershipChanged', 4]);
    expect((await empty.told('cadre.membershipChanged')).at(-1)?.payload).toMatchObject({
      kind: 'PARTY',
      on: '2018-07-01',
      member: false,
      record: { partyMember: [{ from: '2010-07-01', until: '2018-07-01' }], leagueMember: [] },
    });
    await tables.bring('cadres', csv(`${person('N1', '2018-08-01')},离任,调离本区,,,`));
    expect((await types()).at(-1)).toEqual(['cadre.departed', 5]);
  });

  it('keeps the rules of the register', async () => {
    const batch = await tables.bring(
      'cadres',
      csv(
        'R1,2010-07-01,某,女,2000-01-01,2010-07-01,,,科员,north/员,',
        'R2,2009-07-01,某,女,1985-01-01,2010-07-01,,,科员,north/员,',
        'R3,2010-07-01,某,女,1985-01-01,2030-07-01,,,科员,north/员,',
        `${person('R4')},,,科员,nowhere/员,`,
        `${person('R5', '2016-01-01')},,,科员,closed/员,`,
        `${person('R6')},在职,病假,科员,north/员,`,
        `${person('R7')},退休,,,,`,
        `${person('R7', '2012-01-01')},在职,,科员,north/员,`,
        `${person('R8')},离任,辞职,科员,,`,
        `${person('R9')},,,首席,north,`,
      ),
    );
    expect(batch['issues'].nodes.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [2, 'bornOn', 'cadre.age'],
      [3, 'from', 'cadre.beforeRecruitment'],
      [4, 'recruitedOn', 'cadre.notYet'],
      [5, 'posts', 'cadre.unknownCode'],
      [6, 'posts', 'cadre.organizationNotThere'],
      [7, 'reason', 'cadre.reason'],
      [8, null, 'row.belongs'],
      [9, 'status', 'cadre.illegalMove'],
      [10, 'rank', 'cadre.holdsNothing'],
      [11, 'rank', 'cell.choice'],
      [11, 'posts', 'cell.form'],
    ]);
    expect(await empty.rows(`select 1 from cadre where staff_number like 'R%'`)).toEqual([]);
  });

  it('takes back people who came by mistake, and lets others forget them', async () => {
    const batch = await tables.bring(
      'cadres',
      csv(`${person('W1')},,,科员,north/员,`, `${person('W2')},,,科员,north/员,`),
    );
    const undone = await tables.move('undo', batch['id']);
    expect(undone).toMatchObject({ state: 'UNDONE', progress: { undone: 2, kept: 0 } });
    expect(await empty.rows(`select 1 from cadre where staff_number like 'W%'`)).toEqual([]);
    expect(
      await empty.rows(`select 1 from post p where not exists (select 1 from cadre c where c.id = p.cadre_id)`),
    ).toEqual([]);
    const withdrawn = await empty.told('cadre.withdrawn');
    expect(withdrawn).toHaveLength(2);
    expect(withdrawn[0]).toMatchObject({
      sequence: 2,
      payload: { on: '2010-07-01', record: { status: 'DEPARTED', posts: [] } },
    });
  });

  it('leaves to the register what ends others’ records too', async () => {
    const leader = 'P-leader,2018-08-01,赵leader,女,1975-05-05,2000-07-01,退休,到龄退休,,,中共党员';
    const batch = await register.bring('cadres', csv(leader));
    expect(batch['issues'].nodes).toMatchObject([{ row: 2, column: 'status', code: 'cadre.othersRest' }]);
  });

  it('is for those who keep the register, within their places, and notes who took it out', async () => {
    for (const who of [auditor, admin]) {
      expect((await full.file(who, '/files/exports/cadres')).status).toBe(403);
      expect(await new TableFiles(full, 'personnel', who).refusal('cadres', csv())).toBe('access.denied');
    }
    expect((await full.file({ kind: 'anonymous' }, '/files/exports/cadres')).status).toBe(403);
    const north = new TableFiles(full, 'personnel', northern);
    const mine = (await north.take('cadres')).toString();
    expect(mine).toContain('P-alone');
    expect(mine).not.toContain('P-leader');
    expect(await full.audited('table.export')).toContainEqual({
      aggregate_type: 'cadres',
      aggregate_id: null,
      sub: 'somebody:north',
      reason: null,
    });
    const batch = await north.bring(
      'cadres',
      csv(`${person('P1')},,,科员,south/员,`, `${person('P2')},,,科员,north-1/员,`),
    );
    expect(batch['issues'].nodes).toMatchObject([{ row: 2, column: 'posts', code: 'cadre.notYourPlace' }]);
    expect(batch['progress']).toMatchObject({ created: 1, refused: 1 });
  });

  it('keeps no name in the open, neither in staged rows nor in before-images nor in issues', async () => {
    const rows = await empty.rows(
      `select (select string_agg(cells, ' ') from import_row) || (select string_agg(image::text, ' ') from import_image) || (select string_agg(zh || en, ' ') from import_issue) as all`,
    );
    expect(rows[0]?.['all']).toBeTruthy();
    expect(rows[0]?.['all']).not.toContain('钱一');
  });

  it('guards cells that a spreadsheet would evaluate, and reads them as they were', async () => {
    const title = '=HYPERLINK("http://x")';
    await tables.bring(
      'cadres',
      csv(`F1,2010-07-01,=1+1,女,1985-01-31,2010-07-01,,,科员,"north/${title.replaceAll('"', '""')}",`),
    );
    const file = (await tables.take('cadres')).toString();
    expect(file).toContain("F1,2010-07-01,'=1+1,");
    expect((await tables.bring('cadres', file))['progress']).toMatchObject({ created: 0, updated: 0, refused: 0 });
  });

  it('comes in anew under the same key where its upload broke off, and is left alone while it is coming in', async () => {
    const send = async () =>
      (await empty.file(keeper, '/files/imports/cadres', csv(person('R1')), { 'idempotency-key': 'broken-off' })).json[
        'id'
      ] as string;
    const breakOff = (id: string, since: string) =>
      empty.rows(
        `update import_batch set state = 'READING', file_hash = null, changed_at = now() - $2::interval where id = $1`,
        [id, since],
      );
    const first = await send();
    await tables.settled(first);
    await breakOff(first, '30 seconds');
    expect(await send()).toBe(first);
    await breakOff(first, '2 minutes');
    const second = await send();
    expect(second).not.toBe(first);
    expect(await tables.settled(second)).toMatchObject({ state: 'DONE', progress: { total: 1, unchanged: 1 } });
    expect(await empty.rows('select 1 from import_batch where id = $1', [first])).toEqual([]);
  });
});
