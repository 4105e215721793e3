import 'reflect-metadata';
import { caseClosed } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { AMEND, amendedVisit, type AmendedVisit } from './amended-visit.fixture.ts';
import { RECORD, cadre, frontlineOffice, gridWorker, idOf, visit } from './contacted-areas.fixture.ts';

const director = cadre('director');
let visited: AmendedVisit;
let areas: SubgraphUnderTest;

afterEach(() => areas.stop());

/** Duties by the name of their assignment, of August 2018: their states and who kept them. */
const dutyOf = async (assignment: string) => {
  const query = `{ duty(id: "${idOf(`${assignment} 2018-08-01`)}") { state fulfilment { id } } }`;
  return (await areas.answer(frontlineOffice, query)).duty;
};
const told = async (type: string) => (await areas.told(type)).map(({ payload }) => payload.assignmentId);
const changesOf = (activity: Awaited<ReturnType<AmendedVisit['amended']>>) =>
  activity.amendments[0].changes.map(({ field, before, after }: Record<string, unknown>) => [field, before, after]);

describe('who took part', () => {
  const lamp = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
  beforeEach(async () => {
    visited = await amendedVisit({ demands: [lamp] });
    ({ areas } = visited);
  });

  it('is amended with history; who was added sees it, who was taken away does not', async () => {
    const liaison = idOf('liaison');
    const change = { addCadreIds: [idOf('companion')], removeCadreIds: [liaison.toUpperCase()] };
    const activity = await visited.amended(change);
    expect(activity.cadres).toEqual([{ id: idOf('director') }, { id: idOf('companion') }]);
    expect(changesOf(activity)).toEqual([
      ['cadre', liaison, null],
      ['cadre', null, idOf('companion')],
    ]);
    expect(await visited.toldLast()).toMatchObject({
      contactorIds: [idOf('director'), idOf('companion')],
      assignmentId: idOf('of the director'),
    });
    const seen = async (name: string) =>
      (await areas.answer(cadre(name), `{ activity(id: "${visited.activityId}") { id } }`)).activity;
    expect(await seen('companion')).toEqual({ id: visited.activityId });
    expect(await seen('liaison')).toBeNull();
  });

  it('decides anew which duties it fulfils, and in what capacity', async () => {
    expect(await dutyOf('of another')).toEqual({ state: 'DUE', fulfilment: null });
    await visited.amended({ addCadreIds: [idOf('another')] });
    expect(await dutyOf('of another')).toEqual({ state: 'FULFILLED', fulfilment: { id: visited.activityId } });
    // what it kept it keeps, and nobody is told again
    expect((await told('duty.fulfilled')).filter((id) => id === idOf('of the director'))).toHaveLength(1);
    expect(await told('duty.reopened')).toEqual([]);
    await visited.amended({ removeCadreIds: [idOf('another')] });
    expect(await dutyOf('of another')).toEqual({ state: 'DUE', fulfilment: null });
    expect(await told('duty.reopened')).toEqual([idOf('of another')]);
    expect(await dutyOf('of the director')).toMatchObject({ state: 'FULFILLED' });
  });

  it('gives back what another one of the window keeps', async () => {
    await visited.amended({ addCadreIds: [idOf('another')] });
    const heldAt = '2018-08-17T09:20:00+08:00';
    const { recordActivity: second } = await areas.answer(cadre('another'), RECORD, visit({ heldAt }));
    await visited.amended({ removeCadreIds: [idOf('another')] });
    expect(await dutyOf('of another')).toEqual({ state: 'FULFILLED', fulfilment: { id: second.id } });
  });

  it('turns a duty that a substitute kept into one that the contactor kept', async () => {
    // the deputy is away until the sixteenth
    const heldAt = '2018-08-15T09:00:00+08:00';
    const assignmentId = idOf('of the deputy');
    const byProxy = visit({ heldAt, assignmentId });
    const { recordActivity } = await areas.answer(cadre('substitute'), RECORD, byProxy);
    expect(await dutyOf('of the deputy')).toEqual({ state: 'SUBSTITUTED', fulfilment: { id: recordActivity.id } });
    const input = { ...visited.amend({ addCadreIds: [idOf('deputy director')] }).input, activityId: recordActivity.id };
    await areas.answer(cadre('substitute'), AMEND, { input });
    expect(await dutyOf('of the deputy')).toEqual({ state: 'FULFILLED', fulfilment: { id: recordActivity.id } });
    const outcomes = (await areas.told('duty.fulfilled')).filter(
      ({ payload }) => payload.assignmentId === idOf('of the deputy'),
    );
    expect(outcomes.map(({ payload }) => payload.state)).toEqual(['SUBSTITUTED', 'FULFILLED']);
  });

  it('decides whose the tell-back of a demand is', async () => {
    const [{ id: demandId }] = visited.recorded.demands;
    const { recordActivity } = await areas.answer(
      gridWorker,
      RECORD,
      visit({ withCadreIds: [idOf('another'), idOf('companion')], demands: [lamp] }),
    );
    const [{ id: second }] = recordActivity.demands;
    for (const each of [demandId, second])
      await areas.consume(consumers[0] as (typeof consumers)[number], {
        id: idOf(`closing ${each}`),
        type: caseClosed.type,
        aggregateId: idOf(`case ${each}`),
        sequence: 2,
        occurredAt: new Date('2018-08-17T05:00:00Z'),
        data: {
          closingCode: 'SOLVED',
          record: {
            id: idOf(`case ${each}`),
            number: '2018-000123',
            state: 'CLOSED',
            demandId: each,
            categoryCode: 'roads.lighting',
            areaId: idOf('area-1'),
            registeredAt: '2018-08-17T02:00:00Z',
            closedAt: '2018-08-17T05:00:00Z',
          },
        },
      });
    const owedBy = async (id: string) =>
      (
        await areas.answer(
          frontlineOffice,
          `{ demand(id: "${id}") { tellBack { cadre { id } duty { contactor { id } } } } }`,
        )
      ).demand.tellBack;
    expect(await owedBy(second)).toEqual({
      cadre: { id: idOf('another') },
      duty: { contactor: { id: idOf('another') } },
    });
    const input = { ...visited.amend({ removeCadreIds: [idOf('another')] }).input, activityId: recordActivity.id };
    await areas.answer(gridWorker, AMEND, { input });
    expect(await owedBy(second)).toEqual({
      cadre: { id: idOf('companion') },
      duty: { contactor: { id: idOf('companion') } },
    });
    expect(await owedBy(demandId)).toMatchObject({ cadre: { id: idOf('director') } });
  });

  it('is refused where it can’t be', async () => {
    await visited.refused('activity.unknownCadre', 'input.addCadreIds[0]', { addCadreIds: [idOf('nobody')] });
    await visited.refused('input.id', 'input.addCadreIds[0]', { addCadreIds: ['nobody'] });
    await visited.refused('activity.tookPart', 'input.addCadreIds[0]', { addCadreIds: [idOf('liaison')] });
    await visited.refused('activity.tookNoPart', 'input.removeCadreIds[0]', { removeCadreIds: [idOf('companion')] });
    await visited.refused('activity.recorderTookPart', 'input.removeCadreIds[1]', {
      removeCadreIds: [idOf('liaison'), idOf('director')],
    });
    await visited.refused('activity.cadreTwice', 'input.removeCadreIds', {
      addCadreIds: [idOf('companion')],
      removeCadreIds: [idOf('companion')],
    });
    await visited.refused(
      'activity.notYoursToAmend',
      'input.activityId',
      { addCadreIds: [idOf('companion')] },
      gridWorker,
    );
  });
});

describe('where it took place', () => {
  const lamp = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
  const lift = { text: '加装电梯', disposition: 'OPINION', categoryCode: 'housing.lift' };
  const elsewhere = {
    text: '隔壁小区停车',
    disposition: 'OPINION',
    categoryCode: 'roads.parking',
    areaId: idOf('area-3'),
  };
  beforeEach(async () => {
    const promises = [{ text: '了解电梯加装进度', dueOn: '2018-08-24' }];
    visited = await amendedVisit({ demands: [lamp, lift, elsewhere], promises });
    ({ areas } = visited);
  });

  it('is amended with history: contact, duties, promises and what was said of it follow', async () => {
    expect(await dutyOf('of the director')).toMatchObject({ state: 'FULFILLED' });
    const activity = await visited.amended({ targetId: idOf('area-2') });
    // nobody contacts the second area any more
    expect(activity).toMatchObject({
      target: { id: idOf('area-2') },
      assignment: null,
      recordedAs: null,
      acceptance: 'ACCEPTED',
    });
    expect(changesOf(activity)).toEqual(
      expect.arrayContaining([
        ['targetId', idOf('area-1'), idOf('area-2')],
        ['assignmentId', idOf('of the director'), null],
        ['recordedAs', 'CONTACTOR', null],
        ['areaId', idOf('area-1'), idOf('area-2')],
      ]),
    );
    const placeOf = Object.fromEntries(
      activity.demands.map((each: typeof lift & { area: object }) => [each.text, each.area]),
    );
    // a case has taken the lamp over: where it is is decided there
    expect(placeOf).toEqual({
      [lamp.text]: { id: idOf('area-1') },
      [lift.text]: { id: idOf('area-2') },
      [elsewhere.text]: { id: idOf('area-3') },
    });
    expect(activity.promises.nodes).toMatchObject([{ target: { id: idOf('area-2') } }]);
    expect((await areas.told('promise.amended'))[0]?.payload).toMatchObject({
      targetId: idOf('area-2'),
      dueOn: '2018-08-24',
    });
    expect(await dutyOf('of the director')).toEqual({ state: 'DUE', fulfilment: null });
    const payload = await visited.toldLast();
    expect(payload).toMatchObject({
      targetId: idOf('area-2'),
      demands: [{ areaId: idOf('area-2'), disposition: 'OPINION' }],
    });
    expect(payload.assignmentId).toBeUndefined();
  });

  it('finds the contact under which it was, on the day of the visit, and fulfils its duty', async () => {
    const heldAt = '2018-08-14T09:00:00+08:00';
    const { recordActivity } = await areas.answer(director, RECORD, visit({ heldAt, demands: [] }));
    const input = { ...visited.amend({ targetId: idOf('area-2') }).input, activityId: recordActivity.id };
    const { amendActivity } = await areas.answer(director, AMEND, { input });
    expect(amendActivity).toMatchObject({
      assignment: { id: idOf('former') },
      recordedAs: 'CONTACTOR',
      acceptance: 'ACCEPTED_AS_FORMER',
    });
    expect(await dutyOf('former')).toEqual({ state: 'FULFILLED', fulfilment: { id: recordActivity.id } });
    const back = { ...visited.amend({ targetId: idOf('area-1') }).input, activityId: recordActivity.id };
    await areas.answer(director, AMEND, { input: back });
    expect(await dutyOf('former')).toMatchObject({ fulfilment: null });
  });

  it('is refused where it can’t be', async () => {
    await visited.refused('activity.unknownOrganization', 'input.targetId', { targetId: idOf('nowhere') });
    await visited.refused('activity.nothingAmended', 'input.activityId', { targetId: idOf('area-1') });
    const { recordActivity } = await areas.answer(director, RECORD, visit({ kind: 'DIALOGUE', demands: [] }));
    const input = { ...visited.amend({ targetId: idOf('area-2') }).input, activityId: recordActivity.id };
    expect(await areas.refusal(director, AMEND, { input })).toMatchObject({
      code: 'activity.targetStays',
      field: 'input.targetId',
    });
    const byGrid = await areas.answer(gridWorker, RECORD, visit({ demands: [] }));
    const outside = { ...visited.amend({ targetId: idOf('area-3') }).input, activityId: byGrid.recordActivity.id };
    expect(await areas.refusal(gridWorker, AMEND, { input: outside })).toMatchObject({
      code: 'activity.notYourPlace',
      field: 'input.targetId',
    });
  });
});
