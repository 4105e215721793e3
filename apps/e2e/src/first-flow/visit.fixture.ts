import { eventually, SERVICES, type PlatformUnderTest } from '@frontline/testing';
import { ids, TODAY } from './one-street.fixture.ts';
import { messagesOn } from './topics.fixture.ts';

export const ACTIVITY_TOPIC = 'frontline.organizations.activity.v1';
export const CASE_TOPIC = 'frontline.cases.case.v1';

/** A demand as the graph shows it on the activity that heard it. */
export interface ShownDemand {
  id: string;
  disposition: string;
  caseNumber: string | null;
  caseState: string | null;
}

/** A case as the graph shows it. */
export interface ShownCase {
  id: string;
  version: number;
  number: string;
  state: string;
  moves: { state: string }[];
  demand: { id: string } | null;
}

/** What a cadre hears on one visit: one demand for a case, one settled on the spot, one opinion. */
const heard = [
  { text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' },
  { text: '楼道堆物', disposition: 'SETTLED_ON_SPOT', categoryCode: 'greening', outcome: '当场清理' },
  { text: '希望多种树', disposition: 'OPINION', categoryCode: 'greening' },
];

const RECORD = 'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id } }';
const ACCEPT = 'mutation ($input: AcceptCaseInput!) { acceptCase(input: $input) { state } }';
const SHOW = `query ($id: ID!) { activity(id: $id) { demands { id disposition caseNumber caseState } } }`;
const CASES = '{ cases(first: 100) { totalCount nodes { id version number state moves { state } demand { id } } } }';

/** Records a visit with three demands as the cadre who contacts the area; gives back the activity's id. */
export async function recordVisit(platform: PlatformUnderTest, idempotencyKey: string): Promise<string> {
  const { recordActivity } = await platform.ask<{ recordActivity: { id: string } }>('CADRE', RECORD, {
    input: {
      idempotencyKey,
      kind: 'VISIT',
      heldAt: `${TODAY}T08:30:00+08:00`,
      assignmentId: ids.assignment,
      demands: heard,
    },
  });
  return recordActivity.id;
}

/** The demands of an activity, as the cadre who heard them sees them, by disposition. */
export async function demandsOf(platform: PlatformUnderTest, activityId: string): Promise<Record<string, ShownDemand>> {
  const { activity } = await platform.ask<{ activity: { demands: ShownDemand[] } }>('CADRE', SHOW, { id: activityId });
  return Object.fromEntries(activity.demands.map((demand) => [demand.disposition, demand]));
}

/** Every case of the district. */
export async function allCases(platform: PlatformUnderTest): Promise<ShownCase[]> {
  const { cases } = await platform.ask<{ cases: { totalCount: number; nodes: ShownCase[] } }>(
    'FRONTLINE_OFFICE',
    CASES,
  );
  expect(cases.nodes).toHaveLength(cases.totalCount);
  return cases.nodes;
}

/** Waits until the demand for a case shows this state, and gives the demands back. */
export function demandShows(
  platform: PlatformUnderTest,
  activityId: string,
  state: string,
): Promise<Record<string, ShownDemand>> {
  return eventually(
    `the demand of ${activityId} shows a case that is ${state}`,
    () => demandsOf(platform, activityId),
    (demands) => demands['CASE']?.caseState === state,
    { withinMs: 60_000 },
  );
}

/**
 * What must hold after whatever happened: each of these activities has its three demands, of which the one for a case,
 * and no other, has exactly one case, whose number and state it shows; there are no more cases.
 */
export async function expectOneCaseEach(platform: PlatformUnderTest, activityIds: readonly string[]): Promise<void> {
  const cases = await allCases(platform);
  expect(cases).toHaveLength(activityIds.length);
  expect(new Set(cases.map(({ number }) => number)).size).toBe(cases.length);
  for (const activityId of activityIds) {
    const { CASE: wanted, ...others } = await demandsOf(platform, activityId);
    const own = cases.filter(({ demand }) => demand?.id === wanted?.id);
    expect(own).toEqual([expect.objectContaining({ number: wanted?.caseNumber, state: wanted?.caseState })]);
    expect(Object.keys(others).sort()).toEqual(['OPINION', 'SETTLED_ON_SPOT']);
    expect(Object.values(others).flatMap(({ caseNumber, caseState }) => [caseNumber, caseState])).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  }
}

/** Each aggregate's events lie on the topic in order, from 1, without gaps and none twice (but for exact copies). */
export async function expectNoGaps(platform: PlatformUnderTest, topic: string): Promise<void> {
  const sequences = new Map<string, Map<string, number>>();
  for (const { key, headers } of await messagesOn(platform.broker.bootstrap, topic)) {
    const events = sequences.get(key) ?? new Map<string, number>();
    events.set(headers['ce_id'] as string, Number(headers['ce_sequence']));
    sequences.set(key, events);
  }
  expect(sequences.size).toBeGreaterThan(0);
  for (const events of sequences.values())
    expect([...events.values()]).toEqual(Array.from({ length: events.size }, (_, at) => at + 1));
}

/** No consumer of any service has put an event aside, and none waits in an outbox. */
export async function expectNothingWaits(platform: PlatformUnderTest): Promise<void> {
  for (const name of SERVICES) {
    await eventually(
      `nothing waits in ${name}`,
      () => gauges(platform, name),
      (found) => found.length > 0 && found.every(({ value }) => value === 0),
    );
  }
}

/** Events that a consumer of a running service has dealt with since that process began, by what became of them. */
export async function consumed(
  platform: PlatformUnderTest,
  service: (typeof SERVICES)[number],
  consumer: string,
): Promise<Record<string, number>> {
  const text = await (await fetch(`${platform.services[service].url}/metrics`)).text();
  const lines = text.matchAll(/^events_consumed_total\{([^}]*)\} (\d+)$/gm);
  return Object.fromEntries(
    [...lines].flatMap(([, labels = '', count]) =>
      labels.includes(`consumer="${consumer}"`) ? [[/outcome="(\w+)"/.exec(labels)?.[1], Number(count)]] : [],
    ),
  ) as Record<string, number>;
}

/** Accepts the case of this number, as the dispatch centre does. */
export async function acceptCase(platform: PlatformUnderTest, number: string | null | undefined): Promise<void> {
  const found = (await allCases(platform)).find((each) => each.number === number);
  await platform.ask('DISPATCH_CENTRE', ACCEPT, {
    input: { idempotencyKey: `accept-${found?.id}`, caseId: found?.id, expectedVersion: found?.version },
  });
}

/** What a service measures of events that wait: parked ones and those in its outbox. */
async function gauges(platform: PlatformUnderTest, name: (typeof SERVICES)[number]) {
  const text = await (await fetch(`${platform.services[name].url}/metrics`)).text();
  return [...text.matchAll(/^(parked_keys|outbox_unpublished)(?:\{[^}]*\})? (\S+)$/gm)].map(([, gauge, value]) => ({
    gauge,
    value: Number(value),
  }));
}
