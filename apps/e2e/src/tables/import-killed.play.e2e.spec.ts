import { eventually, PlatformUnderTest } from '@frontline/testing';

/** Enough for some dozens of chunks, so that a kill finds it in the middle. */
const ROWS = 20_000;

const keeper = {
  type: 'account',
  id: '018f0000-0000-7000-8000-000000000001',
  sub: 'demo:ORG_DEPARTMENT',
  label: '示例',
  grants: [{ role: 'ORG_DEPARTMENT' }],
};

interface Batch {
  state: string;
  failedAtRow: number | null;
  progress: { total: number; created: number; refused: number; undone: number };
}

/** A service that dies amid an import takes it up again, where it was: no row twice, none lost. */
describe('an import amid which its service is killed', () => {
  let platform: PlatformUnderTest;
  let id: string;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start({ today: '2018-08-17', broker: false, records: { personnel: [keeper] } });
  });
  afterAll(() => platform?.stop());

  const send = async (staffNumbers: readonly string[]): Promise<string> => {
    const header = '工号,生效日,姓名,性别,出生日期,入职日期';
    const rows = staffNumbers.map((number) => `${number},2010-07-01,钱一,女,1985-01-31,2010-07-01`);
    const sent = await fetch(`${platform.gateway.url}/files/personnel/imports/cadres`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await platform.token('ORG_DEPARTMENT')}` },
      body: `${[header, ...rows].join('\r\n')}\r\n`,
    });
    expect(sent.status).toBe(202);
    return ((await sent.json()) as { id: string }).id;
  };
  const batch = async () => {
    const query = `query ($id: ID!) { personnelImportBatch(id: $id) { state failedAtRow progress { total created refused undone }
      issues(first: 1) { nodes { row code } } } }`;
    const { data } = await platform.answer<{ personnelImportBatch: Batch | null }>('ORG_DEPARTMENT', query, { id });
    return data?.personnelImportBatch ?? undefined;
  };
  const until = (what: string, holds: (found: Batch) => boolean) =>
    eventually(what, batch, (found) => found !== undefined && holds(found)) as Promise<Batch>;
  const killAmid = async (state: string, column: 'created' | 'undone') => {
    await until(`it is ${state} and under way`, ({ progress }) => progress[column] > 0);
    await platform.services.personnel.kill();
    const [left] = await platform.rows<{ state: string; done: number }>(
      'personnel',
      `select state, ${column}::int as done from import_batch where id = $1`,
      [id],
    );
    expect(left?.state).toBe(state);
    expect(left?.done).toBeLessThan(ROWS);
    await platform.services.personnel.start();
  };
  const count = async (sql: string) => Number((await platform.rows<{ n: string }>('personnel', sql))[0]?.n);

  it('goes on where it was, with each row once and one fact for each', async () => {
    id = await send(Array.from({ length: ROWS }, (_, nth) => `K${nth}`));
    await killAmid('RUNNING', 'created');
    const { progress } = await until('the import is done', ({ state }) => state === 'DONE');
    expect(progress).toMatchObject({ total: ROWS, created: ROWS, refused: 0 });
    expect(await count(`select count(*) as n from cadre where staff_number like 'K%'`)).toBe(ROWS);
    expect(await count(`select count(*) as n from outbox where type = 'cadre.imported'`)).toBe(ROWS);
    expect(await count(`select count(distinct aggregate_id) as n from outbox`)).toBe(ROWS);
  });

  it('undoes it whole, though it is killed amid that as well', async () => {
    await platform.ask(
      'ORG_DEPARTMENT',
      'mutation ($id: ID!) { undoPersonnelImport(input: { idempotencyKey: "undo-after-kill", id: $id }) { id } }',
      { id },
    );
    await killAmid('UNDOING', 'undone');
    const { progress } = await until('it is undone', ({ state }) => state === 'UNDONE');
    expect(progress.undone).toBe(ROWS);
    expect(await count(`select count(*) as n from cadre where staff_number like 'K%'`)).toBe(0);
  });

  it('fails, and says where, when the same rows end the service again and again; the next import goes on', async () => {
    // rows that never come to an end: whoever works on them is killed amid them
    await platform.rows(
      'personnel',
      `create function hang_on_one() returns trigger language plpgsql as $$
         begin if new.staff_number = 'HANGS' then perform pg_sleep(600); end if; return new; end $$;
       create trigger hang_on_one before insert on cadre for each row execute function hang_on_one()`,
    );
    const hanging = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
    id = await send(['BEFORE', 'HANGS']);
    for (let time = 1; time <= 3; time += 1) {
      await eventually(
        'it hangs',
        () => platform.rows('personnel', hanging),
        (found) => found.length === 1,
      );
      await platform.services.personnel.kill();
      await platform.rows('personnel', `select pg_terminate_backend(pid) from (${hanging}) h`);
      await platform.services.personnel.start();
    }
    const failed = await until('it has failed', ({ state }) => state === 'FAILED');
    expect(failed).toMatchObject({
      failedAtRow: 2,
      progress: { created: 0 },
      issues: { nodes: [{ row: 2, code: 'import.failed' }] },
    });
    id = await send(['AFTER']);
    await until('the next one is done', ({ state }) => state === 'DONE');
    expect(await count(`select count(*) as n from cadre where staff_number in ('BEFORE', 'HANGS')`)).toBe(0);
    expect(await count(`select count(*) as n from cadre where staff_number = 'AFTER'`)).toBe(1);
  });
});
