import 'reflect-metadata';
import {
  cadre,
  idOf,
  key,
  keeper,
  smallDistrict,
  somebody,
  TODAY,
  type SmallDistrict,
} from '../small-district.fixture.ts';

describe('a cadre who departs or retires', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const run = (verb: string, type: string, input: object, selection = '{ id }') =>
    district.answer(keeper, `mutation ($input: ${type}!) { ${verb}(input: $input) ${selection} }`, {
      input: { idempotencyKey: key(), ...input },
    });

  it('ends posts, liaisons of both sides, rotations and substitutions, and tells each', async () => {
    const rotation = {
      cadreId: idOf('third'),
      organizationId: idOf('north-1'),
      from: '2018-10-01',
      until: '2019-10-01',
    };
    const { planRotation } = await run('planRotation', 'PlanRotationInput', rotation);
    await run('assignLiaison', 'AssignLiaisonInput', {
      cadreId: idOf('alone'),
      liaisonId: idOf('third'),
      from: '2018-01-01',
    });
    const away = { cadreId: idOf('section'), kind: 'SICKNESS', from: '2018-08-13', until: '2018-08-31' };
    await run('recordAbsence', 'RecordAbsenceInput', { ...away, substituteId: idOf('third') });

    const leaving = { cadreId: idOf('third'), on: TODAY, reason: 'RESIGNATION' };
    const { recordDeparture } = await run(
      'recordDeparture',
      'LeaveServiceInput',
      leaving,
      '{ status posts { id } rank }',
    );
    expect(recordDeparture).toEqual({ status: 'DEPARTED', posts: [], rank: null });

    const {
      rotation: cancelled,
      cadre,
      absent,
      gaps,
    } = await district.answer(
      keeper,
      `{ rotation(id: "${planRotation.id}") { state cancelReason endedOn }
         cadre(staffNumber: "P-alone") { liaisons { staffNumber } before: liaisons(on: "2018-08-16") { staffNumber } }
         absent: cadre(staffNumber: "P-section") { absences { from until substitute { staffNumber } } }
         gaps: liaisonGaps { totalCount nodes { staffNumber } } }`,
    );
    expect(cancelled).toEqual({ state: 'CANCELLED', cancelReason: 'CADRE_LEFT', endedOn: TODAY });
    expect(cadre).toEqual({ liaisons: [], before: [{ staffNumber: 'P-third' }] });
    expect(absent.absences).toEqual([
      { from: TODAY, until: '2018-08-31', substitute: null },
      { from: '2018-08-13', until: TODAY, substitute: { staffNumber: 'P-third' } },
    ]);
    expect(gaps.nodes).toEqual([{ staffNumber: 'P-alone' }]);

    expect(await district.told('cadre.departed')).toMatchObject([
      { aggregate_id: idOf('third'), payload: { on: TODAY, reason: 'DEPARTED', record: { status: 'DEPARTED' } } },
    ]);
    expect(await district.told('cadre.liaisonReleased')).toMatchObject([
      { aggregate_id: idOf('alone'), payload: { liaisonId: idOf('third'), on: TODAY, reason: 'LIAISON_LEFT' } },
    ]);
    expect(await district.told('cadre.substituteChanged')).toMatchObject([{ aggregate_id: idOf('section') }]);
    expect(await district.told('rotation.cancelled')).toMatchObject([{ payload: { reason: 'CADRE_LEFT' } }]);
    const sequences = await district.rows(
      `select aggregate_id, array_agg(sequence::int order by id) as told from outbox group by aggregate_type, aggregate_id`,
    );
    for (const { told } of sequences) expect(told).toEqual(told.map((_: number, at: number) => at + 1));
    expect(JSON.stringify(await district.rows('select payload from outbox'))).not.toMatch(
      /[\u4e00-\u9fff]|SICKNESS|RESIGNATION/,
    );
  });

  it('ends liaisons of both sides when a register brings the departure in, and tells each once', async () => {
    const line = cadre('liaison', 'STAFF', 'department', { status: 'DEPARTED', statusSince: TODAY });
    await district.import([line]);
    await district.import([line]);
    expect(await district.told('cadre.liaisonReleased')).toMatchObject([
      { aggregate_id: idOf('leader'), payload: { liaisonId: idOf('liaison'), on: TODAY, reason: 'LIAISON_LEFT' } },
    ]);
    const { cadre: leader } = await district.answer(
      keeper,
      '{ cadre(staffNumber: "P-leader") { liaisons { staffNumber } before: liaisons(on: "2018-08-16") { staffNumber } } }',
    );
    expect(leader).toEqual({ liaisons: [], before: [{ staffNumber: 'P-liaison' }] });
  });

  it('is a gap on the day a leader is left alone, not before; retirement lies ahead', async () => {
    await run('retireCadre', 'LeaveServiceInput', { cadreId: idOf('liaison'), on: '2018-10-01', reason: 'AGE' });
    const gapsOn = async (on: string, within = '') => {
      const { liaisonGaps } = await district.answer(
        keeper,
        `{ liaisonGaps(on: "${on}"${within && `, within: "${idOf(within)}"`}) { totalCount nodes { staffNumber } } }`,
      );
      expect(liaisonGaps.totalCount).toBe(liaisonGaps.nodes.length);
      return liaisonGaps.nodes.map(({ staffNumber }: { staffNumber: string }) => staffNumber);
    };
    expect(await gapsOn('2018-09-30')).toEqual(['P-alone']);
    expect(await gapsOn('2018-10-01')).toEqual(['P-alone', 'P-leader']);
    expect(await gapsOn('2018-10-01', 'department')).toEqual(['P-leader']);
    expect(await gapsOn('2016-06-01')).toEqual(['P-alone', 'P-former']);
    const { cadre } = await district.answer(
      keeper,
      '{ cadre(staffNumber: "P-liaison") { status later: status(on: "2018-10-01") } }',
    );
    expect(cadre).toEqual({ status: 'ACTIVE', later: 'RETIRED' });
  });

  it('can no longer act by their account', async () => {
    const identity = async () =>
      (
        await fetch(`${district.url}/internal/identity`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${await district.tokens.sign('personnel', { kind: 'system', service: 'gateway' })}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ sub: 'somebody' }),
        })
      ).status;
    await run('retireCadre', 'LeaveServiceInput', { cadreId: idOf('section'), on: '2018-10-01', reason: 'AGE' });
    expect(await identity()).toBe(200);
    district.moveTo(new Date('2018-10-01T09:00:00+08:00'));
    expect(await identity()).toBe(404);
  });

  it('releases a liaison who is promoted', async () => {
    const promotion = { cadreId: idOf('liaison'), rank: 'DIVISION', on: '2018-09-01' };
    await run('changeCadreRank', 'ChangeCadreRankInput', promotion);
    expect(await district.told('cadre.liaisonReleased')).toMatchObject([
      { aggregate_id: idOf('leader'), payload: { reason: 'LIAISON_PROMOTED', on: '2018-09-01' } },
    ]);
  });
});

describe('a departure that was recorded by mistake', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const change = (type: string, input: object) =>
    [
      `mutation ($input: ${type}Input!) { changed: ${type === 'LeaveService' ? 'recordDeparture' : type[0]?.toLowerCase() + type.slice(1)}(input: $input) { id version } }`,
      { input: { idempotencyKey: key(), ...input } },
    ] as const;
  const run = (type: string, input: object) => district.answer(keeper, ...change(type, input));
  const refused = (type: string, input: object, who = keeper) => district.refusal(who, ...change(type, input));
  const leaves = (name: string, on: string) => run('LeaveService', { cadreId: idOf(name), on, reason: 'RESIGNATION' });
  const seen = async (name: string) =>
    (
      await district.answer(
        keeper,
        `{ cadre(staffNumber: "P-${name}") {
            status rank posts { organization { id } title from until } postHistory { from until } statusHistory { status from until }
            absences { from until substitute { staffNumber } } departures { status on correction correctedAt } } }`,
      )
    )['cadre'];
  const told = async (type: string) => (await district.told(type)).map(({ payload }) => payload);

  it('is taken back: posts, rank and status are as before, the account acts again, the record of it stays', async () => {
    const before = await seen('section');
    await leaves('section', TODAY);
    expect(await seen('section')).toMatchObject({ status: 'DEPARTED', rank: null, posts: [] });
    await run('TakeBackDeparture', { cadreId: idOf('section'), correction: 'WRONG_CADRE' });
    expect(await seen('section')).toEqual({
      ...before,
      departures: [{ status: 'DEPARTED', on: TODAY, correction: 'WRONG_CADRE', correctedAt: expect.any(String) }],
    });
    expect(await told('cadre.departureTakenBack')).toMatchObject([
      { on: TODAY, record: { status: 'ACTIVE', statuses: [{ status: 'ACTIVE', from: '2000-07-01' }] } },
    ]);
    expect(await refused('TakeBackDeparture', { cadreId: idOf('section'), correction: 'WRONG_CADRE' })).toMatchObject({
      code: 'cadre.notLeft',
      field: 'input.cadreId',
    });
  });

  it('is given another day or reason: earlier days answer so, and others are told both', async () => {
    await leaves('second', '2018-08-10');
    const input = { cadreId: idOf('second'), correction: 'WRONG_DAY' };
    expect(await refused('CorrectDeparture', { ...input, on: '2018-08-10', reason: 'RESIGNATION' })).toMatchObject({
      code: 'cadre.sameDeparture',
    });
    expect(await refused('CorrectDeparture', { ...input, reason: 'SICKNESS' })).toMatchObject({
      code: 'cadre.reason',
      field: 'input.reason',
    });
    await run('CorrectDeparture', { ...input, on: '2018-09-01', reason: 'AGE' });
    const found = await seen('second');
    expect(found).toMatchObject({
      status: 'ACTIVE',
      rank: 'STAFF',
      posts: [{ from: '2000-07-01', until: '2018-09-01' }],
    });
    expect(found.departures).toMatchObject([
      { status: 'RETIRED', on: '2018-09-01', correction: null },
      { status: 'DEPARTED', on: '2018-08-10', correction: 'WRONG_DAY' },
    ]);
    // whoever hears that it is taken back hears the right day with it
    const [takenBack] = await told('cadre.departureTakenBack');
    expect(takenBack).toMatchObject({ on: '2018-08-10' });
    expect(takenBack.record.statuses.at(-1)).toEqual({ status: 'RETIRED', from: '2018-09-01' });
    expect(await told('cadre.departed')).toMatchObject([
      { on: '2018-08-10', reason: 'DEPARTED' },
      { on: '2018-09-01', reason: 'RETIRED', record: { status: 'ACTIVE' } },
    ]);
    await run('CorrectDeparture', { ...input, on: '2018-08-16' });
    expect(await seen('second')).toMatchObject({ status: 'RETIRED', posts: [] });
    await run('TakeBackDeparture', { ...input, correction: 'DECISION_CHANGED' });
    expect(await seen('second')).toMatchObject({ status: 'ACTIVE', posts: [{ from: '2000-07-01', until: null }] });
  });

  it('that a register told is for that register to correct', async () => {
    const input = { cadreId: idOf('retired'), correction: 'WRONG_DAY' };
    expect(await refused('TakeBackDeparture', input)).toMatchObject({ code: 'cadre.leftByRegister' });
  });

  it('is corrected by who keeps the register alone, and seen by who keeps or audits it', async () => {
    await leaves('second', TODAY);
    const input = { cadreId: idOf('second'), correction: 'WRONG_DAY' };
    expect(await refused('TakeBackDeparture', input, somebody('LEADER'))).toMatchObject({ code: 'access.denied' });
    const query = '{ cadre(staffNumber: "P-second") { departures { on } } }';
    expect(await district.refusal(somebody('LEADER'), query)).toMatchObject({ code: 'access.denied' });
    expect(await district.answer(somebody('AUDITOR'), query)).toEqual({ cadre: { departures: [{ on: TODAY }] } });
  });
});
