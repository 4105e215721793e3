import { LRUCache } from 'lru-cache';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What Apollo Server keeps documents under; it puts this before every hash. */
const PREFIX = 'apq:';

/** A store of documents by their hashes, in the form that Apollo Server's persisted queries want. */
export interface PersistedQueries {
  get(key: string): Promise<string | undefined>;
  set(key: string, text: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/**
 * Documents that clients ask by hash alone: trusted ones by their ids, and where it is allowed those that a client has
 * sent once, of which the least recently used are forgotten beyond so many bytes.
 */
export function persistedQueries(trusted: TrustedDocuments, bytes: number): PersistedQueries {
  const learned = new LRUCache<string, string>({
    maxSize: Math.max(bytes, 1),
    sizeCalculation: (text, key) => 2 * (text.length + key.length),
  });
  return {
    get: async (key) => trusted.textOf(key.replace(PREFIX, '')) ?? learned.get(key),
    async set(key, text) {
      if (trusted.mayLearn) learned.set(key, text);
    },
    delete: async (key) => learned.delete(key),
  };
}
