import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { branches } from './paired-branches.fixture.ts';
import { owesPlan } from './pairing-rules.ts';

const office = withRole('FRONTLINE_OFFICE');
const admin = withRole('ADMIN');

/** Times of pairings that were brought in: short, long, over, to come. */
const imported = [
  { from: '2017-02-01' },
  { from: '2017-03-01', until: '2017-05-29' },
  { from: '2017-03-01', until: '2017-05-30' },
  { from: '2017-10-03', until: '2018-04-01' },
  { from: '2017-10-04', until: '2018-03-31' },
  { from: '2018-10-02' },
].map((time, at) => ({
  type: 'branchPairing',
  id: idOf(`pairing ${at}`),
  branchId: idOf('soe-1'),
  partnerId: idOf('two-new-1'),
  ...time,
}));

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    lines: [...fiveCorners, ...branches, ...imported],
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `pairing-${(keys += 1)}`, ...values } });
const PAIR = 'mutation ($input: PairBranchesInput!) { pairBranches(input: $input) { id version from until reason } }';
const END = 'mutation ($input: EndPairingInput!) { endPairing(input: $input) { id until endReason } }';
const two = (values: object = {}) => ({
  branchId: idOf('office-1'),
  partnerId: idOf('community-1'),
  from: '2018-09-01',
  reason: '示例',
  ...values,
});
const pair = async (values: object = {}) =>
  (await subgraph.answer(office, PAIR, input(two(values))))['pairBranches'] as { id: string; version: number };
const refused = (values: object) => subgraph.refusal(office, PAIR, input(two(values)));
const partnersOn = async (code: string, on: string) => {
  const { organization } = await subgraph.answer(
    office,
    `{ organization(code: "${code}") { pairings(on: "${on}") { nodes { branch { code } partner { code } endReason } } } }`,
  );
  return organization.pairings.nodes as { branch: { code: string }; partner: { code: string }; endReason?: string }[];
};

describe('pairing two branches', () => {
  it('holds from its first day, for both, and is told once however often it is sent', async () => {
    const once = input(two());
    const { pairBranches } = await subgraph.answer(office, PAIR, once);
    expect((await subgraph.answer(office, PAIR, once))['pairBranches']).toEqual(pairBranches);
    expect(await partnersOn('office-1', '2018-08-31')).toEqual([]);
    for (const code of ['office-1', 'community-1'])
      expect(await partnersOn(code, '2018-09-01')).toMatchObject([
        { branch: { code: 'office-1' }, partner: { code: 'community-1' } },
      ]);
    expect(await subgraph.told('branchPairing.paired')).toMatchObject([
      { aggregate_id: pairBranches.id, payload: { branchId: idOf('office-1'), from: '2018-09-01' } },
    ]);
  });

  it('is for a branch with several partners, each a pairing of its own', async () => {
    await pair();
    await pair({ partnerId: idOf('two-new-1') });
    expect(await partnersOn('office-1', '2018-09-01')).toHaveLength(2);
  });

  it.each([
    ['branchPairing.branch', 'input.branchId', { branchId: idOf('community-2') }],
    ['branchPairing.branch', 'input.branchId', { branchId: idOf('D1') }],
    ['branchPairing.partner', 'input.partnerId', { partnerId: idOf('office-2') }],
    ['branchPairing.branch', 'input.branchId', { from: '1999-12-31' }],
    ['branchPairing.period', 'input.until', { until: '2018-09-01' }],
    ['branchPairing.reason', 'input.reason', { reason: '  ' }],
    ['aggregate.notFound', 'input.partnerId', { partnerId: idOf('nobody') }],
    ['input.id', 'input.branchId', { branchId: 'office-1' }],
  ])('is refused with %s at %s, and nothing is kept', async (code, field, values) => {
    expect(await refused(values)).toMatchObject({ code, field });
    expect(await subgraph.told('branchPairing.paired')).toEqual([]);
  });

  it('is refused twice for the same days, also in two requests at once; before and after is another pairing', async () => {
    await pair({ until: '2018-10-01' });
    expect(await refused({ from: '2018-09-30' })).toMatchObject({
      code: 'branchPairing.duplicate',
      field: 'input.partnerId',
    });
    await pair({ from: '2018-10-01', until: '2018-11-01' });
    const both = await Promise.all([1, 2].map(() => subgraph.ask(office, PAIR, input(two({ from: '2019-01-01' })))));
    expect(both.map(({ errors }) => errors?.[0]?.['extensions'].code).sort()).toEqual([
      'branchPairing.duplicate',
      undefined,
    ]);
  });

  it('is for the Frontline Office and the Organization Department', async () => {
    for (const role of ['SUBDISTRICT', 'CADRE', 'ADMIN', 'LEADER'] as const)
      expect(await subgraph.refusal(withRole(role), PAIR, input(two()))).toMatchObject({ code: 'access.denied' });
    await subgraph.answer(withRole('ORG_DEPARTMENT'), PAIR, input(two()));
  });
});

describe('the end of a pairing', () => {
  it('has its day and reason, comes once, and leaves history alone', async () => {
    const { id: pairingId, version } = await pair({ from: '2018-01-01' });
    const end = input({ pairingId, on: '2018-09-01', reason: 'REARRANGED', expectedVersion: version });
    expect((await subgraph.answer(office, END, end))['endPairing']).toMatchObject({
      until: '2018-09-01',
      endReason: 'REARRANGED',
    });
    expect(await partnersOn('office-1', '2018-08-31')).toHaveLength(1);
    expect(await partnersOn('office-1', '2018-09-01')).toEqual([]);
    expect(await subgraph.told('branchPairing.ended')).toMatchObject([
      { aggregate_id: pairingId, sequence: 2, payload: { on: '2018-09-01', reason: 'REARRANGED' } },
    ]);
    const again = { pairingId, on: '2018-09-02', reason: 'OTHER' };
    expect(await subgraph.refusal(office, END, input(again))).toMatchObject({ code: 'branchPairing.ended' });
    expect(await subgraph.refusal(office, END, input({ ...again, expectedVersion: version }))).toMatchObject({
      code: 'aggregate.versionConflict',
    });
  });
});

describe('a branch that ends', () => {
  const merge = (organizationIds: string[], successorId: string) =>
    subgraph.answer(
      admin,
      'mutation ($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { id } }',
      input({ organizationIds: organizationIds.map(idOf), successorId: idOf(successorId), on: '2019-01-01' }),
    );

  it('is followed by its pairings to its successor, and stays in what was before', async () => {
    await pair();
    await merge(['community-1'], 'community-2');
    expect(await partnersOn('office-1', '2018-12-31')).toEqual([
      { branch: { code: 'office-1' }, partner: { code: 'community-1' }, endReason: 'BRANCH_MERGED' },
    ]);
    expect(await partnersOn('office-1', '2019-01-01')).toEqual([
      { branch: { code: 'office-1' }, partner: { code: 'community-2' }, endReason: null },
    ]);
    expect((await subgraph.told('branchPairing.ended')).map(({ payload }) => payload.reason)).toEqual([
      'BRANCH_MERGED',
    ]);
  });

  it('does not pair its successor twice with one branch, nor where its sector has no place', async () => {
    await pair();
    await pair({ partnerId: idOf('community-2') });
    await merge(['community-1'], 'community-2');
    expect(await partnersOn('office-1', '2019-01-01')).toHaveLength(1);
    await pair({ branchId: idOf('office-2'), partnerId: idOf('two-new-1') });
    await merge(['office-2'], 'community-2');
    expect((await partnersOn('two-new-1', '2019-01-01')).map(({ branch }) => branch.code)).toEqual(['soe-1', 'soe-1']);
  });

  it('ends its pairings when nobody takes it over', async () => {
    await pair();
    await subgraph.answer(
      admin,
      'mutation ($input: DissolveOrganizationInput!) { dissolveOrganization(input: $input) { id } }',
      input({ organizationId: idOf('community-1'), on: '2018-12-01' }),
    );
    expect(await partnersOn('office-1', '2018-11-30')).toMatchObject([{ endReason: 'BRANCH_DISSOLVED' }]);
    expect(await partnersOn('office-1', '2018-12-01')).toEqual([]);
  });
});

describe('pairings without a plan', () => {
  const gaps = async (args: string, who = office) =>
    (await subgraph.answer(who, `{ pairingGaps(${args}) { totalCount nodes { id } } }`))['pairingGaps'];

  it.each([2016, 2017, 2018, 2019])('of %d are those that owe one by the rule', async (year) => {
    const owing = imported
      .filter(({ from, until }: { from: string; until?: string }) =>
        owesPlan({ validFrom: from, validTo: until ?? null }, year),
      )
      .map(({ id }) => id);
    for (const lacking of ['PLAN', 'REVIEW']) {
      const { nodes } = await gaps(`year: ${year}, lacking: ${lacking}, first: 50`);
      expect(nodes.map(({ id }: { id: string }) => id).sort()).toEqual(owing.sort());
    }
  });

  it('can be asked for of a place, of either branch, and not by a partner', async () => {
    await pair({ from: '2018-01-01' });
    const total = async (within: string) =>
      (await gaps(`year: 2018, lacking: PLAN, within: "${idOf(within)}"`)).totalCount;
    expect(await total('310110101')).toBe(4);
    expect(await total('D1')).toBe(1);
    expect(await total('310110016')).toBe(0);
    expect(
      await subgraph.refusal(withRole('PARTNER'), '{ pairingGaps(year: 2018, lacking: PLAN) { totalCount } }'),
    ).toMatchObject({ code: 'access.denied' });
    expect(await subgraph.refusal(office, '{ pairingGaps(year: 99999, lacking: PLAN) { totalCount } }')).toMatchObject({
      code: 'input.invalid',
      field: 'year',
    });
  });
});
