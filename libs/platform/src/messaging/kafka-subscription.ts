import type { Consumer, EachBatchPayload, IHeaders, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { TopicDeclaration } from '@frontline/events';
import { backoff, Bell } from './bell.ts';
import type { Broker } from './kafka.ts';

/** A message as it came, before anybody trusts it. */
export interface IncomingMessage {
  topic: string;
  partition: number;
  offset: string;
  key: string | undefined;
  value: string | null;
  headers: Record<string, string>;
}

/** What to consume, and what to do with it. */
export interface Subscription {
  group: string;
  topics: readonly TopicDeclaration[];
  /**
   * Gets messages of one partition in order. Call `done` after each one that is dealt with: its offset may then be
   * committed. When `done` answers false, another member owns the partition or we stop: leave at once.
   * An error ends this membership; a new one begins at the last committed offset.
   */
  handle(messages: readonly IncomingMessage[], done: (message: IncomingMessage) => Promise<boolean>): Promise<void>;
  /** Messages that wait behind what was just handled. */
  onLag?(topic: string, partition: number, lag: number): void;
}

/** A subscription that runs until stopped. */
export interface RunningSubscription {
  /** Why it does not consume now, if it doesn't. */
  readonly trouble: string | undefined;
  stop(): Promise<void>;
}

/** A member that dies is missed after this many milliseconds, and its partitions move on; brokers allow 6 seconds and more. */
const SESSION_MS = 10_000;

/** How long the broker may hold back an empty answer: a stop waits for it, and what arrives meanwhile ends the wait. */
const FETCH_WAIT_MS = 500;

/** A live membership fetches or beats at least every few seconds; one that is silent for this long hangs. */
const SILENCE_MS = 60_000;

/**
 * Keeps one member of a consumer group alive. kafkajs gives up on errors that it holds for final (its `CRASH` event with
 * `restart: false`) while the process lives on, and has been seen to hang; so whatever ends a membership, this builds a
 * new consumer.
 */
export class KafkaSubscription implements RunningSubscription {
  readonly #kafka: Kafka;
  readonly #broker: Broker;
  readonly #subscription: Subscription;
  readonly #log: Logger;
  readonly #bell = new Bell();
  readonly #running: Promise<void>;
  #stopping = false;
  #end: ((reason?: Error) => void) | undefined;
  #lastSign = 0;
  trouble: string | undefined = 'has not joined its group yet';

  constructor(kafka: Kafka, broker: Broker, subscription: Subscription, log: Logger) {
    this.#kafka = kafka;
    this.#broker = broker;
    this.#subscription = subscription;
    this.#log = log.child({ group: subscription.group });
    this.#running = this.#keepAlive();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#end?.();
    this.#bell.ring();
    await this.#running;
  }

  async #keepAlive(): Promise<void> {
    for (let failures = 0; !this.#stopping;) {
      const joinedAt = Date.now();
      try {
        await this.#membership();
      } catch (error) {
        failures = Date.now() - joinedAt > SILENCE_MS ? 1 : failures + 1;
        const message = error instanceof Error ? error.message : String(error);
        if (this.trouble !== message) this.#log.warn({ err: error }, 'consuming is interrupted; joining again');
        this.trouble = message;
        if (!this.#stopping) await this.#bell.wait(backoff(failures, 500, 5_000));
      }
    }
  }

  /** One life of a consumer, from joining to whatever ends it; throws unless it was asked to stop. */
  async #membership(): Promise<void> {
    const { group, topics, onLag } = this.#subscription;
    await this.#broker.ensureTopics(topics);
    const consumer = this.#kafka.consumer({
      groupId: group,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: SESSION_MS / 5,
      rebalanceTimeout: 3 * SESSION_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_500, retries: 4, restartOnFailure: async () => false },
    });
    const ended = this.#endOf(consumer);
    const watch = setInterval(() => {
      if (Date.now() - this.#lastSign > SILENCE_MS) this.#end?.(new Error('the consumer shows no sign of life'));
    }, SILENCE_MS / 6);
    try {
      this.#lastSign = Date.now();
      consumer.on('consumer.end_batch_process', ({ payload }) =>
        onLag?.(payload.topic, payload.partition, Number(payload.offsetLag)),
      );
      await consumer.connect();
      await consumer.subscribe({ topics: topics.map(({ topic }) => topic), fromBeginning: true });
      await consumer.run({
        eachBatchAutoResolve: false,
        autoCommitThreshold: 100,
        partitionsConsumedConcurrently: 3,
        eachBatch: (payload) => this.#batch(payload),
      });
      await ended;
    } finally {
      clearInterval(watch);
      this.#end = undefined;
      await consumer.disconnect().catch((error: unknown) => this.#log.debug({ err: error }, 'leaving the group'));
    }
  }

  #endOf(consumer: Consumer): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      this.#end = (reason) => (reason ? reject(reason) : resolve());
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      consumer.on('consumer.group_join', () => {
        if (this.trouble !== undefined) this.#log.info('consuming');
        this.trouble = undefined;
      });
    });
    for (const sign of ['consumer.fetch', 'consumer.heartbeat', 'consumer.group_join'] as const) {
      consumer.on(sign, () => (this.#lastSign = Date.now()));
    }
    // a crash may come before anybody awaits
    ended.catch(() => undefined);
    if (this.#stopping) this.#end?.();
    return ended;
  }

  async #batch({
    batch,
    heartbeat,
    resolveOffset,
    commitOffsetsIfNecessary,
    isRunning,
    isStale,
  }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    let lost: unknown;
    const beat = () => heartbeat().catch((error: unknown) => (lost = error));
    // a slow handler must not cost the membership
    const beating = setInterval(() => void beat(), SESSION_MS / 5);
    const messages = batch.messages.map(({ offset, key, value, headers }) => ({
      topic,
      partition,
      offset,
      key: key?.toString(),
      value: value?.toString() ?? null,
      headers: textHeaders(headers ?? {}),
    }));
    try {
      await this.#subscription.handle(messages, async ({ offset }) => {
        this.#lastSign = Date.now();
        resolveOffset(offset);
        await beat();
        if (lost !== undefined) throw lost;
        await commitOffsetsIfNecessary();
        return !this.#stopping && isRunning() && !isStale();
      });
    } finally {
      clearInterval(beating);
    }
  }
}

function textHeaders(headers: IHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts[name] = first.toString();
  }
  return texts;
}
