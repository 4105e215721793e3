import { randomUUID } from 'node:crypto';
import { withConnection } from '@frontline/postgres';
import { askOnce, load, median, quantile } from './load.ts';
import { print } from './printing.ts';
import type { RunningPlatform } from './running-platform.ts';

/** Events a round, and writers at a time. */
const VISITS = 300;
const WRITERS = 8;

/** What one way of waking the relay gave: milliseconds from the change in one service to its effect in the other. */
interface Latencies {
  perSecond: number;
  milliseconds: number[];
}

/**
 * From a recorded visit to the case that it opens: the district's instants at which both services made their change,
 * read from the archives of published events, where the case's first event names the visit's event as its cause. The
 * end is the instant inside the consumer's transaction; its commit, a few milliseconds more, is not in it. Two ways
 * take turns: the relay woken by NOTIFY as shipped, and with the trigger switched off, so that it finds events on its
 * look once a second.
 */
export async function commitToEffect(
  platform: RunningPlatform,
  databases: { organizations: string; cases: string },
  rounds: number,
): Promise<void> {
  const targetId = await somewhere(platform);
  const ways = { 'woken by NOTIFY': true, 'looking once a second': false } as const;
  const results = new Map<string, Latencies[]>(Object.keys(ways).map((way) => [way, []]));
  await visits(platform, targetId, 20);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [way, rings] of Object.entries(ways)) {
        await bell(databases.organizations, rings);
        const run = await visits(platform, targetId, VISITS);
        const milliseconds = await latenciesOf(databases, run.mark, VISITS);
        results.get(way)?.push({ perSecond: VISITS / run.seconds, milliseconds });
      }
    }
  } finally {
    await bell(databases.organizations, true);
  }
  printTable(results, rounds);
}

async function somewhere(platform: RunningPlatform): Promise<string> {
  const answer = await askOnce({
    url: `${platform.gateway}/graphql`,
    headers: { authorization: `Bearer ${await platform.demoToken('CADRE')}` },
    body: JSON.stringify({
      query: '{ organizations(first: 1, filter: { kinds: [RESIDENTIAL_AREA] }) { nodes { id } } }',
    }),
  });
  return (JSON.parse(answer) as { data: { organizations: { nodes: { id: string }[] } } }).data.organizations.nodes[0]
    ?.id as string;
}

/** Records visits with one demand for a case each, through the gateway as a cadre; the mark of their idempotency keys, and the time it took. */
async function visits(
  platform: RunningPlatform,
  targetId: string,
  requests: number,
): Promise<{ mark: string; seconds: number }> {
  const authorization = `Bearer ${await platform.demoToken('CADRE')}`;
  const today = JSON.parse(
    await askOnce({
      url: `${platform.gateway}/graphql`,
      headers: { authorization },
      body: '{"query":"{ platform { today } }"}',
    }),
  ) as { data: { platform: { today: string } } };
  const mark = randomUUID();
  const query = `mutation($input: RecordActivityInput!) { recordActivity(input: $input) { id } }`;
  let count = 0;
  const run = await load(
    () => {
      count += 1;
      const input = {
        idempotencyKey: `${mark}-${count}`,
        kind: 'VISIT',
        heldAt: `${today.data.platform.today}T00:30:00+08:00`,
        targetId,
        demands: [{ text: 'bench', disposition: 'CASE', caseKind: 'HELP_REQUEST', categoryCode: 'bench' }],
      };
      return {
        url: `${platform.gateway}/graphql`,
        headers: { authorization },
        body: JSON.stringify({ query, variables: { input } }),
      };
    },
    { requests, concurrency: WRITERS },
  );
  return { mark, seconds: run.seconds };
}

/** Switches the trigger that wakes the relay. */
const bell = (url: string, on: boolean): Promise<unknown> =>
  withConnection(url, (client) =>
    client.query(`alter table outbox ${on ? 'enable' : 'disable'} trigger outbox_wakes_relay`),
  );

/** Milliseconds from each visit to its case, once all of them have theirs. */
async function latenciesOf(
  databases: { organizations: string; cases: string },
  mark: string,
  count: number,
): Promise<number[]> {
  const caused = await withConnection(databases.organizations, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ event_id: string; at: string }>(
        `select o.event_id, extract(epoch from o.occurred_at) * 1000 as at from outbox_archive o
         join idempotency_key k on k.result_id = o.aggregate_id where o.type = 'activity.recorded' and k.key like $1 || '-%'`,
        [mark],
      );
      if (rows.length === count) return rows;
    }
  });
  return withConnection(databases.cases, async (client) => {
    const ids = caused.map((row) => row.event_id);
    for (;;) {
      const { rows } = await client.query<{ cause: string; at: string }>(
        `select distinct on (headers ->> 'causationid') headers ->> 'causationid' as cause, extract(epoch from occurred_at) * 1000 as at
         from outbox_archive where headers ->> 'causationid' = any($1::text[]) order by 1, sequence`,
        [ids],
      );
      if (rows.length === ids.length) {
        const began = new Map(caused.map((row) => [row.event_id, Number(row.at)]));
        return rows.map((row) => Number(row.at) - (began.get(row.cause) ?? Number.NaN)).sort((a, b) => a - b);
      }
    }
  });
}

function printTable(results: ReadonlyMap<string, readonly Latencies[]>, rounds: number): void {
  print(
    `\n## From a recorded visit to its case, over the broker\n\n${rounds} rounds of ${VISITS} visits through the gateway, ${WRITERS} at a time, ways in turn; medians.\n\n` +
      '| way | p50 ms | × first | p99 ms | p50 of each round | visits / s |\n| --- | --- | --- | --- | --- | --- |\n',
  );
  const p50 = (runs: readonly Latencies[]) => median(runs.map(({ milliseconds }) => quantile(milliseconds, 0.5)));
  const [first] = [...results.values()].map(p50);
  for (const [way, runs] of results)
    print(
      `| ${[
        way,
        p50(runs).toFixed(0),
        (p50(runs) / (first ?? Number.NaN)).toFixed(1),
        median(runs.map(({ milliseconds }) => quantile(milliseconds, 0.99))).toFixed(0),
        runs.map(({ milliseconds }) => quantile(milliseconds, 0.5).toFixed(0)).join(' '),
        median(runs.map(({ perSecond }) => perSecond)).toFixed(0),
      ].join(' | ')} |\n`,
    );
}
