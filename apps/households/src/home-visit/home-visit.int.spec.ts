import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import {
  cadres,
  frontlineOffice,
  gridWorker,
  helper,
  idOf,
  openedCase,
  smallDistrict,
  somebody,
} from '../small-district.fixture.ts';

const record = `mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) {
  id heldAt care findings household { code } team { code } cadres { id } demands { id text disposition caseKind area { id } outcome } } }`;

const input = {
  idempotencyKey: 'visit-2018-08-17',
  heldAt: '2018-08-17T08:00:00+08:00',
  householdId: idOf('H1'),
  teamId: idOf('T1'),
  findings: '老人已能下楼',
  care: true,
  demands: [
    { text: '井盖破损', disposition: 'CASE', categoryCode: 'MANHOLE', caseKind: 'COMPLAINT' },
    { text: '灯泡坏了', disposition: 'SETTLED_ON_SPOT', categoryCode: 'LIGHT', outcome: '当场更换' },
    { text: '建议加装扶手', disposition: 'OPINION', categoryCode: 'STAIRS' },
  ],
};

/** The copy of a cadre who is away, and for whom somebody stands in. */
const absent = (id: string, absence: { substituteId: string; from: string; until: string | undefined }) => {
  const record = { ...cadres[0], id, absences: [{ id: idOf('absence'), ...absence }] };
  return record;
};

describe('home visits', () => {
  let district: SubgraphUnderTest;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district?.stop());

  it('show what was asked for and what came of it', async () => {
    await district.copy('case', [openedCase]);
    const { homeVisit } = await district.answer(
      gridWorker,
      `{ homeVisit(id: "${idOf('visit')}") { findings demands { text disposition case { id } caseNumber caseState } } }`,
    );
    expect(homeVisit).toEqual({
      findings: '老人腿脚不便',
      demands: [
        {
          text: '楼道灯坏了',
          disposition: 'CASE',
          case: { id: idOf('case') },
          caseNumber: '2018-000123',
          caseState: 'HANDLING',
        },
        { text: '多办些活动', disposition: 'OPINION', case: null, caseNumber: null, caseState: null },
      ],
    });
  });

  it('tell who heard it when the case of what was said is closed, and nothing of other cases', async () => {
    const closed = (sequence: number, more: object = {}) =>
      district.consume(
        consumers.find(({ name }) => name === 'households.follow-closed-cases')!,
        {
          id: idOf(`closing ${sequence}`),
          type: 'case.closed',
          aggregateId: idOf('case'),
          sequence,
          occurredAt: new Date('2018-08-16T09:00:00Z'),
          data: {
            closingCode: 'SOLVED',
            record: { ...openedCase, state: 'CLOSED', closedAt: '2018-08-16T08:00:00Z', ...more },
          },
        },
      );
    await closed(2);
    await closed(3, { source: { kind: 'ACTIVITY', id: idOf('activity') }, demandId: idOf('said at an activity') });
    await district.rows('update home_visit_demand set amended_away_at = now() where id = $1', [openedCase.demandId]);
    await closed(4);
    expect((await district.told('homeVisit.caseClosed')).map(({ payload }) => payload)).toEqual([
      {
        homeVisitId: idOf('visit'),
        demandId: openedCase.demandId,
        caseId: idOf('case'),
        areaId: idOf('north-1'),
        cadreIds: [idOf('helper')],
        closedAt: '2018-08-16T08:00:00Z',
      },
    ]);
  });

  it('keep the words of a home from those who read the whole district', async () => {
    const { homeVisits } = await district.answer(
      frontlineOffice,
      '{ homeVisits { totalCount nodes { findings demands { text outcome disposition categoryCode } } } }',
    );
    expect(homeVisits).toEqual({
      totalCount: 2,
      nodes: [
        { findings: null, demands: [] },
        {
          findings: null,
          demands: [
            { text: null, outcome: null, disposition: 'CASE', categoryCode: 'LIGHT' },
            { text: null, outcome: null, disposition: 'OPINION', categoryCode: 'CULTURE' },
          ],
        },
      ],
    });
  });

  it('are paid by whoever stands in for a helper who is away, for that time only', async () => {
    const standIn = somebody('CADRE', undefined, 'party-cadre-who-helps-nobody');
    const seen = async () =>
      (await district.answer(standIn, '{ households { nodes { code head { name } } } }')).households.nodes;
    const away = (from: string, until?: string) => {
      const substituteId = idOf('party-cadre-who-helps-nobody');
      return district.copy('cadre', [absent(idOf('helper'), { substituteId, from, until })]);
    };
    expect(await seen()).toEqual([]);
    await away('2018-08-01', '2018-08-18');
    expect(await seen()).toEqual([{ code: 'H1', head: { name: '钱桂英' } }]);
    const { recordHomeVisit } = await district.answer(standIn, record, { input: { ...input, teamId: null } });
    expect(recordHomeVisit).toMatchObject({ care: true, cadres: [{ id: idOf('party-cadre-who-helps-nobody') }] });
    expect((await district.told('homeVisit.recorded'))[0]?.payload).toMatchObject({
      care: true,
      cadreIds: [idOf('party-cadre-who-helps-nobody')],
    });
    // back again, and not away yet
    for (const [from, until] of [['2018-08-01', '2018-08-17'], ['2018-08-18']] as [string, string?][]) {
      await away(from, until);
      expect(await seen()).toEqual([]);
      expect(
        await district.refusal(standIn, record, {
          input: { ...input, teamId: null, idempotencyKey: `away-since-${from}` },
        }),
      ).toMatchObject({ field: 'input.householdId' });
    }
  });

  it('are seen by who went, and by whoever stands in for them while they are away', async () => {
    // neither of them helps the household
    await district.rows('update home_visit set cadre_ids = $1 where id = $2', [[idOf('colleague')], idOf('visit')]);
    const seen = async (name: string) => {
      const query = '{ homeVisits { nodes { id demands { disposition caseNumber } } } }';
      return (await district.answer(somebody('CADRE', undefined, name), query)).homeVisits.nodes;
    };
    const away = (from: string, until: string) =>
      district.copy('cadre', [absent(idOf('colleague'), { substituteId: idOf('deputy'), from, until })]);
    const [visit] = await seen('colleague');
    expect(visit).toMatchObject({ id: idOf('visit'), demands: [{ disposition: 'CASE' }, { disposition: 'OPINION' }] });
    expect(await seen('deputy')).toEqual([]);
    await away('2018-08-01', '2018-08-18');
    expect(await seen('deputy')).toEqual([visit]);
    await away('2018-08-01', '2018-08-17');
    expect(await seen('deputy')).toEqual([]);
  });

  it('are found by days of the district, both ends included', async () => {
    const count = async (filter: string) => {
      const { homeVisits } = await district.answer(frontlineOffice, `{ homeVisits(filter: ${filter}) { totalCount } }`);
      return homeVisits.totalCount;
    };
    // the visit in the south was at half past midnight of 1 August in Shanghai: still 31 July in UTC
    expect(await count('{ from: "2018-08-01" }')).toBe(1);
    expect(await count('{ to: "2018-07-31" }')).toBe(1);
    expect(await count('{ from: "2018-07-12", to: "2018-08-01" }')).toBe(2);
    expect(await count('{ dispositions: [CASE] }')).toBe(1);
    expect(await count(`{ cadreId: "${idOf('helper')}" }`)).toBe(1);
    expect(await count(`{ within: "${idOf('south')}", care: true }`)).toBe(1);
  });

  it('are recorded once, with the fact from which cases open', async () => {
    const { recordHomeVisit: first } = await district.answer(helper, record, { input });
    expect(first).toMatchObject({
      care: true,
      findings: '老人已能下楼',
      household: { code: 'H1' },
      team: { code: 'T1' },
      cadres: [{ id: idOf('helper') }],
    });
    const { recordHomeVisit: again } = await district.answer(helper, record, { input });
    expect(again).toEqual(first);
    const told = await district.told('homeVisit.recorded');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      aggregate_id: first.id,
      sequence: 1,
      payload: {
        homeVisitId: first.id,
        householdId: idOf('H1'),
        residentialAreaId: idOf('north-1'),
        care: true,
        demands: [
          { demandId: first.demands[0].id, disposition: 'CASE', caseKind: 'COMPLAINT', areaId: idOf('north-1') },
          { disposition: 'SETTLED_ON_SPOT' },
          { disposition: 'OPINION' },
        ],
      },
    });
    expect(JSON.stringify(told)).not.toMatch(/井盖|老人|扶手/);
    expect(await district.rows('select 1 from home_visit_demand')).toHaveLength(5);
  });

  it.each<[string, object, string, string]>([
    ['in the future', { heldAt: '2018-08-19T08:00:00+08:00' }, 'homeVisit.future', 'input.heldAt'],
    ['to a household out of sight', { householdId: idOf('H4') }, 'aggregate.notFound', 'input.householdId'],
    ['by a team of another area', { teamId: idOf('T3') }, 'homeVisit.teamElsewhere', 'input.teamId'],
    ['with an unknown cadre', { withCadreIds: [idOf('nobody')] }, 'aggregate.notFound', 'input.withCadreIds[0]'],
    ['without a word', { findings: ' ' }, 'homeVisit.text', 'input.findings'],
    [
      'with a case of no kind',
      { demands: [{ ...input.demands[0], caseKind: null }] },
      'homeVisit.caseKind',
      'input.demands[0].caseKind',
    ],
    [
      'settled, but not how',
      { demands: [{ ...input.demands[1], outcome: null }] },
      'homeVisit.outcome',
      'input.demands[0].outcome',
    ],
    ['with a key too short', { idempotencyKey: 'short' }, 'idempotency.key', 'input.idempotencyKey'],
  ])('%s are refused, and nothing changes', async (_what, change, code, field) => {
    expect(await district.refusal(helper, record, { input: { ...input, ...change } })).toMatchObject({ code, field });
    expect(await district.rows('select 1 from home_visit')).toHaveLength(2);
    expect(await district.told('homeVisit.recorded')).toEqual([]);
  });

  it('refuse a care visit to a household that nobody assists', async () => {
    const unassisted = { ...input, householdId: idOf('H2') };
    expect(await district.refusal(gridWorker, record, { input: unassisted })).toMatchObject({
      code: 'homeVisit.notAssisted',
    });
    const { recordHomeVisit } = await district.answer(gridWorker, record, { input: { ...unassisted, care: false } });
    expect(recordHomeVisit.cadres).toEqual([]);
  });

  it('refuse the same key for another visit', async () => {
    await district.answer(helper, record, { input });
    const other = { ...input, findings: '另一次走访' };
    expect(await district.refusal(helper, record, { input: other })).toMatchObject({ code: 'idempotency.keyReused' });
  });

  it.each(['FRONTLINE_OFFICE', 'LEADER', 'PARTNER', 'ADMIN'] as const)('are not recorded by %s', async (role) => {
    expect(await district.refusal(somebody(role), record, { input })).toMatchObject({ code: 'access.denied' });
  });
});
