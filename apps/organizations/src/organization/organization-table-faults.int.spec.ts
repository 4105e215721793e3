import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import { subgraphUnderTest, TableFiles, workbook, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { TODAY } from './five-corners.fixture.ts';

const admin: Actor = { kind: 'person', sub: 'somebody:admin', grants: [{ role: 'ADMIN' }] };
const header = ['代码', '生效日', '类别', '中文名称', '英文名称', '属地上级代码', '居民数'];
const csv = (...rows: string[]) => `${[header.join(), ...rows].join('\r\n')}\r\n`;

const deptHeader = ['代码', '生效日', '类别', '中文名称', '英文名称', '属地上级代码', '条线上级代码', '状态'];
const history = (...rows: string[]) => `${[deptHeader.join(), ...rows].join('\r\n')}\r\n`;

describe('a table of organizations', () => {
  let subgraph: SubgraphUnderTest;
  let tables: TableFiles;
  beforeEach(async () => {
    subgraph = await subgraphUnderTest(organizations, { today: TODAY });
    tables = new TableFiles(subgraph, 'organizations', admin);
    await tables.bring('organizations', csv('310110,1980-01-01,区,杨浦区,Yangpu,,'));
  });
  afterEach(() => subgraph.stop());

  it('is refused where a workbook keeps a code as a number, by row and column, saying what to do', async () => {
    const place = (code: string | number, parent: string | number) =>
      [code, '2010-01-01', '街道', '甲', 'A', parent, 52_000] as const;
    const file = await workbook([header, place('310110031', '310110'), place(310110032, 310110)]);
    const batch = await tables.bring('organizations', file);
    expect(batch).toMatchObject({ state: 'DONE', format: 'xlsx', progress: { created: 1, refused: 1 } });
    expect(batch['issues'].nodes).toEqual([
      {
        row: 3,
        column: 'code',
        code: 'cell.kept',
        zh: '代码在表格中以数值保存，前导零可能已丢失。请将该列设为“文本”格式后重新填写。',
        en: 'Code is kept as a number in the workbook, so that leading zeros may be lost. Format the column as text, then type the value again.',
      },
      expect.objectContaining({ row: 3, column: 'territoryParent', code: 'cell.kept' }),
    ]);
    const { bytes } = await subgraph.file(admin, `/files/imports/${batch['id']}/rows?only=refused`);
    expect(bytes.toString()).toContain('\r\n310110032,2010-01-01,街道,甲,A,310110,52000,3,');
  });

  it('is held to the rules of the trees day by day and tree by tree, as a change is', async () => {
    const department = (code: string, day: string, territory = '', functions = '') =>
      `${code},${day},职能部门,${code},${code},${territory},${functions},`;
    // what stood the other way round before, or stands so in the other tree, makes no circle
    const first = history(
      department('D-1', '2010-01-01'),
      department('D-2', '2010-01-01', '', 'D-1'),
      department('D-2', '2015-01-01'),
    );
    expect(await tables.bring('organizations', first)).toMatchObject({ progress: { created: 3, refused: 0 } });
    const turned = history(department('D-1', '2015-01-01', '', 'D-2'));
    expect(await tables.bring('organizations', turned)).toMatchObject({ progress: { updated: 1, refused: 0 } });
    const early = await tables.bring('organizations', history(department('D-1', '2014-01-01', '', 'D-2')));
    expect(early['issues'].nodes).toMatchObject([{ row: 2, column: 'functionParent', code: 'organization.cycle' }]);
    const taken = await tables.take('organizations');
    expect(await tables.bring('organizations', taken)).toMatchObject({ progress: { refused: 0, updated: 0 } });
    // a parent has to be there as long as the place is to last
    const ended = history(
      'D-3,2010-01-01,职能部门,D-3,D-3,,,',
      'D-3,2018-01-01,职能部门,D-3,D-3,,,撤销',
      department('D-4', '2015-01-01', '', 'D-3'),
      department('D-5', '2015-01-01', '', 'D-3'),
      department('D-5', '2018-01-01'),
    );
    const batch = await tables.bring('organizations', ended);
    expect(batch).toMatchObject({ progress: { created: 4, refused: 1 } });
    expect(batch['issues'].nodes).toMatchObject([{ row: 4, column: 'functionParent', code: 'organization.notThen' }]);
  });

  it('of which a chunk fails again and again has failed, says where, and can be undone; the next goes on', async () => {
    await subgraph.rows(`create function fail_on_one() returns trigger language plpgsql as $$
      begin if new.code = '310110041' then raise exception 'no room'; end if; return new; end $$`);
    await subgraph.rows(
      'create trigger fail_on_one before insert on organization for each row execute function fail_on_one()',
    );
    const street = (code: string) => `${code},2010-01-01,街道,甲,A,310110,`;
    const failed = await tables.bring('organizations', csv(street('310110042'), street('310110041')));
    expect(failed).toMatchObject({ state: 'FAILED', failedAtRow: 2, progress: { read: 0, created: 0 } });
    expect(failed['issues'].nodes).toMatchObject([{ row: 2, column: null, code: 'import.failed' }]);
    const dry = await tables.bring('organizations', csv(street('310110041')), 'dryRun=true');
    expect(dry).toMatchObject({ state: 'FAILED', failedAtRow: 2 });
    expect(await tables.bring('organizations', csv(street('310110043')))).toMatchObject({ state: 'DONE' });
    expect(await tables.move('undo', failed['id'])).toMatchObject({ state: 'UNDONE', progress: { undone: 0 } });
    expect(await subgraph.rows(`select code from organization order by code`)).toEqual([
      { code: '310110' },
      { code: '310110043' },
    ]);
  });
});
