import { eventually, type PlatformUnderTest } from '@frontline/testing';
import { expectNothingWaits } from '../first-flow/visit.fixture.ts';
import { dutiesBegun } from './duties-asked.fixture.ts';
import { AFTER, FIRST, LAST, type PlayedMonth } from './played-month.fixture.ts';
import { recountedAssistance, recountedCoverage, recountedDuties } from './recount.fixture.ts';

interface Count {
  eligible: number;
  covered: number;
}
interface GapPage {
  nodes: { contactor: { id: string } | null; target: { id: string } | null }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** How many duties there are in each state, and which: what fulfilment is worked out of. */
export function byState(states: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** The duties of the month as the gateway shows them, as the model expects them, and as they are recounted: all the same. */
export async function expectFulfilment(platform: PlatformUnderTest, month: PlayedMonth): Promise<Map<string, string>> {
  const expected = month.expected();
  await eventually(
    'every care visit has reached the duties',
    () => dutiesBegun(platform, FIRST, LAST),
    (duties) => duties.every(({ id, state, owedUnder }) => owedUnder !== 'ASSISTANCE' || state === expected.get(id)),
    { withinMs: 120_000 },
  );
  const shown = new Map((await dutiesBegun(platform, FIRST, LAST)).map(({ id, state }) => [id, state]));
  expect(differing(shown, expected)).toEqual([]);
  const recounted = await recountedDuties(platform, { first: FIRST, last: LAST, today: AFTER });
  expect(differing(shown, recounted)).toEqual([]);
  for (const [state, count] of Object.entries(byState(shown))) {
    const { duties } = await platform.ask<{ duties: { totalCount: number } }>(
      'FRONTLINE_OFFICE',
      `query ($state: DutyState!) { duties(first: 1, filter: { from: "${FIRST}", to: "${LAST}", states: [$state] }) { totalCount } }`,
      { state },
    );
    expect([state, duties.totalCount]).toEqual([state, count]);
  }
  return shown;
}

const differing = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): object[] =>
  [...new Set([...a.keys(), ...b.keys()])]
    .map((id) => ({ id, shown: a.get(id), other: b.get(id) }))
    .filter(({ shown, other }) => shown !== other);

const COVERAGE = `query ($scheme: String!) { coverage(scheme: $scheme) { contactors { eligible covered } targets { eligible covered } } }`;
const gapsOf = (side: 'contactorGaps' | 'targetGaps', reason: string) =>
  `query ($scheme: String!, $after: String) { coverage(scheme: $scheme) { gaps: ${side}(first: 100, after: $after, reasons: [${reason}]) {
    nodes { contactor { id } target { id } } pageInfo { hasNextPage endCursor } } } }`;

/** Coverage and both gap lists of every scheme, and of paired assistance, are what a recount of the registers gives. */
export async function expectCoverage(platform: PlatformUnderTest): Promise<void> {
  const recounted = await recountedCoverage(platform, AFTER);
  expect(recounted.size).toBeGreaterThanOrEqual(10);
  for (const [scheme, { contactors, targets }] of recounted) {
    const { coverage } = await platform.ask<{ coverage: { contactors: Count; targets: Count } }>(
      'FRONTLINE_OFFICE',
      COVERAGE,
      { scheme },
    );
    const countOf = ({ eligible, uncovered }: { eligible: string[]; uncovered: string[] }): Count => ({
      eligible: eligible.length,
      covered: eligible.length - uncovered.length,
    });
    expect({ scheme, ...coverage }).toEqual({ scheme, contactors: countOf(contactors), targets: countOf(targets) });
    expect(await gaps(platform, scheme, 'contactorGaps', 'CONTACTS_NOBODY')).toEqual(contactors.uncovered);
    expect(await gaps(platform, scheme, 'contactorGaps', 'TOO_FEW_LIAISONS')).toEqual(contactors.alone);
    expect(await gaps(platform, scheme, 'targetGaps', 'NOT_CONTACTED')).toEqual(targets.uncovered);
  }
  expect(recounted.get('division-residential-area')?.contactors.alone).toHaveLength(1);
  const assistance = await recountedAssistance(platform, AFTER);
  const { assistanceCoverage, households } = await platform.ask<{
    assistanceCoverage: {
      households: Count;
      cadreGaps: { totalCount: number; nodes: { cadre: { id: string } }[] };
    };
    households: { totalCount: number; nodes: { id: string }[] };
  }>(
    'FRONTLINE_OFFICE',
    `{ assistanceCoverage(asOf: "${AFTER}") { households { eligible covered } cadreGaps(first: 100) { totalCount nodes { cadre { id } } } }
       households(first: 100, filter: { hardshipOn: "${AFTER}", uncoveredOn: "${AFTER}" }) { totalCount nodes { id } } }`,
  );
  expect(assistanceCoverage.households).toEqual({
    eligible: assistance.eligible,
    covered: assistance.eligible - assistance.uncovered.length,
  });
  expect(households.totalCount).toBe(assistance.uncovered.length);
  const { cadreGaps } = assistanceCoverage;
  expect(cadreGaps.totalCount).toBe(assistance.unpaired.length);
  const members = cadreGaps.nodes.map(({ cadre }) => cadre.id);
  expect(members).toEqual(assistance.unpaired.slice(0, members.length));
  if (households.totalCount <= 100) expect(households.nodes.map(({ id }) => id).sort()).toEqual(assistance.uncovered);
}

async function gaps(
  platform: PlatformUnderTest,
  scheme: string,
  side: 'contactorGaps' | 'targetGaps',
  reason: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { coverage }: { coverage: { gaps: GapPage } } = await platform.ask<{ coverage: { gaps: GapPage } }>(
      'FRONTLINE_OFFICE',
      gapsOf(side, reason),
      { scheme, after },
    );
    ids.push(...coverage.gaps.nodes.map(({ contactor, target }) => (contactor ?? target)?.id as string));
    ({ hasNextPage: more, endCursor: after } = coverage.gaps.pageInfo);
  }
  return ids.sort();
}

/** Each subdistrict and town has received once, and the rota says so. */
export async function expectReceptions(platform: PlatformUnderTest, month: PlayedMonth): Promise<void> {
  const { receptionDays, organizations } = await platform.ask<{
    receptionDays: { totalCount: number };
    organizations: { totalCount: number };
  }>(
    'FRONTLINE_OFFICE',
    `{ receptionDays(first: 1, filter: { from: "${FIRST}", to: "${LAST}", states: [HELD] }) { totalCount }
       organizations(first: 1, filter: { activeOn: "${LAST}", kinds: [SUBDISTRICT, TOWN] }) { totalCount } }`,
  );
  expect([receptionDays.totalCount, month.receptionsHeld]).toEqual([
    organizations.totalCount,
    organizations.totalCount,
  ]);
}

/** Each demand for a case that was heard in the month has opened one, and nothing waits anywhere. */
export async function expectCases(platform: PlatformUnderTest, month: PlayedMonth): Promise<void> {
  await eventually(
    `${month.casesOpened} cases are open`,
    () =>
      platform.ask<{ cases: { totalCount: number } }>(
        'FRONTLINE_OFFICE',
        `{ cases(first: 1, filter: { registeredFrom: "${FIRST}" }) { totalCount } }`,
      ),
    ({ cases }) => cases.totalCount === month.casesOpened,
    { withinMs: 60_000 },
  );
  await expectNothingWaits(platform);
}
