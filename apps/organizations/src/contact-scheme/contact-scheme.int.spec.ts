import 'reflect-metadata';
import { contactedAreas, cadre, frontlineOffice, idOf } from '../activity/contacted-areas.fixture.ts';

const CREATE = `mutation ($input: CreateContactSchemeInput!) { createContactScheme(input: $input) {
  id code nameZh versions { number from until targetKinds liaisons { min max } contactor { kind ranks organizationKinds atTarget } }
  duties { code activity recurrence windowDays times dayOffRule }
  } }`;

const input = (key: string, more: object = {}) => ({
  input: {
    idempotencyKey: key,
    code: 'winter-visits',
    nameZh: '冬季走访（示例）',
    nameEn: 'Winter visits (example)',
    from: '2018-09-01',
    terms: {
      contactor: { kind: 'CADRE', ranks: ['DIVISION'] },
      targetKinds: ['RESIDENTIAL_AREA'],
      liaisons: { min: 0, max: 2 },
      duties: [
        { code: 'visit', activity: 'VISIT', recurrence: 'FREQ=MONTHLY;BYDAY=2TH', windowDays: 1 },
        { code: 'review', activity: 'CONDITIONS_REVIEW', period: 'QUARTER', times: 2 },
      ],
      source: 'ASSUMED',
    },
    ...more,
  },
});

describe('a contact scheme', () => {
  let district: Awaited<ReturnType<typeof contactedAreas>>;
  beforeEach(async () => {
    district = await contactedAreas();
  });
  afterEach(() => district.stop());

  const create = async (key: string, more: object = {}) =>
    (await district.answer(frontlineOffice, CREATE, input(key, more))).createContactScheme;
  const refused = (more: object, who = frontlineOffice) => district.refusal(who, CREATE, input('scheme-refused', more));
  const terms = (more: object) => ({ terms: { ...input('').input.terms, ...more } });
  const duty = (more: object) =>
    terms({
      duties: [{ code: 'visit', activity: 'VISIT', recurrence: 'FREQ=WEEKLY;BYDAY=MO', windowDays: 7, ...more }],
    });

  it('is made by the Frontline Office, once for a key, and told', async () => {
    const made = await create('scheme-1');
    expect(made).toMatchObject({
      code: 'winter-visits',
      nameZh: '冬季走访（示例）',
      versions: [
        {
          number: 1,
          from: '2018-09-01',
          until: null,
          targetKinds: ['RESIDENTIAL_AREA'],
          liaisons: { min: 0, max: 2 },
          contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: null, atTarget: false },
        },
      ],
    });
    expect((await create('scheme-1')).id).toBe(made.id);
    expect(await district.told('contactScheme.created')).toEqual([
      {
        aggregate_id: made.id,
        sequence: 1,
        payload: {
          code: 'winter-visits',
          version: 1,
          validFrom: '2018-09-01',
          record: {
            id: made.id,
            code: 'winter-visits',
            versions: [
              {
                number: 1,
                from: '2018-09-01',
                contactor: { kind: 'CADRE', ranks: ['DIVISION'] },
                targetKinds: ['RESIDENTIAL_AREA'],
                liaisons: { min: 0, max: 2 },
              },
            ],
          },
        },
      },
    ]);
    expect(await refused({ code: 'another-one' }, cadre('director'))).toMatchObject({ code: 'access.denied' });
  });

  it('asks its duties of whom it is assigned to, from its first day on, by recurrence and by count', async () => {
    await create('scheme-1');
    const assignment = {
      type: 'contactAssignment',
      id: idOf('winter'),
      scheme: 'winter-visits',
      contactorKind: 'CADRE',
      contactorIds: [idOf('director')],
      targetId: idOf('area-1'),
      from: '2018-09-01',
      reason: '示例',
    };
    await district.import([assignment]);
    await district.answer(frontlineOffice, 'mutation { generateDuties(input: {}) { added } }');
    const rows = await district.rows(
      `select duty_code as code, window_start::text as start, window_end::text as "end" from duty
        where assignment_id = $1 and window_start < '2018-12-01' order by 2, 1`,
      [assignment.id],
    );
    expect(rows).toEqual([
      { code: 'visit', start: '2018-09-13', end: '2018-09-13' },
      { code: 'review', start: '2018-10-01', end: '2018-12-31' },
      { code: 'review', start: '2018-10-01', end: '2018-12-31' },
      { code: 'visit', start: '2018-10-11', end: '2018-10-11' },
      { code: 'visit', start: '2018-11-08', end: '2018-11-08' },
    ]);
  });

  it('names particular organizations, of as many schemes as one likes in two statements', async () => {
    const named = (...names: string[]) =>
      terms({ contactor: { kind: 'ORGANIZATION', organizationIds: names.map(idOf) } });
    await create('scheme-1', { code: 'one-body', ...named('north') });
    await create('scheme-2', { code: 'two-bodies', ...named('south', 'north') });
    const { data, statements } = await district.ask(
      frontlineOffice,
      '{ contactSchemes { nodes { code versions { contactor { organizations { code } } } } } }',
    );
    const codes = (data?.['contactSchemes'].nodes as { code: string; versions: unknown[] }[]).map(
      ({ code, versions: [latest] }) => [code, (latest as { contactor: unknown }).contactor],
    );
    expect(Object.fromEntries(codes)).toEqual({
      monthly: { organizations: null },
      'one-body': { organizations: [{ code: '310110016' }] },
      'two-bodies': { organizations: expect.arrayContaining([{ code: '310110016' }, { code: '310110019' }]) },
    });
    expect(statements.length).toBeLessThanOrEqual(4);
  });

  it('tells with each change who may be a contactor, version by version, as its snapshot does', async () => {
    const { id } = await create('scheme-1');
    const change = (mutation: string, type: string, values: object) =>
      district.answer(frontlineOffice, `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
        input: { idempotencyKey: `key-of-${mutation}`, id, ...values },
      });
    await change('reviseContactScheme', 'ReviseContactSchemeInput', {
      from: '2018-10-01',
      ...terms({ contactor: { kind: 'CADRE', memberships: ['LEAGUE', 'PARTY'], organizationIds: [idOf('north')] } }),
    });
    await change('retireContactScheme', 'RetireContactSchemeInput', { on: '2019-01-01' });
    const asked = { targetKinds: ['RESIDENTIAL_AREA'], liaisons: { min: 0, max: 2 } };
    const first = { number: 1, from: '2018-09-01', contactor: { kind: 'CADRE', ranks: ['DIVISION'] }, ...asked };
    const second = {
      number: 2,
      from: '2018-10-01',
      contactor: { kind: 'CADRE', organizationIds: [idOf('north')], memberships: ['LEAGUE', 'PARTY'] },
      ...asked,
    };
    const record = (...versions: object[]) => ({ id, code: 'winter-visits', versions });
    const [revised] = await district.told('contactScheme.revised');
    expect(revised?.['payload'].record).toEqual(record({ ...first, until: '2018-10-01' }, second));
    const [retired] = await district.told('contactScheme.retired');
    const last = record({ ...first, until: '2018-10-01' }, { ...second, until: '2019-01-01' });
    expect(retired?.['payload'].record).toEqual(last);
    const { contactSchemeSnapshot } = await district.answer(
      { kind: 'system', service: 'households' },
      '{ contactSchemeSnapshot { nodes { record } } }',
    );
    expect(contactSchemeSnapshot.nodes).toContainEqual({ record: last });
  });

  it('is corrected as long as a version has not begun, and its duties follow', async () => {
    const { id } = await create('scheme-1');
    const assignment = {
      type: 'contactAssignment',
      id: idOf('winter'),
      scheme: 'winter-visits',
      contactorKind: 'CADRE',
      contactorIds: [idOf('director')],
      targetId: idOf('area-1'),
      from: '2018-09-01',
      reason: '示例',
    };
    await district.import([assignment]);
    const REVISE = `mutation ($input: ReviseContactSchemeInput!) { reviseContactScheme(input: $input) { versions { number from until duties { recurrence } } } }`;
    const revise = (key: string, from: string, recurrence: string) => ({
      input: { idempotencyKey: key, id, from, ...duty({ recurrence, windowDays: 1 }) },
    });
    await district.answer(frontlineOffice, REVISE, revise('planned-1', '2018-12-01', 'FREQ=WEEKLY;BYDAY=MO'));
    const corrected = revise('planned-2', '2018-12-01', 'FREQ=WEEKLY;BYDAY=FR');
    const { reviseContactScheme } = await district.answer(frontlineOffice, REVISE, corrected);
    expect(reviseContactScheme.versions).toMatchObject([
      { number: 2, from: '2018-12-01', until: null, duties: [{ recurrence: 'FREQ=WEEKLY;BYDAY=FR' }] },
      { number: 1, from: '2018-09-01', until: '2018-12-01' },
    ]);
    expect(
      await district.rows(
        `select extract(isodow from window_start)::int as day, count(*)::int from duty
          where assignment_id = $1 and window_start between '2018-12-01' and '2018-12-31' group by 1`,
        [assignment.id],
      ),
    ).toEqual([{ day: 5, count: 4 }]);
    const early = revise('planned-3', '2018-11-01', 'FREQ=WEEKLY;BYDAY=MO');
    expect(await district.refusal(frontlineOffice, REVISE, early)).toMatchObject({
      code: 'contactScheme.notAfterVersion',
      field: 'input.from',
    });
  });

  it.each<[string, object]>([
    ['versions.0.liaisons: must have 0 <= min <= max <= 10. (input.invalid)', { liaisons: { min: 2, max: 1 } }],
    [
      'versions.0.contactor.ranks: must be absent where organizations are contactors. (input.invalid)',
      { contactor: { kind: 'ORGANIZATION', ranks: ['DIVISION'] } },
    ],
    [
      'versions.0.targetKinds: must be residential areas alone where they are held in patches. (input.invalid)',
      { target: { kinds: ['TOWN'], inPatches: true } },
    ],
    [
      'versions.0.duties.1.code: the code visit is used twice. (contactScheme.dutyTwice)',
      {
        duties: [1, 2].map(() => ({
          code: 'visit',
          activity: 'VISIT',
          recurrence: 'FREQ=DAILY',
          windowDays: 1,
          dayOffRule: 'KEEP',
        })),
      },
    ],
  ])('is held to the same rules in a bulk import: %s', async (message, more) => {
    const version = {
      version: 1,
      validFrom: '2018-01-01',
      contactor: { kind: 'CADRE' },
      target: { kinds: ['RESIDENTIAL_AREA'] },
      duties: [],
      source: 'ASSUMED',
    };
    const scheme = { type: 'contactScheme', id: idOf('brought'), code: 'brought', nameZh: '示例', nameEn: 'Example' };
    await expect(district.import([{ ...scheme, versions: [{ ...version, ...more }] }])).rejects.toThrow(
      `line 1 (contactScheme): ${message}`,
    );
    const [first, early] = [version, { ...version, version: 2, validFrom: '2017-01-01' }];
    await expect(district.import([{ ...scheme, versions: [first, early] }])).rejects.toThrow(
      'line 1 (contactScheme): versions.1.validFrom must lie after 2018-01-01, from which version 1 holds. (contactScheme.notAfterVersion)',
    );
    expect(await district.told('contactScheme.imported')).toHaveLength(1);
  });

  it('has a code of its own, also in two requests at once', async () => {
    const answers = await Promise.all(
      ['scheme-1', 'scheme-2'].map((key) => district.ask(frontlineOffice, CREATE, input(key))),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code))).toEqual([
      'contactScheme.codeTaken',
    ]);
  });

  it.each([
    ['contactScheme.codeTaken', 'input.code', { code: 'monthly' }],
    ['input.invalid', 'input.code', { code: 'Visits' }],
    ['input.invalid', 'input.nameZh', { nameZh: ' ' }],
    ['input.invalid', 'input.from', { from: '2018-08-16' }],
    ['input.invalid', 'input.terms.targetKinds', terms({ targetKinds: [] })],
    ['input.invalid', 'input.terms.liaisons', terms({ liaisons: { min: 2, max: 1 } })],
    [
      'input.invalid',
      'input.terms.contactor.memberships',
      terms({ contactor: { kind: 'ORGANIZATION', memberships: ['PARTY'] } }),
    ],
    [
      'contactScheme.unknownOrganization',
      'input.terms.contactor.organizationIds',
      terms({ contactor: { kind: 'ORGANIZATION', organizationIds: [idOf('nowhere')] } }),
    ],
    ['input.invalid', 'input.terms.contactor.ranks', terms({ contactor: { kind: 'CADRE', ranks: ['DIVISON'] } })],
    ['contactScheme.recurrence', 'input.terms.duties.0.recurrence', duty({ recurrence: 'FREQ=SOMETIMES' })],
    ['contactScheme.rhythm', 'input.terms.duties.0', duty({ period: 'MONTH' })],
    ['input.invalid', 'input.terms.duties.0.windowDays', duty({ windowDays: 400 })],
    ['input.invalid', 'input.terms.duties.0.times', duty({ times: 40 })],
  ])('is refused with %s at %s', async (code, field, more) => {
    expect(await refused(more)).toMatchObject({ code, field });
    expect(await district.told('contactScheme.created')).toEqual([]);
  });
});
