import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  RECORD,
  cadre,
  contactedAreas,
  file,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from '../activity/contacted-areas.fixture.ts';
import { tellBrokenPromises } from './broken-promises.ts';

const KEEP = `mutation ($input: KeepPromiseInput!) { keepPromise(input: $input) { id state keptOn outcome } }`;
const director = cadre('director');
const find = { text: '了解电梯加装进度', dueOn: '2018-08-24' };
const mend = { text: '修好楼道灯', dueOn: '2018-08-31', cadreId: idOf('deputy director') };

let areas: SubgraphUnderTest;
let keys = 0;
const keep = (promiseId: string, change: object = {}) => ({
  input: { idempotencyKey: `keep-key-${(keys += 1)}`, promiseId, ...change },
});
const record = (change: object) =>
  areas.answer(director, RECORD, visit({ withCadreIds: [idOf('deputy director')], ...change }));
const list = async (args = '', who = frontlineOffice) =>
  (await areas.answer(who, `{ promises${args} { totalCount nodes { id text state dueOn madeOn cadre { id } } } }`))
    .promises;

beforeEach(async () => {
  areas = await contactedAreas();
});
afterEach(() => areas.stop());

describe('promises', () => {
  it('are recorded with the visit, by who gave them and by when; their words are sealed and in no event', async () => {
    await record({ promises: [find, mend] });
    expect(await list()).toMatchObject({
      totalCount: 2,
      nodes: [
        { ...find, state: 'OPEN', madeOn: '2018-08-17', cadre: { id: idOf('director') } },
        { text: mend.text, dueOn: mend.dueOn, state: 'OPEN', cadre: { id: mend.cadreId } },
      ],
    });
    const kept = [await areas.rows('select text from promise'), await areas.told('promise.made')];
    expect(kept.flat()).toHaveLength(4);
    expect(JSON.stringify(kept)).not.toMatch(/[一-龥]/);
  });

  it('are listed for the cadre, the place, the visit, the state and the day, in either order', async () => {
    await record({ promises: [find, mend] });
    const texts = async (args: string, who = frontlineOffice) =>
      (await list(args, who)).nodes.map(({ text }: { text: string }) => text);
    expect(await texts('(filter: { mine: true })', director)).toEqual([find.text]);
    expect(await texts('(filter: { mine: true })')).toEqual([]);
    expect(await texts(`(filter: { cadreId: "${mend.cadreId}" })`)).toEqual([mend.text]);
    expect(await texts(`(filter: { targetWithin: "${idOf('south')}" })`)).toEqual([]);
    expect(await texts(`(filter: { targetWithin: "${idOf('north')}" }, order: LATEST_DUE_FIRST)`)).toEqual([
      mend.text,
      find.text,
    ]);
    expect(await texts('(filter: { dueTo: "2018-08-24" })')).toEqual([find.text]);
    areas.moveTo(new Date('2018-08-25T09:00:00+08:00'));
    expect(await texts('(filter: { states: [BROKEN] })')).toEqual([find.text]);
    expect(await texts('(filter: { states: [OPEN] })')).toEqual([mend.text]);
  });

  it('are told as broken once, when their day has passed, and as kept late when they are kept after all', async () => {
    await record({ promises: [find, mend] });
    const broken = async () => (await areas.told('promise.broken')).map(({ payload }) => payload);
    const sweep = () =>
      areas.consume(
        { name: 'sweep', events: [], handle: async (ctx) => void (await tellBrokenPromises(ctx)) },
        {} as never,
      );
    areas.moveTo(new Date('2018-08-24T23:30:00+08:00'));
    await sweep();
    expect(await broken()).toEqual([]);
    areas.moveTo(new Date('2018-08-25T00:30:00+08:00'));
    await Promise.all([sweep(), sweep()]);
    await sweep();
    const { id } = (await list('(filter: { states: [BROKEN] })')).nodes[0];
    expect(await broken()).toEqual([{ promiseId: id, cadreId: idOf('director'), dueOn: '2018-08-24' }]);
    await areas.answer(director, KEEP, keep(id));
    await sweep();
    expect((await areas.told('promise.kept')).map(({ sequence, payload }) => [sequence, payload.late])).toEqual([
      [3, true],
    ]);
    expect(await broken()).toHaveLength(1);
  });

  it('are seen by those who took part or have the place, and by who reads the district', async () => {
    await record({ promises: [find, mend] });
    const seen = async (who: typeof director) => (await list('', who)).totalCount;
    expect(await Promise.all([director, gridWorker, frontlineOffice].map(seen))).toEqual([2, 2, 2]);
    expect(await Promise.all([cadre('stranger'), somebody('SUBDISTRICT', 'south', 'south')].map(seen))).toEqual([0, 0]);
    expect(await areas.refusal({ kind: 'anonymous' }, '{ promises { totalCount } }')).toMatchObject({
      code: 'access.signIn',
    });
  });

  it('are seen and kept by whoever stands in for who gave them, for that time only', async () => {
    await record({ promises: [find, mend] });
    const substitute = cadre('substitute');
    const away = (until: string) =>
      areas.copy('cadre', [
        file('director', {
          absences: [{ id: idOf('away'), substituteId: idOf('substitute'), from: '2018-08-17', until }],
        }),
      ]);
    const mine = async () => (await list('(filter: { mine: true })', substitute)).nodes;
    expect(await mine()).toEqual([]);
    await away('2018-08-18');
    const [{ id, text }] = await mine();
    // and not what others promised there
    expect([text, (await list('', substitute)).totalCount]).toEqual([find.text, 1]);
    await away('2018-08-17');
    expect(await areas.refusal(substitute, KEEP, keep(id))).toMatchObject({ code: 'aggregate.notFound' });
    await away('2018-08-18');
    expect((await areas.answer(substitute, KEEP, keep(id))).keepPromise).toMatchObject({ id, state: 'KEPT' });
    expect(await mine()).toEqual([]);
  });

  it('cost as many statements for many as for one', async () => {
    const query = `{ activities { nodes { promises { nodes { state cadre { id } activity { id } target { id } } } amendments { reason } demands { tellBack { state } toldBackOn } } } }`;
    const demands = [{ text: '路灯不亮', disposition: 'OPINION', categoryCode: 'roads.lighting' }];
    await record({ promises: [find], demands });
    const one = await areas.ask(director, query);
    for (const day of ['14', '15', '16'])
      await record({
        heldAt: `2018-08-${day}T09:00:00+08:00`,
        promises: [find, mend],
        demands: [...demands, ...demands],
      });
    const many = await areas.ask(director, query);
    expect(many.data?.['activities'].nodes).toHaveLength(4);
    expect(many.errors).toBeUndefined();
    expect(many.statements).toHaveLength(one.statements.length);
  });

  it.each([
    ['promise.dueOn', 'input.promises.0.dueOn', { promises: [{ ...find, dueOn: '2018-08-16' }] }],
    ['promise.dueOn', 'input.promises.0.dueOn', { promises: [{ ...find, dueOn: '2019-08-19' }] }],
    ['promise.cadre', 'input.promises.1.cadreId', { promises: [find, { ...find, cadreId: idOf('another') }] }],
    ['activity.text', 'input.promises.0.text', { promises: [{ ...find, text: ' ' }] }],
    ['promise.tooMany', 'input.promises', { promises: Array.from({ length: 11 }, () => find) }],
  ])('are refused with %s at %s, and the visit with them', async (code, field, change) => {
    expect(
      await areas.refusal(director, RECORD, visit({ withCadreIds: [idOf('deputy director')], ...change })),
    ).toMatchObject({ code, field });
    expect(await areas.rows('select 1 from activity union all select 1 from promise')).toEqual([]);
    expect(await areas.told('promise.made')).toEqual([]);
  });
});

describe('a promise', () => {
  let id: string;
  beforeEach(async () => {
    await record({ promises: [find] });
    id = (await list()).nodes[0].id;
  });
  const kept = async (variables: object, who = director) => (await areas.answer(who, KEEP, variables)).keepPromise;

  it('is kept by whoever took part, once, and that is told', async () => {
    const once = keep(id, { outcome: '已告知居民' });
    expect(await kept(once, cadre('deputy director'))).toEqual({
      id,
      state: 'KEPT',
      keptOn: '2018-08-17',
      outcome: '已告知居民',
    });
    expect(await kept(once, cadre('deputy director'))).toMatchObject({ state: 'KEPT' });
    expect((await areas.told('promise.kept')).map(({ payload }) => payload)).toEqual([
      { promiseId: id, cadreId: idOf('director'), on: '2018-08-17', late: false },
    ]);
  });

  it('is broken once its day has passed, and kept late after', async () => {
    areas.moveTo(new Date('2018-08-25T00:30:00+08:00'));
    expect((await list()).nodes[0].state).toBe('BROKEN');
    expect(await kept(keep(id))).toMatchObject({ state: 'KEPT_LATE', keptOn: '2018-08-25' });
    expect((await areas.told('promise.kept'))[0]?.payload).toMatchObject({ late: true });
  });

  it('is not kept by others, on other days, or twice', async () => {
    const refused = async (code: string, field: string, variables: object, who = director) => {
      expect(await areas.refusal(who, KEEP, variables)).toMatchObject({ code, field });
    };
    await refused('promise.notYours', 'input.promiseId', keep(id), gridWorker);
    await refused('aggregate.notFound', 'input.promiseId', keep(id), cadre('stranger'));
    await refused('promise.keptOn', 'input.keptOn', keep(id, { keptOn: '2018-08-16' }));
    await refused('promise.keptOn', 'input.keptOn', keep(id, { keptOn: '2018-08-18' }));
    expect(await areas.told('promise.kept')).toEqual([]);
    await kept(keep(id));
    await refused('promise.keptAlready', 'input.promiseId', keep(id));
    expect(await areas.told('promise.kept')).toHaveLength(1);
  });
});
