import { Kafka, Partitioners, logLevel, type Admin, type KafkaConfig, type Producer, type SASLOptions } from 'kafkajs';
import type { Logger } from 'pino';
import type { EventMessage, TopicDeclaration } from '@frontline/events';
import type { KafkaSettings } from '../config.ts';
import { KafkaSubscription, type RunningSubscription, type Subscription } from './kafka-subscription.ts';

/**
 * The broker will never take what was sent, however often it is tried. `scope` says what is concerned: this one
 * message, or everything for its topic.
 */
export class PermanentRefusal extends Error {
  constructor(
    readonly code: string,
    readonly scope: 'message' | 'topic',
  ) {
    super(`the broker refuses for good: ${code}`);
  }
}

/** What Frontline needs of Kafka. Correctness rests on none of it but order within a key and at-least-once delivery. */
export interface Broker {
  /**
   * Sends in the given order, and returns when every in-sync replica has all of it. Throws {@link PermanentRefusal}, or
   * any other error for what may pass (then some of it may have arrived: send all again).
   */
  publish(messages: readonly EventMessage[]): Promise<void>;
  /** Creates those topics that are missing; never changes one that exists. */
  ensureTopics(topics: readonly TopicDeclaration[]): Promise<void>;
  /** Starts to consume and goes on through outages until stopped. */
  subscribe(subscription: Subscription): RunningSubscription;
  close(): Promise<void>;
}

const refusals: Readonly<Record<string, PermanentRefusal['scope']>> = {
  MESSAGE_TOO_LARGE: 'message',
  RECORD_LIST_TOO_LARGE: 'message',
  INVALID_RECORD: 'message',
  TOPIC_AUTHORIZATION_FAILED: 'topic',
  INVALID_TOPIC_EXCEPTION: 'topic',
};

/** Opens the port to Kafka; connects only when first used, so that a missing broker stops nobody from starting. */
export function openBroker(
  settings: KafkaSettings & { KAFKA_BROKERS: string[] },
  clientId: string,
  log: Logger,
): Broker {
  silenceNegativeTimeouts();
  return new KafkaBroker(new Kafka(clientOptions(settings, clientId, log)), log);
}

/** The broker of the settings; `undefined` if none is configured. */
export function brokerOf(settings: KafkaSettings, service: string, log: Logger): Broker | undefined {
  const { KAFKA_BROKERS } = settings;
  return KAFKA_BROKERS && openBroker({ ...settings, KAFKA_BROKERS }, `frontline-${service}`, log);
}

function clientOptions(
  settings: KafkaSettings & { KAFKA_BROKERS: string[] },
  clientId: string,
  log: Logger,
): KafkaConfig {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = settings;
  return {
    clientId,
    brokers: settings.KAFKA_BROKERS,
    ssl: settings.KAFKA_SSL && settings.KAFKA_SSL_CA ? { ca: settings.KAFKA_SSL_CA } : settings.KAFKA_SSL,
    ...(mechanism && { sasl: { mechanism, username: username ?? '', password: password ?? '' } as SASLOptions }),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_500, retries: 4 },
    logLevel: logLevel.WARN,
    // kafkajs calls every lost connection an error; whoever uses the port decides what is worth a line
    logCreator: () => (entry) => log.debug({ kafka: entry.log, namespace: entry.namespace }, entry.log.message),
  };
}

class KafkaBroker implements Broker {
  readonly #kafka: Kafka;
  readonly #log: Logger;
  readonly #subscriptions = new Set<KafkaSubscription>();
  readonly #existing = new Set<string>();
  #producer: Promise<Producer> | undefined;

  constructor(kafka: Kafka, log: Logger) {
    this.#kafka = kafka;
    this.#log = log;
  }

  async publish(messages: readonly EventMessage[]): Promise<void> {
    const byTopic = new Map<string, EventMessage[]>();
    for (const message of messages) {
      const together = byTopic.get(message.topic);
      if (together) together.push(message);
      else byTopic.set(message.topic, [message]);
    }
    const producer = this.#connected();
    try {
      await (
        await producer
      ).sendBatch({
        acks: -1,
        topicMessages: [...byTopic].map(([topic, together]) => ({ topic, messages: together })),
      });
    } catch (error) {
      this.#discard(producer);
      const code = refusalIn(error);
      throw code ? new PermanentRefusal(code, refusals[code] as PermanentRefusal['scope']) : error;
    }
  }

  /** A producer that failed has lost its place in the idempotent sequence; a new one gets a new identity. */
  #discard(failed: Promise<Producer>): void {
    if (this.#producer === failed) this.#producer = undefined;
    failed
      .then((producer) => producer.disconnect())
      .catch((error: unknown) => this.#log.debug({ err: error }, 'discarding a producer'));
  }

  #connected(): Promise<Producer> {
    this.#producer ??= (async () => {
      // naming the partitioner is what silences kafkajs's warning; murmur2, the same as Java's, so that partners' keys agree
      const producer = this.#kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      return producer;
    })();
    return this.#producer;
  }

  async ensureTopics(topics: readonly TopicDeclaration[]): Promise<void> {
    const wanted = topics.filter(({ topic }) => !this.#existing.has(topic));
    if (wanted.length === 0) return;
    await this.#asAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = wanted.filter(({ topic }) => !existing.has(topic));
      if (missing.length > 0) {
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map(({ topic, partitions, retentionMs, cleanup }) => ({
            topic,
            numPartitions: partitions,
            replicationFactor: -1,
            configEntries: [
              { name: 'retention.ms', value: String(retentionMs) },
              { name: 'cleanup.policy', value: cleanup },
            ],
          })),
        });
      }
    });
    for (const { topic } of wanted) this.#existing.add(topic);
  }

  async #asAdmin(work: (admin: Admin) => Promise<void>): Promise<void> {
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  subscribe(subscription: Subscription): RunningSubscription {
    const running = new KafkaSubscription(this.#kafka, this, subscription, this.#log);
    this.#subscriptions.add(running);
    return running;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.stop()));
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }
}

/** kafkajs wraps the broker's answer in layers of its own errors; the code sits somewhere on the chain of causes. */
function refusalIn(error: unknown): string | undefined {
  for (let at = error; at !== undefined && at !== null; at = (at as { cause?: unknown }).cause) {
    const { type, errors } = at as { type?: string; errors?: unknown[] };
    if (type !== undefined && type in refusals) return type;
    const inner = errors?.map(refusalIn).find((code) => code !== undefined);
    if (inner) return inner;
  }
  return undefined;
}

let silenced = false;

/**
 * kafkajs 2.2.4 schedules its throttling check with a time in the past, about which Node 24 warns on every connection.
 * It is harmless; only warnings of this name from kafkajs's own code are dropped.
 */
function silenceNegativeTimeouts(): void {
  if (silenced) return;
  silenced = true;
  const emit = process.emitWarning.bind(process);
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] === 'TimeoutNegativeWarning' && new Error().stack?.includes('kafkajs')) return;
    (emit as (...given: unknown[]) => void)(warning, ...rest);
  }) as typeof process.emitWarning;
}
