import 'reflect-metadata';
import { caseReopened } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { cadre, idOf } from '../activity/contacted-areas.fixture.ts';
import { TELL, heardDemand, tell, type HeardDemand } from './heard-demand.fixture.ts';

let areas: SubgraphUnderTest;
let heard: HeardDemand;
const director = cadre('director');

beforeEach(async () => {
  heard = await heardDemand();
  ({ areas } = heard);
});
afterEach(() => areas.stop());

describe('a tell-back and callbacks: it', () => {
  it('is fulfilled by a callback that reached the person, and shows which', async () => {
    await heard.close();
    const callbackId = await heard.callBack('2018-08-21');
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
      { tellBackId: id, demandId: heard.demandId, caseId: idOf('case'), callbackId, on: '2018-08-21', late: false },
    ]);
    const kept = (await areas.told('duty.fulfilled')).filter(({ payload }) => payload.owedUnder === 'TELL_BACK');
    expect(kept.map(({ payload }) => payload.assignmentId)).toEqual([id]);
    // the first one counts, whoever calls or tells later
    await heard.callBack('2018-08-21');
    expect(await areas.refusal(director, TELL, tell(id))).toMatchObject({ code: 'tellBack.toldAlready' });
    expect(await areas.told('tellBack.told')).toHaveLength(1);
  });

  it('is fulfilled as soon as it is owed by a callback that came before the case was closed', async () => {
    await heard.callBack('2018-08-19', 'CALLBACK');
    expect(await heard.list()).toEqual([]);
    await heard.close();
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
    await heard.close();
    areas.moveTo(new Date('2018-08-30T09:00:00+08:00'));
    await heard.callBack('2018-08-29');
    expect((await heard.list('(filter: { states: [LATE] })'))[0].state).toBe('LATE');
    expect((await areas.told('tellBack.told'))[0]?.payload).toMatchObject({ late: true });
  });

  it('is not fulfilled by a callback that reached nobody, nor by one whose answer was found wrong', async () => {
    await heard.callBack('2018-08-18', 'CALLBACK', { reached: true, solved: 'NOT_SOLVED' });
    await heard.caseTells(caseReopened.type, 'REWORK', { dueAt: '2018-08-22T10:00:00Z' });
    expect((await areas.answer(director, `{ demand(id: "${heard.demandId}") { caseState } }`)).demand.caseState).toBe(
      'REWORK',
    );
    await heard.callBack('2018-08-20', 'CALLBACK', { reached: false });
    await heard.close();
    expect((await heard.list()).map(({ state }: { state: string }) => state)).toEqual(['DUE']);
    await heard.callBack('2018-08-21', 'CLOSED', { reached: false });
    expect((await heard.list()).map(({ state }: { state: string }) => state)).toEqual(['DUE']);
    expect(await areas.told('tellBack.told')).toEqual([]);
  });
});
