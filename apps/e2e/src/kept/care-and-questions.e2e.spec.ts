import { describeWith, eventually, PlatformUnderTest } from '@frontline/testing';
import { ids, oneStreet } from '../first-flow/one-street.fixture.ts';

const records = oneStreet.records ?? {};
const householdId = (records.households as { type: string; id: string }[]).find(({ type }) => type === 'household')?.id;
const assistanceId = '018f0000-0000-7000-8000-000000000081';

/** What the helper owes under the assistance in August 2018, and what came of it. */
const CARE = `{ duties(filter: { owedUnder: [ASSISTANCE], to: "2018-08-31" }) { nodes {
  scheme windowStart state contactor { id } household { code } assistance { consentedOn } careVisit { id } } } }`;
const VISIT = 'mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) { id } }';
const DIALOGUE = 'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id questions { id } } }';
const QUESTION =
  'query ($id: ID!) { question(id: $id) { state demand { disposition caseState case { channel state } } } }';

/** A street whose helper assists a household, and owes it a care visit each month. */
const assistedStreet = {
  ...oneStreet,
  records: {
    ...records,
    organizations: [
      ...(records.organizations as object[]),
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
