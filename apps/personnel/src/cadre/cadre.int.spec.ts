import 'reflect-metadata';
import { idOf, key, keeper, smallDistrict, somebody, TODAY, type SmallDistrict } from '../small-district.fixture.ts';

const change = (verb: string, selection: string): string => {
  const type = verb.charAt(0).toUpperCase() + verb.slice(1);
  const inputs: Record<string, string> = {
    changeCadreMembership: 'ChangeMembershipInput',
    endLeave: 'EndOnInput',
    endTemporaryPosting: 'EndOnInput',
    retireCadre: 'LeaveServiceInput',
    recordDeparture: 'LeaveServiceInput',
  };
  return `mutation ($input: ${inputs[verb] ?? `${type}Input`}!) { ${verb}(input: $input) ${selection} }`;
};

describe('the register of cadres', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const registration = () => ({
    idempotencyKey: key(),
    staffNumber: 'P-new',
    name: '孙新人',
    sex: 'MALE',
    bornOn: '1990-01-31',
    recruitedOn: '2018-07-01',
    rank: 'STAFF',
    organizationId: idOf('department'),
    title: '科员',
  });
  const register = (input: object) =>
    district.answer(
      keeper,
      change('registerCadre', '{ id version staffNumber name status statusSince rank posts { title } }'),
      {
        input,
      },
    );
  const refused = (verb: string, input: object, actor = keeper) =>
    district.refusal(actor, change(verb, '{ id }'), { input: { idempotencyKey: key(), ...input } });

  it('takes a cadre in, once for a key, and tells it without a name', async () => {
    const input = registration();
    const { registerCadre: entered } = await register(input);
    expect(entered).toMatchObject({
      version: 1,
      staffNumber: 'P-new',
      name: '孙新人',
      status: 'ACTIVE',
      statusSince: '2018-07-01',
      rank: 'STAFF',
      posts: [{ title: '科员' }],
    });
    expect((await register(input)).registerCadre).toEqual(entered);
    const told = await district.told('cadre.registered');
    expect(told).toMatchObject([{ aggregate_id: entered.id, sequence: 1, payload: { record: { status: 'ACTIVE' } } }]);
    expect(JSON.stringify(told)).not.toMatch(/[\u4e00-\u9fff]/);
    expect(await district.rows('select name from cadre where staff_number = $1', ['P-new'])).not.toEqual([
      { name: '孙新人' },
    ]);
  });

  it.each([
    ['a taken staff number', { staffNumber: 'P-leader' }, 'cadre.staffNumberTaken', 'input.staffNumber'],
    ['a child', { bornOn: '2000-07-02' }, 'cadre.age', 'input.bornOn'],
    ['a day to come', { recruitedOn: '2018-08-18' }, 'cadre.notYet', 'input.recruitedOn'],
    ['no name', { name: '  ' }, 'cadre.text', 'input.name'],
    [
      'an organization that is none',
      { organizationId: idOf('nothing') },
      'cadre.unknownOrganization',
      'input.organizationId',
    ],
    [
      'an organization of the past',
      { organizationId: idOf('closed') },
      'cadre.organizationNotThere',
      'input.organizationId',
    ],
    ['a day that does not exist', { bornOn: '1990-02-30' }, 'input.date', 'input.bornOn'],
    ['a key that is none', { idempotencyKey: 'short' }, 'idempotency.key', 'input.idempotencyKey'],
  ])('refuses %s and changes nothing', async (_what, wrong, code, field) => {
    expect(await refused('registerCadre', { ...registration(), ...wrong })).toMatchObject({ code, field });
    expect(
      await district.rows('select count(*)::int as told from outbox where type = $1', ['cadre.registered']),
    ).toEqual([{ told: 0 }]);
  });

  it.each(['FRONTLINE_OFFICE', 'LEADER', 'AUDITOR', 'SUBDISTRICT', 'CADRE', 'ADMIN', 'PARTNER'] as const)(
    'is not written by %s',
    async (role) => {
      const actor = somebody(role);
      expect(await refused('registerCadre', registration(), actor)).toMatchObject({ code: 'access.denied' });
      expect(await refused('retireCadre', { cadreId: idOf('leader'), on: TODAY, reason: 'AGE' }, actor)).toMatchObject({
        code: 'access.denied',
      });
    },
  );

  it('is kept at a place by whoever keeps it there, and nowhere else', async () => {
    const north = somebody('ORG_DEPARTMENT', 'north');
    const grant = { from: '2018-09-01', reason: 'STUDY' };
    expect(await refused('grantLeave', { cadreId: idOf('leader'), ...grant }, north)).toMatchObject({
      code: 'cadre.notYourPlace',
    });
    expect(await refused('registerCadre', registration(), north)).toMatchObject({ code: 'cadre.notYourPlace' });
    const input = { idempotencyKey: key(), cadreId: idOf('section'), ...grant };
    const { grantLeave } = await district.answer(north, change('grantLeave', '{ version }'), { input });
    expect(grantLeave).toEqual({ version: 2 });
  });

  it('answers about every day from history, changes to come included', async () => {
    const cadreId = idOf('section');
    const input = {
      idempotencyKey: key(),
      cadreId,
      expectedVersion: 1,
      organizationId: idOf('south'),
      title: '副主任',
    };
    const { transferCadre } = await district.answer(
      keeper,
      change(
        'transferCadre',
        `{ version
           now: posts { title } then: posts(on: "2018-09-01") { title organization { id } } postHistory { title from until }
           rankNow: rank rankThen: rank(on: "2018-09-01") before: rank(on: "1999-01-01") ranks { rank from until } }`,
      ),
      { input: { ...input, on: '2018-09-01', rank: 'DIVISION' } },
    );
    expect(transferCadre).toEqual({
      version: 2,
      now: [{ title: '职务' }],
      then: [{ title: '副主任', organization: { id: idOf('south') } }],
      postHistory: [
        { title: '副主任', from: '2018-09-01', until: null },
        { title: '职务', from: '2000-07-01', until: '2018-09-01' },
      ],
      rankNow: 'SECTION',
      rankThen: 'DIVISION',
      before: null,
      ranks: [
        { rank: 'DIVISION', from: '2018-09-01', until: null },
        { rank: 'SECTION', from: '2000-07-01', until: '2018-09-01' },
      ],
    });
    expect((await district.told('cadre.posted'))[0]).toMatchObject({
      aggregate_id: cadreId,
      sequence: 2,
      payload: { on: '2018-09-01', organizationId: idOf('south') },
    });
    expect(await district.told('cadre.ranked')).toHaveLength(1);
    expect(
      await refused('transferCadre', { ...input, idempotencyKey: key(), title: 'x', on: '2018-12-01' }),
    ).toMatchObject({
      code: 'aggregate.versionConflict',
      field: 'input.expectedVersion',
    });
    expect(
      await refused('transferCadre', { cadreId, organizationId: idOf('south'), title: 'x', on: TODAY }),
    ).toMatchObject({
      code: 'cadre.laterChange',
      field: 'input.on',
    });
    const own = await district.answer(
      keeper,
      `{ north: cadres(filter: { within: "${idOf('north')}" }) { nodes { staffNumber } }
         later: cadres(filter: { within: "${idOf('south')}", on: "2018-09-01", ranks: [DIVISION] }) { nodes { staffNumber } } }`,
    );
    expect(own).toEqual({
      north: { nodes: ['alone', 'section', 'third'].map((name) => ({ staffNumber: `P-${name}` })) },
      later: { nodes: ['former', 'section'].map((name) => ({ staffNumber: `P-${name}` })) },
    });
  });

  it('lets one of two changes of the same version through', async () => {
    const leave = (at: number) => ({
      input: {
        idempotencyKey: key(),
        cadreId: idOf('leader'),
        expectedVersion: 2,
        from: `2018-1${at}-01`,
        until: `2018-1${at}-15`,
        reason: 'PERSONAL',
      },
    });
    const answers = await Promise.all(
      [0, 1, 2].map((at) => district.ask(keeper, change('grantLeave', '{ version }'), leave(at))),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    const codes = answers.flatMap(({ errors }) => errors?.map((error) => error['extensions'].code) ?? []);
    expect(codes).toEqual(['aggregate.versionConflict', 'aggregate.versionConflict']);
    expect(await district.told('cadre.leaveGranted')).toHaveLength(1);
  });

  it('follows a leave and a temporary posting by their days, the clock moved', async () => {
    const cadreId = idOf('leader');
    const leave = { idempotencyKey: key(), cadreId, from: '2018-09-03', until: '2018-09-10', reason: 'SICKNESS' };
    await district.answer(keeper, change('grantLeave', '{ id }'), { input: leave });
    const posting = { idempotencyKey: key(), cadreId, organizationId: idOf('north'), title: '挂职副主任' };
    await district.answer(keeper, change('beginTemporaryPosting', '{ id }'), {
      input: { ...posting, from: '2018-10-01', until: '2019-10-01' },
    });
    const query = `{ cadre(staffNumber: "P-leader") { status statusSince then: status(on: "2018-10-02")
      statusHistory { status from until reason } experience { kind from until } posts(on: "2018-10-02") { title temporary } } }`;
    const { cadre } = await district.answer(keeper, query);
    expect(cadre).toMatchObject({
      status: 'ACTIVE',
      then: 'POSTED_AWAY',
      experience: [{ kind: 'TEMPORARY_POSTING', from: '2018-10-01', until: '2019-10-01' }],
      posts: [{ temporary: false }, { title: '挂职副主任', temporary: true }].sort(() => -1),
    });
    expect(cadre.statusHistory).toHaveLength(5);
    expect(cadre.statusHistory[3]).toEqual({
      status: 'ON_LEAVE',
      from: '2018-09-03',
      until: '2018-09-10',
      reason: 'SICKNESS',
    });
    district.moveTo(new Date('2018-09-05T09:00:00+08:00'));
    const seen = await district.answer(
      somebody('SUBDISTRICT', 'north'),
      `{ cadre(staffNumber: "P-leader") { status statusSince } cadres(filter: { statuses: [ON_LEAVE] }) { nodes { staffNumber } } }`,
    );
    expect(seen).toEqual({
      cadre: { status: 'ON_LEAVE', statusSince: '2018-09-03' },
      cadres: { nodes: [{ staffNumber: 'P-leader' }] },
    });
    const back = { idempotencyKey: key(), cadreId, on: '2018-09-06' };
    const { endLeave } = await district.answer(keeper, change('endLeave', '{ status(on: "2018-09-06") }'), {
      input: back,
    });
    expect(endLeave).toEqual({ status: 'ACTIVE' });
    const home = { idempotencyKey: key(), cadreId, on: '2018-12-01' };
    const { endTemporaryPosting } = await district.answer(
      keeper,
      change(
        'endTemporaryPosting',
        '{ status(on: "2018-12-01") experience { until } posts(on: "2018-12-01") { temporary } }',
      ),
      { input: home },
    );
    expect(endTemporaryPosting).toEqual({
      status: 'ACTIVE',
      experience: [{ until: '2018-12-01' }],
      posts: [{ temporary: false }],
    });
  });

  it('records who joins the Party, which others go by', async () => {
    const input = { idempotencyKey: key(), cadreId: idOf('young'), kind: 'PARTY', member: true, on: '2018-07-01' };
    await district.answer(keeper, change('changeCadreMembership', '{ id }'), { input });
    const [told] = await district.told('cadre.membershipChanged');
    expect(told?.['payload'].record.partyMember).toEqual([{ from: '2018-07-01' }]);
    const { cadres } = await district.answer(keeper, '{ cadres(filter: { partyMember: false }) { totalCount } }');
    expect(cadres.totalCount).toBe(0);
  });

  it('changes a rank alone', async () => {
    const input = { idempotencyKey: key(), cadreId: idOf('third'), rank: 'SECTION', on: '2018-08-01' };
    const { changeCadreRank } = await district.answer(keeper, change('changeCadreRank', '{ rank }'), { input });
    expect(changeCadreRank).toEqual({ rank: 'SECTION' });
    const again = { ...input, idempotencyKey: key() };
    expect(await refused('changeCadreRank', again)).toMatchObject({ code: 'cadre.sameRank', field: 'input.rank' });
  });

  it('refuses another input under a used key', async () => {
    const input = { idempotencyKey: key(), cadreId: idOf('third'), rank: 'SECTION', on: '2018-08-01' };
    await district.answer(keeper, change('changeCadreRank', '{ rank }'), { input });
    expect(await refused('changeCadreRank', { ...input, on: '2018-08-02' })).toMatchObject({
      code: 'idempotency.keyReused',
    });
  });
});
