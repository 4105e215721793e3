import 'reflect-metadata';
import { cadreDeparted } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { cadre, contactedAreas, file, idOf } from '../activity/contacted-areas.fixture.ts';
import { consumers } from '../consumers.ts';

let areas: SubgraphUnderTest;
beforeEach(async () => {
  areas = await contactedAreas();
});
afterEach(() => areas.stop());

it('a departure from a group ends what the others hold there by themselves already, and nothing else', async () => {
  // a register has brought in both: the deputy contacts the area with the director, and alone
  const on = '2018-08-17';
  await areas.consume(
    consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number],
    {
      id: idOf('departure'),
      type: cadreDeparted.type,
      aggregateId: idOf('director'),
      sequence: 2,
      occurredAt: new Date('2018-08-17T01:00:00Z'),
      data: { on, reason: 'LEFT', record: file('director', { status: 'DEPARTED' }) },
    },
  );
  const { organization } = await areas.answer(
    cadre('deputy director'),
    `{ organization(code: "310110016001") { contacts(first: 9, on: "${on}") { nodes { id contactors { id } } } } }`,
  );
  expect(organization.contacts.nodes).toEqual(
    expect.arrayContaining([
      { id: idOf('of the deputy'), contactors: [{ id: idOf('deputy director') }] },
      { id: idOf('of another'), contactors: [{ id: idOf('another') }] },
    ]),
  );
  expect(organization.contacts.nodes).toHaveLength(2);
  expect((await areas.told('contactAssignment.ended')).map(({ aggregate_id: id }) => id)).toEqual([
    idOf('of the director'),
  ]);
});
