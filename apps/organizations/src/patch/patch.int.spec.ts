import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { at } from '../branch-pairing/paired-branches.fixture.ts';
import { consumers } from '../consumers.ts';
import { cadre } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { drawn, held, input, mutation, patchOffice, STREET, subgraphWithPatches } from './patch-office.fixture.ts';
import { area } from './patched-street.fixture.ts';

const TOWN = '310110101';
const office = withRole('FRONTLINE_OFFICE');
const street = at('SUBDISTRICT', STREET);

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphWithPatches();
});
afterEach(() => subgraph.stop());

const { make, refused, draw, hold, areasOn, contactsOn } = patchOffice(() => subgraph);
const visit = (who: string, targetId: string, values: object = {}) =>
  subgraph.answer(
    withRole('CADRE', idOf(who)),
    'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id assignment { id } recordedAs } }',
    input({ kind: 'VISIT', heldAt: `${TODAY}T01:00:00Z`, targetId, ...values }),
  );

describe('a patch', () => {
  it('is made by the subdistrict, once for a key, and told', async () => {
    const once = input(drawn());
    const CREATE = mutation('createPatch', 'id code from until subdistrict { code } areas { code }');
    const { createPatch } = await subgraph.answer(street, CREATE, once);
    expect(createPatch).toMatchObject({
      from: TODAY,
      until: null,
      subdistrict: { code: STREET },
      areas: [{ code: `${STREET}001` }, { code: `${STREET}002` }],
    });
    expect((await subgraph.answer(street, CREATE, once))['createPatch']).toEqual(createPatch);
    expect(await subgraph.told('patch.created')).toMatchObject([
      { aggregate_id: createPatch.id, payload: { areaIds: [area(STREET, 1), area(STREET, 2)] } },
    ]);
  });

  it.each([
    ['patch.subdistrict', 'input.subdistrictId', { subdistrictId: idOf('310110') }],
    ['patch.subdistrict', 'input.subdistrictId', { from: '1999-12-31' }],
    ['patch.code', 'input.code', { code: '-' }],
    ['patch.name', 'input.nameZh', { nameZh: ' ' }],
    ['patch.areas', 'input.areaIds', { areaIds: [] }],
    ['patch.areas', 'input.areaIds', { areaIds: [area(STREET, 1), area(STREET, 1)] }],
    ['patch.notItsArea', 'input.areaIds[1]', { areaIds: [area(STREET, 1), area(TOWN, 1)] }],
    ['patch.notItsArea', 'input.areaIds[0]', { areaIds: [idOf('CENTRE-101')] }],
  ])('is refused with %s at %s', async (code, field, values) => {
    expect(await refused('createPatch', drawn(values))).toMatchObject({ code, field });
    expect(await subgraph.rows('select 1 from patch union all select 1 from patch_area')).toEqual([]);
  });

  it('is arranged by its subdistrict and the Frontline Office alone', async () => {
    expect(await refused('createPatch', drawn(), at('SUBDISTRICT', TOWN))).toMatchObject({
      code: 'patch.notYourPlace',
    });
    for (const role of ['CADRE', 'DEPARTMENT', 'LEADER', 'ADMIN'] as const)
      expect(await refused('createPatch', drawn(), withRole(role))).toMatchObject({ code: 'access.denied' });
  });

  it('shares no area and no code with another of its time, also in two requests at once', async () => {
    await draw();
    expect(await refused('createPatch', drawn({ areaIds: [area(STREET, 3)] }))).toMatchObject({
      code: 'patch.codeTaken',
    });
    expect(
      await refused('createPatch', drawn({ code: 'P2', areaIds: [area(STREET, 3), area(STREET, 2)] })),
    ).toMatchObject({ code: 'patch.areaTaken', field: 'input.areaIds[1]' });
    const both = await Promise.all(
      ['P3', 'P4'].map((code) =>
        subgraph.ask(office, mutation('createPatch', 'id'), input(drawn({ code, areaIds: [area(STREET, 3)] }))),
      ),
    );
    expect(both.map(({ errors }) => errors?.[0]?.['extensions'].code).sort()).toEqual(['patch.areaTaken', undefined]);
  });

  it('holds other areas from a day on; before it is as it was', async () => {
    const { id, version } = await draw();
    const change = {
      patchId: id,
      areaIds: [area(STREET, 2), area(STREET, 3)],
      from: '2018-10-01',
      expectedVersion: version,
    };
    await make('changePatch', change, street);
    expect(await areasOn(id, '2018-09-30')).toEqual(['001', '002']);
    expect(await areasOn(id, '2018-10-01')).toEqual(['002', '003']);
    expect(await refused('changePatch', { ...change, from: '2018-08-16', expectedVersion: null })).toMatchObject({
      code: 'patch.past',
      field: 'input.from',
    });
    expect(await subgraph.told('patch.changed')).toMatchObject([{ aggregate_id: id, payload: { on: '2018-10-01' } }]);
  });

  it('ends on a day, with what is held of it, and sets its areas free', async () => {
    const { id } = await draw();
    const { id: assignmentId } = await hold(id);
    await make('dissolvePatch', { patchId: id, on: '2018-10-01' }, street);
    expect(await areasOn(id, '2018-09-30')).toHaveLength(2);
    expect(await areasOn(id, '2018-10-01')).toEqual([]);
    expect((await subgraph.told('contactAssignment.ended'))[0]).toMatchObject({
      aggregate_id: assignmentId,
      payload: { on: '2018-10-01', reason: 'TARGET_DISSOLVED' },
    });
    expect(await subgraph.rows("select 1 from duty where window_start >= '2018-10-01'")).toEqual([]);
    expect(await refused('changePatch', { patchId: id, areaIds: [area(STREET, 1)], from: '2018-11-01' })).toMatchObject(
      {
        code: 'patch.ended',
      },
    );
    await draw({ from: '2018-10-01' });
  });
});

describe('a group that holds a patch', () => {
  it('contacts each of its areas, and owes one visit a month for all of them', async () => {
    const { id } = await draw();
    const { id: assignmentId } = await hold(id);
    const contacts = await contactsOn(`${STREET}001`, TODAY);
    expect(contacts).toEqual([
      {
        contactors: ['first', 'second'].map((name) => ({ id: idOf(name) })),
        target: null,
        patch: { code: `${STREET}-P1` },
        place: { code: STREET },
      },
    ]);
    expect(await contactsOn(`${STREET}003`, TODAY)).toEqual([]);
    const owed = await subgraph.rows(
      'select window_start::text, place_id from duty where assignment_id = $1 order by 1',
      [assignmentId],
    );
    expect(owed.slice(0, 2)).toEqual([
      { window_start: '2018-09-01', place_id: idOf(STREET) },
      { window_start: '2018-10-01', place_id: idOf(STREET) },
    ]);
    expect(await subgraph.told('contactAssignment.made')).toMatchObject([
      { payload: { record: { targetId: id, targetKind: 'PATCH' } } },
    ]);
  });

  it('keeps that duty by a visit of any of them to any of its areas, and by no other', async () => {
    const { id } = await draw({ from: '2018-01-01' });
    const { id: assignmentId } = await hold(id, { from: '2018-08-01' });
    const kept = async () =>
      (await subgraph.rows('select fulfilled_on::text as on from duty where fulfilled_on is not null')).map(
        ({ on }) => on,
      );
    await visit('third', area(STREET, 1));
    await visit('second', area(STREET, 3));
    expect(await kept()).toEqual([]);
    const { recordActivity } = await visit('second', area(STREET, 2));
    expect(recordActivity).toMatchObject({ assignment: { id: assignmentId }, recordedAs: 'CO_CONTACTOR' });
    expect(await kept()).toEqual([TODAY]);
  });

  it('names the area where a visit under its assignment took place', async () => {
    const { id } = await draw({ from: '2018-01-01' });
    const { id: assignmentId } = await hold(id, { from: '2018-08-01' });
    const named = (targetId?: string) =>
      subgraph.refusal(
        withRole('CADRE', idOf('first')),
        'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id } }',
        input({ kind: 'VISIT', heldAt: `${TODAY}T01:00:00Z`, assignmentId, ...(targetId && { targetId }) }),
      );
    for (const targetId of [undefined, area(STREET, 3), idOf(STREET)])
      expect(await named(targetId)).toMatchObject({ code: 'activity.patchArea', field: 'input.targetId' });
    await visit('first', area(STREET, 1), { assignmentId });
  });

  it('covers its areas, and them with all who are to hold one', async () => {
    const coverage = async (asOf: string) =>
      (
        await subgraph.answer(
          office,
          `{ coverage(scheme: "leaders-patch", asOf: "${asOf}", under: "${idOf(STREET)}") { contactors { eligible covered } targets { eligible covered } } }`,
        )
      )['coverage'];
    const { id } = await draw();
    expect(await coverage(TODAY)).toMatchObject({ targets: { eligible: 3, covered: 0 } });
    await hold(id, { until: '2018-12-01' });
    const held = { contactors: { eligible: 3, covered: 2 }, targets: { eligible: 3, covered: 2 } };
    expect(await coverage(TODAY)).toEqual(held);
    await make('changePatch', { patchId: id, areaIds: [area(STREET, 1)], from: '2018-10-01' });
    expect(await coverage('2018-09-30')).toEqual(held);
    expect(await coverage('2018-10-01')).toMatchObject({ targets: { eligible: 3, covered: 1 } });
    expect(await coverage('2018-12-01')).toMatchObject({ contactors: { covered: 0 }, targets: { covered: 0 } });
    expect(await subgraph.rebuild('coverage')).toMatchObject({ changed: 0 });
  });

  it('is of leaders of that subdistrict, and holds patches, not areas one by one', async () => {
    const { id } = await draw();
    for (const name of ['of the town', 'clerk'])
      expect(await refused('assignContact', held(id, { contactorIds: [idOf('first'), idOf(name)] }))).toMatchObject({
        code: 'assignment.contactor',
        field: 'input.contactorIds.1',
      });
    for (const target of [area(STREET, 1), idOf(STREET), idOf('nothing')])
      expect(await refused('assignContact', held(target))).toMatchObject({ code: 'assignment.target' });
    expect(await refused('assignContact', held(id, { from: '2018-08-16' }))).toMatchObject({
      code: 'assignment.target',
    });
  });

  it('loses a leader who moves to another subdistrict, and goes on without', async () => {
    const { id } = await draw();
    await hold(id);
    const follower = consumers.find(({ name }) => name === 'organizations.follow-cadres') as (typeof consumers)[number];
    const record = cadre('first', 'DIVISION', {
      posts: [
        { organizationId: idOf(STREET), from: '2010-01-01', until: '2018-09-01' },
        { organizationId: idOf(TOWN), from: '2018-09-01' },
      ],
    });
    await subgraph.consume(follower, {
      id: idOf('moved'),
      type: 'cadre.posted',
      aggregateId: record.id,
      sequence: 2,
      occurredAt: new Date(`${TODAY}T04:00:00Z`),
      data: { on: '2018-09-01', record, organizationId: idOf(TOWN) },
    });
    expect((await contactsOn(`${STREET}001`, '2018-08-31'))[0].contactors).toHaveLength(2);
    expect((await contactsOn(`${STREET}001`, '2018-09-01'))[0].contactors).toEqual([{ id: idOf('second') }]);
  });
});

describe('reading patches', () => {
  it('costs as many statements for many as for one, on both sides', async () => {
    await hold((await draw()).id);
    const query = (
      kinds: string,
    ) => `{ organizations(first: 9, filter: { kinds: [${kinds}] }) { nodes { code patch { code subdistrict { code } }
      patches { totalCount nodes { code areas { code } contacts { nodes { patch { id } place { code } contactors { id } } } } } contacts { nodes { id patch { code } } } } } }`;
    const one = await subgraph.ask(office, query('SUBDISTRICT RESIDENTIAL_AREA'));
    await hold((await draw({ code: 'P2', areaIds: [area(STREET, 3)] })).id, { contactorIds: [idOf('third')] });
    const two = await subgraph.ask(office, query('SUBDISTRICT RESIDENTIAL_AREA'));
    expect([one.errors, two.errors]).toEqual([undefined, undefined]);
    expect(two.statements).toHaveLength(one.statements.length);
  });

  it('brings them in from a register, with who holds them, once', async () => {
    const patch = {
      type: 'patch',
      id: idOf('imported'),
      subdistrictId: idOf(STREET),
      code: 'P9',
      nameZh: '示例片',
      nameEn: 'Example patch',
      from: '2018-01-01',
      areas: [{ areaId: area(STREET, 3), from: '2018-01-01' }],
    };
    const assignment = {
      type: 'contactAssignment',
      id: idOf('held'),
      scheme: 'leaders-patch',
      contactorKind: 'CADRE',
      contactorIds: [idOf('first')],
      targetId: patch.id,
      targetKind: 'PATCH',
      from: '2018-01-01',
      reason: '示例',
    };
    for (let times = 0; times < 2; times += 1) await subgraph.import([patch, assignment]);
    expect(await contactsOn(`${STREET}003`, TODAY)).toMatchObject([{ patch: { code: 'P9' }, place: { code: STREET } }]);
    await expect(subgraph.import([{ ...assignment, id: idOf('lost'), targetId: idOf('none') }])).rejects.toThrow(
      'targetId',
    );
  });
});
