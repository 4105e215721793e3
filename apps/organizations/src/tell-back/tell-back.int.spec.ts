import 'reflect-metadata';
import { caseCalledBack, caseClosed, caseReopened, caseWithdrawn, homeVisitCaseClosed } from '@frontline/events';
import { transaction, type Ctx } from '@frontline/platform';
import { eventually, type SubgraphUnderTest } from '@frontline/testing';
import {
  RECORD,
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from '../activity/contacted-areas.fixture.ts';
import { consumers } from '../consumers.ts';
import { calledBack } from './called-back.commands.ts';

const TELL = `mutation ($input: RecordTellBackInput!) { recordTellBack(input: $input) { id state toldOn toldThrough note toldBy { id } demand { toldBackOn } } }`;
const director = cadre('director');

let areas: SubgraphUnderTest;
let demandId: string;
let activityId: string;
let keys = 0;
const tell = (tellBackId: string, change: object = {}) => ({
  input: { idempotencyKey: `tell-key-${(keys += 1)}`, tellBackId, ...change },
});
const list = async (args = '', who = frontlineOffice) =>
  (await areas.answer(who, `{ tellBacks${args} { nodes { id state owedFrom dueOn cadre { id } demand { id } } } }`))
    .tellBacks.nodes;

/** The case of the demand tells where it stands. */
const caseTells = (type: string, state: string, more: object = {}) =>
  areas.consume(consumers[0] as (typeof consumers)[number], {
    id: idOf(`${type} ${JSON.stringify(more)} ${state}`),
    type,
    aggregateId: idOf('case'),
    sequence: 2,
    occurredAt: new Date('2018-08-20T16:30:00Z'),
    data: {
      ...more,
      record: {
        id: idOf('case'),
        number: '2018-000123',
        state,
        demandId,
        source: { kind: 'ACTIVITY', id: activityId },
        categoryCode: 'roads.lighting',
        areaId: idOf('area-1'),
        registeredAt: '2018-08-17T02:00:00Z',
        ...(state === 'CLOSED' && { closedAt: '2018-08-20T16:30:00Z' }),
      },
    },
  });
const close = () => caseTells(caseClosed.type, 'CLOSED', { closingCode: 'SOLVED' });

let nth = 0;
/** The person behind the case was called back, in a state of the case. */
const callBack = (on: string, state = 'CLOSED', more: object = { reached: true, solved: 'SOLVED' }) =>
  caseTells(caseCalledBack.type, state, {
    callbackId: idOf(`callback ${(nth += 1)}`),
    on,
    channel: 'PHONE',
    ...more,
  });
const lastCallback = () => idOf(`callback ${nth}`);

beforeEach(async () => {
  areas = await contactedAreas();
  const { recordActivity } = await areas.answer(
    director,
    RECORD,
    visit({
      withCadreIds: [idOf('liaison')],
      demands: [{ text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' }],
    }),
  );
  activityId = recordActivity.id;
  demandId = recordActivity.demands[0].id;
  areas.moveTo(new Date('2018-08-21T09:00:00+08:00'));
});
afterEach(() => areas.stop());

describe('a tell-back', () => {
  it('is owed by who heard the demand when its case is closed, within seven days, once', async () => {
    expect(await list()).toEqual([]);
    await close();
    await close();
    // closed at half past midnight in Shanghai
    expect(await list('(filter: { mine: true, states: [DUE] })', director)).toEqual([
      {
        id: expect.any(String),
        state: 'DUE',
        owedFrom: '2018-08-21',
        dueOn: '2018-08-28',
        cadre: { id: idOf('director') },
        demand: { id: demandId },
      },
    ]);
    expect(await areas.told('tellBack.owed')).toHaveLength(1);
    areas.moveTo(new Date('2018-08-29T00:30:00+08:00'));
    expect((await list('(filter: { states: [MISSED] })'))[0].state).toBe('MISSED');
  });

  it('is not owed for a case that was withdrawn', async () => {
    await caseTells(caseWithdrawn.type, 'WITHDRAWN');
    expect(await list()).toEqual([]);
  });

  it('is recorded by whoever took part; the demand shows when', async () => {
    await close();
    const [{ id }] = await list();
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
      { tellBackId: id, demandId, caseId: idOf('case'), cadreId: idOf('liaison'), on: '2018-08-21', late: false },
    ]);
  });

  it('is a duty of who heard it: fulfilled with it, told once, excused like any other', async () => {
    await close();
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
    const [{ id }] = await list();
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
    await close();
    const [{ id }] = await list();
    const { tellBacks } = await areas.answer(frontlineOffice, '{ tellBacks { nodes { duty { id } } } }');
    const EXCUSE = 'mutation ($input: ExcuseDutyInput!) { excuseDuty(input: $input) { state } }';
    const input = { idempotencyKey: 'excuse-tell-back', id: tellBacks.nodes[0].duty.id, reason: '当事人已搬离' };
    await areas.answer(frontlineOffice, EXCUSE, { input });
    expect(
      (await list('(filter: { states: [EXCUSED] })')).map((one: { id: string; state: string }) => [one.id, one.state]),
    ).toEqual([[id, 'EXCUSED']]);
    areas.moveTo(new Date('2018-08-29T00:30:00+08:00'));
    expect(await list('(filter: { states: [MISSED] })')).toEqual([]);
  });

  it('is fulfilled by a callback that reached the person, and shows which', async () => {
    await close();
    await callBack('2018-08-21');
    const { tellBacks } = await areas.answer(
      director,
      '{ tellBacks { nodes { id state toldOn toldBy { id } toldThrough duty { state fulfilledOn tellBack { toldThrough } } demand { toldBackOn } } } }',
    );
    expect(tellBacks.nodes).toEqual([
      {
        id: expect.any(String),
        state: 'FULFILLED',
        toldOn: '2018-08-21',
        toldBy: null,
        toldThrough: 'CALLBACK',
        duty: { state: 'FULFILLED', fulfilledOn: '2018-08-21', tellBack: { toldThrough: 'CALLBACK' } },
        demand: { toldBackOn: '2018-08-21' },
      },
    ]);
    const [{ id }] = tellBacks.nodes;
    expect((await areas.told('tellBack.told')).map(({ payload }) => payload)).toEqual([
      { tellBackId: id, demandId, caseId: idOf('case'), callbackId: lastCallback(), on: '2018-08-21', late: false },
    ]);
    const kept = (await areas.told('duty.fulfilled')).filter(({ payload }) => payload.owedUnder === 'TELL_BACK');
    expect(kept.map(({ payload }) => payload.assignmentId)).toEqual([id]);
    // the first one counts, whoever calls or tells later
    await callBack('2018-08-21');
    expect(await areas.refusal(director, TELL, tell(id))).toMatchObject({ code: 'tellBack.toldAlready' });
    expect(await areas.told('tellBack.told')).toHaveLength(1);
  });

  it('is fulfilled as soon as it is owed by a callback that came before the case was closed', async () => {
    await callBack('2018-08-19', 'CALLBACK');
    expect(await list()).toEqual([]);
    await close();
    const { tellBacks } = await areas.answer(
      director,
      '{ tellBacks { nodes { state owedFrom toldOn toldThrough duty { state fulfilledOn } } } }',
    );
    expect(tellBacks.nodes).toEqual([
      {
        state: 'FULFILLED',
        owedFrom: '2018-08-21',
        toldOn: '2018-08-19',
        toldThrough: 'CALLBACK',
        duty: { state: 'FULFILLED', fulfilledOn: '2018-08-21' },
      },
    ]);
    expect((await areas.told('tellBack.told')).map(({ payload }) => payload.late)).toEqual([false]);
  });

  it('is late by a callback after its day', async () => {
    await close();
    areas.moveTo(new Date('2018-08-30T09:00:00+08:00'));
    await callBack('2018-08-29');
    expect((await list('(filter: { states: [LATE] })'))[0].state).toBe('LATE');
    expect((await areas.told('tellBack.told'))[0]?.payload).toMatchObject({ late: true });
  });

  it('is not fulfilled by a callback that reached nobody, nor by one whose answer was found wrong', async () => {
    await callBack('2018-08-18', 'CALLBACK', { reached: true, solved: 'NOT_SOLVED' });
    await caseTells(caseReopened.type, 'REWORK', { dueAt: '2018-08-22T10:00:00Z' });
    expect((await areas.answer(director, `{ demand(id: "${demandId}") { caseState } }`)).demand.caseState).toBe(
      'REWORK',
    );
    await callBack('2018-08-20', 'CALLBACK', { reached: false });
    await close();
    expect((await list()).map(({ state }: { state: string }) => state)).toEqual(['DUE']);
    await callBack('2018-08-21', 'CLOSED', { reached: false });
    expect((await list()).map(({ state }: { state: string }) => state)).toEqual(['DUE']);
    expect(await areas.told('tellBack.told')).toEqual([]);
  });

  it('is late after its day', async () => {
    await close();
    const [{ id }] = await list();
    areas.moveTo(new Date('2018-08-29T09:00:00+08:00'));
    expect((await areas.answer(director, TELL, tell(id))).recordTellBack.state).toBe('LATE');
    expect((await areas.told('tellBack.told'))[0]?.payload).toMatchObject({ late: true });
  });

  it('is refused to others, on other days, and twice', async () => {
    await close();
    const [{ id }] = await list();
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
      demandId,
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
    await close();
    expect(await list()).toHaveLength(1);
    await expect(areas.import([{ ...line, id: idOf('lost'), demandId: idOf('nothing') }])).rejects.toThrow('demand');
    await expect(areas.import([{ ...line, toldOn: '2018-08-09' }])).rejects.toThrow('owedFrom');
    const { toldOn: _, ...untold } = line;
    await expect(areas.import([untold])).rejects.toThrow('toldOn');
  });
});

describe('a tell-back of what was said at a door', () => {
  const consumer = (name: string) => consumers.find((each) => each.name === name) as (typeof consumers)[number];
  const doorDemand = idOf('demand at a door');
  /** Households tells that the case of what the director, and the liaison with them, heard at a door is closed. */
  const closeAtDoor = (cadres = ['director', 'liaison']) =>
    areas.consume(consumer('organizations.follow-cases-of-doors'), {
      id: idOf('closed at a door'),
      type: homeVisitCaseClosed.type,
      aggregateId: idOf('home visit'),
      sequence: 2,
      occurredAt: new Date('2018-08-20T16:31:00Z'),
      data: {
        homeVisitId: idOf('home visit'),
        demandId: doorDemand,
        caseId: idOf('case of a door'),
        areaId: idOf('area-1'),
        cadreIds: cadres.map(idOf),
        closedAt: '2018-08-20T16:30:00Z',
      },
    });
  const caseOfDoor = (type: string, sequence: number, more: object) =>
    areas.consume(consumer('organizations.follow-cases'), {
      id: idOf(`${type} ${sequence} of a door`),
      type,
      aggregateId: idOf('case of a door'),
      sequence,
      occurredAt: new Date('2018-08-20T16:30:00Z'),
      data: {
        ...more,
        record: {
          id: idOf('case of a door'),
          number: '2018-000124',
          state: 'CALLBACK',
          demandId: doorDemand,
          source: { kind: 'HOME_VISIT', id: idOf('home visit') },
          categoryCode: 'roads.lighting',
          areaId: idOf('area-1'),
          registeredAt: '2018-08-17T02:00:00Z',
        },
      },
    });
  const called = (sequence: number, on: string) =>
    caseOfDoor(caseCalledBack.type, sequence, { callbackId: idOf('callback'), on, channel: 'PHONE', reached: true });
  const ofDoor = async (who = frontlineOffice) =>
    (
      await areas.answer(
        who,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on HomeVisitDemand { toldBackOn tellBack {
          id state owedFrom toldThrough cadre { id } demand { id } homeVisit { id } duty { state contactor { id } } } } } }`,
        { r: [{ __typename: 'HomeVisitDemand', id: doorDemand }] },
      )
    )['_entities'][0];

  it('is owed by the first cadre who heard it there, once, and a duty of theirs', async () => {
    expect(await ofDoor()).toEqual({ toldBackOn: null, tellBack: null });
    for (let times = 0; times < 2; times += 1) await closeAtDoor();
    const tellBack = {
      id: expect.any(String),
      state: 'DUE',
      owedFrom: '2018-08-21',
      toldThrough: null,
      cadre: { id: idOf('director') },
      demand: null,
      homeVisit: { id: idOf('home visit') },
      duty: { state: 'DUE', contactor: { id: idOf('director') } },
    };
    for (const who of [frontlineOffice, gridWorker, director, cadre('liaison')])
      expect(await ofDoor(who)).toEqual({
        toldBackOn: null,
        tellBack: expect.objectContaining({ id: expect.any(String) }),
      });
    expect((await ofDoor()).tellBack).toEqual(tellBack);
    for (const who of [cadre('stranger'), somebody('SUBDISTRICT', 'south', 'south')])
      expect((await ofDoor(who)).tellBack).toBeNull();
    expect((await areas.told('tellBack.owed')).map(({ payload }) => payload)).toMatchObject([
      { demandId: doorDemand, caseId: idOf('case of a door'), cadreId: idOf('director') },
    ]);
  });

  it('is told by a cadre who went, or by who meets residents there', async () => {
    await closeAtDoor();
    const { id } = (await ofDoor()).tellBack;
    expect(await areas.refusal(cadre('stranger'), TELL, tell(id))).toMatchObject({ code: 'aggregate.notFound' });
    expect(await areas.refusal(somebody('GRID_WORKER', 'elsewhere', 'area-3'), TELL, tell(id))).toMatchObject({
      code: 'aggregate.notFound',
    });
    await areas.answer(cadre('liaison'), TELL, tell(id));
    expect((await ofDoor()).tellBack).toMatchObject({
      state: 'FULFILLED',
      toldThrough: 'WHO_HEARD_IT',
      duty: { state: 'FULFILLED' },
    });
  });

  it('is nobody’s duty when a team without cadres heard it, and the grid worker may tell', async () => {
    await closeAtDoor([]);
    expect((await ofDoor()).tellBack).toMatchObject({ state: 'DUE', cadre: null, duty: null });
    await areas.answer(gridWorker, TELL, tell((await ofDoor()).tellBack.id));
    expect((await ofDoor()).toldBackOn).toBe('2018-08-21');
  });

  it.each(['before', 'after'])('is told by a callback that is heard of %s it is owed', async (order) => {
    if (order === 'after') await closeAtDoor();
    await called(2, '2018-08-21');
    if (order === 'before') await closeAtDoor();
    expect((await ofDoor()).tellBack).toMatchObject({
      state: 'FULFILLED',
      toldThrough: 'CALLBACK',
      duty: { state: 'FULFILLED' },
    });
    expect(await areas.told('tellBack.told')).toHaveLength(1);
  });

  it('is told by a callback that is heard of in the same moment as the closing', async () => {
    let closing: Promise<unknown> = Promise.resolve();
    const aside = { name: 'test', events: [], handle: (ctx: Ctx) => transaction(ctx, holding, false) };
    const holding = async (ctx: Ctx): Promise<void> => {
      await calledBack(ctx, doorDemand, idOf('callback'), '2018-08-21');
      let over = false;
      closing = closeAtDoor().finally(() => (over = true));
      // neither has seen the other yet: the closing waits for this transaction, or has gone past it
      const waits = () =>
        areas.rows(`select from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`);
      await eventually('the closing waits or is over', async () => over || (await waits()).length > 0, Boolean);
    };
    await areas.consume(aside, {} as never);
    await closing;
    expect((await ofDoor()).tellBack).toMatchObject({ state: 'FULFILLED', toldThrough: 'CALLBACK' });
  });

  it('is not told by a callback whose answer was found wrong', async () => {
    await called(2, '2018-08-20');
    await caseOfDoor(caseReopened.type, 3, { dueAt: '2018-08-23T10:00:00Z' });
    await closeAtDoor();
    expect((await ofDoor()).tellBack).toMatchObject({ state: 'DUE', toldThrough: null });
  });

  it('is read with as many statements for many demands as for one', async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on HomeVisitDemand {
      toldBackOn tellBack { state cadre { id } homeVisit { id } duty { state tellBack { toldThrough } } } } } }`;
    const statements = async (demands: string[]) => {
      const r = demands.map((id) => ({ __typename: 'HomeVisitDemand', id }));
      return (await areas.ask(frontlineOffice, query, { r })).statements.length;
    };
    await closeAtDoor();
    const one = await statements([doorDemand]);
    const more = ['first', 'second', 'third'].map((name) => idOf(`${name} of many`));
    await areas.import(
      more.map((of) => ({
        type: 'tellBack',
        id: idOf(of),
        demandId: of,
        caseId: idOf(`case ${of}`),
        homeVisit: { id: idOf(`visit ${of}`), areaId: idOf('area-1'), cadreIds: [idOf('director')] },
        cadreId: idOf('director'),
        owedFrom: '2018-08-10',
      })),
    );
    expect(await statements([doorDemand, ...more])).toBe(one);
  });

  it('comes in from old records with the home visit where it was said', async () => {
    await areas.import([
      {
        type: 'tellBack',
        id: idOf('old of a door'),
        demandId: doorDemand,
        caseId: idOf('case of a door'),
        homeVisit: { id: idOf('home visit'), areaId: idOf('area-1'), cadreIds: [idOf('director')] },
        cadreId: idOf('director'),
        owedFrom: '2018-08-10',
        toldOn: '2018-08-11',
        toldById: idOf('director'),
      },
    ]);
    await closeAtDoor();
    expect(await ofDoor(director)).toMatchObject({
      toldBackOn: '2018-08-11',
      tellBack: { id: idOf('old of a door'), state: 'FULFILLED', homeVisit: { id: idOf('home visit') } },
    });
  });
});
