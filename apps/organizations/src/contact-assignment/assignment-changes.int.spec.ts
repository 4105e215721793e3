import 'reflect-metadata';
import { cadreRecord } from '@frontline/events';
import type { ReceivedEvent } from '@frontline/platform';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { cadre, contactDistrict, leading } from './contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const [district, town, street, yinhang] = ['310110', '310110101', '310110019', '310110016'].map(idOf) as [
  string,
  string,
  string,
  string,
];

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: contactDistrict,
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `assignment-${(keys += 1)}`, ...values } });
const ASSIGN =
  'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id version from until liaisons { id } } }';
const END = 'mutation ($input: EndAssignmentInput!) { endAssignment(input: $input) { id version until } }';
const LIAISONS = 'mutation ($input: ChangeLiaisonsInput!) { changeLiaisons(input: $input) { liaisons { id } } }';

const fixed = (values: object = {}) => ({
  scheme: 'monthly',
  contactorIds: [idOf('leader')],
  targetId: town,
  liaisonIds: [idOf('helper')],
  from: '2018-08-01',
  reason: '示例',
  ...values,
});
const assign = async (values: object = {}) =>
  (await subgraph.answer(office, ASSIGN, input(fixed(values))))['assignContact'];
const refused = (values: object) => subgraph.refusal(office, ASSIGN, input(fixed(values)));

async function covered(on: string) {
  const { contactScheme } = await subgraph.answer(
    office,
    `{ contactScheme(code: "monthly") { coverage(asOf: "${on}") { targets { eligible covered } } } }`,
  );
  return contactScheme.coverage.targets;
}
const owed = async (assignmentId: string, from: string) =>
  (await subgraph.rows('select id from duty where assignment_id = $1 and window_start >= $2', [assignmentId, from]))
    .length;
const contactsOn = async (code: string, on: string) => {
  const { organization } = await subgraph.answer(
    office,
    `{ organization(code: "${code}") { contacts(first: 9, on: "${on}") { nodes { contactor { id } liaisons { id } } } } }`,
  );
  return organization.contacts.nodes.map((node: { contactor: { id: string } }) => node.contactor.id);
};

const follower = consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number];
const tell = (type: string, record: { id: string }, on: string, more: object = {}) =>
  subgraph.consume(follower, {
    id: idOf(`${type} ${on}`),
    type,
    aggregateId: record.id,
    sequence: 2,
    occurredAt: new Date('2018-08-17T04:00:00Z'),
    data: { on, record, ...more },
  });
const gone = (name: string, status: string, on: string) =>
  cadre(name, name === 'helper' ? 'STAFF' : 'DIVISION', {
    status: on <= TODAY ? status : 'ACTIVE',
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', until: on },
      { status, from: on },
    ],
  });

const CREATE_SCHEME = `mutation ($input: CreateContactSchemeInput!) { createContactScheme(input: $input) {
  versions { contactor { memberships organizations { code } } } } }`;
const membersOnly = (from: string) => ({
  code: 'members',
  nameZh: '示例',
  nameEn: 'Example',
  from,
  terms: {
    contactor: { kind: 'CADRE', memberships: ['PARTY'], organizationIds: [district] },
    targetKinds: ['SUBDISTRICT', 'TOWN'],
    duties: [],
    source: 'ASSUMED',
  },
});

describe('fixing contactors to a target', () => {
  it('is told, and covers the target from its first day', async () => {
    const { id } = await assign();
    expect(await owed(id, '2019-01-01')).toBeGreaterThan(5);
    expect(await covered('2018-07-31')).toEqual({ eligible: 3, covered: 0 });
    expect(await covered(TODAY)).toEqual({ eligible: 3, covered: 1 });
    expect(await subgraph.told('contactAssignment.made')).toMatchObject([
      { aggregate_id: id, sequence: 1, payload: { record: { targetId: town, contactorIds: [idOf('leader')] } } },
    ]);
  });

  it('is refused against the rules of the scheme, with the field', async () => {
    expect(await refused({ scheme: 'none' })).toMatchObject({ code: 'assignment.scheme', field: 'input.scheme' });
    expect(await refused({ targetId: idOf('310110101001') })).toMatchObject({ code: 'assignment.target' });
    for (const name of ['helper', 'elsewhere', 'unknown'])
      expect(await refused({ contactorIds: [idOf('leader'), idOf(name)], liaisonIds: [] })).toMatchObject({
        code: 'assignment.contactor',
        field: 'input.contactorIds.1',
      });
    expect(await refused({ liaisonIds: ['helper', 'second', 'third'].map(idOf) })).toMatchObject({
      code: 'assignment.tooManyLiaisons',
    });
    expect(await refused({ liaisonIds: ['helper', 'other'].map(idOf) })).toMatchObject({
      code: 'assignment.liaison',
      field: 'input.liaisonIds.1',
    });
    expect(await refused({ until: '2018-08-01' })).toMatchObject({ code: 'assignment.period', field: 'input.until' });
    expect(await subgraph.refusal(withRole('SUBDISTRICT'), ASSIGN, input(fixed()))).toMatchObject({
      code: 'access.denied',
    });
  });

  it('does not fix one cadre twice to a target, not even as one of a group, nor in two requests at once', async () => {
    await assign({ until: '2018-09-01' });
    expect(await refused({ contactorIds: [idOf('other'), idOf('leader')], liaisonIds: [] })).toMatchObject({
      code: 'assignment.overlaps',
      field: 'input.contactorIds.1',
    });
    await assign({ from: '2018-09-01', until: '2018-10-01' });
    const both = await Promise.all(
      [1, 2].map(() => subgraph.ask(office, ASSIGN, input(fixed({ from: '2019-01-01' })))),
    );
    expect(both.map(({ errors }) => errors?.[0]?.['extensions'].code).sort()).toEqual([
      'assignment.overlaps',
      undefined,
    ]);
  });

  it('ends on a day, once; and takes other liaisons', async () => {
    const { id: assignmentId, version } = await assign();
    const liaisonIds = [idOf('second'), idOf('third')];
    const { changeLiaisons } = await subgraph.answer(office, LIAISONS, input({ assignmentId, liaisonIds }));
    expect(changeLiaisons.liaisons.map(({ id }: { id: string }) => id)).toEqual(liaisonIds);
    const { contactAssignments } = await subgraph.answer(
      office,
      `{ contactAssignments(filter: { on: "${TODAY}" }) { nodes { before: liaisons(on: "2018-08-16") { id } since: liaisons(on: "${TODAY}") { id } } } }`,
    );
    expect(contactAssignments.nodes).toEqual([
      { before: [{ id: idOf('helper') }], since: liaisonIds.map((id) => ({ id })) },
    ]);
    expect(
      await subgraph.refusal(
        office,
        END,
        input({ assignmentId, on: '2018-09-01', reason: 'REASSIGNED', expectedVersion: version }),
      ),
    ).toMatchObject({ code: 'aggregate.versionConflict' });
    const end = input({ assignmentId, on: '2018-09-01', reason: 'REASSIGNED' });
    const once = await subgraph.answer(office, END, end);
    expect(await subgraph.answer(office, END, end)).toEqual(once);
    expect(
      await subgraph.refusal(office, END, input({ assignmentId, on: '2018-09-01', reason: 'OTHER' })),
    ).toMatchObject({ code: 'assignment.ended', field: 'input.on' });
    expect(await owed(assignmentId, '2018-09-01')).toBe(0);
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([
      { aggregate_id: assignmentId, sequence: 3, payload: { on: '2018-09-01', reason: 'REASSIGNED' } },
    ]);
  });
});

/** Our copies of these cadres have changed. */
const copyFollowing: (typeof consumers)[number] = {
  name: 'copies',
  events: [],
  handle: (ctx, { data }) =>
    organizations.copyFollowers?.find(({ record }) => record === cadreRecord)?.changed(ctx, data as never) ??
    Promise.reject(new Error('nobody follows cadres')),
};

describe('a cadre who leaves', () => {
  it('leaves the assignments, once however often it is told; the target is uncovered from that day', async () => {
    const { id } = await assign();
    const record = gone('leader', 'RETIRED', '2018-08-17');
    for (let times = 0; times < 3; times += 1)
      await tell('cadre.departed', record, '2018-08-17', { reason: 'RETIRED' });
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([
      { aggregate_id: id, payload: { on: '2018-08-17', reason: 'CONTACTOR_RETIRED' } },
    ]);
    expect(await owed(id, '2018-08-18')).toBe(0);
    expect(await covered('2018-08-16')).toEqual({ eligible: 3, covered: 1 });
    expect(await covered('2018-08-17')).toEqual({ eligible: 3, covered: 0 });
    // an older fact that comes late brings nothing back
    await tell('cadre.posted', leading[0] as { id: string }, '2018-08-10', { organizationId: district });
    expect(await covered('2018-08-17')).toEqual({ eligible: 3, covered: 0 });
  });

  it('leaves them too when an import says so, which tells of no departure, and once', async () => {
    const { id } = await assign();
    const imported = gone('leader', 'DEPARTED', '2018-08-17');
    for (let times = 0; times < 2; times += 1)
      await subgraph.consume(copyFollowing, { ...({} as ReceivedEvent), data: [imported, leading[1]] });
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([
      { aggregate_id: id, payload: { on: '2018-08-17', reason: 'CONTACTOR_DEPARTED' } },
    ]);
    expect(await owed(id, '2018-08-18')).toBe(0);
  });

  it('leaves what a group holds to the others', async () => {
    await assign({ contactorIds: ['leader', 'other'].map(idOf) });
    await tell('cadre.departed', gone('leader', 'DEPARTED', '2018-10-01'), '2018-10-01', { reason: 'DEPARTED' });
    expect(await contactsOn('310110101', '2018-09-30')).toEqual([idOf('leader')]);
    expect(await contactsOn('310110101', '2018-10-01')).toEqual([idOf('other')]);
  });

  it('or moves where the scheme does not admit them, loses them from that day', async () => {
    await assign();
    const moved = cadre('leader', 'DIVISION', {
      posts: [
        { organizationId: district, from: '2010-01-01', until: '2018-09-01' },
        { organizationId: street, from: '2018-09-01' },
      ],
    });
    await tell('cadre.posted', moved, '2018-09-01', { organizationId: street });
    expect((await subgraph.told('contactAssignment.ended'))[0]?.['payload']).toMatchObject({
      on: '2018-09-01',
      reason: 'CONTACTOR_MOVED',
    });
  });

  it('or is no longer a member where the scheme asks for one, loses them from that day; why is not told', async () => {
    const members = cadre('leader', 'DIVISION', { partyMember: [{ from: '2015-01-01' }] });
    await subgraph.copy('cadre', [members]);
    const { createContactScheme } = await subgraph.answer(office, CREATE_SCHEME, input(membersOnly(TODAY)));
    expect(createContactScheme.versions).toEqual([
      { contactor: { memberships: ['PARTY'], organizations: [{ code: '310110' }] } },
    ]);
    const fixing = { scheme: 'members', liaisonIds: [], from: TODAY };
    const refusal = await refused({ ...fixing, contactorIds: [idOf('other')] });
    expect(refusal).toMatchObject({ code: 'assignment.contactor', field: 'input.contactorIds.0' });
    expect(JSON.stringify(refusal)).not.toMatch(/party|member|党/i);
    const { id } = await assign(fixing);
    const left = cadre('leader', 'DIVISION', { partyMember: [{ from: '2015-01-01', until: '2018-09-01' }] });
    await tell('cadre.membershipChanged', left, '2018-09-01', { kind: 'PARTY', member: false });
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([
      { aggregate_id: id, payload: { on: '2018-09-01', reason: 'CONTACTOR_MOVED' } },
    ]);
    await subgraph.copy('cadre', [left]);
    await assign({ ...fixing, targetId: street });
    expect(await contactsOn('310110019', '2018-08-31')).toEqual([idOf('leader')]);
    expect(await contactsOn('310110019', '2018-09-01')).toEqual([]);
  });

  describe('by a mistake', () => {
    const serving = (until?: string) =>
      cadre('leader', 'DIVISION', {
        statuses: [
          { status: 'ACTIVE', from: '2010-01-01', ...(until && { until }) },
          ...(until ? [{ status: 'RETIRED', from: until }] : []),
        ],
      });
    const departs = (on: string) => tell('cadre.departed', gone('leader', 'RETIRED', on), on, { reason: 'RETIRED' });
    const takenBack = (on: string, record = serving()) => tell('cadre.departureTakenBack', record, on);
    const coveredOn = (...days: string[]) => Promise.all(days.map(async (day) => (await covered(day)).covered));

    it('goes on with the assignments from the day on which that is told, once, until they were to end', async () => {
      await assign({ until: '2019-12-31' });
      await departs('2018-08-17');
      subgraph.moveTo(new Date('2018-08-20T09:00:00+08:00'));
      for (let times = 0; times < 2; times += 1) await takenBack('2018-08-17');
      expect(await coveredOn('2018-08-16', '2018-08-17', '2018-08-19', '2018-08-20', '2019-12-31')).toEqual([
        1, 0, 0, 1, 0,
      ]);
      const made = (await subgraph.told('contactAssignment.made')).map(({ aggregate_id: id, payload }) => ({
        id,
        ...payload.record,
      }));
      expect(made).toMatchObject([
        { from: '2018-08-01' },
        { from: '2018-08-20', until: '2019-12-31', liaisonIds: [idOf('helper')] },
      ]);
      expect(await owed(made[1].id, '2018-09-01')).toBeGreaterThan(5);
    });

    it('goes on without a gap when the day was still ahead, in its group, until the right day where there is one', async () => {
      await assign({ contactorIds: ['leader', 'other'].map(idOf) });
      await departs('2018-10-01');
      await takenBack('2018-10-01', serving('2018-12-01'));
      await departs('2018-12-01');
      expect(await contactsOn('310110101', '2018-10-01')).toEqual([idOf('leader')]);
      expect(await contactsOn('310110101', '2018-11-30')).toEqual([idOf('leader')]);
      expect(await contactsOn('310110101', '2018-12-01')).toEqual([idOf('other')]);
    });

    it('does not where somebody else was given the target, the rules forbid it by now, or the right day has passed', async () => {
      const { id } = await assign();
      await departs('2018-08-17');
      await takenBack('2018-08-17', serving('2018-08-10'));
      const moved = cadre('leader', 'DIVISION', { posts: [{ organizationId: street, from: '2010-01-01' }] });
      await takenBack('2018-08-17', moved);
      await assign({ contactorIds: [idOf('other')], liaisonIds: [], from: '2018-08-17' });
      await takenBack('2018-08-17');
      expect(await contactsOn('310110101', '2018-08-17')).toEqual([idOf('other')]);
      expect(await owed(id, '2018-08-18')).toBe(0);
    });
  });

  it('is released as a liaison, and so is one who is promoted', async () => {
    const { id } = await assign({ liaisonIds: ['helper', 'second'].map(idOf) });
    await tell('cadre.departed', gone('helper', 'DEPARTED', TODAY), TODAY, { reason: 'DEPARTED' });
    await tell('cadre.departed', gone('helper', 'DEPARTED', TODAY), TODAY, { reason: 'DEPARTED' });
    await tell('cadre.ranked', cadre('second', 'DIVISION'), TODAY, { rank: 'DIVISION' });
    expect(
      (await subgraph.told('contactAssignment.liaisonsChanged')).map(({ payload }) => payload.record.liaisonIds),
    ).toEqual([[idOf('second')], []]);
    expect(await subgraph.rows('select id from contact_assignment where valid_to is null')).toEqual([{ id }]);
  });
});

describe('an organization that is merged', () => {
  it('is followed by its contacts to the successor; before that day they stay with it', async () => {
    await assign();
    await assign({ targetId: street });
    await assign({ contactorIds: [idOf('other')], targetId: street, liaisonIds: [] });
    await subgraph.answer(
      withRole('ADMIN'),
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      input({ organizationIds: [town, street], successorId: yinhang, on: '2019-03-01' }),
    );
    expect(await contactsOn('310110101', '2019-02-28')).toEqual([idOf('leader')]);
    expect((await contactsOn('310110019', '2019-02-28')).sort()).toEqual([idOf('leader'), idOf('other')].sort());
    expect(await contactsOn('310110101', '2019-03-01')).toEqual([]);
    expect((await contactsOn('310110016', '2019-03-01')).sort()).toEqual([idOf('leader'), idOf('other')].sort());
    expect((await subgraph.told('contactAssignment.ended')).map(({ payload }) => payload.reason)).toEqual([
      'TARGET_MERGED',
      'TARGET_MERGED',
      'TARGET_MERGED',
    ]);
  });
});

describe('organizations that are merged, one contacted by a group', () => {
  it('leave nobody with two contacts of the successor, not even as one of a group', async () => {
    await assign({ contactorIds: ['other', 'leader'].map(idOf), targetId: yinhang, liaisonIds: [] });
    await assign({ contactorIds: ['leader', 'other'].map(idOf), targetId: street, liaisonIds: [] });
    await assign({ targetId: town });
    await subgraph.answer(
      withRole('ADMIN'),
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      input({ organizationIds: [town, street], successorId: yinhang, on: '2019-03-01' }),
    );
    const held = await subgraph.rows(
      `select array[contactor_id] || co_contactor_ids as ids from contact_assignment
       where target_id = $1 and valid_from <= '2019-03-01' and (valid_to is null or valid_to > '2019-03-01')`,
      [yinhang],
    );
    expect(held.map(({ ids }) => ids)).toEqual([['other', 'leader'].map(idOf)]);
  });
});

describe('an organization that is dissolved', () => {
  it('is contacted no more from that day, and owes nothing', async () => {
    const { id } = await assign({ targetId: idOf('310110019') });
    const areas = ['001', '002', '003'].map((nth) => idOf(`310110019${nth}`));
    const change = (name: string, values: object) =>
      subgraph.answer(
        withRole('ADMIN'),
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { id } }`,
        input(values),
      );
    for (const organizationId of [...areas, street])
      await change('dissolveOrganization', { organizationId, on: '2018-12-01' });
    expect(await contactsOn('310110019', '2018-11-30')).toEqual([idOf('leader')]);
    expect(await contactsOn('310110019', '2018-12-01')).toEqual([]);
    expect(await owed(id, '2018-12-01')).toBe(0);
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([
      { aggregate_id: id, payload: { on: '2018-12-01', reason: 'TARGET_DISSOLVED' } },
    ]);
  });
});
