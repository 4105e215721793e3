import 'reflect-metadata';
import { idOf, key, keeper, smallDistrict, TODAY, type SmallDistrict } from '../small-district.fixture.ts';

describe('what rests on a cadre with others', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const run = async (verb: string, type: string, input: object, selection = '{ id }') =>
    (
      await district.answer(keeper, `mutation ($input: ${type}!) { ${verb}(input: $input) ${selection} }`, {
        input: { idempotencyKey: key(), ...input },
      })
    )[verb];
  const leaves = (name: string, on: string) =>
    run('recordDeparture', 'LeaveServiceInput', { cadreId: idOf(name), on, reason: 'RESIGNATION' });
  const takenBack = (name: string) =>
    run('takeBackDeparture', 'TakeBackDepartureInput', { cadreId: idOf(name), correction: 'WRONG_CADRE' });
  const plan = (name: string, from: string, until: string) =>
    run('planRotation', 'PlanRotationInput', { cadreId: idOf(name), organizationId: idOf('north-1'), from, until });
  const rotationOf = async (name: string) =>
    (
      await district.answer(
        keeper,
        `{ rotations(first: 10, filter: { cadreId: "${idOf(name)}" }) { nodes { state from endedOn cancelReason } } }`,
      )
    ).rotations.nodes;
  const away = (name: string, substitute: string, from: string, until: string) =>
    run('recordAbsence', 'RecordAbsenceInput', {
      cadreId: idOf(name),
      kind: 'TRAINING',
      from,
      until,
      substituteId: idOf(substitute),
    });
  const absencesOf = async (name: string) =>
    (
      await district.answer(
        keeper,
        `{ cadre(staffNumber: "P-${name}") { absences { from until substitute { staffNumber } } } }`,
      )
    ).cadre.absences.map(({ from, until, substitute }: Record<string, { staffNumber: string } | null>) => [
      from,
      until,
      substitute?.staffNumber ?? null,
    ]);
  const liaisonsOf = async (name: string, on: string) =>
    (
      await district.answer(keeper, `{ cadre(staffNumber: "P-${name}") { liaisons(on: "${on}") { staffNumber } } }`)
    ).cadre.liaisons.map(({ staffNumber }: { staffNumber: string }) => staffNumber);
  const told = async (type: string) => (await district.told(type)).map(({ payload }) => payload);

  it('a rotation under way ends on the day of a departure that lies ahead, once; one that would begin later at once', async () => {
    const { id } = await plan('third', '2018-08-01', '2019-08-01');
    await run('beginRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01' });
    await plan('third', '2019-09-01', '2020-09-01');
    await leaves('third', '2018-09-03');
    const under = { state: 'ACTIVE', from: '2018-08-01', endedOn: null, cancelReason: null };
    const never = { state: 'CANCELLED', from: '2019-09-01', endedOn: '2018-09-03', cancelReason: 'CADRE_LEFT' };
    expect(await rotationOf('third')).toEqual([never, under]);
    district.moveTo(new Date('2018-09-02T09:00:00+08:00'));
    await district.dailyWork();
    expect(await rotationOf('third')).toEqual([never, under]);
    // the work of the day itself was not done; it is made up for later
    district.moveTo(new Date('2018-09-05T09:00:00+08:00'));
    for (let times = 0; times < 2; times += 1) await district.dailyWork();
    expect(await rotationOf('third')).toEqual([
      never,
      { ...under, state: 'CANCELLED', endedOn: '2018-09-03', cancelReason: 'CADRE_LEFT' },
    ]);
    expect(await told('rotation.cancelled')).toMatchObject([
      { on: '2018-09-03', reason: 'CADRE_LEFT' },
      { rotationId: id, on: '2018-09-03', reason: 'CADRE_LEFT' },
    ]);
  });

  it('a departure that lies ahead lets liaisons and substitutions go on until its day', async () => {
    await away('section', 'third', '2018-08-13', '2018-08-31');
    await leaves('third', '2018-08-20');
    await leaves('liaison', '2018-08-20');
    expect(await liaisonsOf('leader', '2018-08-19')).toEqual(['P-liaison']);
    expect(await liaisonsOf('leader', '2018-08-20')).toEqual([]);
    expect(await absencesOf('section')).toEqual([
      ['2018-08-20', '2018-08-31', null],
      ['2018-08-13', '2018-08-20', 'P-third'],
    ]);
  });

  it('comes back with a departure that is taken back, from today on, and is told once', async () => {
    const { id } = await plan('liaison', '2018-08-01', '2019-08-01');
    await run('beginRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01' });
    await plan('liaison', '2019-09-01', '2020-09-01');
    await away('section', 'liaison', '2018-08-06', '2018-08-31');
    await away('liaison', 'second', '2018-09-10', '2018-09-20');
    await run('assignLiaison', 'AssignLiaisonInput', {
      cadreId: idOf('alone'),
      liaisonId: idOf('liaison'),
      from: '2018-10-01',
      until: '2018-12-01',
    });
    await leaves('liaison', '2018-08-10');
    expect(await rotationOf('liaison')).toMatchObject([{ state: 'CANCELLED' }, { state: 'CANCELLED' }]);
    await takenBack('liaison');

    expect(await rotationOf('liaison')).toEqual([
      { state: 'PLANNED', from: '2019-09-01', endedOn: null, cancelReason: null },
      { state: 'ACTIVE', from: '2018-08-01', endedOn: null, cancelReason: null },
    ]);
    // nobody went along in between: it stays on record
    expect(await liaisonsOf('leader', '2018-08-09')).toEqual(['P-liaison']);
    expect(await liaisonsOf('leader', '2018-08-16')).toEqual([]);
    expect(await liaisonsOf('leader', TODAY)).toEqual(['P-liaison']);
    expect(await liaisonsOf('alone', '2018-10-01')).toEqual(['P-liaison']);
    expect(await liaisonsOf('alone', '2018-12-01')).toEqual([]);
    expect(await absencesOf('section')).toEqual([
      [TODAY, '2018-08-31', 'P-liaison'],
      ['2018-08-10', TODAY, null],
      ['2018-08-06', '2018-08-10', 'P-liaison'],
    ]);
    expect(await absencesOf('liaison')).toEqual([['2018-09-10', '2018-09-20', 'P-second']]);

    expect(await told('rotation.resumed')).toMatchObject([{ rotationId: id }, { cadreId: idOf('liaison') }]);
    expect((await told('cadre.liaisonAssigned')).slice(1)).toMatchObject([
      { liaisonId: idOf('liaison'), from: TODAY, record: { id: idOf('leader') } },
      { liaisonId: idOf('liaison'), from: '2018-10-01', until: '2018-12-01', record: { id: idOf('alone') } },
    ]);
    expect((await told('cadre.substituteChanged')).filter(({ substituteId }) => substituteId)).toMatchObject([
      { on: TODAY, substituteId: idOf('liaison'), record: { id: idOf('section') } },
      { on: '2018-09-10', substituteId: idOf('second'), record: { id: idOf('liaison') } },
    ]);
  });

  it('is as before where the departure lay ahead', async () => {
    await away('section', 'liaison', '2018-08-13', '2018-08-31');
    const { id } = await plan('leader', '2018-08-01', '2019-08-01');
    await run('beginRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01' });
    for (const name of ['liaison', 'leader']) await leaves(name, '2018-08-20');
    expect(await liaisonsOf('leader', '2018-08-20')).toEqual([]);
    for (const name of ['leader', 'liaison']) await takenBack(name);
    expect(await liaisonsOf('leader', '2018-08-20')).toEqual(['P-liaison']);
    expect(
      await district.rows('select valid_from::text, valid_to from liaison where cadre_id = $1', [idOf('leader')]),
    ).toEqual([{ valid_from: '2016-01-01', valid_to: null }]);
    expect(await absencesOf('section')).toEqual([
      ['2018-08-20', '2018-08-31', 'P-liaison'],
      ['2018-08-13', '2018-08-20', 'P-liaison'],
    ]);
    expect(await rotationOf('leader')).toMatchObject([{ state: 'ACTIVE' }]);
    district.moveTo(new Date('2018-08-21T09:00:00+08:00'));
    await district.dailyWork();
    expect(await rotationOf('leader')).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await told('rotation.cancelled')).toEqual([]);
    expect(await told('rotation.resumed')).toEqual([]);
  });

  it('does not come back where somebody else has it by now, or the rules no longer allow it', async () => {
    await away('section', 'liaison', '2018-08-06', '2018-08-31');
    await leaves('liaison', TODAY);
    for (const name of ['second', 'young'])
      await run('assignLiaison', 'AssignLiaisonInput', { cadreId: idOf('leader'), liaisonId: idOf(name), from: TODAY });
    const [rest] = await district.rows('select id from absence where cadre_id = $1 and valid_from = $2', [
      idOf('section'),
      TODAY,
    ]);
    await run('changeSubstitute', 'ChangeSubstituteInput', {
      cadreId: idOf('section'),
      absenceId: rest?.['id'],
      on: TODAY,
      substituteId: idOf('second'),
    });
    await takenBack('liaison');
    expect((await liaisonsOf('leader', TODAY)).sort()).toEqual(['P-second', 'P-young']);
    expect(await absencesOf('section')).toEqual([
      [TODAY, '2018-08-31', 'P-second'],
      ['2018-08-06', TODAY, 'P-liaison'],
    ]);
  });

  it('ends on the right day where a departure is given another one', async () => {
    const { id } = await plan('liaison', '2018-08-01', '2019-08-01');
    await run('beginRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01' });
    await leaves('liaison', '2018-08-10');
    await run('correctDeparture', 'CorrectDepartureInput', {
      cadreId: idOf('liaison'),
      correction: 'WRONG_DAY',
      on: '2018-09-01',
    });
    expect(await rotationOf('liaison')).toMatchObject([{ state: 'ACTIVE' }]);
    expect(await liaisonsOf('leader', '2018-08-31')).toEqual(['P-liaison']);
    expect(await liaisonsOf('leader', '2018-09-01')).toEqual([]);
    district.moveTo(new Date('2018-09-01T00:10:00+08:00'));
    await district.dailyWork();
    expect(await rotationOf('liaison')).toMatchObject([{ state: 'CANCELLED', endedOn: '2018-09-01' }]);
  });
});
