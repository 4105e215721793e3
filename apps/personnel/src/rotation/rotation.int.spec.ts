import 'reflect-metadata';
import { idOf, key, keeper, smallDistrict, somebody, type SmallDistrict } from '../small-district.fixture.ts';

describe('rotations, liaisons, absences and terms', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const ask = (verb: string, type: string, input: object, selection: string): [string, object] => [
    `mutation ($input: ${type}!) { ${verb}(input: $input) ${selection} }`,
    { input: { idempotencyKey: key(), ...input } },
  ];
  const run = async (verb: string, type: string, input: object, selection = '{ id }') =>
    (await district.answer(keeper, ...ask(verb, type, input, selection)))[verb];
  const refused = (verb: string, type: string, input: object) =>
    district.refusal(keeper, ...ask(verb, type, input, '{ id }'));

  it('a rotation goes from plan to completion, and its time is grassroots experience', async () => {
    const plan = { cadreId: idOf('leader'), organizationId: idOf('north-1'), from: '2018-03-01', until: '2018-08-01' };
    const { id } = await run('planRotation', 'PlanRotationInput', plan, '{ id state }');
    expect(
      await refused('planRotation', 'PlanRotationInput', { ...plan, from: '2018-07-31', until: '2019-01-01' }),
    ).toMatchObject({
      code: 'rotation.overlaps',
      field: 'input.from',
    });
    expect(
      await refused('planRotation', 'PlanRotationInput', { ...plan, organizationId: idOf('department') }),
    ).toMatchObject({
      code: 'experience.notGrassroots',
      field: 'input.organizationId',
    });
    expect(await refused('completeRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01' })).toMatchObject({
      code: 'rotation.illegalMove',
    });
    const begun = await run(
      'beginRotation',
      'RotationOnInput',
      { rotationId: id, on: '2018-03-05', expectedVersion: 1 },
      '{ state version }',
    );
    expect(begun).toEqual({ state: 'ACTIVE', version: 2 });
    expect(await refused('completeRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-18' })).toMatchObject({
      code: 'cadre.notYet',
      field: 'input.on',
    });
    expect(
      await refused('completeRotation', 'RotationOnInput', { rotationId: id, on: '2018-08-01', expectedVersion: 1 }),
    ).toMatchObject({
      code: 'aggregate.versionConflict',
    });
    const done = await run(
      'completeRotation',
      'RotationOnInput',
      { rotationId: id, on: '2018-08-01' },
      '{ state endedOn cadre { experience { kind from until organization { id } } past: experience(asOf: "2018-03-04") { kind } } }',
    );
    expect(done).toEqual({
      state: 'COMPLETED',
      endedOn: '2018-08-01',
      cadre: {
        experience: [
          { kind: 'ROTATION', from: '2018-03-05', until: '2018-08-01', organization: { id: idOf('north-1') } },
        ],
        past: [],
      },
    });
    expect((await district.told('rotation.completed')).map(({ payload }) => payload)).toMatchObject([
      { from: '2018-03-05', until: '2018-08-01' },
    ]);
    const experience = { cadreId: idOf('leader'), organizationId: idOf('north'), kind: 'POSTING', from: '2018-07-31' };
    expect(await refused('recordExperience', 'RecordExperienceInput', experience)).toMatchObject({
      code: 'experience.overlaps',
      field: 'input.from',
    });
  });

  it('is planned for somebody who will be there to complete it, and only what was served is experience', async () => {
    const cadreId = idOf('leader');
    await run('retireCadre', 'LeaveServiceInput', { cadreId, on: '2018-12-01', reason: 'AGE' });
    const plan = { cadreId, organizationId: idOf('north-1'), from: '2018-09-01' };
    expect(await refused('planRotation', 'PlanRotationInput', { ...plan, until: '2018-12-02' })).toMatchObject({
      code: 'cadre.left',
      field: 'input.until',
    });
    await run('planRotation', 'PlanRotationInput', { ...plan, until: '2018-12-01' });
    expect(
      await refused('recordExperience', 'RecordExperienceInput', { ...plan, kind: 'POSTING', from: '2018-08-18' }),
    ).toMatchObject({ code: 'cadre.notYet', field: 'input.from' });
  });

  it('counts who had no experience by a day, over the population that is named', async () => {
    const share = async (asOf: string, population = 'DIVISION_AND_YOUNG') =>
      (
        await district.answer(
          keeper,
          `{ grassrootsExperience(asOf: "${asOf}", population: ${population}) { population without shareWithout } }`,
        )
      ).grassrootsExperience;
    expect(await share('2018-08-17')).toEqual({ population: 4, without: 3, shareWithout: 0.75 });
    expect(await share('2018-08-17', 'DIVISION')).toMatchObject({ population: 3, without: 2 });
    expect(await share('2018-08-17', 'YOUNG_OFFICE')).toMatchObject({ population: 1, without: 1 });
    expect(await share('2005-12-31', 'DIVISION')).toMatchObject({ population: 3, without: 3 });
    expect(await share('2012-01-01', 'DIVISION')).toMatchObject({ population: 4, without: 3 });
    expect(await share('1990-01-01')).toEqual({ population: 0, without: 0, shareWithout: null });
    const served = {
      cadreId: idOf('young'),
      organizationId: idOf('north'),
      kind: 'TEMPORARY_POSTING',
      from: '2017-01-01',
    };
    await run('recordExperience', 'RecordExperienceInput', { ...served, until: '2017-07-01' });
    expect(await share('2018-08-17', 'YOUNG_OFFICE')).toMatchObject({ without: 0 });
    expect(await share('2016-12-31', 'YOUNG_OFFICE')).toMatchObject({ without: 1 });
  });

  it('plans for persons are seen by the district’s readers, the places concerned and the cadre', async () => {
    const plan = { cadreId: idOf('leader'), organizationId: idOf('north-1'), from: '2018-09-01', until: '2019-09-01' };
    await run('planRotation', 'PlanRotationInput', plan);
    const seen = async (actor: ReturnType<typeof somebody>) =>
      (await district.answer(actor, '{ rotations { totalCount } }')).rotations.totalCount;
    expect(await seen(somebody('FRONTLINE_OFFICE'))).toBe(1);
    expect(await seen(somebody('SUBDISTRICT', 'north'))).toBe(1);
    expect(await seen(somebody('DEPARTMENT', 'department'))).toBe(1);
    expect(await seen(somebody('CADRE', undefined, 'leader'))).toBe(1);
    expect(await seen(somebody('SUBDISTRICT', 'south'))).toBe(0);
    expect(await seen(somebody('CADRE', undefined, 'alone'))).toBe(0);
  });

  it('a second liaison is assigned, a third refused, whoever asks first', async () => {
    const assign = (liaison: string) =>
      district.ask(
        keeper,
        ...ask(
          'assignLiaison',
          'AssignLiaisonInput',
          { cadreId: idOf('leader'), liaisonId: idOf(liaison), from: '2018-09-01' },
          '{ liaisons(on: "2018-09-01") { staffNumber } }',
        ),
      );
    const answers = await Promise.all(['second', 'third', 'young'].map(assign));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    const codes = answers.flatMap(({ errors }) => errors?.map((error) => error['extensions'].code) ?? []);
    expect(codes).toEqual(['liaison.third', 'liaison.third']);
    const release = { cadreId: idOf('leader'), liaisonId: idOf('liaison'), on: '2018-09-01' };
    await run('releaseLiaison', 'ReleaseLiaisonInput', release);
    expect(await refused('releaseLiaison', 'ReleaseLiaisonInput', release)).toMatchObject({ code: 'liaison.none' });
    const { cadre } = await district.answer(
      keeper,
      '{ cadre(staffNumber: "P-liaison") { liaisonOf { staffNumber } later: liaisonOf(on: "2018-09-01") { id } } }',
    );
    expect(cadre).toEqual({ liaisonOf: [{ staffNumber: 'P-leader' }], later: [] });
  });

  it('two cadres never stand in for each other, though asked at once', async () => {
    const away = (who: string, by: string) =>
      district.ask(
        keeper,
        ...ask(
          'recordAbsence',
          'RecordAbsenceInput',
          { cadreId: idOf(who), substituteId: idOf(by), kind: 'ANNUAL_LEAVE', from: '2018-09-03', until: '2018-09-10' },
          '{ id }',
        ),
      );
    const answers = await Promise.all([away('second', 'third'), away('third', 'second')]);
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(await district.rows('select count(*)::int as away from absence')).toEqual([{ away: 1 }]);
  });

  it('an absence is seen with its substitute by all, with its reason by few', async () => {
    const absence = {
      cadreId: idOf('second'),
      substituteId: idOf('third'),
      kind: 'SICKNESS',
      from: '2018-08-13',
      until: '2018-08-31',
    };
    await run('recordAbsence', 'RecordAbsenceInput', absence);
    const query = `{ cadres(filter: { absent: true }) { nodes { absence { from until kind substitute { staffNumber } } } }
      cadre(staffNumber: "P-third") { substitutes { cadre { staffNumber } } } }`;
    const seen = await district.answer(keeper, query);
    expect(seen).toEqual({
      cadres: {
        nodes: [
          {
            absence: {
              from: '2018-08-13',
              until: '2018-08-31',
              kind: 'SICKNESS',
              substitute: { staffNumber: 'P-third' },
            },
          },
        ],
      },
      cadre: { substitutes: [{ cadre: { staffNumber: 'P-second' } }] },
    });
    const { data, errors } = await district.ask(somebody('SUBDISTRICT', 'north'), query);
    expect(data?.['cadres'].nodes[0].absence).toMatchObject({ kind: null, substitute: { staffNumber: 'P-third' } });
    expect(errors?.map((error) => error['extensions'].code)).toEqual(['access.denied']);
    const [told] = await district.told('cadre.absenceRecorded');
    const { absenceId } = told?.['payload'] ?? {};
    const other = { cadreId: idOf('second'), absenceId, on: '2018-08-20', substituteId: idOf('young') };
    const changed = await run(
      'changeSubstitute',
      'ChangeSubstituteInput',
      other,
      '{ absences { from substitute { staffNumber } } }',
    );
    expect(changed.absences).toEqual([
      { from: '2018-08-20', substitute: { staffNumber: 'P-young' } },
      { from: '2018-08-13', substitute: { staffNumber: 'P-third' } },
    ]);
    const back = await run(
      'endAbsence',
      'EndAbsenceInput',
      { cadreId: idOf('second'), absenceId, on: '2018-08-15' },
      '{ absences { from until } }',
    );
    expect(back.absences[1]).toEqual({ from: '2018-08-13', until: '2018-08-15' });
  });

  it('terms begin, are continued and end before their time', async () => {
    const first = {
      cadreId: idOf('leader'),
      kind: 'CONGRESS_DEPUTY',
      level: 'DISTRICT',
      termFrom: '2012-01-01',
      termUntil: '2017-01-01',
    };
    const { id } = await run(
      'registerRepresentative',
      'RegisterRepresentativeInput',
      { ...first, constituencyId: idOf('north') },
      '{ id name }',
    );
    expect(
      await refused('registerRepresentative', 'RegisterRepresentativeInput', {
        ...first,
        termFrom: '2016-12-31',
        termUntil: null,
      }),
    ).toMatchObject({
      code: 'representative.termsOverlap',
      field: 'input.termFrom',
    });
    const member = { ...first, kind: 'CPPCC_MEMBER', constituencyId: idOf('north') };
    expect(await refused('registerRepresentative', 'RegisterRepresentativeInput', member)).toMatchObject({
      code: 'representative.constituency',
    });
    const renewal = { representativeId: id, termFrom: '2017-01-01', termUntil: '2022-01-01' };
    const renewed = await run(
      'renewRepresentative',
      'RenewRepresentativeInput',
      renewal,
      '{ id name previous { id } constituency { id } cadre { terms { termFrom } } }',
    );
    expect(renewed).toMatchObject({
      name: '赵leader',
      previous: { id },
      constituency: { id: idOf('north') },
      cadre: { terms: [{ termFrom: '2017-01-01' }, { termFrom: '2012-01-01' }] },
    });
    expect(
      await refused('renewRepresentative', 'RenewRepresentativeInput', {
        ...renewal,
        termFrom: '2022-01-01',
        termUntil: null,
      }),
    ).toMatchObject({
      code: 'representative.renewed',
    });
    const end = { representativeId: renewed.id, on: '2018-09-01', reason: 'RESIGNED', expectedVersion: 1 };
    expect(await run('endRepresentative', 'EndRepresentativeInput', end, '{ termUntil endReason version }')).toEqual({
      termUntil: '2018-09-01',
      endReason: 'RESIGNED',
      version: 2,
    });
    const { publicRepresentatives: active } = await district.answer(
      keeper,
      '{ publicRepresentatives(filter: { activeOn: "2018-09-01" }) { totalCount nodes { kind } } }',
    );
    expect(active).toEqual({ totalCount: 1, nodes: [{ kind: 'PARTY_DELEGATE' }] });
    expect(await district.told('publicRepresentative.registered')).toHaveLength(2);
    expect(await district.told('publicRepresentative.ended')).toHaveLength(1);
  });
});
