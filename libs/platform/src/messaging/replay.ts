import { sql, type RawBuilder } from 'kysely';
import { topics } from '@frontline/events';
import { audit } from '../audit.ts';
import type { Ctx } from '../context.ts';
import type { Broker } from './kafka.ts';
import { publishInOrder, type OutboxRecord } from './outbox-publish.ts';

/** Which archived events to send again; all given conditions hold. */
export interface Replayed {
  aggregateId?: string;
  type?: string;
  /** Published at or after, and before; in real time. */
  from?: Date;
  until?: Date;
}

/** What a replay came to. */
export interface ReplayResult {
  sent: number;
  /** Events that the broker, or this version's contracts, refuse; each with its id. */
  refused: { eventId: string; reason: string }[];
}

type Archived = OutboxRecord & { epoch: number; published_at: string };

const BATCH = 1_000;

/**
 * Sends archived events again as they were: same ids, sequences, epochs and times, in the order of their publication.
 * Consumers that had them drop them; one that is new, or lost its database, takes them. Audited before the first is sent.
 * Throws when the broker is away; sending all again is harmless.
 */
export async function replay(ctx: Ctx, broker: Broker, which: Replayed, reason: string): Promise<ReplayResult> {
  const told = Object.entries(which).map(
    ([name, value]) => `${name} ${value instanceof Date ? value.toISOString() : value}`,
  );
  await audit(ctx, {
    action: 'events.replay',
    aggregateType: which.type?.split('.')[0] ?? 'event',
    aggregateIds: which.aggregateId ? [which.aggregateId] : [],
    reason: `${reason} (${told.join(', ')})`,
  });
  await broker.ensureTopics(topics.filter(({ topic }) => topic.startsWith(`frontline.${ctx.service}.`)));
  const result: ReplayResult = { sent: 0, refused: [] };
  for (let last: Archived | undefined; ;) {
    const rows = await archived(ctx, which, last);
    for (const part of byEpoch(rows)) {
      const published = await publishInOrder(broker, ctx.service, part[0]?.epoch ?? 0, part);
      result.sent += published.sent.length;
      result.refused.push(...published.refused.map(({ row, reason: why }) => ({ eventId: row.event_id, reason: why })));
      if (published.interruption !== undefined)
        throw new ReplayInterrupted(result.sent, { cause: published.interruption });
    }
    if (rows.length < BATCH) return result;
    last = rows.at(-1);
  }
}

/** The broker went away on the way. */
export class ReplayInterrupted extends Error {
  constructor(sent: number, options: { cause: unknown }) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`the broker took ${sent} events, then no more (${why}); run the same command again`, options);
  }
}

async function archived(ctx: Ctx, which: Replayed, last: Archived | undefined): Promise<Archived[]> {
  const { aggregateId, type, from, until } = which;
  const conditions: (RawBuilder<unknown> | undefined)[] = [
    aggregateId === undefined ? undefined : sql`aggregate_id = ${aggregateId}`,
    type === undefined ? undefined : sql`type = ${type}`,
    from && sql`published_at >= ${from}`,
    until && sql`published_at < ${until}`,
    last && sql`(published_at, id) > (${last.published_at}::timestamptz, ${last.id}::bigint)`,
  ];
  const { rows } = await sql<Archived>`
    select id, event_id, aggregate_type, aggregate_id, epoch, sequence, type, topic, payload, headers, occurred_at,
           published_at as recorded_at, published_at::text as published_at
    from outbox_archive where ${sql.join([sql`true`, ...conditions.filter((each) => each !== undefined)], sql` and `)}
    order by outbox_archive.published_at, id limit ${BATCH}`.execute(ctx.em.getKysely());
  return rows.map((row) => ({ ...row, occurred_at: new Date(row.occurred_at) }));
}

/** Neighbours of one epoch. */
function byEpoch(rows: readonly Archived[]): Archived[][] {
  const parts: Archived[][] = [];
  for (const row of rows) {
    const part = parts.at(-1);
    if (part?.[0]?.epoch === row.epoch) part.push(row);
    else parts.push([row]);
  }
  return parts;
}
