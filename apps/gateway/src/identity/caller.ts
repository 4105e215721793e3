import { randomFillSync } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Actor } from '@frontline/access';
import { gatewayErrors, graphqlError } from '../errors/gateway-errors.ts';
import type { BearerTokens } from './bearer-tokens.ts';
import type { Identities } from './identities.ts';

/** On whose behalf a request is answered, and under which names logs and traces find it. */
export interface Caller {
  actor: Actor;
  requestId: string;
  /** W3C trace context; the caller's, or one that begins here. */
  traceparent: string;
  /** Fires when the client has gone without waiting for the answer. */
  signal?: AbortSignal;
}

/** One object for everybody who hasn't signed in, so that they share the tokens that are minted for it. */
const anonymous: Actor = { kind: 'anonymous' };

/** Tells who asks. Throws errors with stable codes for tokens that aren't believed. */
export function callers(tokens: BearerTokens, identities: Identities, log: Logger) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<Caller> => {
    const sub = await tokens.subjectOf(request.headers.authorization);
    return {
      actor: sub === undefined ? anonymous : await actorOf(sub, request.id),
      requestId: request.id,
      traceparent: traceOf(request.headers['traceparent']),
      signal: gone(reply),
    };
  };

  async function actorOf(sub: string, requestId: string): Promise<Actor> {
    try {
      return await identities.actorOf(sub, requestId);
    } catch (error) {
      log.error({ requestId, err: error }, 'nobody could tell who is asking');
      throw graphqlError(gatewayErrors('service.unavailable'), { status: 503 });
    }
  }
}

function gone({ raw: response }: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}

/** The trace that a caller sent, if it is well formed (W3C Trace Context, version 00); else a new one. */
export function traceOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(given))
    return given;
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}

/** Random bytes in store: asking the system for a few each time costs more than all else that is done for a trace. */
const random = Buffer.alloc(24 * 256);
let taken = random.length;

function randomHex(bytes: number): string {
  if (taken + bytes > random.length) {
    randomFillSync(random);
    taken = 0;
  }
  return random.toString('hex', taken, (taken += bytes));
}
