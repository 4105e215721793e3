import { foreignToken, PlatformUnderTest } from '@frontline/testing';
import { internalNamesIn, refused, stateOf, type Request } from './refused.fixture.ts';
import { ids, NO_PLACE, OTHER_STREET, twoStreets } from './two-streets.fixture.ts';

const RECORD = 'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id } }';
const VISIT_HOME = 'mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) { id } }';
const ACCEPT = 'mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { id version state } }';

const demand = { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' };
const visit = {
  idempotencyKey: 'bad-input-visit',
  kind: 'VISIT',
  heldAt: '2018-08-17T08:30:00+08:00',
  targetId: ids.area,
  demands: [demand],
};
const homeVisit = {
  idempotencyKey: 'bad-input-home-visit',
  heldAt: '2018-08-17T08:30:00+08:00',
  householdId: ids.household,
  findings: '演示',
  care: false,
};
const acceptance = { idempotencyKey: 'bad-input-accept', caseId: ids.case, expectedVersion: 1 };

const office = 'FRONTLINE_OFFICE';
const elsewhere = { role: 'SUBDISTRICT', place: OTHER_STREET };
const nowhere = { role: 'SUBDISTRICT', place: NO_PLACE };

const asks = (query: string, variables?: object): Request => ({ who: office, query, ...(variables && { variables }) });
const records = (change: object, who: Request['who'] = 'SUBDISTRICT'): Request => ({
  who,
  query: RECORD,
  variables: { input: { ...visit, ...change } },
});
const visits = (change: object, who: Request['who'] = 'SUBDISTRICT'): Request => ({
  who,
  query: VISIT_HOME,
  variables: { input: { ...homeVisit, ...change } },
});
const accepts = (change: object, who: Request['who'] = 'DISPATCH_CENTRE'): Request => ({
  who,
  query: ACCEPT,
  variables: { input: { ...acceptance, ...change } },
});
const deep = (levels: number) =>
  `{ organizations { nodes ${'{ parent '.repeat(levels - 3)}{ id } ${'}'.repeat(levels - 3)} } }`;

/** A cursor that is well formed, of another list. */
const cursorOfAnotherList = Buffer.from('["checksum","990197"]').toString('base64url');

/** What is wrong, how it is sent, and the refusal's code, kind, and field (`undefined`: it is about the whole request). */
type Row = [what: string, request: Request, code: string, kind: string, field: string | undefined];

const rows: Row[] = [
  [
    'an unknown enum value in the query',
    asks('{ cases(filter: { states: [REGISTERED, LOST] }) { totalCount } }'),
    'input.unknownEnumValue',
    'invalid',
    'filter.states[1]',
  ],
  [
    'an unknown enum value as order',
    asks('{ cases(order: RANDOM) { totalCount } }'),
    'input.unknownEnumValue',
    'invalid',
    'order',
  ],
  [
    'an unknown enum value in a variable',
    records({ kind: 'PARTY' }),
    'input.unknownEnumValue',
    'invalid',
    'input.kind',
  ],
  [
    'an unknown enum value deep in a variable',
    records({ demands: [demand, { ...demand, disposition: 'FORGET' }] }),
    'input.unknownEnumValue',
    'invalid',
    'input.demands[1].disposition',
  ],
  ['a text where a number is asked for', records({ minutes: 'ten' }), 'input.wrongType', 'invalid', 'input.minutes'],
  ['a required field left out', records({ heldAt: undefined }), 'input.missing', 'invalid', 'input.heldAt'],
  ['a field that does not exist', records({ mood: 'good' }), 'input.unknownField', 'invalid', 'input.mood'],

  ['a malformed cursor', asks('{ cases(after: "not a cursor") { totalCount } }'), 'page.cursor', 'invalid', 'after'],
  ['an empty cursor', asks('{ cases(after: "") { totalCount } }'), 'page.cursor', 'invalid', 'after'],
  [
    'a cursor of another list',
    asks('query ($after: String) { organizations(after: $after) { totalCount } }', { after: cursorOfAnotherList }),
    'page.cursor',
    'invalid',
    'after',
  ],
  [
    'a malformed cursor of a list in a list',
    asks(`{ organization(id: "${ids.street}") { children(after: "x") { nodes { id } } } }`),
    'page.cursor',
    'invalid',
    'after',
  ],
  [
    'a malformed cursor of a snapshot',
    { who: 'PARTNER', query: '{ organizationSnapshot(after: "x") { epoch } }' },
    'page.cursor',
    'invalid',
    'after',
  ],

  ...['1000', '101', '0', '-1'].map((first): Row => [
    `first: ${first}`,
    asks(`{ cases(first: ${first}) { totalCount } }`),
    'page.size',
    'invalid',
    'first',
  ]),
  ...['personnel: cadres', 'organizations: duties', 'households: households', 'cases: caseCategories'].map(
    (list): Row => [
      `first: 1000 of ${list}`,
      asks(`{ ${list.split(': ')[1]}(first: 1000) { totalCount } }`),
      'page.size',
      'invalid',
      'first',
    ],
  ),
  [
    'first: 1000 of a list in a list of another service',
    asks(`{ organization(id: "${ids.street}") { cases(first: 1000) { totalCount } } }`),
    'page.size',
    'invalid',
    'first',
  ],
  [
    'first: 1001 of a snapshot',
    { who: 'PARTNER', query: '{ organizationSnapshot(first: 1001) { epoch } }' },
    'page.size',
    'invalid',
    'first',
  ],

  [
    'a date that does not exist, in the query',
    asks('{ cases(filter: { registeredFrom: "2018-02-30" }) { totalCount } }'),
    'input.date',
    'invalid',
    'filter.registeredFrom',
  ],
  [
    'a date that does not exist, in a variable',
    asks('query ($f: ActivityFilter) { activities(filter: $f) { totalCount } }', { f: { to: '2018-13-01' } }),
    'input.date',
    'invalid',
    'f.to',
  ],
  [
    'a date that is no leap day',
    asks('{ organization(code: "990197") { name(on: "2019-02-29") } }'),
    'input.date',
    'invalid',
    'on',
  ],
  [
    'a time on a day that does not exist',
    records({ heldAt: '2018-02-30T08:00:00+08:00' }),
    'input.dateTime',
    'invalid',
    'input.heldAt',
  ],
  ['a time without its offset', visits({ heldAt: '2018-08-17T08:00:00' }), 'input.dateTime', 'invalid', 'input.heldAt'],

  ['an id that is none', accepts({ caseId: 'case-1' }), 'input.id', 'invalid', 'input.caseId'],
  ['an id that is none, for reading', asks('{ case(id: "42") { id } }'), 'input.id', 'invalid', 'id'],
  [
    'an id that is none, in a list',
    records({ withCadreIds: [ids.contactor, '7'] }),
    'input.id',
    'invalid',
    'input.withCadreIds[1]',
  ],
  [
    'the id of an organization for a case',
    accepts({ caseId: ids.area }),
    'aggregate.notFound',
    'notFound',
    'input.caseId',
  ],
  [
    'the id of a case for an organization',
    records({ targetId: ids.case }),
    'activity.unknownOrganization',
    'invalid',
    'input.targetId',
  ],
  [
    'the id of a household for an area',
    records({ demands: [{ ...demand, areaId: ids.household }] }),
    'activity.unknownOrganization',
    'invalid',
    'input.demands[0].areaId',
  ],
  [
    'the id of an organization for a cadre',
    records({ withCadreIds: [ids.area] }),
    'activity.unknownCadre',
    'invalid',
    'input.withCadreIds[0]',
  ],
  [
    'the id of an organization for an assignment',
    records({ assignmentId: ids.area }),
    'aggregate.notFound',
    'notFound',
    'input.assignmentId',
  ],
  [
    'the id of a grid for a household',
    visits({ householdId: ids.grid }),
    'aggregate.notFound',
    'notFound',
    'input.householdId',
  ],
  [
    'the id of an organization for a cadre at a door',
    visits({ withCadreIds: [ids.area] }),
    'aggregate.notFound',
    'notFound',
    'input.withCadreIds[0]',
  ],
  ['an id that nobody has', accepts({ caseId: ids.nobody }), 'aggregate.notFound', 'notFound', 'input.caseId'],

  [
    'somebody who is not signed in',
    { ...asks('{ cases { totalCount } }'), who: { authorization: '' } },
    'auth.tokenMalformed',
    'forbidden',
    undefined,
  ],
  ['a role that may not accept cases', accepts({}, office), 'access.denied', 'forbidden', undefined],
  ['a role that records nothing', records({}, 'LEADER'), 'access.denied', 'forbidden', undefined],
  [
    'a subdistrict recording in another',
    records({}, elsewhere),
    'activity.notYourPlace',
    'forbidden',
    'input.targetId',
  ],
  [
    'a grid worker recording in another area',
    records({}, { role: 'GRID_WORKER', place: OTHER_STREET }),
    'activity.notYourPlace',
    'forbidden',
    'input.targetId',
  ],
  ['a role of places that has none', records({}, nowhere), 'activity.notYourPlace', 'forbidden', 'input.targetId'],
  ['a subdistrict at a door of another', visits({}, elsewhere), 'aggregate.notFound', 'notFound', 'input.householdId'],
  [
    'a role of places that has none, at a door',
    visits({}, nowhere),
    'aggregate.notFound',
    'notFound',
    'input.householdId',
  ],
  [
    'a subdistrict accepting a case of another',
    accepts({}, elsewhere),
    'aggregate.notFound',
    'notFound',
    'input.caseId',
  ],
  [
    'a role of places that has none, with a case',
    accepts({}, nowhere),
    'aggregate.notFound',
    'notFound',
    'input.caseId',
  ],

  [
    'a version that is not the one it has',
    accepts({ expectedVersion: 7 }),
    'aggregate.versionConflict',
    'conflict',
    'input.expectedVersion',
  ],
  [
    'an idempotency key that is too short',
    accepts({ idempotencyKey: 'short' }),
    'idempotency.key',
    'invalid',
    'input.idempotencyKey',
  ],

  ['a query 40 levels deep', asks(deep(40)), 'limit.depth', 'invalid', undefined],
  ['a text that cannot be stored', records({ summary: 'a\u0000b' }), 'input.text', 'invalid', 'input.summary'],
];

describe('bad input', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(twoStreets);
  }, 120_000);
  afterAll(() => platform?.stop());

  /** What every refusal keeps to, beside its code. */
  async function expectRefusal(request: Request, code: string, kind: string, field?: string) {
    const before = await stateOf(platform);
    const { errors, text, status } = await refused(platform, request);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      expect.objectContaining({ code, kind, ...(field !== undefined && { field }) }),
    ]);
    const [{ message, extensions }] = errors as [(typeof errors)[number]];
    expect(extensions.messages.en).toBe(message);
    expect(extensions.messages.zh).toMatch(/[\u4e00-\u9fff]/);
    if (field === undefined) expect(extensions).not.toHaveProperty('field');
    else for (const sentence of Object.values(extensions.messages)) expect(sentence).toContain(field);
    expect(internalNamesIn(text)).toEqual([]);
    expect(await stateOf(platform)).toEqual(before);
    return status;
  }

  it.each(rows)('%s', async (_what, request, code, kind, field) => {
    await expectRefusal(request, code, kind, field);
  });

  it.each([
    ['expired', async () => platform.tokenUntil(`demo:${office}`, new Date(Date.now() - 60_000)), 'auth.tokenExpired'],
    [
      'of another issuer, who signs with another key',
      () => foreignToken({ issuer: 'urn:frontline:development', sub: `demo:${office}`, expires: inAnHour() }),
      'auth.tokenForeign',
    ],
    ['that is none', async () => 'not-a-token', 'auth.tokenMalformed'],
  ])('a token %s', async (_what, token, code) => {
    const who = { authorization: `Bearer ${await token()}` };
    expect(await expectRefusal({ ...asks('{ cases { totalCount } }'), who }, code, 'forbidden')).toBe(401);
    expect(await expectRefusal({ ...accepts({}), who }, code, 'forbidden')).toBe(401);
  });

  it('a body of 5 MB', async () => {
    const input = { ...visit, summary: '长'.repeat(2_000_000) };
    const status = await expectRefusal(records(input), 'limit.body', 'invalid');
    expect(status).toBe(413);
  });

  it('reads null, and no error, for the id of another type: there is no such object', async () => {
    const query = `query ($id: ID!) { case(id: $id) { id } cadre(id: $id) { id } household(id: $id) { id } organization(id: $id) { id } }`;
    const answers = await Promise.all(
      [ids.area, ids.case, ids.contactor, ids.household].map((id) =>
        platform.ask<Record<string, unknown>>(office, query, { id }),
      ),
    );
    for (const answer of answers) expect(Object.values(answer).filter((each) => each !== null)).toHaveLength(1);
  });

  it('the same idempotency key with another input', async () => {
    const input = { ...visit, idempotencyKey: 'bad-input-key-reused' };
    await platform.ask('SUBDISTRICT', RECORD, { input });
    await expectRefusal(
      records({ ...input, summary: '另一次' }),
      'idempotency.keyReused',
      'conflict',
      'input.idempotencyKey',
    );
  });

  it('of many changes with the same expectedVersion one is made, and the others are told', async () => {
    const answers = await Promise.all(
      ['first', 'second', 'third', 'fourth'].map((nth) =>
        platform.answer<{ acceptCase: { version: number } }>('DISPATCH_CENTRE', ACCEPT, {
          input: { ...acceptance, idempotencyKey: `bad-input-race-${nth}` },
        }),
      ),
    );
    const made = answers.filter(({ errors }) => errors === undefined);
    expect(made.map(({ data }) => data?.acceptCase.version)).toEqual([2]);
    const refusals = answers.flatMap(({ errors = [] }) => errors);
    expect(refusals).toHaveLength(3);
    for (const { message, extensions } of refusals) {
      expect(extensions).toMatchObject({ code: 'aggregate.versionConflict', field: 'input.expectedVersion' });
      expect(message).toContain('expectedVersion');
      expect(internalNamesIn(JSON.stringify(extensions))).toEqual([]);
    }
    expect(await stateOf(platform)).toMatchObject({
      case: { version: 2, state: 'ACCEPTED', moves: [{ state: 'REGISTERED' }, { state: 'ACCEPTED' }] },
    });
  });

  it('a move that the state does not allow', async () => {
    await expectRefusal(accepts({ expectedVersion: 2 }), 'case.illegalMove', 'illegalState', 'input.caseId');
  });
});

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}
