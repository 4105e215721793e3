/*
 * Why: a question and its answer are each one piece. undici's usual way hands out an answer as a stream, which is then
 * put together again; here the pieces are taken as they come. Connections, limits, time-outs and the parsing of HTTP
 * stay undici's.
 */
import { errors, type Dispatcher } from 'undici';

/** What a service answered. */
export interface SubgraphAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON, where it is an answer of the service itself. */
  body: Buffer;
}

/** An answer is wanted as it is: a server that hears nothing of codings may choose one (RFC 9110, 12.5.3). */
const AS_IT_IS = ['content-type', 'application/json', 'accept-encoding', 'identity'];

/** A question. */
export interface Posted {
  path: string;
  body: string;
  headers: Record<string, string>;
  /** Milliseconds until its answer has to be there, waiting for a free connection included. */
  longestMs: number;
}

/** Posts JSON. Rejects when no whole answer comes in time, or with the signal's reason when it fires. */
export function postJson(
  dispatcher: Dispatcher,
  { path, body, headers, longestMs }: Posted,
  signal?: AbortSignal,
): Promise<SubgraphAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    // undici notices a service that is silent; one that sends a byte now and then is noticed when it does
    const until = performance.now() + longestMs;
    let status = 0;
    let received: SubgraphAnswer['headers'] = {};
    const pieces: Buffer[] = [];
    let controller: Dispatcher.DispatchController | undefined;
    const leave = () => {
      const reason = signal?.reason as Error;
      controller?.abort(reason);
      reject(reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    const sent = [...AS_IT_IS];
    for (const name in headers) sent.push(name, headers[name] as string);
    dispatcher.dispatch(
      { method: 'POST', path, headers: sent, body },
      {
        onRequestStart(started) {
          controller = started;
          // It may have waited for a free connection until nobody wanted it any more
          if (signal?.aborted) started.abort(signal.reason as Error);
          else if (performance.now() > until)
            started.abort(new errors.ConnectTimeoutError('no connection got free in time'));
        },
        onResponseStart(_, statusCode, responseHeaders) {
          // Called for hints (1xx) as well; the last one counts
          status = statusCode;
          received = responseHeaders;
        },
        onResponseData(running, piece) {
          if (performance.now() > until) running.abort(new errors.BodyTimeoutError('the answer takes too long'));
          pieces.push(piece);
        },
        onResponseEnd() {
          signal?.removeEventListener('abort', leave);
          resolve({ status, headers: received, body: whole(pieces) });
        },
        onResponseError(_, error) {
          signal?.removeEventListener('abort', leave);
          reject(error);
        },
      },
    );
  });
}

function whole(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  return pieces.length === 1 && first ? first : Buffer.concat(pieces);
}
