import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  frontlineOffice,
  gridWorker,
  helper,
  idOf,
  openedCase,
  smallDistrict,
  somebody,
} from '../small-district.fixture.ts';

const VISIT = `id version heldAt findings care recordedAt amendedAt withdrawnAt demands { id text disposition caseKind }
  amendments { at reason by { id } changes { field demandId before after } }`;
const RECORD =
  'mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) { id demands { id disposition } } }';
const AMEND = `mutation ($input: AmendHomeVisitInput!) { amendHomeVisit(input: $input) { ${VISIT} } }`;
const WITHDRAW = `mutation ($input: WithdrawHomeVisitInput!) { withdrawHomeVisit(input: $input) { ${VISIT} } }`;

const lamp = { text: '楼道灯坏了', disposition: 'CASE', categoryCode: 'LIGHT', caseKind: 'HELP_REQUEST' };
const rail = { text: '建议加装扶手', disposition: 'OPINION', categoryCode: 'STAIRS' };

let district: SubgraphUnderTest;
let visitId: string;
let lampId: string;
let railId: string;
let keys = 0;

const about = (change: object = {}) => ({
  input: { idempotencyKey: `amend-key-${(keys += 1)}`, homeVisitId: visitId, reason: '记录有误', ...change },
});
const amended = async (change: object, who: Actor = helper) =>
  (await district.answer(who, AMEND, about(change)))['amendHomeVisit'];
const withdrawn = async (who: Actor = helper) => (await district.answer(who, WITHDRAW, about()))['withdrawHomeVisit'];
const told = async (type: string) => (await district.told(type)).map(({ payload }) => payload);
const seen = async (who: Actor) =>
  (await district.answer(who, `{ homeVisit(id: "${visitId}") { ${VISIT} } }`)).homeVisit;
/** The case of the lamp as cases tells of it. */
const caseIs = (state: string) => {
  const told = { ...openedCase, demandId: lampId, state };
  return district.copy('case', [told]);
};

beforeEach(async () => {
  district = await smallDistrict();
  const input = {
    idempotencyKey: 'visit-2018-08-17',
    heldAt: '2018-08-17T08:00:00+08:00',
    householdId: idOf('H1'),
    teamId: idOf('T1'),
    findings: '老人已能下楼',
    care: true,
    demands: [lamp, rail],
  };
  const { recordHomeVisit: visit } = await district.answer(helper, RECORD, { input });
  visitId = visit.id;
  [lampId, railId] = visit.demands.map(({ id }: { id: string }) => id);
});
afterEach(() => district?.stop());

describe('an amendment of a home visit', () => {
  it('keeps what was before: who, when, why, and each field; and is audited', async () => {
    const visit = await amended({ findings: '老人已能独自下楼', heldAt: '2018-08-17T07:30:00+08:00' });
    expect(visit).toMatchObject({ findings: '老人已能独自下楼', version: 2, withdrawnAt: null });
    expect(visit.amendments).toEqual([
      {
        at: visit.amendedAt,
        reason: '记录有误',
        by: { id: idOf('helper') },
        changes: [
          { field: 'heldAt', demandId: null, before: '2018-08-17T00:00:00.000Z', after: '2018-08-16T23:30:00.000Z' },
          { field: 'findings', demandId: null, before: '老人已能下楼', after: '老人已能独自下楼' },
        ],
      },
    ]);
    expect(await district.audited('homeVisit.amended')).toMatchObject([{ aggregate_id: visitId }]);
  });

  it('is sealed at rest, tells no words, and shows none to those who read the whole district', async () => {
    await amended({
      findings: '老人已能独自下楼',
      care: false,
      changeDemands: [{ demandId: railId, text: '楼梯湿滑' }],
    });
    const [kept] = await district.rows('select reason, changed from home_visit_amendment');
    expect(JSON.stringify([kept, await told('homeVisit.amended')])).not.toMatch(/[一-龥]/);
    const [amendment] = (await seen(frontlineOffice)).amendments;
    expect(amendment).toMatchObject({
      reason: null,
      changes: [
        { field: 'findings', before: null, after: null },
        { field: 'care', before: 'true', after: 'false' },
        { field: 'text', demandId: railId, before: null, after: null },
      ],
    });
    expect((await seen(gridWorker)).amendments[0].changes[0].before).toBe('老人已能下楼');
  });

  it('tells whether it is a care visit still, and may make it one of an assisted household alone', async () => {
    await amended({ care: false });
    await amended({ care: true });
    expect((await told('homeVisit.amended')).map(({ care, householdId }) => [care, householdId])).toEqual([
      [false, idOf('H1')],
      [true, idOf('H1')],
    ]);
    const input = {
      idempotencyKey: 'visit-of-H2',
      heldAt: '2018-08-17T08:00:00+08:00',
      householdId: idOf('H2'),
      teamId: idOf('T1'),
      findings: '一切安好',
    };
    const { recordHomeVisit: other } = await district.answer(gridWorker, RECORD, { input });
    const care = about({ homeVisitId: other.id, care: true });
    expect(await district.refusal(gridWorker, AMEND, care)).toMatchObject({
      code: 'homeVisit.notAssisted',
      field: 'input.care',
    });
  });

  it('that turns a demand into a case tells it as one to open; out of a case, as one to withdraw', async () => {
    await caseIs('HANDLING');
    const visit = await amended({
      changeDemands: [
        { demandId: railId, disposition: 'CASE', caseKind: 'SUGGESTION' },
        { demandId: lampId, disposition: 'SETTLED_ON_SPOT', outcome: '当场更换' },
      ],
    });
    expect(visit.demands).toEqual([
      { id: lampId, text: '楼道灯坏了', disposition: 'SETTLED_ON_SPOT', caseKind: null },
      { id: railId, text: '建议加装扶手', disposition: 'CASE', caseKind: 'SUGGESTION' },
    ]);
    expect(await told('homeVisit.amended')).toMatchObject([
      {
        homeVisitId: visitId,
        withdrawnDemandIds: [lampId],
        demands: [
          { demandId: railId, disposition: 'CASE', caseKind: 'SUGGESTION', householdId: idOf('H1') },
          { demandId: lampId, disposition: 'SETTLED_ON_SPOT' },
        ],
      },
    ]);
  });

  it('adds demands and takes them away; those leave the visit, and their words stay in the history', async () => {
    const visit = await amended({ removeDemandIds: [lampId], addDemands: [{ ...lamp, text: '井盖松动' }] });
    expect(visit.demands.map(({ text }: { text: string }) => text)).toEqual(['建议加装扶手', '井盖松动']);
    expect(visit.amendments[0].changes).toMatchObject([
      { field: 'demand', demandId: lampId, before: '楼道灯坏了', after: null },
      { field: 'demand', before: null, after: '井盖松动' },
    ]);
    expect(await told('homeVisit.amended')).toMatchObject([
      { withdrawnDemandIds: [lampId], demands: [{ disposition: 'CASE', areaId: idOf('north-1') }] },
    ]);
    // another one after it has its own place
    expect((await amended({ addDemands: [rail] })).demands).toHaveLength(3);
  });

  it('is read with as many statements for many visits as for one', async () => {
    const query = `{ homeVisits { nodes { demands { id } amendments { reason by { id } changes { before } } } } }`;
    const statements = async () => (await district.ask(gridWorker, query)).statements.length;
    await amended({ findings: '老人已能独自下楼' });
    const one = await statements();
    for (const nth of [1, 2, 3]) {
      const heldAt = '2018-08-17T09:00:00+08:00';
      const input = { idempotencyKey: `visit-${nth}-of-many`, heldAt, householdId: idOf('H2'), findings: '安好' };
      const { recordHomeVisit } = await district.answer(gridWorker, RECORD, {
        input: { ...input, teamId: idOf('T1') },
      });
      await amended({ homeVisitId: recordHomeVisit.id, findings: '一切安好' }, gridWorker);
    }
    expect(await statements()).toBe(one);
  });

  it('sent again with its key changes nothing more', async () => {
    const once = about({ care: false });
    const first = await district.answer(helper, AMEND, once);
    expect(await district.answer(helper, AMEND, once)).toEqual(first);
    expect(await told('homeVisit.amended')).toHaveLength(1);
  });
});

describe('a home visit that is withdrawn', () => {
  const listed = async (filter = '') =>
    (await district.answer(frontlineOffice, `{ homeVisits${filter} { totalCount } }`)).homeVisits.totalCount;

  it('leaves the lists with its demands, and can still be read with its history', async () => {
    expect([await listed(), await listed('(filter: { dispositions: [CASE] })')]).toEqual([3, 2]);
    const visit = await withdrawn();
    expect(visit).toMatchObject({ withdrawnAt: visit.amendedAt, findings: '老人已能下楼', demands: [] });
    expect(visit.amendments[0].changes).toEqual([
      { field: 'withdrawn', demandId: null, before: null, after: visit.withdrawnAt },
      { field: 'demand', demandId: lampId, before: '楼道灯坏了', after: null },
      { field: 'demand', demandId: railId, before: '建议加装扶手', after: null },
    ]);
    expect([
      await listed(),
      await listed('(filter: { dispositions: [CASE] })'),
      await listed('(filter: { withdrawn: true })'),
    ]).toEqual([2, 1, 1]);
    expect((await seen(gridWorker)).amendments).toHaveLength(1);
    const { household } = await district.answer(
      gridWorker,
      `{ household(id: "${idOf('H1')}") { visits { totalCount } } }`,
    );
    expect(household.visits.totalCount).toBe(1);
    expect(await told('homeVisit.withdrawn')).toEqual([
      {
        homeVisitId: visitId,
        householdId: idOf('H1'),
        residentialAreaId: idOf('north-1'),
        withdrawnDemandIds: [lampId],
      },
    ]);
    expect(await district.audited('homeVisit.withdrawn')).toMatchObject([{ aggregate_id: visitId }]);
  });

  it('is not amended or withdrawn again', async () => {
    await withdrawn();
    for (const [mutation, change] of [
      [AMEND, { care: false }],
      [WITHDRAW, {}],
    ] as const)
      expect(await district.refusal(helper, mutation, about(change))).toMatchObject({ code: 'homeVisit.withdrawn' });
  });

  it('stays when a case of it is concluded: what was answered was heard', async () => {
    await caseIs('CLOSED');
    expect(await district.refusal(helper, WITHDRAW, about())).toMatchObject({
      code: 'homeVisit.caseConcluded',
      field: 'input.homeVisitId',
    });
    expect((await seen(helper)).demands).toHaveLength(2);
    expect(await told('homeVisit.withdrawn')).toEqual([]);
  });
});

describe('an amendment of a home visit is refused', () => {
  const refused = async (code: string, field: string, change: object, who: Actor = helper) => {
    expect(await district.refusal(who, AMEND, about(change))).toMatchObject({ code, field });
    expect(await district.rows('select 1 from home_visit_amendment')).toEqual([]);
    expect(await told('homeVisit.amended')).toEqual([]);
  };

  it('to whoever neither recorded it nor went, and to who does not see it', async () => {
    await refused('homeVisit.notYoursToAmend', 'input.homeVisitId', { care: false }, gridWorker);
    await refused('aggregate.notFound', 'input.homeVisitId', { care: false }, somebody('GRID_WORKER', 'south-1'));
    for (const role of ['FRONTLINE_OFFICE', 'LEADER', 'ADMIN'] as const)
      expect(await district.refusal(somebody(role), AMEND, about({ care: false }))).toMatchObject({
        code: 'access.denied',
      });
  });

  it('after the policy’s fourteen days', async () => {
    district.moveTo(new Date('2018-09-01T00:01:00+08:00'));
    await refused('homeVisit.amendmentTooLate', 'input.homeVisitId', { care: false });
    district.moveTo(new Date('2018-08-31T23:59:00+08:00'));
    expect((await amended({ care: false })).care).toBe(false);
  });

  it('when it breaks a rule', async () => {
    await refused('homeVisit.nothingAmended', 'input.homeVisitId', { findings: '老人已能下楼' });
    await refused('homeVisit.dayStays', 'input.heldAt', { heldAt: '2018-08-16T09:00:00+08:00' });
    await refused('homeVisit.text', 'input.reason', { reason: ' ' });
    await refused('homeVisit.text', 'input.findings', { findings: '' });
    await refused('homeVisit.demandTwice', 'input.removeDemandIds', {
      changeDemands: [{ demandId: railId, text: '扶手' }],
      removeDemandIds: [railId],
    });
    await refused('homeVisit.unknownDemand', 'input.removeDemandIds[0]', { removeDemandIds: [idOf('opinion')] });
    await refused('homeVisit.caseDecides', 'input.changeDemands[0].categoryCode', {
      changeDemands: [{ demandId: lampId, categoryCode: 'STAIRS' }],
    });
    await refused('homeVisit.caseKind', 'input.addDemands[0].caseKind', { addDemands: [{ ...lamp, caseKind: null }] });
    await refused('aggregate.notFound', 'input.changeDemands[0].areaId', {
      changeDemands: [{ demandId: railId, areaId: idOf('nowhere') }],
    });
    await refused('homeVisit.demands', 'input.addDemands', { addDemands: Array.from({ length: 19 }, () => rail) });
    await refused('aggregate.versionConflict', 'input.expectedVersion', { expectedVersion: 7, care: false });
  });
});
