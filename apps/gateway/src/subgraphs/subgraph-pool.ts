import { Pool } from 'undici';

/** What a service answered. */
export interface SubgraphAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** Kept connections to one service. */
export interface SubgraphPool {
  /** Name of the subgraph. */
  name: string;
  /** Posts JSON to a path beside the service's GraphQL endpoint (`graphql` is that endpoint itself). */
  post(path: string, body: string, headers: Record<string, string>): Promise<SubgraphAnswer>;
  /** Whether the service answers at all, within a second. */
  isAlive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Connections kept to a service at most; requests beyond wait for a free one. */
const CONNECTIONS = 128;

/** Opens connections to a service, as they are needed, at the URL of its GraphQL endpoint. */
export function subgraphPool(name: string, url: string, timeoutMs: number): SubgraphPool {
  const endpoint = new URL(url);
  const pool = new Pool(endpoint.origin, {
    connections: CONNECTIONS,
    connectTimeout: Math.min(timeoutMs, 5_000),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 4_000,
  });
  const pathOf = (path: string) => (path === 'graphql' ? endpoint.pathname : new URL(path, endpoint).pathname);
  return {
    name,
    async post(path, body, headers) {
      const {
        statusCode,
        headers: received,
        body: stream,
      } = await pool.request({
        method: 'POST',
        path: pathOf(path),
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      return { status: statusCode, contentType: String(received['content-type'] ?? ''), text: await stream.text() };
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
