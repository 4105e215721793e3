import type { Logger } from 'pino';
import type { TopicDeclaration } from '@frontline/events';
import type { Place } from './arrival.ts';
import { faultOf } from './failure.ts';
import type { Broker } from './kafka.ts';
import type { ParkedReason } from './parked-table.ts';

const DAYS = 24 * 60 * 60 * 1000;

/**
 * Tells `frontline.dead-letter.<consumer>.v1` which events were parked, so that operators of many services watch one
 * kind of topic. Only metadata: the event itself is in its own topic, and an error's text may quote what it must not.
 */
export class DeadLetters {
  readonly #consumer: string;
  readonly #service: string;
  readonly #broker: Broker | undefined;
  readonly #log: Logger;

  constructor(options: { consumer: string; service: string; broker: Broker | undefined; log: Logger }) {
    this.#consumer = options.consumer;
    this.#service = options.service;
    this.#broker = options.broker;
    this.#log = options.log;
  }

  /** The topic, with one partition: its order is by time over all keys. */
  get topic(): TopicDeclaration {
    return {
      topic: `frontline.dead-letter.${this.#consumer}.v1`,
      partitions: 1,
      retentionMs: 90 * DAYS,
      cleanup: 'delete',
    };
  }

  /** Never fails: the parked row is what counts, and its alarm has been raised. */
  async announce(place: Place, reason: ParkedReason, error: unknown): Promise<void> {
    if (!this.#broker) return;
    const letter = {
      service: this.#service,
      consumer: this.#consumer,
      ...place,
      reason,
      ...(error instanceof Error && { error: faultOf(error) }),
      parkedAt: new Date().toISOString(),
    };
    try {
      await this.#broker.ensureTopics([this.topic]);
      await this.#broker.publish([
        {
          topic: this.topic.topic,
          key: place.aggregateId,
          value: JSON.stringify(letter),
          headers: { 'content-type': 'application/json' },
        },
      ]);
    } catch (failure) {
      this.#log.warn({ err: failure, eventId: place.eventId }, 'could not announce a parked event');
    }
  }
}
