/*
 * Why: a district's own applications ask a few hundred operations, all known when they are built. Where only those are
 * answered, nobody can send a query that was made to be expensive or to pry; and since they are known, they can be
 * planned before anybody asks. The builds write a manifest; this module says which documents stand in it.
 *
 * A document is the same whatever its white space and commas. Clients send the whole text, or only its id as Apollo's
 * persisted queries do (`extensions.persistedQuery.sha256Hash`).
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stripIgnoredCharacters } from 'graphql';
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import { ConfigError, type DomainError } from '@frontline/platform/process';
import { gatewayErrors } from '../errors/gateway-errors.ts';
import { followFile } from '../followed-file.ts';
import { readManifest } from './manifest.ts';

/** What becomes of a document that is not in the manifest: `warn` counts and logs it, `enforce` refuses it. */
export type Trust = 'off' | 'warn' | 'enforce';

/** The documents that are trusted, and what happens to others. */
export interface TrustedDocuments {
  /** Whether documents of clients may be kept under their hashes, for clients that send only these later. */
  mayLearn: boolean;
  /** The text of a trusted document by its id. */
  textOf(id: string): string | undefined;
  /** The texts of all. */
  texts(): Iterable<string>;
  /** Why a document may not be asked; `undefined` if it may. */
  refusal(text: string, requestId: string): DomainError | undefined;
  stop(): Promise<void>;
}

/** Where the documents stand and who is told of them. */
export interface TrustSettings {
  trust: Trust;
  /** The manifest, which is read again whenever it changes. */
  file: string | undefined;
  /** Called when another manifest is in force. */
  changed(): void;
  log: Logger;
  metrics: Registry;
}

interface DocumentSet {
  byId: ReadonlyMap<string, string>;
  /** Texts as clients may send them, and without white space. */
  known: ReadonlySet<string>;
}

/** Reads the manifest; one that is broken is refused at the start, later it is logged and the last good one stays. */
export async function trustedDocuments({
  trust,
  file,
  changed,
  log,
  metrics,
}: TrustSettings): Promise<TrustedDocuments> {
  const nothing = { textOf: () => undefined, texts: () => [], refusal: () => undefined, stop: async () => undefined };
  if (trust === 'off' || file === undefined) return { mayLearn: true, ...nothing };

  const requests = new Counter({
    name: 'document_requests_total',
    help: 'Requests by whether their document was trusted, untrusted but let through (warn), or refused (enforce)',
    labelNames: ['document'],
    registers: [metrics],
  });
  for (const document of ['trusted', 'untrusted', 'refused']) requests.inc({ document }, 0);
  const size = new Gauge({
    name: 'trusted_documents',
    help: 'Documents in the manifest in force',
    registers: [metrics],
  });
  const current = new Gauge({
    name: 'trusted_documents_file_is_current',
    help: '1 if the documents in force are those of the manifest, 0 while a broken one is ignored',
    registers: [metrics],
  });
  const take = (set: DocumentSet): DocumentSet => {
    size.set(set.byId.size);
    current.set(1);
    return set;
  };
  let documents = take(
    await documentsOf(file).catch((error: Error) => {
      throw new ConfigError(`TRUSTED_DOCUMENTS_FILE: ${file} cannot be used: ${error.message}`);
    }),
  );
  const stop = followFile(file, async () => {
    try {
      documents = take(await documentsOf(file));
      log.info({ documents: documents.byId.size }, 'the manifest of trusted documents changed and is in force');
      changed();
    } catch (error) {
      current.set(0);
      log.error({ err: error }, 'the manifest of trusted documents changed but is broken; the last good one stays');
    }
  });

  return {
    mayLearn: trust === 'warn',
    texts: () => documents.byId.values(),
    textOf(id) {
      const text = documents.byId.get(id);
      if (text !== undefined) requests.inc({ document: 'trusted' });
      return text;
    },
    refusal(text, requestId) {
      if (documents.known.has(text) || documents.known.has(stripped(text))) {
        requests.inc({ document: 'trusted' });
        return undefined;
      }
      // Not its text: a literal in it may be somebody's name
      const sha256 = createHash('sha256').update(text).digest('hex');
      log.warn({ requestId, sha256 }, 'a document was asked that is not trusted');
      requests.inc({ document: trust === 'enforce' ? 'refused' : 'untrusted' });
      return trust === 'enforce' ? gatewayErrors('document.notTrusted') : undefined;
    },
    stop,
  };
}

async function documentsOf(file: string): Promise<DocumentSet> {
  const byId = readManifest(await readFile(file, 'utf8'));
  return { byId, known: new Set([...byId.values()].flatMap((text) => [text, stripped(text)])) };
}

/** A document without what has no meaning in it; what is no GraphQL stays as it is and is refused later, by its syntax. */
function stripped(text: string): string {
  try {
    return stripIgnoredCharacters(text);
  } catch {
    return text;
  }
}
