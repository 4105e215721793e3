import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { at, branches } from '../branch-pairing/paired-branches.fixture.ts';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const pairing = (name: string, branch: string, partner: string, more: object = {}) => ({
  type: 'branchPairing',
  id: idOf(name),
  branchId: idOf(branch),
  partnerId: idOf(partner),
  from: '2017-02-01',
  ...more,
});
const activity = (day: string, kind = 'BRANCH_ACTIVITY') => ({
  type: 'activity',
  id: idOf(`activity ${day}`),
  kind,
  heldAt: `${day}T09:00:00+08:00`,
  targetId: idOf('310110101001'),
  contactorIds: [idOf('secretary')],
  summary: '示例',
  demands: [],
});
const secretary = {
  id: idOf('secretary'),
  staffNumber: 'secretary',
  status: 'ACTIVE',
  ranks: [],
  posts: [{ organizationId: idOf('D1'), from: '2010-01-01' }],
  partyMember: [],
  liaisonIds: [],
};

const department = at('DEPARTMENT', 'D1');
const street = at('SUBDISTRICT', '310110101');
const area = at('GRID_WORKER', '310110101001');
const office = withRole('FRONTLINE_OFFICE');

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: [secretary] },
    lines: [
      ...fiveCorners,
      ...branches,
      pairing('kept', 'office-1', 'community-1'),
      pairing('short', 'soe-1', 'two-new-1', { from: '2018-07-01', until: '2018-10-01' }),
      ...['2017-06-01', '2018-06-01', '2018-08-10'].map((day) => activity(day)),
      activity('2018-08-11', 'VISIT'),
    ],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `plan-key-${(keys += 1)}`, ...values } });
const FIELDS = `id version year state reviewedOn concludedByBranchOn concludedByPartnerOn reviewNote
  items { number what plannedOn activityKind outcome doneOn note activity { id } }`;
const mutation = (name: string) =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${FIELDS} } }`;
const [MAKE, CHANGE, REVIEW, CONCLUDE] = [
  'makePairingPlan',
  'changePairingPlan',
  'reviewPairingPlan',
  'concludePairingReview',
].map(mutation) as [string, string, string, string];

const lesson = { what: '共上一堂党课', plannedOn: '2018-10-10', activityKind: 'BRANCH_ACTIVITY' };
const help = { what: '结对帮困', plannedOn: '2018-12-20' };
const planned = (values: object = {}) =>
  input({ pairingId: idOf('kept'), year: 2018, items: [lesson, help], ...values });
const make = async (who: typeof office = department, values: object = {}) =>
  (await subgraph.answer(who, MAKE, planned(values)))['makePairingPlan'] as { id: string; version: number };
const done = { number: 1, outcome: 'DONE', activityId: idOf('activity 2018-08-10') };
const notDone = { number: 2, outcome: 'NOT_DONE', note: '因天气取消' };
const december = () => subgraph.moveTo(new Date('2018-12-05T09:00:00+08:00'));
const gaps = async (lacking: string) =>
  (await subgraph.answer(office, `{ pairingGaps(year: 2018, lacking: ${lacking}) { totalCount } }`))['pairingGaps']
    .totalCount;

describe('the plan of a year', () => {
  it('is made by either branch, once for a key, and is no longer lacking', async () => {
    expect(await gaps('PLAN')).toBe(2);
    const once = planned();
    const { makePairingPlan } = await subgraph.answer(department, MAKE, once);
    expect(makePairingPlan).toMatchObject({
      year: 2018,
      state: 'PLANNED',
      items: [
        { number: 1, ...lesson, outcome: null },
        { number: 2, ...help, activityKind: null },
      ],
    });
    expect((await subgraph.answer(department, MAKE, once))['makePairingPlan']).toEqual(makePairingPlan);
    expect(await gaps('PLAN')).toBe(1);
    expect(await gaps('REVIEW')).toBe(2);
    const told = await subgraph.told('pairingPlan.made');
    expect(told).toMatchObject([{ payload: { pairingId: idOf('kept'), year: 2018, items: 2 } }]);
    expect(JSON.stringify(told)).not.toMatch(/[一-龥]/);
  });

  it.each([
    ['the department above the branch', department],
    ['the subdistrict of the partner', street],
    ['the residential area of the partner', area],
    ['a cadre with a post right above the branch', withRole('CADRE', idOf('secretary'))],
  ])('may be made by %s', async (_who, actor) => void (await make(actor)));

  it.each([
    ['another department', at('DEPARTMENT', 'D2'), 'branchPairing.notYours'],
    ['another subdistrict', at('SUBDISTRICT', '310110019'), 'branchPairing.notYours'],
    ['a cadre with a post elsewhere', withRole('CADRE', idOf('nobody')), 'branchPairing.notYours'],
    ['the Frontline Office, which reads', office, 'access.denied'],
  ])('may not be made by %s', async (_who, actor, code) => {
    expect(await subgraph.refusal(actor, MAKE, planned())).toMatchObject({ code });
  });

  it('is made for the branch that is named; who speaks for both names one', async () => {
    const both = { ...department, grants: [...department.grants, ...street.grants] };
    expect(await subgraph.refusal(both, MAKE, planned())).toMatchObject({ code: 'branchPairing.side' });
    expect(await subgraph.refusal(street, MAKE, planned({ side: 'BRANCH' }))).toMatchObject({
      code: 'branchPairing.notYours',
      field: 'input.side',
    });
    await make(both, { side: 'PARTNER' });
  });

  it.each([
    ['pairingPlan.year', 'input.year', { year: 2017 }],
    ['pairingPlan.year', 'input.year', { year: 2020 }],
    ['pairingPlan.items', 'input.items', { items: [] }],
    ['pairingPlan.items', 'input.items', { items: Array.from({ length: 25 }, () => help) }],
    ['pairingPlan.text', 'input.items[1].what', { items: [lesson, { ...help, what: ' ' }] }],
    ['pairingPlan.plannedOn', 'input.items[0].plannedOn', { items: [{ ...lesson, plannedOn: '2019-01-01' }] }],
    ['aggregate.notFound', 'input.pairingId', { pairingId: idOf('nothing') }],
  ])('is refused with %s at %s', async (code, field, values) => {
    expect(await subgraph.refusal(department, MAKE, planned(values))).toMatchObject({ code, field });
    expect(await subgraph.rows('select 1 from pairing_plan')).toEqual([]);
  });

  it('is for a year and a day in which the pairing holds', async () => {
    const soe = at('DEPARTMENT', 'D2');
    const short = (values: object) => subgraph.refusal(soe, MAKE, planned({ pairingId: idOf('short'), ...values }));
    expect(await short({ year: 2019 })).toMatchObject({ code: 'pairingPlan.year' });
    for (const plannedOn of ['2018-06-30', '2018-10-01'])
      expect(await short({ items: [{ ...help, plannedOn }] })).toMatchObject({ code: 'pairingPlan.plannedOn' });
  });

  it('is one for each year, also when both branches make it at once; it may be changed', async () => {
    const both = await Promise.all([department, street].map((who) => subgraph.ask(who, MAKE, planned())));
    expect(both.map(({ errors }) => errors?.[0]?.['extensions'].code).sort()).toEqual([
      'pairingPlan.exists',
      undefined,
    ]);
    const [{ id: planId }] = (await subgraph.rows('select id from pairing_plan')) as [{ id: string }];
    const { changePairingPlan } = await subgraph.answer(street, CHANGE, input({ planId, items: [help] }));
    expect(changePairingPlan.items).toMatchObject([{ number: 1, ...help }]);
    expect(await subgraph.refusal(street, CHANGE, input({ planId, items: [help], expectedVersion: 1 }))).toMatchObject({
      code: 'aggregate.versionConflict',
    });
  });
});

describe('the review of a year', () => {
  let planId: string;
  beforeEach(async () => {
    planId = (await make()).id;
  });
  const review = (values: object = {}) => input({ planId, outcomes: [notDone, done], note: '共建有成效', ...values });

  it('is written by one branch and concluded by the other; then it stands', async () => {
    december();
    const { reviewPairingPlan } = await subgraph.answer(street, REVIEW, review());
    expect(reviewPairingPlan).toMatchObject({
      state: 'REVIEWED',
      reviewedOn: '2018-12-05',
      concludedByPartnerOn: '2018-12-05',
      concludedByBranchOn: null,
      items: [
        { outcome: 'DONE', doneOn: '2018-08-10', note: null, what: lesson.what },
        { outcome: 'NOT_DONE', doneOn: null, note: '因天气取消', activity: null },
      ],
    });
    expect(await gaps('REVIEW')).toBe(2);
    expect(await subgraph.refusal(street, CONCLUDE, input({ planId }))).toMatchObject({
      code: 'pairingPlan.concluded',
    });
    const { concludePairingReview } = await subgraph.answer(department, CONCLUDE, input({ planId }));
    expect(concludePairingReview.state).toBe('CONCLUDED');
    expect(await gaps('REVIEW')).toBe(1);
    for (const [what, values] of [
      [CHANGE, { items: [help] }],
      [REVIEW, { outcomes: [done, notDone] }],
      [CONCLUDE, {}],
    ] as const)
      expect(await subgraph.refusal(department, what, input({ planId, ...values }))).toMatchObject({
        code: 'pairingPlan.state',
      });
    expect((await subgraph.told('pairingPlan.reviewed'))[0]?.payload).toMatchObject({
      by: 'PARTNER',
      items: 2,
      done: 1,
    });
    expect((await subgraph.told('pairingPlan.concluded'))[0]?.payload).toMatchObject({ on: '2018-12-05', done: 1 });
  });

  it('may be written anew by the other branch, and is then for the first to conclude', async () => {
    december();
    await subgraph.answer(street, REVIEW, review());
    const byHand = { number: 2, outcome: 'DONE', doneOn: '2018-11-30', note: '走访两户' };
    const { reviewPairingPlan } = await subgraph.answer(department, REVIEW, review({ outcomes: [done, byHand] }));
    expect(reviewPairingPlan).toMatchObject({ concludedByPartnerOn: null, concludedByBranchOn: '2018-12-05' });
    await subgraph.answer(street, CONCLUDE, input({ planId }));
  });

  it.each([
    ['pairingPlan.outcomes', 'input.outcomes', [done]],
    ['pairingPlan.outcomes', 'input.outcomes', [done, done]],
    ['pairingPlan.outcomes', 'input.outcomes', [done, { ...notDone, number: 3 }]],
    ['pairingPlan.evidence', 'input.outcomes[1]', [done, { number: 2, outcome: 'DONE' }]],
    ['pairingPlan.evidence', 'input.outcomes[1]', [done, { number: 2, outcome: 'DONE', doneOn: '2018-09-01' }]],
    ['pairingPlan.evidence', 'input.outcomes[1]', [done, { number: 2, outcome: 'NOT_DONE' }]],
    [
      'pairingPlan.activity',
      'input.outcomes[0].activityId',
      [{ ...done, activityId: idOf('activity 2017-06-01') }, notDone],
    ],
    ['pairingPlan.activity', 'input.outcomes[0].activityId', [{ ...done, activityId: idOf('nothing') }, notDone]],
    // a visit is no activity of paired branches
    [
      'pairingPlan.activity',
      'input.outcomes[0].activityId',
      [{ ...done, activityId: idOf('activity 2018-08-11') }, notDone],
    ],
    ['pairingPlan.doneOn', 'input.outcomes[0].doneOn', [{ ...done, doneOn: '2018-12-06' }, notDone]],
    ['pairingPlan.doneOn', 'input.outcomes[0].doneOn', [{ ...done, doneOn: '2017-12-31' }, notDone]],
    ['pairingPlan.text', 'input.outcomes[1].note', [done, { ...notDone, note: '长'.repeat(501) }]],
  ])('is refused with %s at %s', async (code, field, outcomes) => {
    december();
    expect(await subgraph.refusal(street, REVIEW, review({ outcomes }))).toMatchObject({ code, field });
    expect(await subgraph.told('pairingPlan.reviewed')).toEqual([]);
  });

  it('waits for December, or for the end of the pairing', async () => {
    expect(await subgraph.refusal(street, REVIEW, review())).toMatchObject({ code: 'pairingPlan.tooEarly' });
    await subgraph.answer(
      office,
      'mutation ($input: EndPairingInput!) { endPairing(input: $input) { id } }',
      input({ pairingId: idOf('kept'), on: TODAY, reason: 'REARRANGED' }),
    );
    await subgraph.answer(street, REVIEW, review());
  });

  it('costs as many statements for many plans as for one', async () => {
    december();
    await subgraph.answer(street, REVIEW, review());
    const query = (
      first: number,
    ) => `{ branchPairings(first: ${first}, on: "${TODAY}") { nodes { branch { code } partner { code }
      plans { year state pairing { id } items { what activity { id kind } } } } } }`;
    const one = await subgraph.ask(department, query(1));
    await subgraph.answer(
      at('DEPARTMENT', 'D2'),
      MAKE,
      planned({ pairingId: idOf('short'), items: [{ ...help, plannedOn: '2018-09-09' }] }),
    );
    const many = await subgraph.ask(department, query(9));
    expect(many.errors).toBeUndefined();
    expect(many.data?.['branchPairings'].nodes.map(({ plans }: { plans: unknown[] }) => plans.length)).toEqual([1, 1]);
    expect(many.statements).toHaveLength(one.statements.length);
  });
});

describe('a plan that a register brings in', () => {
  it('names a pairing that is there, and comes in once', async () => {
    const plan = {
      type: 'pairingPlan',
      id: idOf('plan'),
      pairingId: idOf('kept'),
      year: 2017,
      items: [{ what: '示例', plannedOn: '2017-05-01', outcome: 'DONE', doneOn: '2017-05-02', note: '示例' }],
      reviewedOn: '2017-12-20',
      concludedByBranchOn: '2017-12-20',
      concludedByPartnerOn: '2018-01-08',
    };
    for (let times = 0; times < 2; times += 1) await subgraph.import([plan]);
    const { branchPairing } = await subgraph.answer(
      office,
      `{ branchPairing(id: "${idOf('kept')}") { plans(year: 2017) { ${FIELDS} } } }`,
    );
    expect(branchPairing.plans).toMatchObject([
      { version: 1, state: 'CONCLUDED', items: [{ number: 1, outcome: 'DONE' }] },
    ]);
    await expect(subgraph.import([{ ...plan, id: idOf('lost'), pairingId: idOf('nothing') }])).rejects.toThrow(
      'pairingId',
    );
  });
});
