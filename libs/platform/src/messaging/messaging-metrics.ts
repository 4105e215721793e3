import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is counted of events on their way out and in. */
export interface MessagingMetrics {
  relayActive: Gauge;
  published: Counter<'type'>;
  refused: Counter<'reason'>;
  /** Seconds of real time from the insert into the outbox to the broker's acknowledgement. */
  publishSeconds: Histogram;
  consumed: Counter<'consumer' | 'outcome'>;
  lag: Gauge<'consumer' | 'topic' | 'partition'>;
}

/** The state of the tables behind the gauges, read when somebody scrapes. */
export interface Backlog {
  unpublished: number;
  /** Seconds of real time that the oldest unpublished event has waited. */
  oldestSeconds: number;
  refusedAggregates: number;
  parked: { consumer: string; keys: number }[];
}

/** How long one reading of the tables answers scrapes, in milliseconds. */
const FRESH_MS = 2_000;

/** Registers the metrics. `backlog` is asked at most every two seconds, however often somebody scrapes. */
export function messagingMetrics(
  register: Registry,
  consumers: readonly string[],
  backlog: () => Promise<Backlog>,
): MessagingMetrics {
  const registers = [register];
  let last: { at: number; reading: Promise<Backlog | undefined> } = { at: 0, reading: Promise.resolve(undefined) };
  const read = () => {
    // a database that does not answer leaves the last values; readiness is what reports it
    if (Date.now() - last.at > FRESH_MS) last = { at: Date.now(), reading: backlog().catch(() => undefined) };
    return last.reading;
  };
  const fromBacklog = (name: string, help: string, value: (reading: Backlog) => number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const reading = await read();
        if (reading) this.set(value(reading));
      },
    });
  fromBacklog(
    'outbox_unpublished',
    'Events that wait in the outbox (counted up to 100,000)',
    (reading) => reading.unpublished,
  );
  fromBacklog(
    'outbox_oldest_seconds',
    'Seconds that the oldest event has waited in the outbox',
    (reading) => reading.oldestSeconds,
  );
  fromBacklog(
    'outbox_refused_aggregates',
    'Aggregates that the broker refuses an event of',
    (reading) => reading.refusedAggregates,
  );
  new Gauge({
    name: 'parked_keys',
    help: 'Aggregates whose events wait for an operator or a missing event',
    labelNames: ['consumer'],
    registers,
    async collect() {
      const reading = await read();
      if (!reading) return;
      for (const consumer of consumers) {
        this.set({ consumer }, reading.parked.find((parked) => parked.consumer === consumer)?.keys ?? 0);
      }
    },
  });
  return {
    relayActive: new Gauge({ name: 'relay_active', help: '1 in the process whose relay drains the outbox', registers }),
    published: new Counter({
      name: 'events_published_total',
      help: 'Events that the broker has taken',
      labelNames: ['type'],
      registers,
    }),
    refused: new Counter({
      name: 'events_refused_total',
      help: 'Events that the broker refused for good; each blocks its aggregate',
      labelNames: ['reason'],
      registers,
    }),
    publishSeconds: new Histogram({
      name: 'event_publish_seconds',
      help: 'Seconds from an event’s insert into the outbox to the broker’s acknowledgement',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300],
      registers,
    }),
    consumed: new Counter({
      name: 'events_consumed_total',
      help: 'Events that a consumer has dealt with, by what became of them',
      labelNames: ['consumer', 'outcome'],
      registers,
    }),
    lag: new Gauge({
      name: 'consumer_lag',
      help: 'Messages behind the last one that was handled',
      labelNames: ['consumer', 'topic', 'partition'],
      registers,
    }),
  };
}
