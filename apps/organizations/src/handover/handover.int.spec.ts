import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { contactDistrict, leading } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const successor = withRole('CADRE', idOf('other'));
const [held, target] = [idOf('held'), idOf('310110101')];

const visit = (day: string, at: number) => ({
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
      disposition: at === 0 ? 'OPINION' : 'CASE',
      categoryCode: `roads.${at}`,
      areaId: target,
      ...(at > 0 && { caseKind: 'HELP_REQUEST' }),
    },
  ],
});

const contactsOfOther = {
  type: 'contactAssignment',
  scheme: 'monthly',
  contactorKind: 'CADRE',
  contactorIds: [idOf('other')],
  targetId: target,
  from: '2018-07-16',
  reason: '示例',
};

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: [
      ...contactDistrict,
      {
        type: 'contactAssignment',
        id: held,
        scheme: 'monthly',
        contactorKind: 'CADRE',
        contactorIds: [idOf('leader')],
        targetId: target,
        liaisonIds: [],
        from: '2018-01-01',
        reason: '示例',
      },
      ...['2018-06-04', '2018-07-02', '2018-08-06'].map(visit),
    ],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `handover-${(keys += 1)}`, ...values } });
const OFFER = 'mutation ($input: HandOverAssignmentInput!) { handOverAssignment(input: $input) { id version state } }';
const ACCEPT = `mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { state acceptedOn
  assignment { until } nextAssignment { from contactor { id } target { code } } } }`;
const offer = async (values: object = {}) =>
  (
    await subgraph.answer(
      office,
      OFFER,
      input({ assignmentId: held, successorId: idOf('other'), reason: '示例', ...values }),
    )
  )['handOverAssignment'];
const holders = async (on: string) => {
  const { organization } = await subgraph.answer(
    office,
    `{ organization(code: "310110101") { contacts(first: 5, on: "${on}") { nodes { contactor { id } } } } }`,
  );
  return organization.contacts.nodes.map((node: { contactor: { id: string } }) => node.contactor.id);
};

describe('a handover', () => {
  it('gives the successor target, open cases, promises and last visits in one list', async () => {
    await offer();
    await subgraph.rows(`update demand set case_state = 'CLOSED' where id = $1`, [idOf('demand 2018-07-02')]);
    await subgraph.rows(`update demand set case_id = $2, case_number = 'YP-1', case_state = 'HANDLING' where id = $1`, [
      idOf('demand 2018-08-06'),
      idOf('case'),
    ]);
    for (const [name, keptOn] of [
      ['kept', '2018-08-10'],
      ['open', null],
    ] as const)
      await subgraph.rows(
        `insert into promise (id, activity_id, cadre_id, target_id, text, made_on, due_on, kept_on) values ($1, $2, $3, $4, '', '2018-08-06', '2018-08-20', $5)`,
        [idOf(name), idOf('visit 2018-08-06'), idOf('leader'), target, keptOn],
      );
    const list = await subgraph.ask(
      successor,
      `query ($id: ID!) { handovers(first: 5, successorId: $id, open: true) { totalCount nodes { state target { code }
        openCases { number state categoryCode case { id } } openPromises { dueOn cadre { id } } lastVisits { kind heldAt } } } }`,
      { id: idOf('other') },
    );
    expect(list.data?.['handovers']).toEqual({
      totalCount: 1,
      nodes: [
        {
          state: 'OFFERED',
          target: { code: '310110101' },
          openCases: [{ number: 'YP-1', state: 'HANDLING', categoryCode: 'roads.2', case: { id: idOf('case') } }],
          openPromises: [{ dueOn: '2018-08-20', cadre: { id: idOf('leader') } }],
          lastVisits: ['2018-08-06', '2018-07-02', '2018-06-04'].map((day) => ({
            kind: 'VISIT',
            heldAt: expect.stringContaining(day),
          })),
        },
      ],
    });
    expect(list.statements.length).toBeLessThanOrEqual(7);
  });

  it('leaves the first responsible until the successor accepts; history keeps the first', async () => {
    const { id: handoverId } = await offer();
    expect(await holders(TODAY)).toEqual([idOf('leader')]);
    subgraph.moveTo(new Date('2018-09-03T09:00:00+08:00'));
    const accept = input({ handoverId });
    const once = await subgraph.answer(successor, ACCEPT, accept);
    expect(once['acceptHandover']).toEqual({
      state: 'ACCEPTED',
      acceptedOn: '2018-09-03',
      assignment: { until: '2018-09-03' },
      nextAssignment: { from: '2018-09-03', contactor: { id: idOf('other') }, target: { code: '310110101' } },
    });
    expect(await subgraph.answer(successor, ACCEPT, accept)).toEqual(once);
    expect(await holders('2018-09-02')).toEqual([idOf('leader')]);
    expect(await holders('2018-09-03')).toEqual([idOf('other')]);
    expect(await subgraph.told('contactAssignment.ended')).toMatchObject([{ payload: { reason: 'HANDED_OVER' } }]);
    expect(await subgraph.told('contactAssignment.made')).toHaveLength(1);
    expect(await subgraph.refusal(successor, ACCEPT, input({ handoverId }))).toMatchObject({
      code: 'handover.accepted',
    });
  });

  it('gives the next one what came of visits of all who held it before', async () => {
    await subgraph.answer(successor, ACCEPT, input({ handoverId: (await offer()).id }));
    const { contactAssignments } = await subgraph.answer(
      office,
      `{ contactAssignments(filter: { on: "${TODAY}" }) { nodes { id continues { id } } } }`,
    );
    const [now] = contactAssignments.nodes;
    expect(now.continues).toEqual({ id: held });
    await offer({ assignmentId: now.id, successorId: idOf('leader') });
    const { handovers } = await subgraph.answer(
      withRole('CADRE', idOf('leader')),
      '{ handovers(first: 5, open: true) { nodes { openCases { categoryCode } lastVisits { heldAt } } } }',
    );
    expect(handovers.nodes).toEqual([
      {
        openCases: [{ categoryCode: 'roads.2' }, { categoryCode: 'roads.1' }],
        lastVisits: ['2018-08-06', '2018-07-02', '2018-06-04'].map((day) => ({
          heldAt: expect.stringContaining(day),
        })),
      },
    ]);
  });

  it('lets the successor keep the duty whose window is open, whoever owed it when it opened', async () => {
    const heldOn = async (heldAt: string) => {
      subgraph.moveTo(new Date(heldAt));
      const { recordActivity } = await subgraph.answer(
        successor,
        'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id } }',
        input({ kind: 'VISIT', heldAt, targetId: target }),
      );
      return recordActivity.id;
    };
    const dutiesOf = async () =>
      (
        await subgraph.answer(
          office,
          '{ duties(first: 50, filter: { from: "2018-08-01", to: "2018-09-30" }) { nodes { windowStart state contactor { id } fulfilment { id } } } }',
        )
      )['duties'].nodes;
    await subgraph.answer(office, 'mutation { generateDuties(input: {}) { added } }');
    await subgraph.answer(successor, ACCEPT, input({ handoverId: (await offer()).id }));
    const first = await heldOn('2018-08-20T09:00:00+08:00');
    await heldOn('2018-08-21T09:00:00+08:00');
    const second = await heldOn('2018-09-03T09:00:00+08:00');
    expect(await dutiesOf()).toEqual([
      { windowStart: '2018-08-01', state: 'FULFILLED', contactor: { id: idOf('leader') }, fulfilment: { id: first } },
      { windowStart: '2018-09-01', state: 'FULFILLED', contactor: { id: idOf('other') }, fulfilment: { id: second } },
    ]);
  });

  it('lets the successor see what was heard and promised there, and keep it', async () => {
    const { recordActivity } = await subgraph.answer(
      withRole('CADRE', idOf('leader')),
      'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id promises { nodes { id } } } }',
      input({
        kind: 'VISIT',
        heldAt: '2018-08-16T09:00:00+08:00',
        targetId: target,
        summary: '楼道灯坏了',
        promises: [{ text: '联系物业', dueOn: '2018-08-31' }],
      }),
    );
    const promiseId = recordActivity.promises.nodes[0].id;
    const KEEP = 'mutation ($input: KeepPromiseInput!) { keepPromise(input: $input) { state } }';
    const seen = async (who: typeof successor) =>
      subgraph.answer(who, `{ activity(id: "${recordActivity.id}") { summary } promise(id: "${promiseId}") { text } }`);
    const { id: handoverId } = await offer();
    const { handover } = await subgraph.answer(successor, `{ handover(id: "${handoverId}") { openPromises { id } } }`);
    expect(handover.openPromises).toEqual([{ id: promiseId }]);
    expect(await seen(successor)).toEqual({ activity: null, promise: null });
    expect(await subgraph.refusal(successor, KEEP, input({ promiseId }))).toMatchObject({ code: 'aggregate.notFound' });
    await subgraph.answer(successor, ACCEPT, input({ handoverId }));
    expect(await seen(successor)).toEqual({ activity: { summary: '楼道灯坏了' }, promise: { text: '联系物业' } });
    expect(await seen(withRole('CADRE', idOf('elsewhere')))).toEqual({ activity: null, promise: null });
    expect((await subgraph.answer(successor, KEEP, input({ promiseId })))['keepPromise']).toEqual({ state: 'KEPT' });
  });

  it('is offered once, to somebody whom the scheme admits, and accepted by nobody else', async () => {
    const refused = (values: object) =>
      subgraph.refusal(
        office,
        OFFER,
        input({ assignmentId: held, successorId: idOf('other'), reason: '示例', ...values }),
      );
    for (const name of ['helper', 'leader'])
      expect(await refused({ successorId: idOf(name) })).toMatchObject({
        code: 'handover.successor',
        field: 'input.successorId',
      });
    const { id: handoverId } = await offer();
    expect(await refused({})).toMatchObject({ code: 'handover.open' });
    expect(await subgraph.refusal(withRole('CADRE', idOf('leader')), ACCEPT, input({ handoverId }))).toMatchObject({
      code: 'handover.notYours',
      field: 'input.handoverId',
    });
    expect(await subgraph.refusal(office, ACCEPT, input({ handoverId }))).toMatchObject({ code: 'access.denied' });
  });

  it('is not made of what another system keeps, in bulk neither', async () => {
    await subgraph.rows(
      `insert into record_source (table_name, id, system) values ('contact_assignment', $1, 'grid-system')`,
      [held],
    );
    const offered = input({ assignmentId: held, successorId: idOf('other'), reason: '示例' });
    expect(await subgraph.refusal(office, OFFER, offered)).toMatchObject({
      code: 'record.ownedElsewhere',
      field: 'input.assignmentId',
      details: { system: 'grid-system' },
    });
    const { reassignContacts } = await subgraph.answer(
      office,
      'mutation ($input: ReassignContactsInput!) { reassignContacts(input: $input) { moves { successor { id } } conflicts { assignment { id } obstacle } } }',
      input({ fromId: idOf('leader'), successorIds: [idOf('other')], on: TODAY, reason: '示例' }),
    );
    expect(reassignContacts).toEqual({
      moves: [],
      conflicts: [{ assignment: { id: held }, obstacle: 'OWNED_ELSEWHERE' }],
    });
  });

  it('is declined by the successor or withdrawn by the office, and can then be offered again', async () => {
    const CLOSE = (as: string) =>
      `mutation ($input: CloseHandoverInput!) { ${as}Handover(input: $input) { state closedOn closingReason assignment { until } } }`;
    const close = (values: object) => input({ reason: '示例缘由', ...values });
    const { id: first } = await offer();
    expect(
      await subgraph.refusal(withRole('CADRE', idOf('leader')), CLOSE('decline'), close({ handoverId: first })),
    ).toMatchObject({ code: 'handover.notYours', field: 'input.handoverId' });
    expect(
      await subgraph.refusal(successor, CLOSE('decline'), close({ handoverId: first, reason: ' ' })),
    ).toMatchObject({
      code: 'assignment.reason',
    });
    const declined = await subgraph.answer(successor, CLOSE('decline'), close({ handoverId: first }));
    expect(declined['declineHandover']).toEqual({
      state: 'DECLINED',
      closedOn: TODAY,
      closingReason: '示例缘由',
      assignment: { until: null },
    });
    expect(await subgraph.refusal(successor, ACCEPT, input({ handoverId: first }))).toMatchObject({
      code: 'handover.closed',
    });
    expect(await holders(TODAY)).toEqual([idOf('leader')]);

    const { id: second } = await offer();
    expect(await subgraph.refusal(successor, CLOSE('withdraw'), close({ handoverId: second }))).toMatchObject({
      code: 'access.denied',
    });
    const withdrawn = await subgraph.answer(office, CLOSE('withdraw'), close({ handoverId: second }));
    expect(withdrawn['withdrawHandover'].state).toBe('WITHDRAWN');
    expect((await subgraph.told('contactAssignment.handoverClosed')).map(({ payload }) => payload.as)).toEqual([
      'DECLINED',
      'WITHDRAWN',
    ]);
    const { handovers } = await subgraph.answer(office, '{ handovers(first: 9, open: true) { totalCount } }');
    expect(handovers.totalCount).toBe(0);
    expect((await offer()).state).toBe('OFFERED');
  });

  it('to a unit is accepted by the office of that very unit', async () => {
    const [unit, other] = [idOf('310110019'), idOf('310110016')];
    await subgraph.import([
      {
        type: 'contactScheme',
        id: idOf('units'),
        code: 'units',
        nameZh: '示例',
        nameEn: 'Example',
        versions: [
          {
            version: 1,
            validFrom: '2010-01-01',
            contactor: { kind: 'ORGANIZATION', organizationKinds: ['SUBDISTRICT'] },
            target: { kinds: ['TOWN'] },
            duties: [],
            source: 'ASSUMED',
          },
        ],
      },
      {
        type: 'contactAssignment',
        id: idOf('of unit'),
        scheme: 'units',
        contactorKind: 'ORGANIZATION',
        contactorIds: [other],
        targetId: target,
        liaisonIds: [],
        from: '2018-01-01',
        reason: '示例',
      },
    ]);
    const { id: handoverId } = await offer({ assignmentId: idOf('of unit'), successorId: unit });
    const at = (role: 'SUBDISTRICT' | 'CADRE' | 'GRID_WORKER', place: string) =>
      ({ ...withRole(role), grants: [{ role, place }] }) as ReturnType<typeof withRole>;
    for (const stranger of [at('SUBDISTRICT', other), at('CADRE', unit), withRole('SUBDISTRICT')])
      expect(await subgraph.refusal(stranger, ACCEPT, input({ handoverId }))).toMatchObject({
        code: 'handover.notYours',
      });
    const { acceptHandover } = await subgraph.answer(at('SUBDISTRICT', unit), ACCEPT, input({ handoverId }));
    expect(acceptHandover).toMatchObject({ state: 'ACCEPTED', nextAssignment: { contactor: { id: unit } } });
  });

  it('comes in from old records, with the list that the successor got', async () => {
    const next = { ...contactsOfOther, id: idOf('next') };
    const line = {
      type: 'handover',
      id: idOf('old handover'),
      assignmentId: held,
      successorId: idOf('other'),
      offeredOn: '2018-07-10',
      acceptedOn: '2018-07-12',
      takesEffectOn: '2018-07-16',
      nextAssignmentId: next.id,
      reason: '示例',
    };
    for (let times = 0; times < 2; times += 1) await subgraph.import([next, line]);
    const { handovers } = await subgraph.answer(
      office,
      '{ handovers { nodes { state offeredOn acceptedOn takesEffectOn nextAssignment { from } lastVisits { heldAt } } } }',
    );
    expect(handovers.nodes).toEqual([
      {
        state: 'ACCEPTED',
        offeredOn: '2018-07-10',
        acceptedOn: '2018-07-12',
        takesEffectOn: '2018-07-16',
        nextAssignment: { from: '2018-07-16' },
        lastVisits: expect.arrayContaining([{ heldAt: '2018-06-04T01:00:00.000Z' }]),
      },
    ]);
    for (const field of ['assignmentId', 'nextAssignmentId'])
      await expect(subgraph.import([{ ...line, id: idOf(field), [field]: idOf('nothing') }])).rejects.toThrow(field);
    await expect(subgraph.import([{ ...line, acceptedOn: '2018-07-09' }])).rejects.toThrow('acceptedOn');
  });
});
