import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { errorCatalogue, errorExtensions, type DomainError } from '@frontline/platform/process';
import { gatewayErrors } from './gateway-errors.ts';

/** Bytes of a refused body that are read away, so that its sender gets to see the answer before the connection ends. */
const DRAINED_BYTES = 32 * 1024 * 1024;

/** Answers in GraphQL's shape what fails before GraphQL: bodies too large or malformed, routes that don't exist. */
export function answerHttpErrors(app: FastifyInstance, maxBodyBytes: number, log: Logger): void {
  app.setErrorHandler(async (error: Error & { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      await drained(request);
      return answerRefusal(reply, gatewayErrors('limit.body', { max: maxBodyBytes }));
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return answer(reply, status, gatewayErrors('request.invalid', { problem: sentence(error) }));
    log.error({ requestId: request.id, err: error }, 'a request failed unexpectedly');
    return answer(reply, 500, gatewayErrors('internal', { requestId: request.id }));
  });
  app.setNotFoundHandler(async (_request, reply) =>
    answer(
      reply,
      404,
      gatewayErrors('request.invalid', { problem: 'There is nothing here. GraphQL is asked by POST /graphql.' }),
    ),
  );
}

function answer(reply: FastifyReply, status: number, error: DomainError): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message: error.message, extensions: errorExtensions(error) }] });
}

/** Answers with an expected failure and the HTTP status that it is declared with. */
export function answerRefusal(reply: FastifyReply, error: DomainError): FastifyReply {
  return answer(reply, errorCatalogue.get(error.code)?.status ?? 400, error);
}

/** What Fastify found, without what a parser adds about positions in the body. */
function sentence(error: Error & { code?: string }): string {
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'The body is empty; it must be a JSON object with a query.';
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'The content type must be application/json.';
  return 'The body must be a JSON object with a query.';
}

/** Reads the rest of a body away, up to a bound. */
function drained({ raw }: FastifyRequest): Promise<void> {
  return new Promise((resolve) => {
    if (raw.readableEnded || raw.destroyed) return resolve();
    let left = DRAINED_BYTES;
    raw.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) resolve();
    });
    raw
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
    raw.resume();
  });
}
