import { Readable } from 'node:stream';
import { Pool } from 'undici';
import { postJson, type SubgraphAnswer } from './post-json.ts';

/** Kept connections to one service. */
export interface SubgraphPool {
  /** Name of the subgraph. */
  name: string;
  /** Posts JSON to a path beside the service's GraphQL endpoint (`graphql` is that endpoint itself). The signal cancels. */
  post(path: string, body: string, headers: Record<string, string>, signal?: AbortSignal): Promise<SubgraphAnswer>;
  /** Passes a request on to a path of the service, body and answer as streams, whatever their length. */
  pass(request: PassedRequest): Promise<PassedAnswer>;
  /** Whether the service answers at all, within a second. */
  isAlive(): Promise<boolean>;
  close(): Promise<void>;
}

/** A request that a service is to answer as it is. */
export interface PassedRequest {
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: AsyncIterable<Uint8Array>;
  signal?: AbortSignal | undefined;
}

/** An answer that is passed on as it comes. */
export interface PassedAnswer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: Readable;
}

/** Connections over which files pass, apart from those of questions, which must not wait behind them. */
const FILE_CONNECTIONS = 8;

/** What a service may take. */
export interface PoolLimits {
  /** Milliseconds after which a service counts as not answering a question; of files, without a sign of life. */
  timeoutMs: number;
  /** Bytes that an answer may have; a longer one counts as none. */
  maxAnswerBytes: number;
  /** Connections kept at most; requests beyond wait for a free one. */
  connections: number;
}

/** Opens connections to a service, as they are needed, at the URL of its GraphQL endpoint. */
export function subgraphPool(name: string, url: string, limits: PoolLimits): SubgraphPool {
  const endpoint = new URL(url);
  const pool = new Pool(endpoint.origin, {
    connections: limits.connections,
    connectTimeout: Math.min(limits.timeoutMs, 5_000),
    headersTimeout: limits.timeoutMs,
    bodyTimeout: limits.timeoutMs,
    keepAliveTimeout: 4_000,
    maxResponseSize: limits.maxAnswerBytes,
  });
  const files = new Pool(endpoint.origin, {
    connections: Math.min(FILE_CONNECTIONS, limits.connections),
    connectTimeout: Math.min(limits.timeoutMs, 5_000),
    // a service answers an upload once it has read it
    headersTimeout: limits.timeoutMs * 10,
    bodyTimeout: limits.timeoutMs,
    keepAliveTimeout: 4_000,
  });
  const pathOf = (path: string) => (path === 'graphql' ? endpoint.pathname : new URL(path, endpoint).pathname);
  return {
    name,
    post: (path, body, headers, signal) =>
      postJson(pool, { path: pathOf(path), body, headers, longestMs: limits.timeoutMs }, signal),
    async pass({ method, path, headers, body, signal }) {
      const sent = body ? Readable.from(body) : null;
      const answer = await files.request({ method, path, headers, body: sent, signal: signal ?? null });
      return { status: answer.statusCode, headers: answer.headers, body: answer.body };
    },
    async isAlive() {
      try {
        const { statusCode, body } = await pool.request({
          method: 'GET',
          path: pathOf('livez'),
          signal: AbortSignal.timeout(1_000),
        });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    close: async () => void (await Promise.all([pool.close(), files.close()])),
  };
}
