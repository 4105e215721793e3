import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import pg from 'pg';

/** A statement as it went to PostgreSQL. */
export interface Statement {
  text: string;
  values: unknown[];
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown;
const REQUEST_START = 'http.server.request.start';
const counted = /^\s*(select|with|insert|update|delete)\b/i;

/**
 * Knows which statements a server in this process ran for which HTTP request, told apart by its `x-request-id`. What
 * runs in the background, for other requests, or for the test itself is never among them: each request is the root of
 * an asynchronous context of its own, which reaches from the socket to the driver.
 */
export class StatementsOfRequests {
  readonly #current = new AsyncLocalStorage<Statement[] | undefined>();
  readonly #followed = new Map<string, Statement[]>();
  readonly #query = pg.Client.prototype.query as unknown as Query;

  constructor() {
    subscribe(REQUEST_START, this.#begin);
    const [current, original] = [this.#current, this.#query];
    const recording: Query = function (...args) {
      const [first, second] = args as [string | Statement, unknown];
      const text = typeof first === 'string' ? first : first.text;
      const values = Array.isArray(second) ? second : ((first as Statement).values ?? []);
      if (counted.test(text)) current.getStore()?.push({ text, values });
      return original.apply(this, args);
    };
    pg.Client.prototype.query = recording as never;
  }

  /** From now on, the list fills with what the request of this id runs. */
  follow(requestId: string): Statement[] {
    const statements: Statement[] = [];
    this.#followed.set(requestId, statements);
    return statements;
  }

  /** Follows no request any more, and leaves the driver as it was. */
  stop(): void {
    unsubscribe(REQUEST_START, this.#begin);
    pg.Client.prototype.query = this.#query as never;
  }

  /** The body may come in later packets, each in the socket's own context: the request's events bring theirs along. */
  readonly #begin = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    this.#current.enterWith(this.#followed.get(String(request.headers['x-request-id'])));
    request.emit = AsyncResource.bind(request.emit.bind(request)) as typeof request.emit;
  };
}
