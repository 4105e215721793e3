import { Pool } from 'undici';

/** What a service answered. */
export interface SubgraphAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

/** Kept connections to one service. */
export interface SubgraphPool {
  /** Name of the subgraph. */
  name: string;
  /** Posts JSON to a path beside the service's GraphQL endpoint (`graphql` is that endpoint itself). The signal cancels. */
  post(path: string, body: string, headers: Record<string, string>, signal?: AbortSignal): Promise<SubgraphAnswer>;
  /** Whether the service answers at all, within a second. */
  isAlive(): Promise<boolean>;
  close(): Promise<void>;
}

/** What a service may take. */
export interface PoolLimits {
  /** Milliseconds without a sign of life after which a service counts as not answering. */
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
  const pathOf = (path: string) => (path === 'graphql' ? endpoint.pathname : new URL(path, endpoint).pathname);
  return {
    name,
    async post(path, body, headers, signal) {
      const {
        statusCode,
        headers: received,
        body: stream,
      } = await pool.request({
        method: 'POST',
        path: pathOf(path),
        headers: { ...headers, 'content-type': 'application/json' },
        body,
        signal: signal ?? null,
      });
      return { status: statusCode, headers: received, text: await stream.text() };
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
    close: () => pool.close(),
  };
}
