import 'reflect-metadata';
import { migrate, openSubgraph, sql, storageOf, subgraphSettings } from '@frontline/platform';
import { postgresForTests } from '@frontline/testing';
import { idOf } from '../cadre/personnel-file.fixture.ts';
import { Cadre } from '../cadre/cadre.entity.ts';
import { personnel } from '../subgraph.ts';
import { PersonnelTables } from './personnel-tables.ts';

/** A register as the first version kept it: one status a cadre, names in the clear. */
const before = `
  insert into cadre (id, staff_number, name, sex, born_on, recruited_on, status, status_since) values
    ('${idOf('active')}', 'A', '王一', 'MALE', '1970-01-01', '2000-01-01', 'ACTIVE', '2000-01-01'),
    ('${idOf('retired')}', 'R', '王二', 'MALE', '1970-01-01', '2000-01-01', 'RETIRED', '2017-01-01');
  insert into public_representative (id, name, kind, level, term_from)
    values ('${idOf('delegate')}', '钱三', 'PARTY_DELEGATE', 'DISTRICT', '2016-11-15')`;

const settingsOf = (url: string) =>
  subgraphSettings.parse({
    DATABASE_URL: url,
    PORT: 0,
    LOG_LEVEL: 'silent',
    INTERNAL_SECRET: 'x'.repeat(32),
    PERSONAL_DATA_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    BLIND_INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
  });

describe('the register of the first version', () => {
  it('keeps its names, sealed, and its statuses, with their days', async () => {
    const { freshDatabase } = await postgresForTests();
    const url = await freshDatabase({
      key: before,
      async prepare(database) {
        const first = { ...personnel, migrations: [PersonnelTables] };
        await migrate(storageOf(first), database);
        const open = await openSubgraph(first, settingsOf(database));
        await open.orm.em.getConnection().execute(before);
        await open.orm.close(true);
      },
    });
    expect((await migrate(storageOf(personnel), url))[0]).toBe('CareersAndContacts');
    const open = await openSubgraph(personnel, settingsOf(url));
    const ctx = open.contextFor({ kind: 'system', service: 'personnel' });
    const db = ctx.em.getKysely();
    const stored = await sql`select name from cadre union all select name from public_representative`.execute(db);
    const statuses =
      await sql`select c.staff_number as "who", s.status, s.valid_from::text as "from", s.valid_to::text as until
      from status_period s join cadre c on c.id = s.cadre_id order by 1, 3`.execute(db);
    const found = await ctx.em.find(Cadre, {}, { orderBy: { staffNumber: 'asc' } });
    await open.orm.close(true);
    expect(JSON.stringify(stored.rows)).not.toMatch(/[\u4e00-\u9fff]/);
    expect(found.map(({ name }) => name)).toEqual(['王一', '王二']);
    expect(statuses.rows).toEqual([
      { who: 'A', status: 'ACTIVE', from: '2000-01-01', until: null },
      { who: 'R', status: 'ACTIVE', from: '2000-01-01', until: '2017-01-01' },
      { who: 'R', status: 'RETIRED', from: '2017-01-01', until: null },
    ]);
  });
});
