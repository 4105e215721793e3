import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  frontlineOffice,
  gridWorker,
  helper,
  household,
  idOf,
  lines,
  north,
  organization,
  smallDistrict,
} from './small-district.fixture.ts';

describe('the households subgraph', () => {
  let district: SubgraphUnderTest;
  beforeAll(async () => {
    district = await smallDistrict();
  });
  afterAll(() => district?.stop());

  const page = `{ households(first: FIRST) { totalCount nodes {
    code address masked helper { id } head { name phone } residents { name } hardships { category evidence }
    grid { code leader { id } teams(first: 3) { totalCount nodes { code participants(first: 3) { totalCount nodes { name role } } } } }
    visits(first: 3) { totalCount nodes { heldAt findings demands { text caseNumber case { id } } } } } } }`;

  it('asks a statement for each field and level, whatever the size of the page', async () => {
    for (const actor of [north, frontlineOffice]) {
      for (const first of [1, 5]) {
        const { data, errors, statements } = await district.ask(actor, page.replace('FIRST', String(first)));
        expect(errors).toBeUndefined();
        expect(data?.['households'].nodes.length).toBeGreaterThanOrEqual(Math.min(first, 3));
        const times = new Map<string, number>();
        for (const { text } of statements) times.set(text, (times.get(text) ?? 0) + 1);
        // two levels may ask for the same: together or apart, as the database's answers come in
        expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
        expect(statements.length).toBeLessThanOrEqual(22);
      }
    }
  });

  it('changes nothing when the same lines are imported again', async () => {
    const state = () =>
      district.rows(`select (select count(*) from outbox)::int as told, (select max(imported_at) from imported_row)::text as last,
        (select sum(version) from household)::int as versions`);
    const before = await state();
    await district.import(lines);
    expect(await state()).toEqual(before);
  });

  it('tells others of a household again when the register has changed it, and forgets who moved out', async () => {
    const toldBefore = (await district.told('household.imported')).length;
    const [head] = household('H3', 'north-2', 'G3', '周建国').residents;
    await district.import([household('H3', 'north-2', 'G3', '周建国', { gridId: idOf('G1'), residents: [head] })]);
    const told = await district.told('household.imported');
    expect(told).toHaveLength(toldBefore + 1);
    expect(told.at(-1)).toMatchObject({
      sequence: 2,
      payload: { record: { id: idOf('H3'), code: 'H3', residentialAreaId: idOf('north-2'), gridId: idOf('G1') } },
    });
    const { household: seen } = await district.answer(
      north,
      '{ household(code: "H3") { version residents { name } } }',
    );
    expect(seen).toEqual({ version: 2, residents: [{ name: '周建国' }] });
    await district.import([household('H3', 'north-2', 'G3', '周建国')]);
    const { household: back } = await district.answer(north, '{ household(code: "H3") { residents { isHead } } }');
    expect(back.residents).toEqual([{ isHead: true }, { isHead: false }]);
  });

  it.each([
    [
      'two heads',
      { residents: household('H9', 'north-1', 'G1', 'x').residents.map((one) => ({ ...one, isHead: true })) },
      /exactly one head, not 2/,
    ],
    ['a grid that is not there', { gridId: idOf('G9') }, /no grid with the id/],
    ['a day that does not exist', { from: '2018-02-30' }, /from: must be a day that exists/],
    ['a field that nobody knows', { income: 3000 }, /income/],
  ])('refuses a household with %s and keeps nothing of it', async (_what, change, message) => {
    await expect(district.import([household('H9', 'north-1', 'G1', '冯玉珍', change)])).rejects.toThrow(message);
    expect(await district.rows(`select 1 from household where code = 'H9'`)).toEqual([]);
  });

  it('never names a person, an address or words in what it tells', async () => {
    const told = JSON.stringify(await district.rows('select payload from outbox'));
    expect(told).not.toMatch(/[\u4e00-\u9fff]|1380000/);
  });

  describe('with many households', () => {
    beforeAll(async () => {
      const areas = Array.from({ length: 60 }, (_, at) =>
        organization(`A${at}`, 'RESIDENTIAL_AREA', 'district', 'south'),
      );
      await district.copy('organization', areas);
      const many = Array.from({ length: 6000 }, (_, at) =>
        household(`M${String(at).padStart(5, '0')}`, `A${at % 60}`, 'G4', `居民${at}`),
      );
      await district.import(many);
      await district.rows('vacuum analyze');
    });

    it.each<[string, typeof north, string]>([
      ['the whole district', frontlineOffice, 'households { nodes { code } }'],
      ['hardship', frontlineOffice, 'households(filter: { hardshipOn: "2018-08-17" }) { totalCount nodes { code } }'],
      [
        'the gap list',
        frontlineOffice,
        'households(filter: { hardshipOn: "2018-08-17", uncoveredOn: "2018-08-17" }) { totalCount nodes { code } }',
      ],
      ['the newest', frontlineOffice, 'households(order: NEWEST) { nodes { code residents { isHead } } }'],
      ['a subdistrict', north, 'households { nodes { code head { name } } }'],
      ['a grid worker', gridWorker, 'households { totalCount nodes { code } }'],
      [
        'a cadre',
        helper,
        'households { totalCount nodes { code } } pairedAssistances { totalCount } homeVisits { totalCount nodes { id } }',
      ],
      ['one by code', north, 'household(code: "M00003") { code visits { totalCount } assistance { from } }'],
      [
        'a search',
        north,
        'households(filter: { residentName: "居民3", residentPhone: "13800001234" }) { nodes { code } }',
      ],
    ])('reads %s without a sequential scan of households or residents', async (_what, actor, fields) => {
      const { errors, statements } = await district.ask(actor, `{ ${fields} }`);
      expect(errors).toBeUndefined();
      const plans = await district.plans(statements);
      expect(plans.length).toBeGreaterThan(0);
      expect(plans.filter((plan) => /Seq Scan on (household|resident)\b/.test(plan))).toEqual([]);
    });
  });
});
