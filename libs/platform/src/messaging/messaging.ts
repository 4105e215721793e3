import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { topicOf, topics, type RecordContract, type TopicDeclaration } from '@frontline/events';
import type { SubgraphSettings } from '../config.ts';
import type { InternalTokens } from '../internal-token.ts';
import type { Consumer, Manifest } from '../manifest.ts';
import type { OpenSubgraph } from '../subgraph.ts';
import { COPIES, LocalCopies } from './copies.ts';
import { DeadLetters } from './dead-letters.ts';
import { causedBy, type ContextOf } from './effect.ts';
import { tidy } from './housekeeping.ts';
import { Inbox } from './inbox.ts';
import { brokerOf, type Broker } from './kafka.ts';
import type { RunningSubscription } from './kafka-subscription.ts';
import { messagingMetrics, type Backlog, type MessagingMetrics } from './messaging-metrics.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { ParkedEvents } from './parked-events.ts';

/** What a running subgraph knows of its events. */
export interface Messaging {
  /** `reasons`: what keeps it from being ready (copies never filled); `degraded`: what can wait (no broker). */
  health(): { degraded: string[]; reasons: string[] };
  stop(): Promise<void>;
}

/** What messaging is started with. */
export interface MessagingOptions {
  manifest: Manifest;
  settings: SubgraphSettings;
  open: OpenSubgraph;
  tokens: InternalTokens;
  metrics: Registry;
}

const RESUME_MS = 60_000;
const TIDY_MS = 60 * 60_000;

/** Starts relay, consumers and copies of a subgraph. Waits for no broker and no other service. */
export async function startMessaging({
  manifest,
  settings,
  open,
  tokens,
  metrics: register,
}: MessagingOptions): Promise<Messaging> {
  const { name: service, consumers = [], copies: records = [], copyFollowers: followers = [] } = manifest;
  const log = open.log.child({ part: 'messaging' });
  const db = () => open.orm.em.fork() as EntityManager;
  const metrics = messagingMetrics(
    register,
    consumers.map(({ name }) => name),
    () => backlogOf(db()),
  );
  const broker = brokerOf(settings, service, log);
  const group = groupNames(service, await memoryOf(db()));

  const relay =
    broker &&
    new OutboxRelay({
      service,
      databaseUrl: settings.DATABASE_URL,
      broker,
      topics: topics.filter(({ topic }) => topic.startsWith(`frontline.${service}.`)),
      metrics,
      log,
    });
  const parked = consumers.map(
    (consumer) =>
      new ParkedEvents({
        consumer,
        contextOf: contextsOf(open, service),
        db,
        deadLetters: new DeadLetters({ consumer: consumer.name, service, broker, log }),
        log,
      }),
  );
  const subscriptions = broker
    ? consumers.map((consumer, index) =>
        subscribe(broker, group(consumer.name), consumer, {
          metrics,
          db,
          contextOf: contextsOf(open, service),
          parked: parked[index] as ParkedEvents,
        }),
      )
    : [];
  const copies = new LocalCopies({
    service,
    records,
    followers,
    ownerUrl: ownerUrls(settings),
    tokens,
    context: () => open.contextFor({ kind: 'system', service }),
    consumed: metrics.consumed,
    log,
  });
  const following =
    broker && records.length + followers.length > 0 ? broker.subscribe(copies.subscription(group(COPIES))) : undefined;
  copies.start(following);

  const stopResuming = every(RESUME_MS, log, async () => {
    for (const each of parked) await each.resumeAll();
  });
  const stopTidying = every(TIDY_MS, log, () => tidy(db()));
  return {
    health() {
      const troubles = [
        broker ? relay?.trouble : 'no broker is configured: events wait in the outbox',
        ...[...subscriptions, ...(following ? [following] : [])].map(({ trouble }) => trouble),
        ...copies.awaited,
      ].filter((trouble) => trouble !== undefined);
      return { degraded: [...new Set(troubles)], reasons: copies.missing };
    },
    async stop() {
      stopResuming();
      stopTidying();
      // consumers first: what they still do may emit, and the relay sends it if it can
      await Promise.all([
        copies.stop(),
        ...[...subscriptions, ...(following ? [following] : [])].map((each) => each.stop()),
      ]);
      await relay?.stop();
      await broker?.close();
    },
  };
}

function subscribe(
  broker: Broker,
  group: string,
  consumer: Consumer,
  {
    metrics,
    db,
    contextOf,
    parked,
  }: { metrics: MessagingMetrics; db: () => EntityManager; contextOf: ContextOf; parked: ParkedEvents },
): RunningSubscription {
  const inbox = new Inbox({ consumer, contextOf, parked, consumed: metrics.consumed, db });
  return broker.subscribe({
    group,
    topics: topicsOf(consumer),
    async handle(messages, done) {
      for (const message of messages) {
        await inbox.deliver(message);
        if (!(await done(message))) return;
      }
    },
    onLag: (topic, partition, lag) =>
      metrics.lag.set({ consumer: consumer.name, topic, partition: String(partition) }, lag),
  });
}

function topicsOf(consumer: Consumer): TopicDeclaration[] {
  const names = new Set(consumer.events.map((contract) => topicOf(contract)));
  return topics.filter(({ topic }) => names.has(topic));
}

function contextsOf(open: OpenSubgraph, service: string): ContextOf {
  return (arrival) => {
    const { headers } = arrival.message;
    const requestId = headers['ce_correlationid'] ?? arrival.place.eventId;
    return causedBy(arrival, open.contextFor({ kind: 'system', service }, requestId));
  };
}

/** What a database remembers of consuming: `name` tells it from every other one, `epoch` how often it was set back. */
interface Memory {
  name: string;
  epoch: number;
}

/**
 * Names of the consumer groups. A group's offsets mean only what one database remembers, so they carry its name and
 * epoch: a service whose database is new, lost or set back reads its topics from the start, and the inbox drops what had
 * its effect.
 */
export function groupNames(service: string, { name, epoch }: Memory): (consumer: string) => string {
  return (consumer) => `frontline.${service}.${consumer}.${name}${epoch === 0 ? '' : `.e${epoch}`}`;
}

function ownerUrls(settings: SubgraphSettings): (record: RecordContract) => string | undefined {
  const urls = {
    personnel: settings.PEER_URL_PERSONNEL,
    organizations: settings.PEER_URL_ORGANIZATIONS,
    households: settings.PEER_URL_HOUSEHOLDS,
    cases: settings.PEER_URL_CASES,
  };
  return ({ context }) => urls[context];
}

/** A database is named when it is first used, not when its tables are made: one copied from a template is another one. */
async function memoryOf(em: EntityManager): Promise<Memory> {
  const db = em.getKysely();
  await sql`
    insert into platform_setting (key, value) values ('databaseName', to_jsonb(left(gen_random_uuid()::text, 8)))
    on conflict (key) do nothing`.execute(db);
  const { rows } = await sql<Memory>`
    select n.value #>> '{}' as name, coalesce((e.value #>> '{}')::int, 0) as epoch
    from platform_setting n left join platform_setting e on e.key = 'epoch' where n.key = 'databaseName'`.execute(db);
  if (!rows[0]) throw new Error('the database has no name');
  return rows[0];
}

async function backlogOf(em: EntityManager): Promise<Backlog> {
  const db = em.getKysely();
  const outbox = await sql<Omit<Backlog, 'parked'>>`
    select (select count(*)::int from (select from outbox limit 100000) few) as unpublished,
           coalesce((select extract(epoch from now() - recorded_at) from outbox order by id limit 1), 0)::float as "oldestSeconds",
           (select count(distinct (aggregate_type, aggregate_id))::int from outbox where refusal is not null) as "refusedAggregates"`.execute(
    db,
  );
  const parked = await sql<{ consumer: string; keys: number }>`
    select consumer, count(distinct (aggregate_type, aggregate_id))::int as keys from parked_event group by consumer`.execute(
    db,
  );
  const { unpublished = 0, oldestSeconds = 0, refusedAggregates = 0 } = outbox.rows[0] ?? {};
  return { unpublished, oldestSeconds, refusedAggregates, parked: parked.rows };
}

/** Runs work now and then until stopped; a run that fails is logged, and the next one tries again. */
function every(milliseconds: number, log: Logger, work: () => Promise<void>): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    await work().catch((error: unknown) =>
      log.warn({ err: error }, 'work in the background failed; it is tried again'),
    );
    running = false;
  }, milliseconds);
  return () => clearInterval(timer);
}
