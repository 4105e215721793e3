import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  TODAY,
  ahead,
  frontlineOffice,
  idOf,
  input,
  north,
  plan,
  receptions,
  sittings,
  somebody,
  twoSubdistricts,
  type Planned,
} from './two-subdistricts.fixture.ts';

const SWAP =
  'mutation ($input: SwapReceptionsInput!) { swapReceptions(input: $input) { id date receivers { id representative { id } swapped } } }';
const MOVE =
  'mutation ($input: MoveReceptionInput!) { moveReception(input: $input) { date movedFrom changeReason receivers { representative { id } } } }';
const CANCEL =
  'mutation ($input: CancelReceptionInput!) { cancelReception(input: $input) { state cancelledOn changeReason } }';

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await twoSubdistricts();
});
afterEach(() => subgraph?.stop());
const days = (filter?: string) => receptions(subgraph, filter);

describe('swapping receptions', () => {
  const seatsOn = async (date: string) =>
    (await days(`{ from: "${date}", to: "${date}" }`)).flatMap(({ receivers }) => receivers);
  const swap = (seatId: string | undefined, withSeatId: string | undefined, actor: Actor = frontlineOffice) =>
    subgraph.answer(actor, SWAP, input({ seatId, withSeatId }));

  it('exchanges two people, and a new rota leaves it so', async () => {
    await plan(subgraph, { communities: 1 });
    const november = await seatsOn('2018-11-15');
    const december = await seatsOn('2018-12-15');
    const mine = november.find(
      ({ representative }) => !december.some((other) => other.representative?.id === representative?.id),
    )!;
    const theirs = december.find(
      ({ representative }) => !november.some((other) => other.representative?.id === representative?.id),
    )!;
    await swap(mine.id, theirs.id);
    const holders = async () => [
      (await seatsOn('2018-11-15')).find(({ id }) => id === mine.id)?.representative?.id,
      (await seatsOn('2018-12-15')).find(({ id }) => id === theirs.id)?.representative?.id,
    ];
    expect(await holders()).toEqual([theirs.representative?.id, mine.representative?.id]);
    await plan(subgraph, { communities: 1 });
    expect(await holders()).toEqual([theirs.representative?.id, mine.representative?.id]);
    const told = await subgraph.told('reception.receiversChanged');
    expect(told.map(({ payload }) => [payload.date, payload.reason])).toEqual(
      expect.arrayContaining([
        ['2018-11-15', 'SWAPPED'],
        ['2018-12-15', 'SWAPPED'],
      ]),
    );
    expect(await subgraph.audited('reception.swapped')).toHaveLength(2);
  });

  it('is refused when one of them can’t come, sits there already, or it is too late', async () => {
    await plan(subgraph, { communities: 1, seatsMonthly: 3 });
    const september = await seatsOn('2018-09-15');
    const december = await seatsOn('2018-12-15');
    const holds = (id: string) => (one: Planned['receivers'][number]) => one.representative?.id === id;
    const away = december.find(holds(idOf('delegate 1')));
    const seat = september.find(({ representative }) => representative && !december.some(holds(representative.id)))!;
    const refused = (seatId?: string, withSeatId?: string, actor: Actor = frontlineOffice) =>
      subgraph.refusal(actor, SWAP, input({ seatId, withSeatId }));
    // delegate 1 is away in September, delegate 8 has no term in December
    expect(await refused(away?.id, seat.id)).toMatchObject({ code: 'reception.swapNotFree', field: 'input.seatId' });
    const both = september.find(({ representative }) => representative && december.some(holds(representative.id)))!;
    const other = december.find(
      ({ representative }) => representative && representative.id !== both.representative?.id,
    )!;
    expect(await refused(both.id, other.id)).toMatchObject({ code: 'reception.swapNotFree' });
    expect(await refused(both.id, both.id)).toMatchObject({ code: 'reception.swapSelf' });
    const [past] = await seatsOn('2018-08-15');
    expect(await refused(past?.id, seat.id)).toMatchObject({ code: 'reception.swapTooLate', field: 'input.seatId' });
    expect(await refused(idOf('nothing'), seat.id)).toMatchObject({ code: 'aggregate.notFound' });
    expect(await refused(both.id, other.id, somebody('CADRE', { cadre: 'cadre 9' }))).toMatchObject({
      code: 'reception.notYours',
    });
    expect(await refused(both.id, other.id, somebody('SUBDISTRICT', { place: 'district' }))).toMatchObject({
      code: 'reception.swapNotFree',
    });
    expect(await refused(both.id, other.id, somebody('SUBDISTRICT', { place: 'north 1' }))).toMatchObject({
      code: 'reception.notYourPlace',
    });
  });
});

describe('moving and cancelling', () => {
  it('keeps the day and the reason, and mends the rota for who can’t come then', async () => {
    await plan(subgraph, { communities: 1 });
    const { id } = (await days('{ from: "2018-12-01", kinds: [MONTHLY] }')).find(
      ({ subdistrict }) => subdistrict.code === '310110016',
    )!;
    const moved = await subgraph.answer(north, MOVE, input({ receptionId: id, to: '2018-09-14', reason: '示例缘由' }));
    expect(moved['moveReception']).toMatchObject({
      date: '2018-09-14',
      movedFrom: '2018-12-15',
      changeReason: '示例缘由',
    });
    const list = sittings(await days(ahead));
    expect(new Set(list.map(({ date, who }) => `${date} ${who}`)).size).toBe(list.length);
    expect(list.filter(({ date, who }) => date === '2018-09-14' && who === idOf('cadre 1'))).toEqual([]);
    expect(await subgraph.told('reception.moved')).toMatchObject([
      { payload: { from: '2018-12-15', to: '2018-09-14' } },
    ]);
    const cancelled = await subgraph.answer(north, CANCEL, input({ receptionId: id, reason: '台风' }));
    expect(cancelled['cancelReception']).toEqual({ state: 'CANCELLED', cancelledOn: TODAY, changeReason: '台风' });
    expect(await subgraph.refusal(north, CANCEL, input({ receptionId: id, reason: '台风' }))).toMatchObject({
      code: 'reception.notPlanned',
    });
  });

  it('is for the subdistrict itself, and for days to come', async () => {
    await plan(subgraph);
    const of = async (code: string) =>
      (await days('{ from: "2018-09-01" }')).find(({ subdistrict }) => subdistrict.code === code)?.id;
    const refused = (change: object) =>
      subgraph.refusal(north, MOVE, input({ to: '2018-12-20', reason: '示例', ...change }));
    expect(await refused({ receptionId: await of('310110019') })).toMatchObject({ code: 'reception.notYourPlace' });
    expect(await refused({ receptionId: await of('310110016'), to: TODAY })).toMatchObject({
      code: 'reception.moveTo',
    });
    expect(await refused({ receptionId: await of('310110016'), reason: ' ' })).toMatchObject({
      code: 'reception.reason',
    });
    const [past] = await days('{ to: "2018-08-17" }');
    expect(await refused({ receptionId: past?.id })).toMatchObject({ code: 'reception.notPlanned' });
  });
});
