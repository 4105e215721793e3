import 'reflect-metadata';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { RECORD, cadre, contactedAreas, gridWorker, idOf, somebody, visit } from './contacted-areas.fixture.ts';

const heldAt = (day: string) => ({ heldAt: `${day}T09:00:00+08:00` });
const under = (name: string, change: object = {}) => visit({ targetId: null, assignmentId: idOf(name), ...change });

let areas: SubgraphUnderTest;
const open = async () => void (areas = await contactedAreas());
const close = () => areas.stop();

const record = async (who: Actor, variables: object) => (await areas.answer(who, RECORD, variables)).recordActivity;
const kept = async () => {
  const [counts] = await areas.rows(`select (select count(*) from activity) as activities,
    (select count(*) from demand) as demands, (select count(*) from activity_participant) as participants,
    (select count(*) from outbox) as outbox, (select count(*) from idempotency_key) as keys,
    (select count(*) from duty where fulfilled_by is not null) as fulfilled`);
  return counts;
};

describe('an activity', () => {
  beforeEach(open);
  afterEach(close);

  const fulfilled = async () =>
    (
      await areas.rows(
        `select a.id as assignment, d.window_start::text as start, d.fulfilled_by as by from duty d join contact_assignment a on a.id = d.assignment_id where d.fulfilled_by is not null`,
      )
    ).map((row) => [row.assignment, row.start]);
  it('is recorded by the contactor who names nothing but where; the server finds the assignment', async () => {
    expect(await record(cadre('director'), visit())).toMatchObject({
      acceptance: 'ACCEPTED',
      recordedAs: 'CONTACTOR',
      recordedBy: { id: idOf('director') },
      assignment: { id: idOf('of the director') },
      cadres: [{ id: idOf('director') }],
      clientId: null,
      madeAt: null,
    });
  });

  it('fulfils what the caller and co-contactors who came owed there, and nothing of others', async () => {
    await record(cadre('director'), visit({ withCadreIds: [idOf('deputy director')] }));
    expect((await fulfilled()).sort()).toEqual(
      [
        [idOf('of the director'), '2018-08-01'],
        [idOf('of the deputy'), '2018-08-01'],
      ].sort(),
    );
  });

  it.each([
    ['deputy director', 'of the director', 'CO_CONTACTOR', '2018-08-17'],
    ['liaison', 'of the director', 'LIAISON', '2018-08-17'],
    ['companion', 'of the director', 'LIAISON', '2018-08-17'],
    ['substitute', 'of the deputy', 'SUBSTITUTE', '2018-08-15'],
    ['member', 'of the department', 'MEMBER', '2018-08-17'],
  ])('is recorded by the %s under the assignment %s as %s', async (who, name, as, day) => {
    const activity = await record(cadre(who), under(name, heldAt(day)));
    expect(activity).toMatchObject({ acceptance: 'ACCEPTED', recordedAs: as, assignment: { id: idOf(name) } });
    expect(await fulfilled()).toContainEqual([idOf(name), '2018-08-01']);
    const { duty } = await areas.answer(cadre(who), `{ duty(id: "${idOf(`${name} 2018-08-01`)}") { state } }`);
    expect(duty.state).toBe(as === 'SUBSTITUTE' ? 'SUBSTITUTED' : 'FULFILLED');
  });

  it('made offline is accepted as former when the assignment has ended since', async () => {
    const offline = { clientId: 'device-0001', madeAt: '2018-08-14T20:00:00+08:00', ...heldAt('2018-08-14') };
    expect(await record(cadre('director'), under('former', offline))).toMatchObject({
      acceptance: 'ACCEPTED_AS_FORMER',
      recordedAs: 'CONTACTOR',
      clientId: 'device-0001',
      madeAt: '2018-08-14T12:00:00.000Z',
    });
    expect(await fulfilled()).toEqual([[idOf('former'), '2018-08-01']]);
  });

  it('took place where somebody was on that day, in Asia/Shanghai, and not where nobody is any more', async () => {
    const DISSOLVE = 'mutation ($input: DissolveOrganizationInput!) { dissolveOrganization(input: $input) { id } }';
    await areas.answer(somebody('ADMIN', 'admin'), DISSOLVE, {
      input: { idempotencyKey: 'dissolve-area', organizationId: idOf('area-3'), on: '2018-08-10' },
    });
    const there = (at: string) => visit({ targetId: idOf('area-3'), heldAt: at });
    expect(await areas.refusal(cadre('stranger'), RECORD, there('2018-08-10T00:00:00+08:00'))).toMatchObject({
      code: 'activity.organizationNotThen',
      field: 'input.targetId',
      details: { day: '2018-08-10' },
    });
    await record(cadre('stranger'), there('2018-08-09T23:59:00+08:00'));
    expect((await areas.told('activity.recorded')).map(({ payload }) => payload.heldAt)).toEqual([
      '2018-08-09T15:59:00.000Z',
    ]);
  });

  it('made offline is kept once, under whatever key it is sent again', async () => {
    const offline = { clientId: 'device-0001', madeAt: '2018-08-17T10:00:00+08:00', summary: '楼道整洁' };
    const first = await record(cadre('director'), visit(offline));
    expect((await record(cadre('director'), visit(offline))).id).toBe(first.id);
    const both = await Promise.all(
      [1, 2].map(() => record(cadre('director'), visit({ ...offline, clientId: 'twice-01' }))),
    );
    expect(both[0].id).toBe(both[1].id);
    expect(both[0].id).not.toBe(first.id);
    expect(await areas.told('activity.recorded')).toHaveLength(2);
    expect((await record(cadre('deputy director'), visit(offline))).id).not.toBe(first.id);
  });
});

describe('a record', () => {
  beforeAll(open);
  afterAll(close);

  const refusals: [string, string, Actor, () => object][] = [
    ['activity.notYourAssignment', 'input.assignmentId', cadre('stranger'), () => under('of the director')],
    ['activity.notYourAssignment', 'input.assignmentId', gridWorker, () => under('of the director')],
    // the deputy director was back on the 16th
    [
      'activity.notYourAssignment',
      'input.assignmentId',
      cadre('substitute'),
      () => under('of the deputy', heldAt('2018-08-16')),
    ],
    ['activity.assignmentEnded', 'input.assignmentId', cadre('director'), () => under('former', heldAt('2018-08-15'))],
    [
      'activity.assignmentNotBegun',
      'input.assignmentId',
      cadre('director'),
      () => under('of the director', heldAt('2017-12-31')),
    ],
    ['activity.targetMismatch', 'input.targetId', cadre('director'), () => visit({ assignmentId: idOf('former') })],
    ['aggregate.notFound', 'input.assignmentId', cadre('director'), () => under('nothing')],
    ['input.id', 'input.assignmentId', cadre('director'), () => visit({ assignmentId: 'no id' })],
    ['activity.unknownOrganization', 'input.targetId', cadre('director'), () => visit({ targetId: idOf('nowhere') })],
    ['activity.notYourPlace', 'input.targetId', gridWorker, () => visit({ targetId: idOf('area-2') })],
    [
      'activity.unknownCadre',
      'input.withCadreIds[0]',
      cadre('director'),
      () => visit({ withCadreIds: [idOf('nobody')] }),
    ],
    ['activity.offline', 'input.madeAt', cadre('director'), () => visit({ clientId: 'device-0001' })],
    ['activity.future', 'input.heldAt', cadre('director'), () => visit(heldAt('2018-08-18'))],
  ];
  it.each(refusals)('is refused with %s at %s, and nothing is kept', async (code, field, who, variables) => {
    const before = await kept();
    expect(await areas.refusal(who, RECORD, variables())).toMatchObject({ code, field });
    expect(await kept()).toEqual(before);
  });

  it('made offline is refused when its id belongs to another record of the same recorder', async () => {
    const offline = { clientId: 'device-0001', madeAt: '2018-08-17T10:00:00+08:00' };
    await record(cadre('director'), visit(offline));
    const before = await kept();
    expect(await areas.refusal(cadre('director'), RECORD, visit({ ...offline, summary: '别的' }))).toMatchObject({
      code: 'activity.clientIdReused',
      field: 'input.clientId',
    });
    expect(await kept()).toEqual(before);
  });
});
