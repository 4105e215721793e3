import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { cadre, contactDistrict, leading } from './contact-district.fixture.ts';

const office = withRole('FRONTLINE_OFFICE');
const [district, town, street] = ['310110', '310110101', '310110019'].map(idOf) as [string, string, string];

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
const input = (values: object) => ({ input: { idempotencyKey: `settled-${(keys += 1)}`, ...values } });
const assign = async (values: object = {}) => {
  const terms = { scheme: 'monthly', contactorIds: [idOf('leader')], targetId: town, liaisonIds: [idOf('helper')] };
  const { assignContact } = await subgraph.answer(
    office,
    'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id until } }',
    input({ ...terms, from: '2018-08-01', reason: '示例', ...values }),
  );
  return assignContact;
};
const owed = async (assignmentId: string, from: string) =>
  (await subgraph.rows('select id from duty where assignment_id = $1 and window_start >= $2', [assignmentId, from]))
    .length;
const contactsOn = async (on: string) => {
  const { organization } = await subgraph.answer(
    office,
    `{ organization(code: "310110101") { contacts(first: 9, on: "${on}") { nodes { contactor { id } liaisons(on: "${on}") { id } } } } }`,
  );
  return organization.contacts.nodes.map((node: { contactor: { id: string }; liaisons: { id: string }[] }) => [
    node.contactor.id,
    ...node.liaisons.map(({ id }) => id),
  ]);
};
const ended = async () =>
  (await subgraph.told('contactAssignment.ended')).map(({ payload }) => [payload.on, payload.reason]);

/** Our copy of a cadre says so before anything is assigned. */
const knows = (record: { id: string }) =>
  subgraph.rows('update local_copy set data = $2 where id = $1', [record.id, JSON.stringify(record)]);
const leaving = (name: string, rank: string, status: string, on: string) =>
  cadre(name, rank, {
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', until: on },
      { status, from: on },
    ],
  });

describe('a contact of whom it is settled that they will leave or move', () => {
  it('is fixed to a target until then, and no longer', async () => {
    await knows(leaving('leader', 'DIVISION', 'RETIRED', '2018-10-01'));
    const { id, until } = await assign();
    expect(until).toBe('2018-10-01');
    expect(await owed(id, '2018-10-01')).toBe(0);
    expect(await contactsOn('2018-10-01')).toEqual([]);
    expect(await ended()).toEqual([['2018-10-01', 'CONTACTOR_RETIRED']]);
  });

  it('leaves a group, and a liaison goes along, until then', async () => {
    await knows(leaving('leader', 'DIVISION', 'DEPARTED', '2018-10-01'));
    await knows(leaving('helper', 'STAFF', 'DEPARTED', '2018-11-01'));
    await assign({ contactorIds: ['leader', 'other'].map(idOf) });
    expect(await contactsOn('2018-09-30')).toEqual([[idOf('leader'), idOf('helper')]]);
    expect(await contactsOn('2018-10-01')).toEqual([[idOf('other'), idOf('helper')]]);
    expect(await contactsOn('2018-11-01')).toEqual([[idOf('other')]]);
  });

  it('takes over until then', async () => {
    const { id: assignmentId } = await assign();
    await knows(leaving('other', 'DIVISION', 'DEPARTED', '2018-12-01'));
    const { handOverAssignment: offer } = await subgraph.answer(
      office,
      'mutation ($input: HandOverAssignmentInput!) { handOverAssignment(input: $input) { id } }',
      input({ assignmentId, successorId: idOf('other'), reason: '示例' }),
    );
    await subgraph.answer(
      withRole('CADRE', idOf('other')),
      'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { state } }',
      input({ handoverId: offer.id }),
    );
    expect(await contactsOn('2018-11-30')).toEqual([[idOf('other'), idOf('helper')]]);
    expect(await contactsOn('2018-12-01')).toEqual([]);
  });

  it('loses what a temporary post let them hold, when it ends and when it is ended early', async () => {
    const posted = (until: string) =>
      cadre('elsewhere', 'DIVISION', {
        posts: [
          { organizationId: street, from: '2010-01-01' },
          { organizationId: district, temporary: true, from: '2018-08-01', until },
        ],
      });
    await knows(posted('2018-12-01'));
    const { id, until } = await assign({ contactorIds: [idOf('elsewhere')] });
    expect(until).toBe('2018-12-01');
    const follower = consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number];
    expect(follower.events.map(({ type }) => type)).toContain('cadre.returned');
    await subgraph.consume(follower, {
      id: idOf('returned'),
      type: 'cadre.returned',
      aggregateId: idOf('elsewhere'),
      sequence: 2,
      occurredAt: new Date('2018-08-17T04:00:00Z'),
      data: { on: '2018-09-10', record: posted('2018-09-10') },
    });
    expect(await ended()).toEqual([
      ['2018-12-01', 'CONTACTOR_MOVED'],
      ['2018-09-10', 'CONTACTOR_MOVED'],
    ]);
    expect(await owed(id, '2018-09-10')).toBe(0);
  });
});
