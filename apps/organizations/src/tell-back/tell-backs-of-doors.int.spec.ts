import 'reflect-metadata';
import { caseCalledBack, caseReopened } from '@frontline/events';
import { transaction, type Ctx } from '@frontline/platform';
import { eventually, type SubgraphUnderTest } from '@frontline/testing';
import {
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
} from '../activity/contacted-areas.fixture.ts';
import { calledBack } from './called-back.commands.ts';
import { TELL, closeAtDoor, consumer, doorDemand, tell } from './heard-demand.fixture.ts';

let areas: SubgraphUnderTest;
const director = cadre('director');

beforeEach(async () => {
  areas = await contactedAreas();
  areas.moveTo(new Date('2018-08-21T09:00:00+08:00'));
});
afterEach(() => areas.stop());

describe('a tell-back of what was said at a door', () => {
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
    for (let times = 0; times < 2; times += 1) await closeAtDoor(areas);
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
    await closeAtDoor(areas);
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
    await closeAtDoor(areas, []);
    expect((await ofDoor()).tellBack).toMatchObject({ state: 'DUE', cadre: null, duty: null });
    await areas.answer(gridWorker, TELL, tell((await ofDoor()).tellBack.id));
    expect((await ofDoor()).toldBackOn).toBe('2018-08-21');
  });

  it.each(['before', 'after'])('is told by a callback that is heard of %s it is owed', async (order) => {
    if (order === 'after') await closeAtDoor(areas);
    await called(2, '2018-08-21');
    if (order === 'before') await closeAtDoor(areas);
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
      closing = closeAtDoor(areas).finally(() => (over = true));
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
    await closeAtDoor(areas);
    expect((await ofDoor()).tellBack).toMatchObject({ state: 'DUE', toldThrough: null });
  });

  it('is read with as many statements for many demands as for one', async () => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on HomeVisitDemand {
      toldBackOn tellBack { state cadre { id } homeVisit { id } duty { state tellBack { toldThrough } } } } } }`;
    const statements = async (demands: string[]) => {
      const r = demands.map((id) => ({ __typename: 'HomeVisitDemand', id }));
      return (await areas.ask(frontlineOffice, query, { r })).statements.length;
    };
    await closeAtDoor(areas);
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
    await closeAtDoor(areas);
    expect(await ofDoor(director)).toMatchObject({
      toldBackOn: '2018-08-11',
      tellBack: { id: idOf('old of a door'), state: 'FULFILLED', homeVisit: { id: idOf('home visit') } },
    });
  });
});
