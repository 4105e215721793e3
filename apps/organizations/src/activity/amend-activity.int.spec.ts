import 'reflect-metadata';
import { caseClosed } from '@frontline/events';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import {
  RECORD,
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from './contacted-areas.fixture.ts';

const AMEND = `mutation ($input: AmendActivityInput!) { amendActivity(input: $input) {
  id version summary minutes heldAt amendedAt demands { id text disposition }
  amendments { at reason by { id } changes { field demandId before after } } } }`;

const lamp = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
const lift = { text: '加装电梯', disposition: 'OPINION', categoryCode: 'housing.lift' };

let areas: SubgraphUnderTest;
let activityId: string;
let lampId: string;
let liftId: string;
let keys = 0;

const amend = (change: object) => ({
  input: { idempotencyKey: `amend-key-${(keys += 1)}`, activityId, reason: '记录有误', ...change },
});
const director = cadre('director');
const amended = async (change: object, who: Actor = director) =>
  (await areas.answer(who, AMEND, amend(change))).amendActivity;
const toldLast = async () => (await areas.told('activity.amended')).at(-1)?.payload;

/** The case of the lamp tells that it was closed. */
const closeCase = () =>
  areas.consume(consumers[0] as (typeof consumers)[number], {
    id: idOf('closing'),
    type: caseClosed.type,
    aggregateId: idOf('case'),
    sequence: 2,
    occurredAt: new Date('2018-08-18T09:00:00Z'),
    data: {
      closingCode: 'SOLVED',
      record: {
        id: idOf('case'),
        number: '2018-000123',
        state: 'CLOSED',
        demandId: lampId,
        source: { kind: 'ACTIVITY', id: activityId },
        categoryCode: 'roads.lighting',
        areaId: idOf('area-1'),
        registeredAt: '2018-08-17T02:00:00Z',
        closedAt: '2018-08-18T09:00:00Z',
      },
    },
  });

beforeEach(async () => {
  areas = await contactedAreas();
  const recorded = await areas.answer(
    director,
    RECORD,
    visit({ summary: '楼道整洁', withCadreIds: [idOf('liaison')], demands: [lamp, lift] }),
  );
  activityId = recorded.recordActivity.id;
  for (const { id, disposition } of recorded.recordActivity.demands)
    if (disposition === 'CASE') lampId = id;
    else liftId = id;
});
afterEach(() => areas.stop());

describe('an amendment', () => {
  it('keeps what was before: who, when, why, and each field; and is audited', async () => {
    const activity = await amended({ summary: '楼道已清理', minutes: 40, heldAt: '2018-08-17T08:00:00+08:00' });
    expect(activity).toMatchObject({ summary: '楼道已清理', minutes: 40, version: 2 });
    expect(activity.amendments).toEqual([
      {
        at: activity.amendedAt,
        reason: '记录有误',
        by: { id: idOf('director') },
        changes: [
          { field: 'heldAt', demandId: null, before: '2018-08-17T01:00:00.000Z', after: '2018-08-17T00:00:00.000Z' },
          { field: 'minutes', demandId: null, before: null, after: '40' },
          { field: 'summary', demandId: null, before: '楼道整洁', after: '楼道已清理' },
        ],
      },
    ]);
    expect(await areas.audited('activity.amended')).toEqual([
      { aggregate_type: 'Activity', aggregate_id: activityId, sub: 'test:director', reason: null },
    ]);
  });

  it('is sealed at rest and tells no words', async () => {
    await amended({ changeDemands: [{ demandId: liftId, text: '老人要求加装电梯' }] });
    const [kept] = await areas.rows('select reason, changed from activity_amendment');
    expect(JSON.stringify([kept, await toldLast()])).not.toMatch(/[一-龥]/);
  });

  it('that turns a demand into a case tells it as one to open; out of a case, as one to withdraw', async () => {
    await amended({
      changeDemands: [
        { demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' },
        { demandId: lampId, disposition: 'OPINION' },
      ],
    });
    expect(await toldLast()).toMatchObject({
      kind: 'VISIT',
      withdrawnDemandIds: [lampId],
      demands: [
        { demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' },
        { demandId: lampId, disposition: 'OPINION' },
      ],
    });
  });

  it('that takes a demand away withdraws its case; it leaves the lists, and its words stay in the history', async () => {
    const activity = await amended({ removeDemandIds: [lampId] });
    expect(activity.demands).toEqual([{ id: liftId, text: '加装电梯', disposition: 'OPINION' }]);
    expect(activity.amendments[0].changes).toEqual([
      { field: 'demand', demandId: lampId, before: '路灯不亮', after: null },
    ]);
    expect(await toldLast()).toMatchObject({ demands: [], withdrawnDemandIds: [lampId] });
    const { demand, demands } = await areas.answer(
      director,
      `{ demand(id: "${lampId}") { amendedAwayAt } demands { totalCount } }`,
    );
    expect([demand.amendedAwayAt, demands.totalCount]).toEqual([activity.amendedAt, 1]);
  });

  it('may add a demand', async () => {
    const activity = await amended({ addDemands: [{ ...lamp, text: '井盖松动' }] });
    expect(activity.demands).toHaveLength(3);
    expect((await toldLast()).demands).toMatchObject([{ disposition: 'CASE', areaId: idOf('area-1') }]);
  });

  it('may be made by whoever took part', async () => {
    expect((await amended({ minutes: 30 }, cadre('liaison'))).amendments[0].by).toEqual({ id: idOf('liaison') });
  });

  it('sent again with its key changes nothing more', async () => {
    const once = amend({ minutes: 30 });
    await areas.answer(director, AMEND, once);
    expect((await areas.answer(director, AMEND, once)).amendActivity.amendments).toHaveLength(1);
  });

  it('that was of another kind gives back the duty that it kept, and may keep it again', async () => {
    const duty = async () =>
      (
        await areas.answer(
          director,
          `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`,
        )
      ).duty;
    const told = async (type: string) => (await areas.told(type)).map(({ payload }) => payload.assignmentId);
    expect(await duty()).toEqual({ state: 'FULFILLED', fulfilment: { id: activityId } });
    const [change] = (await amended({ kind: 'REPORT_HEARD' })).amendments[0].changes;
    expect(change).toEqual({ field: 'kind', demandId: null, before: 'VISIT', after: 'REPORT_HEARD' });
    expect(await duty()).toEqual({ state: 'DUE', fulfilment: null });
    expect(await told('duty.reopened')).toContain(idOf('of the director'));
    expect((await toldLast()).kind).toBe('REPORT_HEARD');
    await amended({ kind: 'VISIT' });
    expect(await duty()).toEqual({ state: 'FULFILLED', fulfilment: { id: activityId } });
    expect((await told('duty.fulfilled')).filter((id) => id === idOf('of the director'))).toHaveLength(2);
    for (const kind of ['RECEPTION', 'DIALOGUE', 'CARE_VISIT', 'TELL_BACK'])
      expect(await areas.refusal(director, AMEND, amend({ kind }))).toMatchObject({
        code: 'activity.kindStays',
        field: 'input.kind',
      });
  });

  it('that makes a visit something else lets another one of the window count, once', async () => {
    const kept = async () => {
      const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { fulfilment { id } } }`;
      return (await areas.answer(director, query)).duty.fulfilment?.id;
    };
    const another = await areas.answer(director, RECORD, visit({ heldAt: '2018-08-17T09:15:00+08:00', demands: [] }));
    expect(await kept()).toBe(activityId);
    await amended({ kind: 'REPORT_HEARD' });
    expect(await kept()).toBe(another.recordActivity.id);
    // back to what it was: the window is served already
    await amended({ kind: 'VISIT' });
    expect(await kept()).toBe(another.recordActivity.id);
  });

  it('that makes a visit something else lets another one count however many others took place before it', async () => {
    // each of these is a visit of a cadre for whose contact it counts, and none of the director's
    const crowd = Array.from({ length: 120 }, (_, nth) => ({
      type: 'activity',
      id: idOf(`visit ${nth} of another`),
      kind: 'VISIT',
      heldAt: `2018-08-17T01:${String(Math.floor(nth / 60) + 10)}:${String(nth % 60).padStart(2, '0')}Z`,
      targetId: idOf('area-1'),
      contactorIds: [idOf('another')],
      summary: '示例',
    }));
    const late = { ...crowd[0], id: idOf('late'), heldAt: '2018-08-17T02:00:00Z', contactorIds: [idOf('director')] };
    await areas.import([...crowd, late]);
    await amended({ kind: 'REPORT_HEARD' });
    const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`;
    expect((await areas.answer(director, query)).duty).toEqual({ state: 'FULFILLED', fulfilment: { id: late.id } });
  });
});

describe('an amendment is refused', () => {
  const kept = async () =>
    areas.rows(
      `select (select count(*) from outbox) as outbox, (select count(*) from activity_amendment) as amendments, (select count(*) from audit_entry) as audit,
        (select jsonb_agg(to_jsonb(d) order by id) from demand d) as demands, (select jsonb_agg(to_jsonb(a)) from activity a) as activities`,
    );
  const refused = async (code: string, field: string, change: object, who: Actor = director) => {
    const before = await kept();
    expect(await areas.refusal(who, AMEND, amend(change))).toMatchObject({ code, field });
    expect(await kept()).toEqual(before);
  };

  it('to whoever neither recorded it nor took part', async () => {
    await refused('activity.notYoursToAmend', 'input.activityId', { minutes: 30 }, gridWorker);
    await refused('aggregate.notFound', 'input.activityId', { minutes: 30 }, cadre('stranger'));
    expect(await areas.refusal(frontlineOffice, AMEND, amend({ minutes: 30 }))).toMatchObject({
      code: 'access.denied',
    });
    await refused('aggregate.notFound', 'input.activityId', { minutes: 1 }, somebody('SUBDISTRICT', 'south', 'south'));
  });

  it('after the policy’s fourteen days', async () => {
    areas.moveTo(new Date('2018-08-31T23:59:00+08:00'));
    await amended({ minutes: 30 });
    areas.moveTo(new Date('2018-09-01T00:01:00+08:00'));
    await refused('activity.amendmentTooLate', 'input.activityId', { minutes: 31 });
  });

  it('when it breaks a rule', async () => {
    await refused('activity.nothingAmended', 'input.activityId', { summary: '楼道整洁' });
    await refused('activity.dayStays', 'input.heldAt', { heldAt: '2018-08-16T09:00:00+08:00' });
    await refused('activity.future', 'input.heldAt', { heldAt: '2018-08-17T23:00:00+08:00' });
    await refused('activity.text', 'input.reason', { reason: ' ' });
    await refused('activity.demandTwice', 'input.removeDemandIds', {
      changeDemands: [{ demandId: lampId, text: '路灯' }],
      removeDemandIds: [lampId],
    });
    await refused('demand.unknown', 'input.removeDemandIds[0]', { removeDemandIds: [idOf('nothing')] });
    await refused('demand.caseDecides', 'input.changeDemands[0].categoryCode', {
      changeDemands: [{ demandId: lampId, categoryCode: 'housing.lift' }],
    });
    await refused('demand.caseKind', 'input.changeDemands[0].caseKind', {
      changeDemands: [{ demandId: liftId, disposition: 'CASE' }],
    });
    await refused('activity.unknownOrganization', 'input.changeDemands[0].areaId', {
      changeDemands: [{ demandId: liftId, areaId: idOf('nowhere') }],
    });
    await refused('aggregate.versionConflict', 'input.expectedVersion', { expectedVersion: 7, minutes: 30 });
  });

  it('when the case is concluded, and when it would open a second one', async () => {
    await closeCase();
    await refused('demand.caseConcluded', 'input.removeDemandIds[0]', { removeDemandIds: [lampId] });
    await amended({ changeDemands: [{ demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' }] });
    await amended({ changeDemands: [{ demandId: liftId, disposition: 'OPINION' }] });
    await refused('demand.caseWithdrawn', 'input.changeDemands[0].disposition', {
      changeDemands: [{ demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' }],
    });
  });
});
