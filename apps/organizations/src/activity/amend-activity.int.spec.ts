import 'reflect-metadata';
import { caseClosed } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { AMEND, amendedVisit, type AmendedVisit } from './amended-visit.fixture.ts';
import { cadre, frontlineOffice, gridWorker, idOf, somebody } from './contacted-areas.fixture.ts';

const lamp = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
const lift = { text: '加装电梯', disposition: 'OPINION', categoryCode: 'housing.lift' };

let visited: AmendedVisit;
let areas: SubgraphUnderTest;
let lampId: string;
let liftId: string;
const director = cadre('director');

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
        source: { kind: 'ACTIVITY', id: visited.activityId },
        categoryCode: 'roads.lighting',
        areaId: idOf('area-1'),
        registeredAt: '2018-08-17T02:00:00Z',
        closedAt: '2018-08-18T09:00:00Z',
      },
    },
  });

beforeEach(async () => {
  visited = await amendedVisit({ demands: [lamp, lift] });
  ({ areas } = visited);
  for (const { id, disposition } of visited.recorded.demands)
    if (disposition === 'CASE') lampId = id;
    else liftId = id;
});
afterEach(() => areas.stop());

describe('an amendment', () => {
  it('keeps what was before: who, when, why, and each field; and is audited', async () => {
    const activity = await visited.amended({ summary: '楼道已清理', minutes: 40, heldAt: '2018-08-17T08:00:00+08:00' });
    expect(activity).toMatchObject({ summary: '楼道已清理', minutes: 40, version: 2 });
    expect(activity.amendments).toMatchObject([
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
      { aggregate_type: 'Activity', aggregate_id: visited.activityId, sub: 'test:director', reason: null },
    ]);
  });

  it('is sealed at rest and tells no words', async () => {
    await visited.amended({ changeDemands: [{ demandId: liftId, text: '老人要求加装电梯' }] });
    const [kept] = await areas.rows('select reason, changed from activity_amendment');
    expect(JSON.stringify([kept, await visited.toldLast()])).not.toMatch(/[一-龥]/);
  });

  it('that turns a demand into a case tells it as one to open; out of a case, as one to withdraw', async () => {
    await visited.amended({
      changeDemands: [
        { demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' },
        { demandId: lampId, disposition: 'OPINION' },
      ],
    });
    expect(await visited.toldLast()).toMatchObject({
      kind: 'VISIT',
      withdrawnDemandIds: [lampId],
      demands: [
        { demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' },
        { demandId: lampId, disposition: 'OPINION' },
      ],
    });
  });

  it('that takes a demand away withdraws its case; it leaves the lists, and its words stay in the history', async () => {
    const activity = await visited.amended({ removeDemandIds: [lampId] });
    expect(activity.demands).toMatchObject([{ id: liftId, text: '加装电梯', disposition: 'OPINION' }]);
    expect(activity.amendments[0].changes).toMatchObject([
      { field: 'demand', demandId: lampId, before: '路灯不亮', after: null },
    ]);
    expect(await visited.toldLast()).toMatchObject({ demands: [], withdrawnDemandIds: [lampId] });
    const { demand, demands } = await areas.answer(
      director,
      `{ demand(id: "${lampId}") { amendedAwayAt } demands { totalCount } }`,
    );
    expect([demand.amendedAwayAt, demands.totalCount]).toEqual([activity.amendedAt, 1]);
  });

  it('may add a demand', async () => {
    const activity = await visited.amended({ addDemands: [{ ...lamp, text: '井盖松动' }] });
    expect(activity.demands).toHaveLength(3);
    expect((await visited.toldLast()).demands).toMatchObject([{ disposition: 'CASE', areaId: idOf('area-1') }]);
  });

  it('may be made by whoever took part', async () => {
    expect((await visited.amended({ minutes: 30 }, cadre('liaison'))).amendments[0].by).toEqual({
      id: idOf('liaison'),
    });
  });

  it('sent again with its key changes nothing more', async () => {
    const once = visited.amend({ minutes: 30 });
    await areas.answer(director, AMEND, once);
    expect((await areas.answer(director, AMEND, once)).amendActivity.amendments).toHaveLength(1);
  });
});

describe('an amendment is refused', () => {
  it('to whoever neither recorded it nor took part', async () => {
    await visited.refused('activity.notYoursToAmend', 'input.activityId', { minutes: 30 }, gridWorker);
    await visited.refused('aggregate.notFound', 'input.activityId', { minutes: 30 }, cadre('stranger'));
    expect(await areas.refusal(frontlineOffice, AMEND, visited.amend({ minutes: 30 }))).toMatchObject({
      code: 'access.denied',
    });
    await visited.refused(
      'aggregate.notFound',
      'input.activityId',
      { minutes: 1 },
      somebody('SUBDISTRICT', 'south', 'south'),
    );
  });

  it('after the policy’s fourteen days', async () => {
    areas.moveTo(new Date('2018-08-31T23:59:00+08:00'));
    await visited.amended({ minutes: 30 });
    areas.moveTo(new Date('2018-09-01T00:01:00+08:00'));
    await visited.refused('activity.amendmentTooLate', 'input.activityId', { minutes: 31 });
  });

  it('when it breaks a rule', async () => {
    await visited.refused('activity.nothingAmended', 'input.activityId', { summary: '楼道整洁' });
    await visited.refused('activity.dayStays', 'input.heldAt', { heldAt: '2018-08-16T09:00:00+08:00' });
    await visited.refused('activity.future', 'input.heldAt', { heldAt: '2018-08-17T23:00:00+08:00' });
    await visited.refused('activity.text', 'input.reason', { reason: ' ' });
    await visited.refused('activity.demandTwice', 'input.removeDemandIds', {
      changeDemands: [{ demandId: lampId, text: '路灯' }],
      removeDemandIds: [lampId],
    });
    await visited.refused('demand.unknown', 'input.removeDemandIds[0]', { removeDemandIds: [idOf('nothing')] });
    await visited.refused('demand.caseDecides', 'input.changeDemands[0].categoryCode', {
      changeDemands: [{ demandId: lampId, categoryCode: 'housing.lift' }],
    });
    await visited.refused('demand.caseKind', 'input.changeDemands[0].caseKind', {
      changeDemands: [{ demandId: liftId, disposition: 'CASE' }],
    });
    await visited.refused('activity.unknownOrganization', 'input.changeDemands[0].areaId', {
      changeDemands: [{ demandId: liftId, areaId: idOf('nowhere') }],
    });
    await visited.refused('aggregate.versionConflict', 'input.expectedVersion', { expectedVersion: 7, minutes: 30 });
  });

  it('when the case is concluded, and when it would open a second one', async () => {
    await closeCase();
    await visited.refused('demand.caseConcluded', 'input.removeDemandIds[0]', { removeDemandIds: [lampId] });
    await visited.amended({ changeDemands: [{ demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' }] });
    await visited.amended({ changeDemands: [{ demandId: liftId, disposition: 'OPINION' }] });
    await visited.refused('demand.caseWithdrawn', 'input.changeDemands[0].disposition', {
      changeDemands: [{ demandId: liftId, disposition: 'CASE', caseKind: 'SUGGESTION' }],
    });
  });
});
