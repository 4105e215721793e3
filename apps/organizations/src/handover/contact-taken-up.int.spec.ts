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
const assign = async (contactor: string, from: string) =>
  (
    await subgraph.answer(
      office,
      `mutation ($input: AssignContactInput!) { assignContact(input: $input) { id ${LIST} } }`,
      input({
        scheme: 'monthly',
        contactorIds: [idOf(contactor)],
        targetId: target,
        liaisonIds: [idOf('helper')],
        from,
        reason: '示例',
      }),
    )
  )['assignContact'];
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
});
