import { contracts, topicOf } from './event-contract.ts';

/** A topic as it is created: from code, never by a broker's default. */
export interface TopicDeclaration {
  readonly topic: string;
  readonly partitions: number;
  /** Milliseconds; the archive in the owner's database is the replay source for what is older. */
  readonly retentionMs: number;
  readonly cleanup: 'delete';
}

const DAYS = 24 * 60 * 60 * 1000;

/** Every topic of the platform. Aggregates of which there are many and busy ones get more partitions; the number must never change within a major, since keys would move. */
export const topics: readonly TopicDeclaration[] = [...new Set([...contracts.values()].map(topicOf))].map((topic) => ({
  topic,
  partitions: 6,
  retentionMs: 90 * DAYS,
  cleanup: 'delete',
}));
