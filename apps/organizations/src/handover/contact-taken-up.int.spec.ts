import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { cadre, contactDistrict, leading } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const [held, target] = [idOf('held'), idOf('310110101')];
const visits = ['2018-07-02', '2018-08-06'];

const visit = (day: string) => ({
  type: 'activity',
  id: idOf(`visit ${day}`),
  kind: 'VISIT',
  heldAt: `${day}T09:00:00+08:00`,
  targetId: target,
  assignmentId: held,
  contactorIds: [idOf('leader')],
  summary: '示例',
  demands: [
    {
      id: idOf(`demand ${day}`),
      text: '示例',
      disposition: 'CASE',
      categoryCode: 'roads.lighting',
      areaId: target,
      caseKind: 'HELP_REQUEST',
    },
  ],
});

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: [...leading, cadre('fourth', 'DIVISION'), cadre('fifth', 'DIVISION')] },
    lines: [
      ...contactDistrict,
      {
        type: 'contactAssignment',
        id: held,
        scheme: 'monthly',
        contactorKind: 'CADRE',
        contactorIds: [idOf('leader')],
        targetId: target,
        from: '2018-01-01',
        reason: '示例',
      },
      ...visits.map(visit),
    ],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `taken-up-${(keys += 1)}`, ...values } });
const LIST = 'continues { id } openCases { state } openPromises { id } lastVisits { heldAt }';
const ASSIGN = `mutation ($input: AssignContactInput!) { assignContact(input: $input) { id ${LIST} } }`;
const assigning = (contactor: string, from: string, targetId: string) =>
  input({
    scheme: 'monthly',
    contactorIds: [idOf(contactor)],
    targetId,
    liaisonIds: [idOf('helper')],
    from,
    reason: '示例',
  });
const assign = async (contactor: string, from: string, targetId = target) =>
  (await subgraph.answer(office, ASSIGN, assigning(contactor, from, targetId)))['assignContact'];
const leaderRetires = (on: string) =>
  subgraph.consume(consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number], {
    id: idOf('retired'),
    type: 'cadre.departed',
    aggregateId: idOf('leader'),
    sequence: 2,
    occurredAt: new Date('2018-08-17T04:00:00Z'),
    data: {
      on,
      reason: 'RETIRED',
      record: cadre('leader', 'DIVISION', {
        status: 'RETIRED',
        statuses: [
          { status: 'ACTIVE', from: '2010-01-01', until: on },
          { status: 'RETIRED', from: on },
        ],
      }),
    },
  });
const [street, yinhang] = [idOf('310110019'), idOf('310110016')];
const merge = (organizationId: string, successorId: string, on: string) =>
  subgraph.answer(
    withRole('ADMIN'),
    'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
    input({ organizationIds: [organizationId], successorId, on }),
  );
const promised = () =>
  subgraph.rows(
    `insert into promise (id, activity_id, cadre_id, target_id, text, made_on, due_on) values ($1, $2, $3, $4, '', '2018-08-06', '2018-08-20')`,
    [idOf('promise'), idOf('visit 2018-08-06'), idOf('leader'), target],
  );

describe('a contact whose contactor left with nobody to hand it over to', () => {
  it('gives the next contactor open cases, promises and last visits, and goes on', async () => {
    await promised();
    await subgraph.rows(`update demand set case_state = 'CLOSED' where id = $1`, [idOf('demand 2018-07-02')]);
    await subgraph.rows(`update demand set case_state = 'HANDLING' where id = $1`, [idOf('demand 2018-08-06')]);
    await leaderRetires('2018-08-17');
    const list = {
      continues: { id: held },
      openCases: [{ state: 'HANDLING' }],
      openPromises: [{ id: idOf('promise') }],
      lastVisits: visits.toReversed().map((day) => ({ heldAt: expect.stringContaining(day) })),
    };
    expect(await assign('other', '2018-08-17')).toMatchObject(list);
    const next = withRole('CADRE', idOf('other'));
    const answer = await subgraph.ask(
      next,
      `{ contactAssignments(filter: { contactorId: "${idOf('other')}" }) { nodes { ${LIST} } } activity(id: "${idOf('visit 2018-08-06')}") { summary } }`,
    );
    expect(answer.data).toEqual({ contactAssignments: { nodes: [list] }, activity: { summary: '示例' } });
    expect(answer.statements.length).toBeLessThanOrEqual(12);
  });

  it('goes on once, and not in one who contacts the target beside whoever holds it', async () => {
    expect(await assign('other', '2018-08-16')).toMatchObject({ continues: null, openCases: [], lastVisits: [] });
    await leaderRetires('2018-08-17');
    expect(await assign('fourth', '2018-08-18')).toMatchObject({ continues: { id: held } });
    expect(await assign('fifth', '2018-08-19')).toMatchObject({ continues: null, lastVisits: [] });
  });

  it('goes on at whoever takes the target over, also through another merger, and once', async () => {
    await promised();
    await leaderRetires('2018-08-17');
    await merge(target, street, '2018-09-01');
    await merge(street, yinhang, '2018-10-01');
    expect(await assign('other', '2018-09-30', yinhang)).toMatchObject({ continues: null });
    expect(await assign('fourth', '2018-10-01', yinhang)).toMatchObject({
      continues: { id: held },
      openPromises: [{ id: idOf('promise') }],
      lastVisits: visits.toReversed().map((day) => ({ heldAt: expect.stringContaining(day) })),
    });
    expect(await assign('fifth', '2018-10-02', yinhang)).toMatchObject({ continues: null });
  });

  it('goes on in what the same contactor held at the successor already', async () => {
    await assign('leader', '2018-08-17', street);
    await promised();
    await merge(target, street, '2018-09-01');
    const { contactAssignments } = await subgraph.answer(
      office,
      `{ contactAssignments(filter: { contactorId: "${idOf('leader')}", on: "2018-09-01" }) { nodes { ${LIST} } } }`,
    );
    expect(contactAssignments.nodes).toMatchObject([
      { continues: { id: held }, openPromises: [{ id: idOf('promise') }] },
    ]);
    expect(await assign('other', '2018-09-02', street)).toMatchObject({ continues: null });
  });

  it('is found without reading all assignments, however many there are', async () => {
    await subgraph.rows(`insert into contact_assignment (id, scheme, contactor_kind, contactor_id, co_contactor_ids, target_id, target_kind, place_id, liaison_ids, valid_from, valid_to, reason, continues_id)
      select gen_random_uuid(), 'monthly', 'CADRE', gen_random_uuid(), '{}', t.id, 'ORGANIZATION', t.id, '{}', '2017-01-01', '2017-02-01', '', gen_random_uuid()
      from (select gen_random_uuid() as id from generate_series(1, 20000)) t`);
    await subgraph.rows('analyze contact_assignment');
    await leaderRetires('2018-08-17');
    const { statements } = await subgraph.ask(office, ASSIGN, assigning('other', '2018-08-17', target));
    const asked = statements.filter(({ text }) => text.includes('"handedOver"'));
    expect(asked).toHaveLength(1);
    expect((await subgraph.plans(asked)).join('\n')).not.toMatch(/Seq Scan on contact_assignment/);
  });
});
