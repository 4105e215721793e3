import 'reflect-metadata';
import { caseWithdrawn } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { cadre, frontlineOffice, gridWorker, idOf } from '../activity/contacted-areas.fixture.ts';
import { TELL, heardDemand, tell, type HeardDemand } from './heard-demand.fixture.ts';

let areas: SubgraphUnderTest;
let heard: HeardDemand;
const director = cadre('director');

beforeEach(async () => {
  heard = await heardDemand();
  ({ areas } = heard);
});
afterEach(() => areas.stop());

describe('a tell-back', () => {
  it('is owed by who heard the demand when its case is closed, within seven days, once', async () => {
    expect(await heard.list()).toEqual([]);
    await heard.close();
    await heard.close();
    // closed at half past midnight in Shanghai
    expect(await heard.list('(filter: { mine: true, states: [DUE] })', director)).toEqual([
      {
        id: expect.any(String),
        state: 'DUE',
        owedFrom: '2018-08-21',
        dueOn: '2018-08-28',
        cadre: { id: idOf('director') },
        demand: { id: heard.demandId },
      },
    ]);
    expect(await areas.told('tellBack.owed')).toHaveLength(1);
    areas.moveTo(new Date('2018-08-29T00:30:00+08:00'));
    expect((await heard.list('(filter: { states: [MISSED] })'))[0].state).toBe('MISSED');
  });

  it('is not owed for a case that was withdrawn', async () => {
    await heard.caseTells(caseWithdrawn.type, 'WITHDRAWN');
    expect(await heard.list()).toEqual([]);
  });

  it('is recorded by whoever took part; the demand shows when', async () => {
    await heard.close();
    const [{ id }] = await heard.list();
    const { recordTellBack: told } = await areas.answer(cadre('liaison'), TELL, tell(id, { note: '居民满意' }));
    expect(told).toEqual({
      id,
      state: 'FULFILLED',
      toldOn: '2018-08-21',
      toldThrough: 'WHO_HEARD_IT',
      note: '居民满意',
      toldBy: { id: idOf('liaison') },
      demand: { toldBackOn: '2018-08-21' },
    });
    expect((await areas.told('tellBack.told')).map(({ payload }) => payload)).toEqual([
      {
        tellBackId: id,
        demandId: heard.demandId,
        caseId: idOf('case'),
        cadreId: idOf('liaison'),
        as: 'WHO_HEARD_IT',
        on: '2018-08-21',
        late: false,
      },
    ]);
  });

  it('is a duty of who heard it: fulfilled with it, told once, excused like any other', async () => {
    await heard.close();
    const DUTIES =
      '{ duties(filter: { owedUnder: [TELL_BACK] }) { nodes { id state activity scheme windowStart windowEnd contactor { id } assignment { id } fulfilment { id } } } }';
    const duty = async () => (await areas.answer(director, DUTIES)).duties.nodes;
    expect(await duty()).toEqual([
      {
        id: expect.any(String),
        state: 'DUE',
        activity: 'TELL_BACK',
        scheme: 'tell-back',
        windowStart: '2018-08-21',
        windowEnd: '2018-08-28',
        contactor: { id: idOf('director') },
        assignment: null,
        fulfilment: null,
      },
    ]);
    const [{ id }] = await heard.list();
    await areas.answer(cadre('liaison'), TELL, tell(id));
    expect((await duty())[0]).toMatchObject({ state: 'FULFILLED' });
    const told = (await areas.told('duty.fulfilled'))
      .map(({ payload }) => payload)
      .filter(({ owedUnder }) => owedUnder === 'TELL_BACK');
    expect(told).toEqual([
      expect.objectContaining({ owedUnder: 'TELL_BACK', assignmentId: id, state: 'FULFILLED', on: '2018-08-21' }),
    ]);
  });

  it('shows the excuse of its duty', async () => {
    await heard.close();
    const [{ id }] = await heard.list();
    const { tellBacks } = await areas.answer(frontlineOffice, '{ tellBacks { nodes { duty { id } } } }');
    const EXCUSE = 'mutation ($input: ExcuseDutyInput!) { excuseDuty(input: $input) { state } }';
    const input = { idempotencyKey: 'excuse-tell-back', id: tellBacks.nodes[0].duty.id, reason: '当事人已搬离' };
    await areas.answer(frontlineOffice, EXCUSE, { input });
    expect(
      (await heard.list('(filter: { states: [EXCUSED] })')).map((one: { id: string; state: string }) => [
        one.id,
        one.state,
      ]),
    ).toEqual([[id, 'EXCUSED']]);
    areas.moveTo(new Date('2018-08-29T00:30:00+08:00'));
    expect(await heard.list('(filter: { states: [MISSED] })')).toEqual([]);
  });

  it('is late after its day', async () => {
    await heard.close();
    const [{ id }] = await heard.list();
    areas.moveTo(new Date('2018-08-29T09:00:00+08:00'));
    expect((await areas.answer(director, TELL, tell(id))).recordTellBack.state).toBe('LATE');
    expect((await areas.told('tellBack.told'))[0]?.payload).toMatchObject({ late: true });
  });

  it('is refused to others, on other days, and twice', async () => {
    await heard.close();
    const [{ id }] = await heard.list();
    const refused = async (code: string, field: string, variables: object, who = director) => {
      expect(await areas.refusal(who, TELL, variables)).toMatchObject({ code, field });
    };
    await refused('tellBack.notYours', 'input.tellBackId', tell(id), gridWorker);
    await refused('aggregate.notFound', 'input.tellBackId', tell(id), cadre('stranger'));
    await refused('tellBack.toldOn', 'input.toldOn', tell(id, { toldOn: '2018-08-20' }));
    await refused('tellBack.toldOn', 'input.toldOn', tell(id, { toldOn: '2018-08-22' }));
    expect(await areas.told('tellBack.told')).toEqual([]);
    await areas.answer(director, TELL, tell(id));
    await refused('tellBack.toldAlready', 'input.tellBackId', tell(id));
    expect(await areas.told('tellBack.told')).toHaveLength(1);
  });

  it('comes in from old records with its duty, once, and tells nobody', async () => {
    const line = {
      type: 'tellBack',
      id: idOf('old'),
      demandId: heard.demandId,
      caseId: idOf('case'),
      cadreId: idOf('director'),
      owedFrom: '2018-08-10',
      toldOn: '2018-08-19',
      toldById: idOf('liaison'),
      note: '居民满意',
    };
    for (let times = 0; times < 2; times += 1) await areas.import([line]);
    const { tellBacks, duties } = await areas.answer(
      frontlineOffice,
      `{ tellBacks { nodes { id state dueOn toldOn note demand { toldBackOn } } }
         duties(filter: { scheme: "tell-back" }) { nodes { state windowStart windowEnd fulfilledOn } } }`,
    );
    expect(tellBacks.nodes).toEqual([
      {
        id: line.id,
        state: 'LATE',
        dueOn: '2018-08-17',
        toldOn: '2018-08-19',
        note: '居民满意',
        demand: { toldBackOn: '2018-08-19' },
      },
    ]);
    expect(duties.nodes).toEqual([
      { state: 'LATE', windowStart: '2018-08-10', windowEnd: '2018-08-17', fulfilledOn: '2018-08-19' },
    ]);
    expect(await areas.told('tellBack.owed')).toEqual([]);
    // the case was closed before it was brought in: its own closing owes nothing more
    await heard.close();
    expect(await heard.list()).toHaveLength(1);
    await expect(areas.import([{ ...line, id: idOf('lost'), demandId: idOf('nothing') }])).rejects.toThrow('demand');
    await expect(areas.import([{ ...line, toldOn: '2018-08-09' }])).rejects.toThrow('owedFrom');
    const { toldOn: _, ...untold } = line;
    await expect(areas.import([untold])).rejects.toThrow('toldOn');
  });
});
