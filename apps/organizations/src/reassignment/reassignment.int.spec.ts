import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { leading } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { area, leaders, patchedDistrict } from '../patch/patched-street.fixture.ts';
import { coveredDistrict } from '../scheme-coverage/covered-district.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const [town, street, yinhang] = ['310110101', '310110019', '310110016'].map(idOf) as [string, string, string];
const held = (name: string, contactorIds: string[], targetId: string, scheme = 'monthly') => ({
  type: 'contactAssignment',
  id: idOf(name),
  scheme,
  contactorKind: scheme === 'monthly' ? 'CADRE' : 'ORGANIZATION',
  contactorIds,
  targetId,
  liaisonIds: [],
  from: '2018-01-01',
  reason: '示例',
});

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: [
      ...coveredDistrict,
      held('town', [idOf('leader')], town),
      held('street', [idOf('leader')], street),
      held('other street', [idOf('other')], street),
      ...[1, 2, 3].map((nth) => held(`area ${nth}`, [yinhang], idOf(`31011001900${nth}`), 'centres')),
      ...[1, 2].map((nth) => held(`own area ${nth}`, [street], idOf(`31011010100${nth}`), 'centres')),
    ],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({
  input: { idempotencyKey: `reassign-${(keys += 1)}`, on: '2018-09-01', reason: '示例', ...values },
});
const REASSIGN = `mutation ($input: ReassignContactsInput!) { reassignContacts(input: $input) { dryRun on plan
  moves { assignment { id target { code } } successor { id } } stranded { assignment { id } orphaned } orphanedTargets { code }
  loads { scheme successorId before after limit overloaded } conflicts { assignment { id } successor { id } obstacle }
  handovers { id state takesEffectOn successor { id } assignment { id } } } }`;
const reassign = async (values: object) => (await subgraph.answer(office, REASSIGN, input(values)))['reassignContacts'];
const refused = (values: object) => subgraph.refusal(office, REASSIGN, input(values));
const fromLeader = { fromId: idOf('leader'), successorIds: [idOf('other')] };

describe('a bulk reassignment', () => {
  it('is shown first: who gets what, what stands in the way, which targets nobody would contact', async () => {
    const shown = await reassign({ ...fromLeader, successorIds: [idOf('other'), idOf('helper')] });
    expect(shown).toMatchObject({
      dryRun: true,
      on: '2018-09-01',
      moves: [{ assignment: { id: idOf('town'), target: { code: '310110101' } }, successor: { id: idOf('other') } }],
      // the other one contacts this street, and goes on doing so
      stranded: [{ assignment: { id: idOf('street') }, orphaned: false }],
      orphanedTargets: [],
      loads: [
        { scheme: 'monthly', successorId: idOf('other'), before: 1, after: 2, limit: null, overloaded: false },
        { successorId: idOf('helper'), before: 0, after: 0 },
      ],
      handovers: [],
    });
    expect(shown.conflicts).toEqual(
      expect.arrayContaining([
        { assignment: { id: idOf('street') }, successor: { id: idOf('other') }, obstacle: 'CONTACTS_TARGET' },
        { assignment: { id: idOf('street') }, successor: { id: idOf('helper') }, obstacle: 'NOT_ADMITTED' },
        { assignment: { id: idOf('town') }, successor: { id: idOf('helper') }, obstacle: 'NOT_ADMITTED' },
      ]),
    );
    expect((await reassign({ ...fromLeader, successorIds: [idOf('helper')] })).orphanedTargets).toEqual([
      { code: '310110101' },
    ]);
    expect(await subgraph.rows('select 1 from handover union all select 1 from reassignment')).toEqual([]);
  });

  it('shows who would have more targets than the scheme allows', async () => {
    const { moves, loads } = await reassign({ fromId: yinhang, successorIds: [street, town] });
    expect(moves.map(({ successor }: { successor: { id: string } }) => successor.id).sort()).toEqual(
      [town, town, street].sort(),
    );
    expect(loads).toEqual([
      { scheme: 'centres', successorId: street, before: 2, after: 3, limit: 3, overloaded: false },
      { scheme: 'centres', successorId: town, before: 0, after: 2, limit: 3, overloaded: false },
    ]);
    expect((await reassign({ fromId: yinhang, successorIds: [street] })).loads).toMatchObject([
      { before: 2, after: 5, limit: 3, overloaded: true },
    ]);
  });

  it('is carried out as it was shown, once: handovers, which take effect on its day', async () => {
    const { plan } = await reassign(fromLeader);
    const commit = input({ ...fromLeader, dryRun: false, expectedPlan: plan });
    const done = await subgraph.answer(office, REASSIGN, commit);
    expect(done['reassignContacts']).toMatchObject({
      dryRun: false,
      plan,
      handovers: [{ state: 'OFFERED', takesEffectOn: '2018-09-01', assignment: { id: idOf('town') } }],
    });
    expect(await subgraph.answer(office, REASSIGN, commit)).toEqual(done);
    expect(await subgraph.told('contactAssignment.handoverOffered')).toHaveLength(1);
    const contactsOn = async (on: string) =>
      (
        await subgraph.answer(
          office,
          `{ organization(code: "310110101") { contacts(first: 5, on: "${on}") { nodes { contactor { id } } } } }`,
        )
      )['organization'].contacts.nodes.map((node: { contactor: { id: string } }) => node.contactor.id);
    await subgraph.answer(
      withRole('CADRE', idOf('other')),
      'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { state } }',
      {
        input: {
          idempotencyKey: `reassign-${(keys += 1)}`,
          handoverId: done['reassignContacts'].handovers[0].id,
        },
      },
    );
    expect(await contactsOn('2018-08-31')).toEqual([idOf('leader')]);
    expect(await contactsOn('2018-09-01')).toEqual([idOf('other')]);
  });

  it('is refused when what was shown no longer holds', async () => {
    const { plan } = await reassign(fromLeader);
    await subgraph.answer(office, 'mutation ($input: EndAssignmentInput!) { endAssignment(input: $input) { id } }', {
      input: {
        idempotencyKey: `reassign-${(keys += 1)}`,
        assignmentId: idOf('other street'),
        on: '2018-08-20',
        reason: 'OTHER',
      },
    });
    expect(await refused({ ...fromLeader, dryRun: false, expectedPlan: plan })).toMatchObject({
      code: 'reassignment.planStale',
      field: 'input.expectedPlan',
    });
    expect(await subgraph.rows('select 1 from handover')).toEqual([]);
    const { plan: now } = await reassign(fromLeader);
    const { moves } = await reassign({ ...fromLeader, dryRun: false, expectedPlan: now });
    expect(moves).toHaveLength(2);
    // what was offered is not offered again
    expect(await reassign(fromLeader)).toMatchObject({ moves: [], conflicts: [{ obstacle: 'HANDOVER_OPEN' }, {}] });
  });

  it('is refused with what is wrong, and to others than the Frontline Office', async () => {
    const both = { ...fromLeader, assignmentIds: [idOf('town')] };
    expect(await refused(both)).toMatchObject({ code: 'reassignment.which', field: 'input.fromId' });
    expect(await refused({ ...fromLeader, fromId: idOf('helper') })).toMatchObject({ code: 'reassignment.none' });
    expect(await refused({ ...fromLeader, successorIds: [idOf('leader')] })).toMatchObject({
      code: 'reassignment.successors',
      field: 'input.successorIds',
    });
    expect(await refused({ ...fromLeader, on: '2018-08-16' })).toMatchObject({ code: 'reassignment.past' });
    expect(await refused({ ...fromLeader, dryRun: false })).toMatchObject({ code: 'reassignment.planMissing' });
    const { plan } = await reassign({ ...fromLeader, successorIds: [idOf('helper')] });
    expect(
      await refused({ ...fromLeader, successorIds: [idOf('helper')], dryRun: false, expectedPlan: plan }),
    ).toMatchObject({ code: 'reassignment.nothing' });
    expect(await subgraph.refusal(withRole('SUBDISTRICT'), REASSIGN, input(fromLeader))).toMatchObject({
      code: 'access.denied',
    });
  });
});

describe('a bulk reassignment of patches', () => {
  it('shows beforehand that only leaders of the same street can take them', async () => {
    const patched = await subgraphUnderTest(organizations, {
      today: TODAY,
      copies: { cadre: leaders },
      lines: [
        ...patchedDistrict,
        {
          type: 'patch',
          id: idOf('patch'),
          subdistrictId: street,
          code: 'P1',
          nameZh: '示例片',
          nameEn: 'Example patch',
          from: '2018-01-01',
          areas: [{ areaId: area('310110019', 1), from: '2018-01-01' }],
        },
        {
          ...held('patch of the first', [idOf('first')], idOf('patch')),
          scheme: 'leaders-patch',
          contactorKind: 'CADRE',
          targetKind: 'PATCH',
        },
      ],
    });
    try {
      const dryRun = async (...names: string[]) =>
        (
          await patched.answer(
            office,
            REASSIGN,
            input({ fromId: idOf('first'), successorIds: names.map(idOf), dryRun: true }),
          )
        )['reassignContacts'];
      const shown = await dryRun('of the town', 'second');
      expect(shown.moves).toMatchObject([{ successor: { id: idOf('second') } }]);
      expect(shown.conflicts).toMatchObject([{ successor: { id: idOf('of the town') }, obstacle: 'NOT_ADMITTED' }]);
      expect((await dryRun('of the town')).stranded).toMatchObject([{ orphaned: true }]);
    } finally {
      await patched.stop();
    }
  });
});
