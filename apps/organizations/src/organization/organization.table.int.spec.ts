import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import { eventually, subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import { fiveCorners, TODAY } from './five-corners.fixture.ts';

const admin: Actor = { kind: 'person', sub: 'somebody:admin', grants: [{ role: 'ADMIN' }] };
const office: Actor = { kind: 'person', sub: 'somebody:office', grants: [{ role: 'FRONTLINE_OFFICE' }] };

const header = '代码,生效日,类别,中文名称,英文名称,属地上级代码,条线上级代码,状态';
const csv = (...rows: string[]) => `${[header, ...rows].join('\r\n')}\r\n`;
const district = '310110,1980-01-01,区,杨浦区,Yangpu,,,';
const street = '310110021,2019-04-01,街道,长海路街道,Changhai Road,310110,,';

describe('the table of organizations', () => {
  let full: SubgraphUnderTest;
  let empty: SubgraphUnderTest;
  let files: TableFiles;
  let tables: TableFiles;
  beforeAll(async () => {
    full = await subgraphUnderTest(organizations, { today: TODAY, lines: fiveCorners });
    empty = await subgraphUnderTest(organizations, { today: TODAY });
    files = new TableFiles(full, 'organizations', admin);
    tables = new TableFiles(empty, 'organizations', admin);
  });
  afterAll(async () => {
    await full.stop();
    await empty.stop();
  });

  it.each(['format=csv', 'format=csv&encoding=gb18030&language=en', 'format=xlsx'])(
    'is taken out as it is brought in: %s',
    async (query) => {
      const fresh = await subgraphUnderTest(organizations, { today: TODAY });
      try {
        const file = await files.take('organizations', query);
        const other = new TableFiles(fresh, 'organizations', admin);
        const batch = await other.bring('organizations', file);
        expect(batch).toMatchObject({ state: 'DONE', progress: { refused: 0 }, issues: { nodes: [] } });
        expect(batch['progress'].created).toBe(batch['progress'].total);
        const again = await other.take('organizations', query);
        if (query.includes('xlsx')) expect(await rowsIn(fresh)).toEqual(await rowsIn(full));
        else expect(again.equals(file)).toBe(true);
      } finally {
        await fresh.stop();
      }
    },
  );

  it('changes nothing when it comes back to where it was taken', async () => {
    const before = await full.rows('select id, version, event_sequence from organization order by id');
    const { progress, state } = await files.bring('organizations', await files.take('organizations'));
    expect(state).toBe('DONE');
    expect([progress.unchanged, progress.total > 0]).toEqual([progress.total, true]);
    expect(await full.rows('select id, version, event_sequence from organization order by id')).toEqual(before);
  });

  it('says in a dry run what it would do, and does it when it is committed', async () => {
    const dry = await tables.bring('organizations', csv(district, street), 'dryRun=true');
    expect(dry).toMatchObject({ state: 'CHECKED', dryRun: true, progress: { created: 2, refused: 0 } });
    expect(await empty.rows('select 1 from organization')).toEqual([]);
    expect(await empty.told('organization.imported')).toEqual([]);
    const done = await tables.move('commit', dry['id']);
    expect(done).toMatchObject({ state: 'DONE', dryRun: false, progress: { created: 2 } });
    expect(await empty.told('organization.imported')).toHaveLength(2);
    const found = await empty.answer(
      admin,
      '{ organization(code: "310110021") { name parent(on: "2019-05-01") { code } } }',
    );
    expect(found).toEqual({ organization: { name: '长海路街道', parent: { code: '310110' } } });
  });

  it('is not brought in when a dry run is cancelled, and can’t be committed then', async () => {
    const { id } = await tables.bring('organizations', csv('310110031,2019-04-01,街道,壬,I,310110,,'), 'dryRun=true');
    expect(await tables.move('cancel', id)).toMatchObject({ state: 'CANCELLED', progress: { created: 1 } });
    await expect(tables.move('commit', id)).rejects.toThrow('import.state');
    expect(await empty.rows(`select 1 from organization where code = '310110031'`)).toEqual([]);
  });

  it('is brought in beside a relay that publishes events of the same database', async () => {
    // nobody answers there; what counts is that the relay holds its lock, as it does wherever there is a broker
    const publishing = await subgraphUnderTest(organizations, {
      today: TODAY,
      settings: { KAFKA_BROKERS: '127.0.0.1:9' },
    });
    try {
      await eventually(
        'the relay holds its lock',
        () =>
          publishing.rows(
            `select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
          ),
        (locks) => locks.length > 0,
      );
      const file = csv(district, street);
      const batch = await new TableFiles(publishing, 'organizations', admin).bring('organizations', file);
      expect(batch).toMatchObject({ state: 'DONE', progress: { created: 2 } });
    } finally {
      await publishing.stop();
    }
  });

  it('updates what it knows by its code, history included, and can be undone', async () => {
    const before = await rowsIn(empty);
    const renamed = '310110021,2019-04-10,街道,长海街道,Changhai,310110,,';
    const batch = await tables.bring('organizations', csv(renamed));
    expect(batch).toMatchObject({ state: 'DONE', progress: { updated: 1, created: 0 } });
    expect((await rowsIn(empty)).filter(([code]) => code === '310110021')).toHaveLength(2);
    const undone = await tables.move('undo', batch['id']);
    expect(undone).toMatchObject({ state: 'UNDONE', progress: { undone: 1, kept: 0 } });
    expect(await rowsIn(empty)).toEqual(before);
    const [last] = (await empty.told('organization.imported')).slice(-1);
    expect(last).toMatchObject({ sequence: 3, payload: { record: { code: '310110021' } } });
  });

  it('writes back what is wrong, by row and column, in both languages, and brings in the rest', async () => {
    const file = csv(
      '310110022,2019-02-30,街道,甲,A,310110,,',
      '310110023,2019-04-01,街区,乙,B,310110,,',
      '310110024,2019-04-01,街道,,C,310110,,',
      '31011002,2019-04-01,街道,丁,D,310110,,',
      '310110026,2019-04-01,街道,戊,E,999999,,',
      '310110027,2019-04-01,街道,己,F,310110,,',
      '310110027,坏,街道,己,F,310110,,',
      '310110028,2019-04-01,街道,庚,G,310110,,',
    );
    const batch = await tables.bring('organizations', file);
    expect(batch['progress']).toMatchObject({ total: 8, accepted: 1, refused: 7, created: 1 });
    expect(batch['issues'].nodes.map(({ row, column, code }: Record<string, unknown>) => [row, column, code])).toEqual([
      [2, 'from', 'cell.day'],
      [3, 'kind', 'cell.choice'],
      [4, 'nameZh', 'cell.required'],
      [5, 'code', 'organization.code'],
      [6, 'territoryParent', 'organization.unknownCode'],
      [7, null, 'row.belongs'],
      [8, 'from', 'cell.day'],
    ]);
    expect(batch['issues'].nodes[2]).toMatchObject({ zh: '中文名称不能为空。', en: 'Chinese name must not be blank.' });
    const { bytes } = await empty.file(admin, `/files/imports/${batch['id']}/rows?only=refused`);
    const text = bytes.toString();
    expect(text.split('\r\n')[0]).toBe(`\uFEFF${header},行号,错误,错误（英文）`);
    expect(text.split('\r\n')[3]).toBe(
      '310110024,2019-04-01,街道,,C,310110,,,4,中文名称不能为空。,Chinese name must not be blank.',
    );
    const mended = text.replace('街道,,C', '街道,丙,C');
    expect((await tables.bring('organizations', mended))['progress']).toMatchObject({
      total: 7,
      created: 1,
      refused: 6,
    });
  });

  it('leaves alone what belongs to another system, and says to whom', async () => {
    const street2 = '310110030,2019-04-01,街道,某街道,Some,310110,,';
    await tables.bring('organizations', csv(street2), 'source=civil-affairs');
    const byHand = await tables.bring('organizations', csv(street2.replace('某街道', '改名')));
    expect(byHand['issues'].nodes).toMatchObject([
      { row: 2, column: 'source', code: 'row.ownedElsewhere', zh: '该记录以系统 civil-affairs 为准，只能由其更改。' },
    ]);
    const found = await empty.answer(admin, '{ organization(code: "310110030") { id source } }');
    expect(found['organization'].source).toBe('civil-affairs');
    const input = {
      idempotencyKey: 'rename-310110030',
      organizationId: found['organization'].id,
      from: '2019-04-12',
      nameZh: '新',
      nameEn: 'New',
    };
    const refusal = await empty.refusal(
      admin,
      'mutation($input: RenameOrganizationInput!) { renameOrganization(input: $input) { id } }',
      { input },
    );
    expect(refusal).toMatchObject({ code: 'record.ownedElsewhere', details: { system: 'civil-affairs' } });
    const { organization: other } = await empty.answer(admin, '{ organization(code: "310110021") { id } }');
    const merger = { organizationIds: [input.organizationId], successorId: other.id, on: '2019-04-12' };
    expect(
      await empty.refusal(
        admin,
        'mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
        { input: { idempotencyKey: 'merge-310110030', ...merger } },
      ),
    ).toMatchObject({ code: 'record.ownedElsewhere', field: 'input.organizationIds[0]' });
    expect(
      (await tables.bring('organizations', csv(street2.replace('某街道', '改名')), 'source=civil-affairs'))['progress']
        .updated,
    ).toBe(1);
    expect((await tables.take('organizations')).toString()).toMatch(/310110030.*civil-affairs/);
  });

  it('keeps in an undo what was changed since or is in use, and says why', async () => {
    const upper = '310110040,2019-04-01,街道,上,Upper,310110,,';
    const lower = '310110040001,2019-04-01,居民区,下,Lower,310110040,,';
    const other = '310110041,2019-04-01,街道,另,Other,310110,,';
    const batch = await tables.bring('organizations', csv(upper, other));
    await tables.bring('organizations', csv(lower, other.replace('另', '改')));
    const undone = await tables.move('undo', batch['id']);
    expect(undone['progress']).toMatchObject({ undone: 0, kept: 2 });
    expect(undone['issues'].nodes.map(({ row, code }: Record<string, unknown>) => [row, code])).toEqual([
      [2, 'row.inUse'],
      [3, 'row.changedSince'],
    ]);
  });

  it('can be undone batch by batch, the latest first, until nothing is left of it', async () => {
    const row = '310110050,2019-04-01,街道,一,One,310110,,';
    const first = await tables.bring('organizations', csv(row));
    const second = await tables.bring('organizations', csv(row.replace('一', '二')));
    expect((await tables.move('undo', second['id']))['progress'].undone).toBe(1);
    expect((await tables.move('undo', first['id']))['progress'].undone).toBe(1);
    expect(await empty.rows(`select 1 from organization where code = '310110050'`)).toEqual([]);
    expect((await empty.told('organization.dissolved')).at(-1)).toMatchObject({
      payload: { record: { code: '310110050', status: 'DISSOLVED' } },
    });
    expect((await tables.bring('organizations', csv(row)))['progress'].created).toBe(1);
  });

  it('is for those who keep the trees, and each sees no batch of another table', async () => {
    const outsider = new TableFiles(empty, 'organizations', office);
    expect(await outsider.refusal('organizations', csv(district))).toBe('access.denied');
    expect((await empty.file(office, '/files/exports/organizations')).status).toBe(403);
    expect(
      (await empty.answer(office, '{ organizationsImportBatches { totalCount } }'))['organizationsImportBatches']
        .totalCount,
    ).toBe(0);
    expect(await empty.audited('table.export')).toContainEqual({
      aggregate_type: 'organizations',
      aggregate_id: null,
      sub: 'somebody:admin',
      reason: null,
    });
  });

  it.each([
    ['an unknown column', `${header},奇怪\r\n`, 'import.unknownColumn'],
    ['a column twice', `${header},代码\r\n`, 'import.columnTwice'],
    ['a missing column', '代码,类别\r\n', 'import.missingColumn'],
    ['nothing at all', '', 'import.noHeader'],
  ])('refuses a file with %s, and keeps nothing of it', async (_, file, code) => {
    const count = async () => (await empty.rows('select count(*)::int as n from import_batch'))[0]?.['n'];
    const before = await count();
    expect(await tables.refusal('organizations', file)).toBe(code);
    expect(await count()).toBe(before);
  });

  it('takes a file once for its key', async () => {
    const headers = { 'idempotency-key': 'the-same-file' };
    const send = (file: string) => empty.file(admin, '/files/imports/organizations', file, headers);
    const first = await send(csv(district));
    expect((await send(csv(district))).json['id']).toBe(first.json['id']);
    expect((await send(csv(street))).json['errors'][0].extensions.code).toBe('idempotency.keyReused');
  });

  it('asks one statement for the issues of all batches of a page', async () => {
    const query = '{ organizationsImportBatches(first: 10) { nodes { id issues(first: 5) { nodes { code } } } } }';
    const { data, statements } = await empty.ask(admin, query);
    expect(data?.['organizationsImportBatches'].nodes).toHaveLength(10);
    expect(statements.filter(({ text }) => /^\s*(select|with)/i.test(text))).toHaveLength(2);
  });
});

/** The rows of a service's table, as cells. */
async function rowsIn(subgraph: SubgraphUnderTest): Promise<string[][]> {
  const { bytes } = await subgraph.file(admin, '/files/exports/organizations');
  return bytes
    .toString()
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(','));
}
