import { describeWith, eventually, PlatformUnderTest } from '@frontline/testing';
import { caseOfTheHomeVisit, ids, oneStreet } from '../first-flow/one-street.fixture.ts';

const records = oneStreet.records ?? {};
const householdId = (records.households as { type: string; id: string }[]).find(({ type }) => type === 'household')?.id;
const assistanceId = '018f0000-0000-7000-8000-000000000081';

/** What the helper owes under the assistance in August 2018, and what came of it. */
const CARE = `{ duties(filter: { owedUnder: [ASSISTANCE], to: "2018-08-31" }) { nodes {
  scheme windowStart state contactor { id } household { code } assistance { consentedOn } careVisit { id } } } }`;
const WITHDRAW = 'mutation ($input: WithdrawHomeVisitInput!) { withdrawHomeVisit(input: $input) { withdrawnAt } }';
const OPENED =
  'query ($id: ID!) { homeVisit(id: $id) { demands { caseState } } cases(filter: { channels: [CARE_VISIT] }) { nodes { state } } }';
const VISIT = 'mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) { id } }';
const DIALOGUE = 'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id questions { id } } }';
const QUESTION =
  'query ($id: ID!) { question(id: $id) { state demand { disposition caseState case { channel state } } } }';

const CALL_BACK = 'mutation ($input: RecordCallbackInput!) { recordCallback(input: $input) { state closingCode } }';
const TOLD = `query ($id: ID!) { demand(id: $id) { caseState toldBackOn case { callbacks { solved outcome } } tellBack {
  state owedFrom cadre { id } toldThrough duty { state } } } }`;

const TOLD_AT_DOOR = `query ($id: ID!) { homeVisit(id: $id) { demands { caseState toldBackOn tellBack {
  state toldThrough cadre { id } homeVisit { heldAt } duty { state } } } } }`;

const heardId = '018f0000-0000-7000-8000-000000000083';
const demandId = '018f0000-0000-7000-8000-000000000084';
const answeredCaseId = '018f0000-0000-7000-8000-000000000085';

/** What the contactor heard on a visit, and its case, which has been answered. */
const heard = {
  type: 'activity',
  id: heardId,
  kind: 'VISIT',
  heldAt: '2018-08-06T09:00:00+08:00',
  targetId: ids.area,
  contactorIds: [ids.contactor],
  summary: '演示',
  demands: [
    {
      id: demandId,
      text: '路灯不亮',
      disposition: 'CASE',
      categoryCode: 'roads.lighting',
      caseKind: 'HELP_REQUEST',
      areaId: ids.area,
    },
  ],
};
const answeredCase = {
  type: 'case',
  id: answeredCaseId,
  number: '2018-000910',
  title: '路灯不亮',
  categoryCode: 'roads.lighting',
  kind: 'HELP_REQUEST',
  channel: 'VISIT',
  demandId,
  source: { kind: 'ACTIVITY', id: heardId },
  areaId: ids.area,
  householdId,
  leadOrganizationId: ids.street,
  state: 'ANSWERED',
  registeredAt: '2018-08-06T11:00:00+08:00',
  promiseDueAt: '2018-08-13T18:00:00+08:00',
  moves: [
    { state: 'REGISTERED', at: '2018-08-06T11:00:00+08:00' },
    { state: 'ANSWERED', at: '2018-08-09T11:00:00+08:00' },
  ],
};

/** The case of what the contactor heard at a door, which has been answered as well. */
const answeredAtTheDoor = {
  ...caseOfTheHomeVisit,
  state: 'ANSWERED',
  moves: [...caseOfTheHomeVisit.moves, { state: 'ANSWERED', at: '2018-08-07T11:00:00+08:00' }],
};

/** A street whose helper assists a household, and owes it a care visit each month; and where a demand was answered. */
const assistedStreet = {
  ...oneStreet,
  records: {
    ...records,
    organizations: [
      ...(records.organizations as object[]),
      heard,
      {
        type: 'contactScheme',
        id: '018f0000-0000-7000-8000-000000000082',
        code: 'assistance-care',
        nameZh: '结对帮扶',
        nameEn: 'Monthly care visits',
        versions: [
          {
            version: 1,
            validFrom: '2005-01-01',
            contactor: { kind: 'CADRE' },
            target: { kinds: [] },
            duties: [
              {
                code: 'care',
                activity: 'CARE_VISIT',
                recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
                windowDays: 31,
                dayOffRule: 'KEEP',
              },
            ],
            source: 'SEED',
          },
        ],
      },
    ],
    cases: [...(records.cases as object[]), answeredCase, answeredAtTheDoor],
    households: [
      ...(records.households as object[]),
      {
        type: 'pairedAssistance',
        id: assistanceId,
        householdId,
        cadreId: ids.contactor,
        from: '2018-01-01',
        consentedOn: '2017-12-20',
      },
    ],
  },
};

describeWith('kafka')('what was owed or asked', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start(assistedStreet);
  });
  afterAll(() => platform?.stop());

  it('is kept by a care visit: households tells of the assistance and the visit, organizations of the duty', async () => {
    const care = () => platform.ask('CADRE', CARE);
    type Care = { duties: { nodes: { state: string }[] } };
    const made = await eventually('the duty is made', care, (found) => (found as Care).duties.nodes.length > 0);
    const duty = {
      scheme: 'assistance-care',
      windowStart: '2018-08-01',
      contactor: { id: ids.contactor },
      household: { code: 'DEMO-H1' },
      assistance: { consentedOn: '2017-12-20' },
    };
    expect(made).toEqual({ duties: { nodes: [{ ...duty, state: 'DUE', careVisit: null }] } });
    const input = {
      idempotencyKey: 'care-visit-0001',
      heldAt: '2018-08-16T19:00:00+08:00',
      householdId,
      findings: '上门看望',
      care: true,
    };
    const { recordHomeVisit } = (await platform.ask('CADRE', VISIT, { input })) as { recordHomeVisit: { id: string } };
    const kept = await eventually(
      'the duty is fulfilled',
      care,
      (found) => (found as Care).duties.nodes[0]?.state !== 'DUE',
    );
    expect(kept).toEqual({
      duties: { nodes: [{ ...duty, state: 'FULFILLED', careVisit: { id: recordHomeVisit.id } }] },
    });
  });

  it('is owed again when the visit is withdrawn, until another one keeps it; and its case has nothing to answer', async () => {
    const care = async () => ((await platform.ask('CADRE', CARE)) as { duties: { nodes: Kept[] } }).duties.nodes[0];
    type Kept = { state: string; careVisit: { id: string } | null };
    const visit = async (idempotencyKey: string, demands: object[] = []) => {
      const heldAt = '2018-08-16T20:00:00+08:00';
      const input = { idempotencyKey, heldAt, householdId, findings: '上门看望', care: true, demands };
      const { recordHomeVisit } = (await platform.ask('CADRE', VISIT, { input })) as {
        recordHomeVisit: { id: string };
      };
      return recordHomeVisit.id;
    };
    const withdraw = (homeVisitId: string) =>
      platform.ask('CADRE', WITHDRAW, {
        input: { idempotencyKey: `withdraw-${homeVisitId}`, homeVisitId, reason: '重复登记' },
      });
    const first = (await care())?.careVisit?.id as string;
    const second = await visit('care-visit-0002', [
      { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' },
    ]);
    const opened = () => platform.ask('SUBDISTRICT', OPENED, { id: second });
    const states = (found: unknown) => {
      const { homeVisit, cases } = found as {
        homeVisit: { demands: { caseState: string }[] };
        cases: { nodes: Kept[] };
      };
      return [...homeVisit.demands.map(({ caseState }) => caseState), ...cases.nodes.map(({ state }) => state)].join();
    };
    await eventually('its case is open', opened, (found) => states(found) === 'REGISTERED,REGISTERED');
    await withdraw(first);
    await eventually('the other visit keeps the duty', care, (found) => found?.careVisit?.id === second);
    await withdraw(second);
    await eventually('the duty is owed', care, (found) => found?.state === 'DUE' && found.careVisit === null);
    await eventually('its case is withdrawn', opened, (found) => states(found) === 'WITHDRAWN');
    const third = await visit('care-visit-0003');
    await eventually('the duty is kept', care, (found) => found?.careVisit?.id === third);
  });

  it('is told by a callback: cases closes the case with it, organizations owes the tell-back and finds it fulfilled', async () => {
    const told = (role = 'CADRE') => platform.ask(role, TOLD, { id: demandId });
    type Told = { demand: { caseState: string; tellBack: { state: string } | null } };
    await eventually(
      'its case is known',
      () => told(),
      (found) => (found as Told).demand.caseState === 'ANSWERED',
    );
    const input = {
      idempotencyKey: 'callback-0001',
      caseId: answeredCaseId,
      channel: 'PHONE',
      reached: true,
      solved: 'PARTLY',
      contacted: true,
      closingCode: 'SOLVED',
    };
    for (let times = 0; times < 2; times += 1)
      expect(await platform.ask('DISPATCH_CENTRE', CALL_BACK, { input })).toEqual({
        recordCallback: { state: 'CLOSED', closingCode: 'SOLVED' },
      });
    const found = await eventually(
      'it is told back',
      () => told('DISPATCH_CENTRE'),
      (each) => (each as Told).demand.tellBack !== null,
    );
    expect(found).toEqual({
      demand: {
        caseState: 'CLOSED',
        toldBackOn: '2018-08-17',
        case: { callbacks: [{ solved: 'PARTLY', outcome: 'CONCLUDED' }] },
        tellBack: {
          state: 'FULFILLED',
          owedFrom: '2018-08-17',
          cadre: { id: ids.contactor },
          toldThrough: 'CALLBACK',
          duty: { state: 'FULFILLED' },
        },
      },
    });
    // who heard it sees that it was told, though the case is in other hands
    expect(await told()).toMatchObject({ demand: { case: null, tellBack: { toldThrough: 'CALLBACK' } } });
  });

  it('is told by a callback at a door too: households tells who heard it, cases that the person was reached', async () => {
    const told = () => platform.ask('CADRE', TOLD_AT_DOOR, { id: ids.homeVisit });
    type Told = { homeVisit: { demands: { tellBack: { state: string } | null }[] } };
    const input = {
      idempotencyKey: 'callback-0002',
      caseId: answeredAtTheDoor.id,
      channel: 'VISIT',
      reached: true,
      solved: 'SOLVED',
      closingCode: 'SOLVED',
    };
    await platform.ask('DISPATCH_CENTRE', CALL_BACK, { input });
    const found = await eventually(
      'it is told back',
      told,
      (each) => (each as Told).homeVisit.demands[0]?.tellBack?.state === 'FULFILLED',
    );
    expect(found).toEqual({
      homeVisit: {
        demands: [
          {
            caseState: 'CLOSED',
            toldBackOn: '2018-08-17',
            tellBack: {
              state: 'FULFILLED',
              toldThrough: 'CALLBACK',
              cadre: { id: ids.contactor },
              homeVisit: { heldAt: '2018-08-01T01:00:00.000Z' },
              duty: { state: 'FULFILLED' },
            },
          },
        ],
      },
    });
  });

  it('becomes a case when a question of a dialogue is left unanswered', async () => {
    const input = {
      idempotencyKey: 'dialogue-0001',
      kind: 'DIALOGUE',
      heldAt: '2018-08-16T10:00:00+08:00',
      targetId: ids.area,
      questions: [{ text: '路灯何时修好？', categoryCode: 'roads.lighting' }],
    };
    const { recordActivity } = (await platform.ask('CADRE', DIALOGUE, { input })) as {
      recordActivity: { questions: { id: string }[] };
    };
    const id = recordActivity.questions[0]?.id;
    const question = () => platform.ask('FRONTLINE_OFFICE', QUESTION, { id });
    expect(await question()).toEqual({ question: { state: 'OPEN', demand: null } });
    await platform.setClock('2018-08-20T08:00:00+08:00');
    const demand = { disposition: 'CASE', caseState: 'REGISTERED', case: { channel: 'DIALOGUE', state: 'REGISTERED' } };
    await eventually(
      'its case is open',
      question,
      (found) => JSON.stringify(found) === JSON.stringify({ question: { state: 'BECAME_DEMAND', demand } }),
    );
  });
});
