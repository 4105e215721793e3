import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { cadre } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { held, patchOffice, STREET, subgraphWithPatches } from './patch-office.fixture.ts';
import { area } from './patched-street.fixture.ts';

const [TOWN, YINHANG] = ['310110101', '310110016'] as const;
const office = withRole('FRONTLINE_OFFICE');
const admin = withRole('ADMIN');

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphWithPatches();
});
afterEach(() => subgraph.stop());

const { make, refused, draw, hold, areasOn, contactsOn } = patchOffice(() => subgraph);

describe('a patch whose areas go elsewhere', () => {
  const split = (values: object) =>
    make(
      'splitOrganization',
      { organizationId: idOf(STREET), on: '2019-01-01', continues: true, ...values },
      admin,
      'id',
    );

  it('loses those that move, and keeps the rest', async () => {
    const { id } = await draw();
    await hold(id);
    await make(
      'moveOrganization',
      { organizationId: area(STREET, 2), tree: 'TERRITORY', parentId: idOf(YINHANG), from: '2019-01-01' },
      admin,
      'id',
    );
    expect(await areasOn(id, '2018-12-31')).toEqual(['001', '002']);
    expect(await areasOn(id, '2019-01-01')).toEqual(['001']);
    expect(await contactsOn(`${STREET}002`, '2019-01-01')).toEqual([]);
    expect(await subgraph.told('patch.changed')).toMatchObject([{ payload: { areaIds: [area(STREET, 1)] } }]);
  });

  it('goes with all of them to the other subdistrict, and so do those who hold it', async () => {
    const { id } = await draw();
    await hold(id);
    await split({ parts: [{ successorId: idOf(YINHANG), residentialAreaIds: [area(STREET, 1), area(STREET, 2)] }] });
    expect(await contactsOn(`${STREET}001`, '2018-12-31')).toMatchObject([{ place: { code: STREET } }]);
    expect(await contactsOn(`${STREET}001`, '2019-01-01')).toMatchObject([
      {
        contactors: [{ id: idOf('first') }, { id: idOf('second') }],
        place: { code: YINHANG },
        patch: { code: `${STREET}-P1` },
      },
    ]);
    const { organization } = await subgraph.answer(
      office,
      `{ organization(code: "${YINHANG}") { patches(on: "2019-01-01") { nodes { code areas(on: "2019-01-01") { code } } } } }`,
    );
    expect(organization.patches.nodes).toEqual([
      { code: `${STREET}-P1`, areas: [{ code: `${STREET}001` }, { code: `${STREET}002` }] },
    ]);
    const places = await subgraph.rows("select distinct place_id from duty where window_start > '2019-01-01'");
    expect(places).toEqual([{ place_id: idOf(YINHANG) }]);
  });

  it('goes with a subdistrict that is merged', async () => {
    const { id } = await draw({ areaIds: [1, 2, 3].map((nth) => area(STREET, nth)) });
    await hold(id);
    await make(
      'mergeOrganizations',
      { organizationIds: [idOf(STREET)], successorId: idOf(YINHANG), on: '2019-01-01' },
      admin,
      'id',
    );
    expect(await contactsOn(`${STREET}003`, '2019-01-01')).toMatchObject([{ place: { code: YINHANG } }]);
  });

  it('goes with a merged subdistrict and stays with its leaders, though something else is told of them before that day', async () => {
    const { id } = await draw({ areaIds: [1, 2, 3].map((nth) => area(STREET, nth)) });
    await hold(id);
    await make(
      'mergeOrganizations',
      { organizationIds: [idOf(STREET)], successorId: idOf(YINHANG), on: '2019-01-01' },
      admin,
      'id',
    );
    const follower = consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number];
    const record = cadre('first', 'DIVISION', { posts: [{ organizationId: idOf(STREET), from: '2010-01-01' }] });
    await subgraph.consume(follower, {
      id: idOf('ranked'),
      type: 'cadre.ranked',
      aggregateId: record.id,
      sequence: 2,
      occurredAt: new Date(`${TODAY}T04:00:00Z`),
      data: { on: TODAY, record, rank: 'DIVISION' },
    });
    const [there] = await contactsOn(`${STREET}003`, '2019-01-01');
    expect(there.contactors).toEqual([{ id: idOf('first') }, { id: idOf('second') }]);
    // whoever leads the subdistrict that is taken over can be given something at the successor's, from that day on
    const [passed] = await subgraph.rows('select id from patch where subdistrict_id = $1', [idOf(YINHANG)]);
    await hold(passed?.['id'], { contactorIds: [idOf('third')], from: '2019-01-01' });
    const ofAnother = { contactorIds: [idOf('of the town')], from: '2019-01-01' };
    expect(await refused('assignContact', held(passed?.['id'], ofAnother))).toMatchObject({
      code: 'assignment.contactor',
    });
  });

  it('ends with what is held of it when they are scattered', async () => {
    const { id } = await draw();
    await hold(id);
    await split({
      parts: [
        { successorId: idOf(YINHANG), residentialAreaIds: [area(STREET, 1)] },
        { successorId: idOf(TOWN), residentialAreaIds: [area(STREET, 2)] },
      ],
    });
    expect(await subgraph.told('patch.dissolved')).toMatchObject([{ aggregate_id: id, payload: { on: '2019-01-01' } }]);
    expect(await subgraph.told('contactAssignment.ended')).toHaveLength(1);
  });

  it('keeps the area that goes on for a merged one', async () => {
    const { id } = await draw();
    await make(
      'mergeOrganizations',
      { organizationIds: [area(STREET, 2)], successorId: area(STREET, 3), on: '2019-01-01' },
      admin,
      'id',
    );
    expect(await areasOn(id, '2018-12-31')).toEqual(['001', '002']);
    expect(await areasOn(id, '2019-01-01')).toEqual(['001', '003']);
  });
});
