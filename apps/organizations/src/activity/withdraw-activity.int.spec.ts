import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { amendedVisit, type AmendedVisit } from './amended-visit.fixture.ts';
import { RECORD, cadre, frontlineOffice, gridWorker, idOf, visit } from './contacted-areas.fixture.ts';

const WITHDRAW = `mutation ($input: WithdrawActivityInput!) { withdrawActivity(input: $input) {
  id version withdrawnAt amendedAt demands { id } promises { nodes { id } }
  amendments { reason by { id } changes { field demandId promiseId before } } } }`;
const director = cadre('director');
const lamp = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
const lift = { text: '加装电梯', disposition: 'OPINION', categoryCode: 'housing.lift' };
const find = { text: '了解电梯加装进度', dueOn: '2018-08-24' };

let visited: AmendedVisit;
let areas: SubgraphUnderTest;
let keys = 0;

const input = (change: object = {}) => ({
  input: { idempotencyKey: `withdraw-${(keys += 1)}`, activityId: visited.activityId, reason: '重复登记', ...change },
});
const withdrawn = async (change: object = {}, who: Actor = director) =>
  (await areas.answer(who, WITHDRAW, input(change))).withdrawActivity;
const list = async (args = '') =>
  (await areas.answer(frontlineOffice, `{ activities${args} { nodes { id } } }`)).activities.nodes.map(
    ({ id }: { id: string }) => id,
  );
const dutyOfDirector = async () => {
  const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`;
  return (await areas.answer(frontlineOffice, query)).duty;
};

beforeEach(async () => {
  visited = await amendedVisit({ demands: [lamp, lift], promises: [find] });
  ({ areas } = visited);
});
afterEach(() => areas.stop());

describe('an activity that did not take place', () => {
  it('is withdrawn with its demands, case and promises; it leaves the lists and stays with its history', async () => {
    const [first, second] = visited.recorded.demands as [{ id: string }, { id: string }];
    const activity = await withdrawn();
    expect(activity).toMatchObject({
      version: 2,
      demands: [],
      promises: { nodes: [] },
      withdrawnAt: activity.amendedAt,
    });
    expect(activity.amendments).toMatchObject([
      {
        reason: '重复登记',
        by: { id: idOf('director') },
        changes: [
          { field: 'withdrawn' },
          { field: 'demand', demandId: first.id },
          { field: 'demand', demandId: second.id },
          { field: 'promise', before: find.text },
        ],
      },
    ]);
    expect((await areas.told('activity.withdrawn')).map(({ payload }) => payload)).toEqual([
      {
        activityId: visited.activityId,
        kind: 'VISIT',
        targetId: idOf('area-1'),
        withdrawnDemandIds: visited.recorded.demands
          .filter(({ disposition }: typeof lamp) => disposition === 'CASE')
          .map(({ id }: { id: string }) => id),
      },
    ]);
    expect(await areas.told('promise.withdrawn')).toHaveLength(1);
    expect([await list(), await list('(filter: { withdrawn: true })')]).toEqual([[], [visited.activityId]]);
    const { cadre: of } = await areas.answer(
      frontlineOffice,
      `{ demands { totalCount } promises { totalCount } cadre: _entities(representations: [{ __typename: "Cadre", id: "${idOf('director')}" }]) { ... on Cadre { activities { totalCount } } } }`,
    );
    expect(of).toEqual([{ activities: { totalCount: 0 } }]);
    expect(await areas.audited('activity.withdrawn')).toHaveLength(1);
  });

  it('gives back the duty that it kept, to another visit of the window if there is one', async () => {
    expect((await dutyOfDirector()).fulfilment).toEqual({ id: visited.activityId });
    const again = await areas.answer(director, RECORD, visit({ heldAt: '2018-08-17T09:10:00+08:00' }));
    await withdrawn();
    expect(await dutyOfDirector()).toEqual({ state: 'FULFILLED', fulfilment: { id: again.recordActivity.id } });
    await withdrawn({ activityId: again.recordActivity.id });
    // what was withdrawn counts for nothing
    expect(await dutyOfDirector()).toEqual({ state: 'DUE', fulfilment: null });
    const told = (await areas.told('duty.reopened')).filter(
      ({ payload }) => payload.assignmentId === idOf('of the director'),
    );
    expect(told).toHaveLength(2);
  });

  it('may be recorded anew on the right day', async () => {
    await withdrawn({}, cadre('liaison'));
    const right = await areas.answer(director, RECORD, visit({ heldAt: '2018-08-16T09:00:00+08:00' }));
    expect((await dutyOfDirector()).fulfilment).toEqual({ id: right.recordActivity.id });
  });

  it('sent again with its key changes nothing more, and is amended no more', async () => {
    const once = input();
    const first = await areas.answer(director, WITHDRAW, once);
    expect(await areas.answer(director, WITHDRAW, once)).toEqual(first);
    await visited.refused('activity.withdrawn', 'input.activityId', { minutes: 30 });
    expect(await areas.refusal(director, WITHDRAW, input())).toMatchObject({ code: 'activity.withdrawn' });
  });
});

describe('an activity is not withdrawn', () => {
  const refused = async (code: string, field: string, change: object = {}, who: Actor = director) => {
    expect(await areas.refusal(who, WITHDRAW, input(change))).toMatchObject({ code, field });
    expect(await areas.told('activity.withdrawn')).toEqual([]);
    expect(await areas.rows('select 1 from activity where withdrawn_at is not null')).toEqual([]);
  };

  it('by others, without a reason, by another version, or later than it is amended', async () => {
    await refused('activity.notYoursToAmend', 'input.activityId', {}, gridWorker);
    await refused('aggregate.notFound', 'input.activityId', {}, cadre('stranger'));
    await refused('activity.text', 'input.reason', { reason: ' ' });
    await refused('aggregate.versionConflict', 'input.expectedVersion', { expectedVersion: 7 });
    expect(await areas.refusal(frontlineOffice, WITHDRAW, input())).toMatchObject({ code: 'access.denied' });
    areas.moveTo(new Date('2018-09-01T00:01:00+08:00'));
    await refused('activity.amendmentTooLate', 'input.activityId');
  });

  it('when a case of it is concluded, or a promise was kept', async () => {
    await areas.rows(`update demand set case_state = 'CLOSED' where disposition = 'CASE'`);
    await refused('demand.caseConcluded', 'input.activityId');
    await areas.rows(`update demand set case_state = 'HANDLING' where disposition = 'CASE'`);
    const KEEP = 'mutation ($input: KeepPromiseInput!) { keepPromise(input: $input) { id } }';
    const { promises } = await areas.answer(director, '{ promises { nodes { id } } }');
    await areas.answer(director, KEEP, { input: { idempotencyKey: 'keep-it-first', promiseId: promises.nodes[0].id } });
    await refused('promise.notOpen', 'input.activityId');
  });

  it('when somebody asked something there, or a plan rests on it', async () => {
    const questions = [{ text: '何时加装电梯', categoryCode: 'housing.lift' }];
    const { recordActivity: dialogue } = await areas.answer(director, RECORD, visit({ kind: 'DIALOGUE', questions }));
    await refused('activity.staysOnRecord', 'input.activityId', { activityId: dialogue.id });
    const item = { number: 1, activityId: visited.activityId };
    await areas.rows(`insert into pairing_plan (id, pairing_id, year, items) values ($1, $2, 2018, $3::jsonb)`, [
      idOf('plan'),
      idOf('pairing'),
      JSON.stringify([item]),
    ]);
    await refused('activity.staysOnRecord', 'input.activityId');
  });
});
