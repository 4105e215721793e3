/*
 * Why: a question and its answer are each one piece. undici's usual way hands out an answer as a stream, which is then
 * put together again; here the pieces are taken as they come. Connections, limits, time-outs and the parsing of HTTP
 * stay undici's.
 */
import type { Dispatcher } from 'undici';

/** What a service answered. */
export interface SubgraphAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON, where it is an answer of the service itself. */
  body: Buffer;
}

/** An answer is wanted as it is: a server that hears nothing of codings may choose one (RFC 9110, 12.5.3). */
const AS_IT_IS = { 'content-type': 'application/json', 'accept-encoding': 'identity' };

/** Posts JSON. Rejects when no whole answer comes, or with the signal's reason when it fires. */
export function postJson(
  dispatcher: Dispatcher,
  { path, body, headers }: { path: string; body: string; headers: Record<string, string> },
  signal?: AbortSignal,
): Promise<SubgraphAnswer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
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
    dispatcher.dispatch(
      { method: 'POST', path, headers: { ...headers, ...AS_IT_IS }, body },
      {
        onRequestStart(started) {
          controller = started;
          // It may have waited for a free connection until nobody wanted it any more
          if (signal?.aborted) started.abort(signal.reason as Error);
        },
        onResponseStart(_, statusCode, responseHeaders) {
          // Called for hints (1xx) as well; the last one counts
          status = statusCode;
          received = responseHeaders;
        },
        onResponseData(_, piece) {
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
