import 'reflect-metadata';
import {
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  visit,
  RECORD,
} from '../activity/contacted-areas.fixture.ts';
import { consumers } from '../consumers.ts';
import { dutyId } from './obligations.ts';
import { tellOutcomes } from './duty-outcomes.ts';

type District = Awaited<ReturnType<typeof contactedAreas>>;

const GENERATE = '{ generateDuties(input: {}) { added changed removed until } }';
const nothing = { added: 0, changed: 0, removed: 0 };

describe('the duties of a district', () => {
  let district: District;
  beforeEach(async () => {
    district = await contactedAreas();
  });
  afterEach(() => district.stop());

  const generate = async () => (await district.answer(frontlineOffice, `mutation ${GENERATE}`)).generateDuties;
  const all = () =>
    district.rows(
      `select id, assignment_id, contactor_id, substitute_id, scheme_version, duty_code, window_start::text as start,
        window_end::text as "end", fulfilled_on, excuse from duty order by id`,
    );
  const ahead = (of: string) =>
    district.rows(
      `select window_start::text as start, scheme_version as version from duty where assignment_id = $1 and window_start > '2018-08-17' order by 1`,
      [idOf(of)],
    );
  const terms = (recurrence: string) => ({
    contactor: { kind: 'CADRE' },
    targetKinds: ['RESIDENTIAL_AREA'],
    duties: [{ code: 'visit', activity: 'VISIT', recurrence, windowDays: 10 }],
    source: 'ASSUMED',
  });
  const REVISE =
    'mutation ($input: ReviseContactSchemeInput!) { reviseContactScheme(input: $input) { version versions { number from until } } }';
  const revision = (key: string, more: object = {}) => ({
    input: {
      idempotencyKey: key,
      id: idOf('scheme'),
      from: '2018-10-01',
      terms: terms('FREQ=MONTHLY;BYMONTHDAY=15'),
      ...more,
    },
  });
  const system = (work: (ctx: Parameters<typeof tellOutcomes>[0]) => Promise<unknown>) =>
    district.consume({ name: 'test', events: [], handle: async (ctx) => void (await work(ctx)) }, {} as never);

  it('reach thirteen months ahead, and are the same however often they are made', async () => {
    const made = await generate();
    expect(made).toMatchObject({ changed: 0, removed: 0, until: '2019-09-30' });
    expect(made.added).toBeGreaterThan(50);
    const before = await all();
    expect(await generate()).toMatchObject(nothing);
    expect(await all()).toEqual(before);
    expect(before.map(({ id }) => id)).toContain(dutyId(idOf('of another'), 'visit', '2018-09-01'));
  });

  it('are the same when two make them at once', async () => {
    const [one, other] = await Promise.all([generate(), generate()]);
    expect(one.added === 0 || other.added === 0).toBe(true);
    const made = await all();
    expect(made.length).toBe(6 + one.added + other.added);
    expect(await generate()).toMatchObject(nothing);
    expect(await all()).toEqual(made);
  });

  it('are the same when a first attempt was broken off half-way', async () => {
    await generate();
    const whole = await all();
    await district.rows(
      `delete from duty where window_start > '2018-08-17' and assignment_id in (select id from contact_assignment order by id limit 2)`,
    );
    await district.rows(
      `update duty set window_end = window_end - 1 where assignment_id = $1 and window_start > '2018-12-01'`,
      [idOf('of another')],
    );
    expect((await generate()).added).toBeGreaterThan(0);
    expect(await all()).toEqual(whole);
  });

  it('follow a revision from its day on and leave what has begun, what was kept and what was excused', async () => {
    await generate();
    const past = (await all()).filter(({ start }) => start <= '2018-08-17');
    const { reviseContactScheme } = await district.answer(frontlineOffice, REVISE, revision('revise-0001'));
    expect(reviseContactScheme.versions).toEqual([
      { number: 2, from: '2018-10-01', until: null },
      { number: 1, from: '2018-01-01', until: '2018-10-01' },
    ]);
    expect((await ahead('of another')).slice(0, 3)).toEqual([
      { start: '2018-09-01', version: 1 },
      { start: '2018-10-15', version: 2 },
      { start: '2018-11-15', version: 2 },
    ]);
    expect((await all()).filter(({ start }) => start <= '2018-08-17')).toEqual(past);
    expect(await district.told('contactScheme.revised')).toHaveLength(1);
    await district.answer(frontlineOffice, REVISE, revision('revise-0001'));
    expect(await district.told('contactScheme.revised')).toHaveLength(1);
  });

  it('end with their scheme', async () => {
    await generate();
    const RETIRE = 'mutation ($input: RetireContactSchemeInput!) { retireContactScheme(input: $input) { code } }';
    await district.answer(frontlineOffice, RETIRE, {
      input: { idempotencyKey: 'retire-0001', id: idOf('scheme'), on: '2018-10-01' },
    });
    expect(await ahead('of another')).toEqual([{ start: '2018-09-01', version: 1 }]);
    expect(
      await district.refusal(frontlineOffice, REVISE, revision('revise-0002', { from: '2018-12-01' })),
    ).toMatchObject({
      code: 'contactScheme.retired',
      field: 'input.id',
    });
  });

  it('refuse a schedule that is none, a day that has passed, and whoever is not the office', async () => {
    const refused = (more: object, who = frontlineOffice) =>
      district.refusal(who, REVISE, revision(`refused-${Math.random()}`.slice(0, 20), more));
    expect(await refused({ terms: terms('FREQ=MONTHLY;BYMONTHDAY=32') })).toMatchObject({
      code: 'contactScheme.recurrence',
      field: 'input.terms.duties.0.recurrence',
      details: { part: 'BYMONTHDAY' },
    });
    expect(await refused({ from: '2018-08-17' })).toMatchObject({ code: 'contactScheme.past', field: 'input.from' });
    expect(await refused({ expectedVersion: 7 })).toMatchObject({ code: 'aggregate.versionConflict' });
    expect(await refused({}, gridWorker)).toMatchObject({ code: 'access.denied' });
  });

  it('are the substitute’s while their contactor is away, and the contactor’s again when not', async () => {
    await generate();
    const away = (absences: object[]) =>
      district.consume(
        consumers.find(({ name }) => name === 'organizations.follow-absences')!,
        {
          id: idOf('event'),
          type: 'cadre.absenceRecorded',
          aggregateId: idOf('another'),
          sequence: 2,
          occurredAt: new Date(),
          data: { record: { id: idOf('another'), absences } },
        },
      );
    const substitutes = async () =>
      (
        await district.rows(`select window_start::text as start from duty where substitute_id = $1 order by 1`, [
          idOf('substitute'),
        ])
      ).map(({ start }) => start);
    await away([{ id: idOf('a'), from: '2018-08-20', until: '2018-10-05', substituteId: idOf('substitute') }]);
    expect(await substitutes()).toEqual(['2018-09-01']);
    await away([]);
    expect(await substitutes()).toEqual([]);
  });

  it('are told with the visit that keeps them, once, and not again when the day ends', async () => {
    await district.answer(cadre('another'), RECORD, visit({ heldAt: '2018-08-12T09:00:00+08:00' }));
    const kept = (await district.told('duty.fulfilled')).map(({ payload }) => payload);
    expect(kept).toEqual([
      expect.objectContaining({ assignmentId: idOf('of another'), state: 'FULFILLED', on: '2018-08-12' }),
    ]);
    await district.answer(cadre('another'), RECORD, visit({ heldAt: '2018-08-16T09:00:00+08:00' }));
    await system(tellOutcomes);
    expect(await district.told('duty.fulfilled')).toHaveLength(1);
  });

  it('that were told as missed are told as kept when the visit is recorded after all', async () => {
    await system(tellOutcomes);
    expect((await district.told('duty.missed')).map(({ payload }) => payload.assignmentId)).toEqual([
      idOf('of the director'),
    ]);
    await district.answer(cadre('director'), RECORD, visit({ heldAt: '2018-07-20T09:00:00+08:00' }));
    expect((await district.told('duty.fulfilled')).map(({ sequence, payload }) => [sequence, payload.on])).toEqual([
      [2, '2018-07-20'],
    ]);
  });

  it('that were brought in with their outcome tell nobody of the past', async () => {
    const line = { type: 'duty', scheme: 'monthly', schemeVersion: 1, dutyCode: 'visit', assignmentId: idOf('former') };
    await district.import([
      {
        ...line,
        id: idOf('kept'),
        windowStart: '2018-06-01',
        windowEnd: '2018-06-30',
        fulfilledBy: idOf('visit'),
        fulfilledOn: '2018-06-04',
      },
      {
        ...line,
        id: idOf('excused'),
        windowStart: '2018-05-01',
        windowEnd: '2018-05-31',
        excuse: { by: 'office', reason: '病假', on: '2018-05-30' },
      },
    ]);
    await system(tellOutcomes);
    expect([await district.told('duty.fulfilled'), await district.told('duty.excused')]).toEqual([[], []]);
  });

  it('tell what became of them exactly once, and filter by the states that they show', async () => {
    await generate();
    await district.answer(cadre('substitute'), RECORD, visit({ heldAt: '2018-08-12T09:00:00+08:00' }));
    const [due] = await district.rows(`select id from duty where assignment_id = $1 and window_start = '2018-08-01'`, [
      idOf('former'),
    ]);
    const EXCUSE =
      'mutation ($input: ExcuseDutyInput!) { excuseDuty(input: $input) { state excuse { by reason on } } }';
    const input = { idempotencyKey: 'excuse-0001', id: due?.['id'], reason: '防汛值守' };
    for (let time = 0; time < 2; time += 1)
      expect((await district.answer(frontlineOffice, EXCUSE, { input })).excuseDuty).toEqual({
        state: 'EXCUSED',
        excuse: { by: 'FRONTLINE_OFFICE', reason: '防汛值守', on: '2018-08-17' },
      });
    expect(
      await district.refusal(frontlineOffice, EXCUSE, { input: { ...input, idempotencyKey: 'excuse-0002' } }),
    ).toMatchObject({ code: 'duty.excused' });
    await Promise.all([system(tellOutcomes), system(tellOutcomes)]);
    await system(tellOutcomes);
    const told = async (type: string) => (await district.told(type)).length;
    expect([await told('duty.missed'), await told('duty.excused'), await told('duty.fulfilled')]).toEqual([1, 1, 2]);
    expect((await district.told('duty.fulfilled')).map(({ payload }) => payload.state)).toContain('SUBSTITUTED');
    const seen = await district.answer(
      frontlineOffice,
      '{ duties(first: 100, filter: { to: "2018-10-01" }) { nodes { id state } } }',
    );
    for (const state of ['UPCOMING', 'DUE', 'FULFILLED', 'LATE', 'MISSED', 'EXCUSED', 'SUBSTITUTED']) {
      const { duties } = await district.answer(
        frontlineOffice,
        `{ duties(first: 100, filter: { to: "2018-10-01", states: [${state}] }) { nodes { id } } }`,
      );
      const shown = seen.duties.nodes
        .filter((node: { state: string }) => node.state === state)
        .map(({ id }: { id: string }) => id);
      expect(duties.nodes.map(({ id }: { id: string }) => id)).toEqual(shown);
    }
  });
});
