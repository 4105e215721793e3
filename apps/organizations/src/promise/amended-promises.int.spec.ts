import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { AMEND, amendedVisit, type AmendedVisit } from '../activity/amended-visit.fixture.ts';
import { cadre, frontlineOffice, idOf } from '../activity/contacted-areas.fixture.ts';
import { tellBrokenPromises } from './broken-promises.ts';

const find = { text: '了解电梯加装进度', dueOn: '2018-08-24' };
const mend = { text: '修好楼道灯', dueOn: '2018-08-31', cadreId: idOf('liaison') };

let visited: AmendedVisit;
let areas: SubgraphUnderTest;
let findId: string;
let mendId: string;

const list = async (args = '') =>
  (
    await areas.answer(
      frontlineOffice,
      `{ promises${args} { nodes { id text state dueOn cadre { id } amendedAwayAt } } }`,
    )
  ).promises.nodes;
const told = async (type: string) => (await areas.told(type)).map(({ payload }) => payload);

beforeEach(async () => {
  visited = await amendedVisit({ promises: [find, mend] });
  ({ areas } = visited);
  for (const { id, text } of await list())
    if (text === find.text) findId = id;
    else mendId = id;
});
afterEach(() => areas.stop());

describe('promises of an amended visit', () => {
  it('are corrected with history, and others are told; their words stay sealed', async () => {
    const change = { promiseId: findId, text: '了解加装电梯进度', dueOn: '2018-08-30', cadreId: idOf('liaison') };
    const activity = await visited.amended({ changePromises: [change] });
    expect(activity.promises.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: findId, text: change.text, dueOn: change.dueOn, cadre: { id: change.cadreId } }),
      ]),
    );
    expect(activity.amendments[0].changes).toEqual([
      { field: 'text', promiseId: findId, demandId: null, before: find.text, after: change.text },
      { field: 'dueOn', promiseId: findId, demandId: null, before: find.dueOn, after: change.dueOn },
      { field: 'cadreId', promiseId: findId, demandId: null, before: idOf('director'), after: change.cadreId },
    ]);
    expect(await told('promise.amended')).toEqual([
      {
        promiseId: findId,
        activityId: visited.activityId,
        cadreId: change.cadreId,
        targetId: idOf('area-1'),
        madeOn: '2018-08-17',
        dueOn: '2018-08-30',
      },
    ]);
    expect(JSON.stringify(await areas.rows('select changed from activity_amendment'))).not.toMatch(/[一-龥]/);
  });

  it('are added, by whoever took part', async () => {
    const added = { text: '回复停车问题', dueOn: '2018-08-20' };
    const activity = await visited.amended({ addPromises: [added] }, cadre('liaison'));
    expect(activity.promises.nodes).toHaveLength(3);
    const [{ promiseId, ...change }] = activity.amendments[0].changes;
    expect(change).toEqual({ field: 'promise', demandId: null, before: null, after: added.text });
    expect((await told('promise.made')).at(-1)).toMatchObject({
      promiseId,
      cadreId: idOf('liaison'),
      dueOn: '2018-08-20',
    });
    const both = { addCadreIds: [idOf('companion')], addPromises: [{ ...added, cadreId: idOf('companion') }] };
    expect((await visited.amended(both)).promises.nodes).toHaveLength(4);
  });

  it('that were never given are taken away: neither kept nor broken, in no list, and in the history', async () => {
    const activity = await visited.amended({ removePromiseIds: [findId] });
    expect(activity.amendments[0].changes).toEqual([
      { field: 'promise', promiseId: findId, demandId: null, before: find.text, after: null },
    ]);
    expect(await told('promise.withdrawn')).toEqual([{ promiseId: findId, cadreId: idOf('director') }]);
    expect((await list()).map(({ id }: { id: string }) => id)).toEqual([mendId]);
    expect(await list('(filter: { states: [WITHDRAWN] })')).toMatchObject([
      { id: findId, state: 'WITHDRAWN', amendedAwayAt: activity.amendedAt },
    ]);
    areas.moveTo(new Date('2018-08-25T09:00:00+08:00'));
    await areas.consume(
      { name: 'sweep', events: [], handle: async (ctx) => void (await tellBrokenPromises(ctx)) },
      {} as never,
    );
    expect(await told('promise.broken')).toEqual([]);
    const KEEP = 'mutation ($input: KeepPromiseInput!) { keepPromise(input: $input) { id } }';
    const keep = { input: { idempotencyKey: 'keep-what-never-was', promiseId: findId } };
    expect(await areas.refusal(cadre('director'), KEEP, keep)).toMatchObject({
      code: 'promise.withdrawn',
      field: 'input.promiseId',
    });
  });

  it('sent again with its key change nothing more', async () => {
    const once = visited.amend({
      addPromises: [{ text: '回复停车问题', dueOn: '2018-08-20' }],
      removePromiseIds: [findId],
    });
    const first = await areas.answer(cadre('director'), AMEND, once);
    expect(await areas.answer(cadre('director'), AMEND, once)).toEqual(first);
    expect(await told('promise.made')).toHaveLength(3);
  });

  it('keep who promised among those who took part, unless the promise goes too', async () => {
    const removeCadreIds = [idOf('liaison')];
    await visited.refused('activity.gavePromise', 'input.removeCadreIds[0]', { removeCadreIds });
    const activity = await visited.amended({
      removeCadreIds,
      changePromises: [{ promiseId: mendId, cadreId: idOf('director') }],
    });
    expect(activity.cadres).toEqual([{ id: idOf('director') }]);
  });

  it('are refused where they can’t be', async () => {
    const { refused } = visited;
    const change = (more: object) => ({ changePromises: [{ promiseId: findId, ...more }] });
    await refused('promise.unknown', 'input.changePromises[0].promiseId', {
      changePromises: [{ promiseId: idOf('none'), text: '无' }],
    });
    await refused('input.id', 'input.removePromiseIds[0]', { removePromiseIds: ['none'] });
    await refused('activity.promiseTwice', 'input.removePromiseIds', {
      ...change({ text: '无' }),
      removePromiseIds: [findId],
    });
    await refused('activity.text', 'input.changePromises[0].text', change({ text: ' ' }));
    await refused('promise.dueOn', 'input.changePromises[0].dueOn', change({ dueOn: '2018-08-16' }));
    await refused('promise.cadre', 'input.changePromises[0].cadreId', change({ cadreId: idOf('stranger') }));
    await refused('activity.nothingAmended', 'input.activityId', change({ text: find.text }));
    await refused('promise.dueOn', 'input.addPromises.0.dueOn', { addPromises: [{ text: '无', dueOn: '2017-08-16' }] });
    const many = Array.from({ length: 9 }, () => ({ text: '示例', dueOn: '2018-08-20' }));
    await refused('promise.tooMany', 'input.addPromises', { addPromises: many });
    await refused('activity.notYoursToAmend', 'input.activityId', change({ text: '无' }), {
      ...cadre('stranger'),
      grants: [{ role: 'GRID_WORKER', place: idOf('area-1') }],
    } as never);
    // whose day has passed stays broken, and what was kept stays as it was said
    areas.moveTo(new Date('2018-08-25T09:00:00+08:00'));
    await refused('promise.notOpen', 'input.changePromises[0].promiseId', change({ dueOn: '2018-08-30' }));
    await refused('promise.notOpen', 'input.removePromiseIds[0]', { removePromiseIds: [findId] });
    await refused('promise.dueOn', 'input.changePromises[0].dueOn', {
      changePromises: [{ promiseId: mendId, dueOn: '2018-08-24' }],
    });
  });
});
