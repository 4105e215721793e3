import 'reflect-metadata';
import { addDays } from '@frontline/calendar';
import { type pairedAssistanceRecord, type RecordOf } from '@frontline/events';
import {
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
} from '../activity/contacted-areas.fixture.ts';
import { consumers } from '../consumers.ts';
import { tellOutcomes } from '../duty/duty-outcomes.ts';
import { organizations } from '../subgraph.ts';

type District = Awaited<ReturnType<typeof contactedAreas>>;
type Assistance = RecordOf<typeof pairedAssistanceRecord>;

const careScheme = {
  type: 'contactScheme',
  id: idOf('care scheme'),
  code: 'assistance-care',
  nameZh: '结对帮扶',
  nameEn: 'Monthly care visits',
  versions: [
    {
      version: 1,
      validFrom: '2005-01-01',
      contactor: { kind: 'CADRE' },
      target: { kinds: [] },
      duties: [
        {
          code: 'care',
          activity: 'CARE_VISIT',
          recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
          windowDays: 31,
          dayOffRule: 'KEEP',
        },
      ],
      source: 'SEED',
    },
  ],
};

const assistance = (name: string, more: Partial<Assistance> = {}): Assistance => ({
  id: idOf(name),
  cadreId: idOf('another'),
  householdId: idOf(`household of ${name}`),
  residentialAreaId: idOf('area-1'),
  from: '2018-01-01',
  ...more,
});

describe('the care duties of paired assistances', () => {
  let district: District;
  beforeEach(async () => {
    district = await contactedAreas();
    await district.import([careScheme]);
  });
  afterEach(() => district.stop());

  const system = (handle: (ctx: Parameters<typeof tellOutcomes>[0]) => Promise<unknown>) =>
    district.consume({ name: 'test', events: [], handle: async (ctx) => void (await handle(ctx)) }, {} as never);
  /** The copies of these assistances have changed. */
  const follow = (...records: Assistance[]) => system((ctx) => organizations.copyFollowers![0]!.changed(ctx, records));
  const duties = (of: string) =>
    district.rows(
      `select window_start::text as start, window_end::text as "end", contactor_id, substitute_id, fulfilled_by, substituted
        from duty where assignment_id = $1 order by 1`,
      [idOf(of)],
    );
  const tells = (visit: string, sequence: number, type: string, data: object) =>
    district.consume(
      consumers.find(({ name }) => name === 'organizations.follow-care-visits')!,
      {
        id: idOf(`event ${sequence} of ${visit}`),
        type,
        aggregateId: idOf(visit),
        sequence,
        occurredAt: new Date(),
        data: { homeVisitId: idOf(visit), residentialAreaId: idOf('area-1'), ...data },
      },
    );
  const facts = (household: string, cadres: string[], heldAt: string, care: boolean) => ({
    heldAt,
    householdId: idOf(household),
    cadreIds: cadres.map(idOf),
    care,
    demands: [],
  });
  const visited = (visit: string, household: string, cadres: string[], heldAt: string, care = true) =>
    tells(visit, 1, 'homeVisit.recorded', facts(household, cadres, heldAt, care));
  const amended = (visit: string, sequence: number, heldAt: string, care: boolean) =>
    tells(visit, sequence, 'homeVisit.amended', {
      ...facts('household of lasting', ['another'], heldAt, care),
      withdrawnDemandIds: [],
    });
  const withdrawn = (visit: string, sequence: number) =>
    tells(visit, sequence, 'homeVisit.withdrawn', {
      householdId: idOf('household of lasting'),
      withdrawnDemandIds: [],
    });

  it('come each month while it lasts, as the scheme says, and vanish with its end', async () => {
    await follow(assistance('lasting'), assistance('from september', { from: '2018-09-10' }));
    const made = await duties('lasting');
    expect(made).toHaveLength(14);
    expect(made[0]).toMatchObject({ start: '2018-08-01', end: '2018-08-31', contactor_id: idOf('another') });
    expect((await duties('from september')).map(({ start }) => start)[0]).toBe('2018-10-01');
    await follow(assistance('lasting'));
    expect(await duties('lasting')).toEqual(made);
    await follow(assistance('lasting', { until: '2018-10-15' }));
    expect((await duties('lasting')).map(({ start }) => start)).toEqual(['2018-08-01', '2018-09-01', '2018-10-01']);
  });

  it('are made to the horizon each month, not each day, and again when the scheme changes or a helper is away', async () => {
    await follow(assistance('lasting'));
    const daily = () => system(organizations.daily!);
    await daily();
    expect(await duties('lasting')).toHaveLength(14);
    await district.rows(`delete from duty where assignment_id = $1 and window_start > '2018-12-01'`, [idOf('lasting')]);
    await daily();
    expect(await duties('lasting')).toHaveLength(5);
    district.moveTo(new Date('2018-09-01T08:00:00+08:00'));
    await daily();
    expect((await duties('lasting')).at(-1)).toMatchObject({ start: '2019-10-01' });
    await district.consume(
      consumers.find(({ name }) => name === 'organizations.follow-absences')!,
      {
        id: idOf('event'),
        type: 'cadre.absenceRecorded',
        aggregateId: idOf('another'),
        sequence: 2,
        occurredAt: new Date(),
        data: {
          record: {
            id: idOf('another'),
            absences: [{ id: idOf('a'), from: '2018-10-20', until: '2018-11-05', substituteId: idOf('substitute') }],
          },
        },
      },
    );
    const standIns = (await duties('lasting')).filter(({ substitute_id }) => substitute_id).map(({ start }) => start);
    expect(standIns).toEqual(['2018-10-01']);
  });

  it('are fulfilled by a care visit of the helper, and told with it, once', async () => {
    await follow(assistance('lasting'));
    await visited('no care', 'household of lasting', ['another'], '2018-08-10T19:00:00+08:00', false);
    await visited('somebody else', 'household of lasting', ['stranger'], '2018-08-11T19:00:00+08:00');
    expect((await duties('lasting'))[0]).toMatchObject({ fulfilled_by: null });
    await visited('care', 'household of lasting', ['another', 'liaison'], '2018-08-12T23:30:00+08:00');
    await visited('care', 'household of lasting', ['another', 'liaison'], '2018-08-12T23:30:00+08:00');
    await visited('once more', 'household of lasting', ['another'], '2018-08-14T19:00:00+08:00');
    await system(tellOutcomes);
    const told = (await district.told('duty.fulfilled')).map(({ payload }) => payload);
    expect(told).toEqual([
      expect.objectContaining({
        owedUnder: 'ASSISTANCE',
        assignmentId: idOf('lasting'),
        contactorId: idOf('another'),
        targetId: idOf('household of lasting'),
        scheme: 'assistance-care',
        state: 'FULFILLED',
        on: '2018-08-12',
        homeVisitId: idOf('care'),
      }),
    ]);
    expect(told[0]).not.toHaveProperty('activityId');
  });

  it('are kept by who stands in for a helper who is away', async () => {
    await follow(assistance('by the deputy', { cadreId: idOf('deputy director') }));
    await visited('instead', 'household of by the deputy', ['substitute'], '2018-08-12T19:00:00+08:00');
    expect((await duties('by the deputy'))[0]).toMatchObject({ fulfilled_by: idOf('instead'), substituted: true });
  });

  it('count a visit that is told before its assistance', async () => {
    await visited('early', 'household of late', ['another'], '2018-08-12T19:00:00+08:00');
    await visited('of a stranger', 'household of late', ['stranger'], '2018-08-13T19:00:00+08:00');
    await follow(assistance('late'));
    expect((await duties('late'))[0]).toMatchObject({ fulfilled_by: idOf('early') });
    expect(await district.told('duty.fulfilled')).toHaveLength(1);
    await follow(assistance('late'));
    expect(await district.told('duty.fulfilled')).toHaveLength(1);
    expect((await duties('late')).filter(({ fulfilled_by }) => fulfilled_by)).toHaveLength(1);
  });

  it('are owed again when the visit that kept them is withdrawn, or was none of care; and kept when one turns out to be', async () => {
    await follow(assistance('lasting'));
    const [at, state] = [
      '2018-08-12T19:00:00+08:00',
      async () => (await duties('lasting'))[0]?.['fulfilled_by'] ?? 'owed',
    ] as const;
    await visited('mistaken', 'household of lasting', ['another'], at);
    expect(await state()).toBe(idOf('mistaken'));
    for (let times = 0; times < 2; times += 1) await amended('mistaken', 2, at, false);
    expect(await state()).toBe('owed');
    expect((await district.told('duty.reopened')).map(({ payload }) => payload.assignmentId)).toEqual([
      idOf('lasting'),
    ]);
    await amended('mistaken', 3, at, true);
    expect(await state()).toBe(idOf('mistaken'));
    for (let times = 0; times < 2; times += 1) await withdrawn('mistaken', 4);
    expect(await state()).toBe('owed');
    expect(await district.told('duty.reopened')).toHaveLength(2);
    expect(await district.told('duty.fulfilled')).toHaveLength(2);
    district.moveTo(new Date('2018-09-01T08:00:00+08:00'));
    await system(tellOutcomes);
    expect((await district.told('duty.missed')).map(({ payload }) => payload.windowStart)).toContain('2018-08-01');
  });

  it('move to the next visit of the window that counted for nothing, of the helper alone, once', async () => {
    await follow(assistance('lasting'), assistance('other house', { householdId: idOf('elsewhere') }));
    await visited('first', 'household of lasting', ['another'], '2018-08-03T19:00:00+08:00');
    await visited('of a stranger', 'household of lasting', ['stranger'], '2018-08-04T19:00:00+08:00');
    await visited('next door', 'elsewhere', ['another'], '2018-08-05T19:00:00+08:00');
    await visited('third', 'household of lasting', ['another'], '2018-08-14T19:00:00+08:00');
    await visited('second', 'household of lasting', ['another'], '2018-08-06T19:00:00+08:00');
    await withdrawn('first', 2);
    expect((await duties('lasting'))[0]).toMatchObject({ fulfilled_by: idOf('second'), substituted: false });
    await withdrawn('second', 2);
    expect((await duties('lasting'))[0]).toMatchObject({ fulfilled_by: idOf('third') });
    // one that kept nothing changes nothing when it goes
    await visited('fourth', 'household of lasting', ['another'], '2018-08-15T19:00:00+08:00');
    await withdrawn('fourth', 2);
    expect((await duties('lasting'))[0]).toMatchObject({ fulfilled_by: idOf('third') });
    expect((await duties('lasting'))[1]).toMatchObject({ fulfilled_by: null });
    expect((await duties('other house'))[0]).toMatchObject({ fulfilled_by: idOf('next door') });
    const kept = (await district.told('duty.fulfilled')).map(({ payload }) => payload.homeVisitId);
    expect(kept.toSorted()).toEqual(['first', 'next door', 'second', 'third'].map(idOf).sort());
  });

  it('show household, assistance and visit, and are seen by the helper, the place and the district alone', async () => {
    await follow(assistance('lasting'));
    await visited('care', 'household of lasting', ['another'], '2018-08-12T19:00:00+08:00');
    const LIST =
      '{ duties(filter: { owedUnder: [ASSISTANCE], to: "2018-08-31" }) { nodes { owedUnder scheme state contactor { id kind } assignment { id } fulfilment { id } assistance { id } household { id } careVisit { id } place { id } substitute { id } } } }';
    const seen = async (who: typeof gridWorker) => (await district.answer(who, LIST)).duties.nodes;
    expect(await seen(frontlineOffice)).toEqual([
      {
        owedUnder: 'ASSISTANCE',
        scheme: 'assistance-care',
        state: 'FULFILLED',
        contactor: { id: idOf('another'), kind: 'CADRE' },
        assignment: null,
        fulfilment: null,
        assistance: { id: idOf('lasting') },
        household: { id: idOf('household of lasting') },
        careVisit: { id: idOf('care') },
        place: { id: idOf('area-1') },
        substitute: null,
      },
    ]);
    const north = somebody('SUBDISTRICT', 'north', 'north');
    for (const who of [gridWorker, north, cadre('another')]) expect(await seen(who)).toHaveLength(1);
    const south = somebody('SUBDISTRICT', 'south', 'south');
    for (const who of [
      south,
      cadre('director'),
      somebody('DEPARTMENT', 'department', 'north'),
      somebody('ADMIN', 'admin'),
    ])
      expect(await seen(who)).toEqual([]);
    const within = async (place: string) =>
      (
        await district.answer(
          frontlineOffice,
          `{ duties(filter: { owedUnder: [ASSISTANCE], targetWithin: "${idOf(place)}" }) { totalCount } }`,
        )
      ).duties.totalCount;
    expect([await within('north'), await within('south')]).toEqual([14, 0]);
  });

  it('cost as many statements for many as for one', async () => {
    await follow(assistance('one'));
    const query =
      '{ duties(first: 100) { nodes { state owedUnder contactor { id } assignment { id } fulfilment { id } assistance { id } household { id } careVisit { id } place { id } } } }';
    const one = await district.ask(frontlineOffice, query);
    await follow(...Array.from({ length: 5 }, (_, nth) => assistance(`many ${nth}`)));
    const many = await district.ask(frontlineOffice, query);
    expect(many.errors).toBeUndefined();
    expect(many.data?.['duties'].nodes.length).toBeGreaterThan(one.data?.['duties'].nodes.length);
    expect(many.statements).toHaveLength(one.statements.length);
  });

  it('are brought in with the visits of the past, and made no second time', async () => {
    const line = (windowStart: string, more: object) => ({
      type: 'duty',
      id: idOf(`of the past ${windowStart}`),
      assistance: {
        id: idOf('lasting'),
        cadreId: idOf('another'),
        householdId: idOf('household of lasting'),
        residentialAreaId: idOf('area-1'),
      },
      scheme: 'assistance-care',
      schemeVersion: 1,
      dutyCode: 'care',
      windowStart,
      windowEnd: addDays(windowStart, 30),
      ...more,
    });
    const lines = [
      line('2018-07-01', { fulfilledBy: idOf('visit of the past'), fulfilledOn: '2018-07-20' }),
      line('2018-08-01', {}),
    ];
    await district.import(lines);
    await follow(assistance('lasting'));
    await district.import(lines);
    const made = await duties('lasting');
    expect(made.map(({ start }) => start).slice(0, 3)).toEqual(['2018-07-01', '2018-08-01', '2018-09-01']);
    expect(made[0]).toMatchObject({ contactor_id: idOf('another'), fulfilled_by: idOf('visit of the past') });
    await system(tellOutcomes);
    expect(await district.told('duty.fulfilled')).toEqual([]);
  });
});
