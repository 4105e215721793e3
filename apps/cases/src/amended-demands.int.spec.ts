import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  activityAmended,
  activityRecorded,
  activityWithdrawn,
  homeVisitAmended,
  homeVisitRecorded,
  homeVisitWithdrawn,
} from '@frontline/events';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from './consumers.ts';
import { cases } from './subgraph.ts';

const [activityId, targetId, lamp, lift] = Array.from({ length: 4 }, () => randomUUID()) as [
  string,
  string,
  string,
  string,
];
const about = { activityId, kind: 'RECEPTION', heldAt: '2018-08-15T01:00:00.000Z', targetId };
const demand = (demandId: string, disposition: 'CASE' | 'OPINION') => ({
  demandId,
  disposition,
  categoryCode: 'roads.lighting',
  areaId: targetId,
  ...(disposition === 'CASE' && { caseKind: 'HELP_REQUEST' as const }),
});

describe('cases of amended demands', () => {
  let subgraph: SubgraphUnderTest;
  let sequence = 0;
  const hear = ({ type }: { type: string }, data: object) =>
    subgraph.consume(consumers[0] as (typeof consumers)[number], {
      id: randomUUID(),
      type,
      aggregateId: activityId,
      sequence: (sequence += 1),
      occurredAt: new Date('2018-08-17T04:00:00Z'),
      data,
    });
  const standing = async () =>
    Object.fromEntries(
      (await subgraph.rows('select demand_id, state, channel from case_file')).map((row) => [
        row.demand_id,
        [row.state, row.channel],
      ]),
    );

  beforeEach(async () => {
    subgraph = await subgraphUnderTest(cases, { today: '2018-08-17' });
    await hear(activityRecorded, {
      ...about,
      contactorIds: [],
      demands: [demand(lamp, 'CASE'), demand(lift, 'OPINION')],
    });
  });
  afterEach(() => subgraph.stop());

  it('are withdrawn and opened, each once, however often it is told', async () => {
    const amended = { ...about, demands: [demand(lift, 'CASE'), demand(lamp, 'OPINION')], withdrawnDemandIds: [lamp] };
    await hear(activityAmended, amended);
    await hear(activityAmended, amended);
    expect(await standing()).toEqual({ [lamp]: ['WITHDRAWN', 'RECEPTION'], [lift]: ['REGISTERED', 'RECEPTION'] });
    expect(await subgraph.told('case.registered')).toHaveLength(2);
    expect((await subgraph.told('case.withdrawn')).map(({ payload }) => payload.record)).toMatchObject([
      { demandId: lamp, state: 'WITHDRAWN' },
    ]);
    expect(await subgraph.rows(`select state from case_move where state = 'WITHDRAWN'`)).toHaveLength(1);
  });

  it('are opened and withdrawn for a visit at a door as well, with the whole visit too', async () => {
    const [homeVisitId, householdId, stairs, rail] = Array.from({ length: 4 }, () => randomUUID()) as [
      string,
      string,
      string,
      string,
    ];
    let at = 0;
    const tell = ({ type }: { type: string }, data: object) =>
      subgraph.consume(consumers[0] as (typeof consumers)[number], {
        id: randomUUID(),
        type,
        aggregateId: homeVisitId,
        sequence: (at += 1),
        occurredAt: new Date('2018-08-17T04:00:00Z'),
        data: { homeVisitId, householdId, residentialAreaId: targetId, ...data },
      });
    const visit = { heldAt: '2018-08-15T01:00:00.000Z', cadreIds: [], care: true };
    await tell(homeVisitRecorded, { ...visit, demands: [demand(stairs, 'CASE'), demand(rail, 'OPINION')] });
    await tell(homeVisitAmended, {
      ...visit,
      care: false,
      demands: [demand(stairs, 'OPINION'), demand(rail, 'CASE')],
      withdrawnDemandIds: [stairs],
    });
    expect(await standing()).toMatchObject({
      [stairs]: ['WITHDRAWN', 'CARE_VISIT'],
      [rail]: ['REGISTERED', 'HOME_VISIT'],
    });
    await tell(homeVisitWithdrawn, { withdrawnDemandIds: [rail] });
    expect(await standing()).toMatchObject({
      [rail]: ['WITHDRAWN', 'HOME_VISIT'],
      [lamp]: ['REGISTERED', 'RECEPTION'],
    });
  });

  it('are withdrawn with an activity that did not take place', async () => {
    const { kind } = about;
    await hear(activityWithdrawn, { activityId, kind, targetId, withdrawnDemandIds: [lamp] });
    expect(await standing()).toEqual({ [lamp]: ['WITHDRAWN', 'RECEPTION'] });
  });

  it('stay when they are concluded, and nothing happens for a demand that has none', async () => {
    await subgraph.rows(`update case_file set state = 'CLOSED'`);
    await hear(activityAmended, { ...about, demands: [], withdrawnDemandIds: [lamp, randomUUID()] });
    expect(await standing()).toEqual({ [lamp]: ['CLOSED', 'RECEPTION'] });
    expect(await subgraph.told('case.withdrawn')).toEqual([]);
  });
});
