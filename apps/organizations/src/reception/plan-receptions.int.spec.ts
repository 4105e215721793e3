import 'reflect-metadata';
import type { ReceivedEvent } from '@frontline/platform';
import type { SubgraphUnderTest } from '@frontline/testing';
import { organizations } from '../subgraph.ts';
import {
  TODAY,
  PLAN,
  ahead,
  dayComes,
  delegates,
  file,
  frontlineOffice,
  idOf,
  input,
  north,
  plan,
  receptionScheme,
  receptions,
  sittings,
  twoSubdistricts,
} from './two-subdistricts.fixture.ts';

const MOVE =
  'mutation ($input: MoveReceptionInput!) { moveReception(input: $input) { date movedFrom changeReason receivers { representative { id } } } }';

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await twoSubdistricts();
});
afterEach(() => subgraph?.stop());
const days = (filter?: string) => receptions(subgraph, filter);

describe('planning receptions', () => {
  it('follows the scheme: the 15th at every service centre, twice a year in the communities', async () => {
    // the concentrated day asks for twelve of the seven who can come then
    expect(await plan(subgraph)).toMatchObject({ year: 2018, added: 2 * 4 + 2 * 3, vacant: 5, withoutVenue: [] });
    const list = await days(ahead);
    const held = (kind: string) => list.filter((one) => one.kind === kind);
    expect(held('MONTHLY').map(({ date, venue }) => `${date} ${venue.code}`)).toEqual(
      // days off are kept: 15 September and 15 December 2018 are Saturdays
      expect.arrayContaining(
        ['2018-09-15', '2018-10-15', '2018-11-15', '2018-12-15'].flatMap((date) => [
          `${date} north-SC`,
          `${date} south-SC`,
        ]),
      ),
    );
    expect(held('MONTHLY')).toHaveLength(8);
    expect(new Set(held('CONCENTRATED').map(({ date }) => date))).toEqual(new Set(['2018-11-10']));
    expect(held('CONCENTRATED').every(({ venue, subdistrict }) => venue.code.startsWith(subdistrict.code))).toBe(true);
    expect(new Set(held('CONCENTRATED').map(({ venue }) => venue.code)).size).toBe(6);
    expect(await subgraph.told('reception.planned')).toHaveLength(14);
  });

  it('makes a fair rota over everybody’s terms and absences, with nobody in two places on one day', async () => {
    expect(await plan(subgraph, { seatsMonthly: 1, communities: 1, seatsConcentrated: 1 })).toMatchObject({
      fewest: 1,
      most: 2,
    });
    const list = sittings(await days(ahead));
    expect(new Set(list.map(({ date, who }) => `${date} ${who}`)).size).toBe(list.length);
    const datesOf = (who: string) => list.filter((one) => one.who === who).map(({ date }) => date);
    expect(datesOf(idOf('cadre 1'))).not.toContain('2018-09-15');
    expect(datesOf(idOf('cadre 1'))).not.toContain('2018-10-15');
    expect(datesOf(idOf('delegate 8')).every((date) => date < '2018-10-01')).toBe(true);
    expect(list.some(({ who }) => who === idOf('deputy'))).toBe(false);
  });

  it('is as even as terms allow: who could come once only receives once, and the others alike', async () => {
    expect(await plan(subgraph, { communities: 1 })).toMatchObject({ fewest: 1, most: 4 });
    const year = sittings(await days());
    const counts = Map.groupBy(year, ({ who }) => who);
    expect(counts.get(idOf('delegate 8'))).toHaveLength(1);
    const others = [...counts].flatMap(([who, list]) => (who === idOf('delegate 8') ? [] : [list.length]));
    expect(Math.max(...others) - Math.min(...others)).toBeLessThanOrEqual(1);
  });

  it('says which seats nobody can take', async () => {
    const planned = await plan(subgraph, { seatsMonthly: 5, communities: 1, seatsConcentrated: 1 });
    // ten seats a month: in September seven delegates can come, in October six, then seven
    expect(planned.vacant).toBe(3 + 4 + 3 + 3);
    const [first] = await days('{ from: "2018-09-15", to: "2018-09-15" }');
    expect(first?.receivers.filter(({ representative }) => representative === null).length).toBeGreaterThan(0);
  });

  it('comes to the same when it is asked again, or by two at once', async () => {
    await Promise.all([plan(subgraph), plan(subgraph)]);
    const first = await days(ahead);
    expect(await plan(subgraph)).toMatchObject({ added: 0, changed: 0, cancelled: 0 });
    expect(await days(ahead)).toEqual(first);
    expect(await subgraph.told('reception.planned')).toHaveLength(14);
    expect(await subgraph.told('reception.receiversChanged')).toHaveLength(0);
  });

  it('plans one subdistrict alone where only that is asked for', async () => {
    expect(await plan(subgraph, { within: idOf('south') })).toMatchObject({ added: 4 + 3 });
    expect(new Set((await days(ahead)).map(({ subdistrict }) => subdistrict.code))).toEqual(new Set(['310110019']));
    expect(await plan(subgraph)).toMatchObject({ added: 4 + 3 });
  });

  it('follows a changed scheme, and leaves past days and what people moved as they are', async () => {
    await plan(subgraph);
    const [september, , october] = await days(`{ from: "2018-09-01", kinds: [MONTHLY] }`);
    await subgraph.answer(
      frontlineOffice,
      MOVE,
      input({ receptionId: september?.id, to: '2018-09-20', reason: '示例' }),
    );
    await subgraph.import([receptionScheme('FREQ=MONTHLY;BYMONTHDAY=16', 'FREQ=YEARLY;BYMONTH=5;BYDAY=2SA')]);
    expect(await plan(subgraph)).toMatchObject({ added: 8, cancelled: 7 + 6 });
    const list = await days('{ from: "2018-08-01", states: [PLANNED, UNRECORDED] }');
    expect(new Set(list.map(({ date }) => date))).toEqual(
      new Set(['2018-08-15', '2018-09-16', '2018-09-20', '2018-10-16', '2018-11-16', '2018-12-16']),
    );
    expect(
      (await subgraph.answer(frontlineOffice, `{ receptionDay(id: "${october?.id}") { state } }`))['receptionDay'],
    ).toEqual({
      state: 'CANCELLED',
    });
  });

  it('is refused for years that are past or far off, and where no scheme asks for it', async () => {
    const refused = (values: object) => subgraph.refusal(frontlineOffice, PLAN, { input: values });
    for (const year of [2017, 2021])
      expect(await refused({ year })).toMatchObject({ code: 'reception.year', field: 'input.year' });
    expect(await refused({ year: 2018, seatsMonthly: 0 })).toMatchObject({
      code: 'reception.number',
      field: 'input.seatsMonthly',
    });
    await subgraph.import([
      receptionScheme('FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20180301', 'FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20180301'),
    ]);
    expect(await refused({ year: 2019 })).toMatchObject({ code: 'reception.noScheme', field: 'input.year' });
    expect(await subgraph.refusal(north, PLAN, { input: { year: 2018 } })).toMatchObject({ code: 'access.denied' });
  });

  it('replaces whoever can no longer come as soon as that is known, and nobody for other news of them', async () => {
    await plan(subgraph, { communities: 1 });
    const copied = async (aggregate: string, record: { id: string }) => {
      await subgraph.rows('update local_copy set data = $2 where id = $1', [record.id, record]);
      for (const follower of organizations.copyFollowers?.filter((one) => one.record.aggregate === aggregate) ?? [])
        await subgraph.consume(
          { name: 'copies', events: [], handle: (ctx) => follower.changed(ctx, [record] as never) },
          {} as ReceivedEvent,
        );
    };
    const before = await days(ahead);
    await copied('cadre', file('cadre 2', { partyMember: [{ from: '2010-01-01' }] }));
    expect(await days(ahead)).toEqual(before);
    const held = sittings(before).filter(({ who }) => who === idOf('delegate 4'));
    expect(held.length).toBeGreaterThan(0);
    await copied('publicRepresentative', { ...delegates[3], id: idOf('delegate 4'), until: '2018-08-18' } as {
      id: string;
    });
    const after = sittings(await days(ahead));
    expect(after.filter(({ who }) => who === idOf('delegate 4'))).toEqual([]);
    expect(after).toHaveLength(sittings(before).length);
  });

  it('mends the rota every day: who is away by now is replaced, and nobody else is moved', async () => {
    await plan(subgraph, { communities: 1 });
    const before = await days(ahead);
    const seat = before
      .flatMap(({ date, receivers }) => receivers.map((one) => ({ date, ...one })))
      .find(({ cadre }) => cadre?.id === idOf('cadre 2'));
    await subgraph.rows(`update local_copy set data = $2 where id = $1`, [
      idOf('cadre 2'),
      file('cadre 2', { absences: [{ id: idOf('illness'), from: '2018-08-20', until: '2019-02-01' }] }),
    ]);
    await dayComes(subgraph, TODAY);
    const after = await days(ahead);
    expect(sittings(after).filter(({ who }) => who === idOf('cadre 2'))).toEqual([]);
    expect(sittings(after)).toHaveLength(sittings(before).length);
    const told = await subgraph.told('reception.receiversChanged');
    expect(told.map(({ payload }) => payload.reason)).toContain('ROTA');
    expect(told.length).toBe(before.filter((one, at) => JSON.stringify(one) !== JSON.stringify(after[at])).length);
    expect(after.some(({ date }) => date === seat?.date)).toBe(true);
    await dayComes(subgraph, '2018-08-18');
    expect(await subgraph.told('reception.receiversChanged')).toHaveLength(told.length);
  });
});
