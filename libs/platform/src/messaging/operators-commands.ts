import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigError, type SubgraphSettings } from '../config.ts';
import type { Ctx } from '../context.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import { isId } from '../rows.ts';
import type { OpenSubgraph } from '../subgraph.ts';
import { finishRestore } from './epoch.ts';
import { brokerOf } from './kafka.ts';
import { decideNow, REASON_MAX, type Decision } from './parked-decisions.ts';
import { waitingAggregates, type WaitingAggregate } from './parked-list.ts';
import { parkedEventsFor } from './parked-resolver.ts';
import { replay, type Replayed } from './replay.ts';

/** How the operators' commands are called. */
export const operatorsUsage = [
  'events list [--consumer NAME]',
  'events retry|discard --consumer NAME --aggregate TYPE --id ID --reason TEXT',
  'events skip --consumer NAME --aggregate TYPE --id ID --event EVENT_ID --reason TEXT',
  'events replay [--id AGGREGATE_ID] [--type EVENT_TYPE] [--from TIME] [--until TIME] --reason TEXT',
  'restore-finish --reason TEXT',
].join(' · ');

/** Aggregates that `events list` reads at once. */
const PAGE = 500;

const options = {
  consumer: { type: 'string' },
  aggregate: { type: 'string' },
  id: { type: 'string' },
  event: { type: 'string' },
  type: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  reason: { type: 'string' },
} as const;

type Given = { [name in keyof typeof options]?: string };

/**
 * The operators' commands of a service: decisions on events that wait, sending archived ones again, and the end of a
 * restore. They need the database, and `replay` the broker, but no running process. What they print is one line of JSON
 * for each result. Throws {@link ConfigError} for what is called wrongly.
 */
export async function operate(
  manifest: Manifest,
  settings: SubgraphSettings,
  open: OpenSubgraph,
  argv: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { words, given } = parsed(argv);
  // whoever may run this has the database anyway; the audit trail says which account it was
  const ctx = open.contextFor({ kind: 'system', service: `operator ${userInfo().username}` });
  const { consumers = [] } = manifest;
  const command = words.join(' ');
  if (command === 'restore-finish') print(JSON.stringify({ epoch: await finishRestore(ctx, reasonIn(given)) }));
  else if (command === 'events list') await list(ctx, given, print);
  else if (command === 'events retry' || command === 'events skip' || command === 'events discard')
    print(JSON.stringify(await decided(ctx, consumers, words[1] as Decision['kind'], given)));
  else if (command === 'events replay') print(JSON.stringify(await replayed(ctx, settings, given)));
  else throw new ConfigError(`Unknown command; use: ${operatorsUsage}`);
}

function parsed(argv: readonly string[]): { words: string[]; given: Given } {
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { words: positionals, given: values };
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}. Use: ${operatorsUsage}`);
  }
}

async function list(ctx: Ctx, { consumer }: Given, print: (line: string) => void): Promise<void> {
  for (let after: WaitingAggregate | undefined; ;) {
    const found = await waitingAggregates(ctx.em, { ...(consumer && { consumer }), after, limit: PAGE });
    for (const each of found) print(JSON.stringify(each));
    if (found.length < PAGE) return;
    after = found.at(-1);
  }
}

async function decided(ctx: Ctx, consumers: readonly Consumer[], kind: Decision['kind'], given: Given) {
  const consumer = consumers.find(({ name }) => name === given.consumer);
  if (!consumer) throw new ConfigError(`--consumer must be one of: ${consumers.map(({ name }) => name).join(', ')}`);
  if (!given.aggregate || !given.id) throw new ConfigError('--aggregate TYPE and --id ID must say whose events wait');
  const key = { consumer: consumer.name, aggregateType: given.aggregate, aggregateId: given.id };
  const reason = reasonIn(given);
  if (kind === 'skip') {
    if (!given.event) throw new ConfigError('--event must be the id of the event that waits first (see events list)');
    await decideNow(ctx, key, { kind, reason, eventId: given.event });
  } else await decideNow(ctx, key, { kind, reason });
  return parkedEventsFor(ctx, consumer).resume(key);
}

async function replayed(ctx: Ctx, settings: SubgraphSettings, given: Given) {
  const which: Replayed = {
    ...(given.id && { aggregateId: aggregateIn(given.id) }),
    ...(given.type && { type: given.type }),
    ...(given.from && { from: timeIn('--from', given.from) }),
    ...(given.until && { until: timeIn('--until', given.until) }),
  };
  if (Object.keys(which).length === 0)
    throw new ConfigError('events replay needs at least one of --id, --type, --from, --until');
  const reason = reasonIn(given);
  const broker = brokerOf(settings, ctx.service, ctx.log);
  if (!broker) throw new ConfigError('events replay needs KAFKA_BROKERS');
  try {
    return await replay(ctx, broker, which, reason);
  } finally {
    await broker.close();
  }
}

function reasonIn({ reason = '' }: Given): string {
  const { length } = reason.trim();
  if (length < 3 || length > REASON_MAX)
    throw new ConfigError(`--reason must say why, in 3 to ${REASON_MAX} characters; it is kept in the audit trail`);
  return reason;
}

function aggregateIn(id: string): string {
  if (!isId(id)) throw new ConfigError('--id must be a UUID');
  return id;
}

function timeIn(option: string, text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text))
    throw new ConfigError(`${option} must be a time such as 2026-08-17T09:30:00+08:00`);
  return time;
}
