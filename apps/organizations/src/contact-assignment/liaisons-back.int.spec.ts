import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { assignedByOffice, cadre, contactDistrict, leaderAtTown, leading } from './contact-district.fixture.ts';

const office = withRole('FRONTLINE_OFFICE');

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
const input = (values: object) => ({ input: { idempotencyKey: `liaisons-back-${(keys += 1)}`, ...values } });
const assign = (values: object = {}) => assignedByOffice(subgraph, input(leaderAtTown(values)));
const goAlong = (assignmentId: string, ...names: string[]) =>
  subgraph.answer(
    office,
    'mutation ($input: ChangeLiaisonsInput!) { changeLiaisons(input: $input) { id } }',
    input({ assignmentId, liaisonIds: names.map(idOf) }),
  );
const serving = (until?: string) =>
  cadre('helper', 'STAFF', {
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', ...(until && { until }) },
      ...(until ? [{ status: 'DEPARTED', from: until }] : []),
    ],
  });
const tell = (type: string, on: string, record: { id: string }) =>
  subgraph.consume(consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number], {
    id: idOf(`${type} ${on}`),
    type,
    aggregateId: record.id,
    sequence: 2,
    occurredAt: new Date('2018-08-17T04:00:00Z'),
    data: { on, record },
  });
const leaves = (on: string) => tell('cadre.departed', on, serving(on));
const takenBack = (on: string, record = serving()) => tell('cadre.departureTakenBack', on, record);
const liaisonsOn = async (...days: string[]) => {
  const found: string[][] = [];
  for (const on of days) {
    const { organization } = await subgraph.answer(
      office,
      `{ organization(code: "310110101") { contacts(first: 9, on: "${on}") { nodes { liaisons(on: "${on}") { id } } } } }`,
    );
    found.push(
      organization.contacts.nodes.flatMap(({ liaisons }: { liaisons: { id: string }[] }) =>
        liaisons.map(({ id }) => leading.find((each) => each.id === id)?.staffNumber),
      ),
    );
  }
  return found;
};

describe('who went along with a contact and was thought to leave', () => {
  it('goes along again from the day on which that is taken back, once; nobody did in between', async () => {
    await assign({ liaisonIds: ['helper', 'second'].map(idOf) });
    await leaves(TODAY);
    subgraph.moveTo(new Date('2018-08-20T09:00:00+08:00'));
    for (let times = 0; times < 2; times += 1) await takenBack(TODAY);
    expect(await liaisonsOn('2018-08-16', TODAY, '2018-08-19', '2018-08-20')).toEqual([
      ['helper', 'second'],
      ['second'],
      ['second'],
      ['second', 'helper'],
    ]);
    expect(await subgraph.told('contactAssignment.liaisonsChanged')).toHaveLength(2);
  });

  it('goes along without a gap where the day lay ahead, and until the right day where there is one', async () => {
    await assign();
    await leaves('2018-10-01');
    expect(await liaisonsOn('2018-09-30', '2018-10-01')).toEqual([['helper'], []]);
    await takenBack('2018-10-01', serving('2018-12-01'));
    await leaves('2018-12-01');
    expect(await liaisonsOn('2018-09-30', '2018-10-01', '2018-11-30', '2018-12-01')).toEqual([
      ['helper'],
      ['helper'],
      ['helper'],
      [],
    ]);
  });

  it('does not where the scheme allows no more, where others chose so, or where the right day has passed', async () => {
    const id = await assign();
    await leaves(TODAY);
    await takenBack(TODAY, serving('2018-08-10'));
    expect(await liaisonsOn(TODAY)).toEqual([[]]);
    await goAlong(id, 'second', 'third');
    await takenBack(TODAY);
    expect(await liaisonsOn(TODAY)).toEqual([['second', 'third']]);
  });

  it('does not where it had been decided before that they go along no more', async () => {
    const id = await assign();
    await goAlong(id);
    await leaves(TODAY);
    await takenBack(TODAY);
    expect(await liaisonsOn(TODAY)).toEqual([[]]);
  });
});
