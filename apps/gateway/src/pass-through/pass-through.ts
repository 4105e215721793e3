/*
 * Why: some things are no GraphQL, files above all. Their paths lead through the gateway to one service as they are, as
 * streams, so that clients know one address and one token, and services still answer nobody but the gateway.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { errorExtensions, type DomainError } from '@frontline/platform/process';
import { gatewayErrors } from '../errors/gateway-errors.ts';
import type { CallerTokens } from '../identity/caller-tokens.ts';
import type { Caller } from '../identity/caller.ts';
import type { SubgraphPool } from '../subgraphs/subgraph-pool.ts';

/** A path of the gateway that leads to a service. */
export interface PassedPath {
  /** Fastify's pattern of it. */
  url: string;
  methods: ('GET' | 'POST')[];
  /** Which service it leads to, and to which path there; `undefined` where there is nothing. */
  target(params: Readonly<Record<string, string>>): { service: string; path: string } | undefined;
}

/** What the way to the services needs. */
export interface PassThrough {
  poolOf(name: string): SubgraphPool;
  tokens: CallerTokens;
  callerOf(request: FastifyRequest, reply: FastifyReply): Promise<Caller>;
  /** Bytes of a body at most. */
  maxBytes: number;
}

/** What a service is told of a request besides who asks, and what a client is told of the answer. */
const PASSED_IN = ['content-type', 'idempotency-key', 'accept-language', 'if-none-match'] as const;
const PASSED_OUT = [
  'content-type',
  'content-disposition',
  'cache-control',
  'etag',
  'retry-after',
  'x-content-type-options',
] as const;

/** Opens paths that lead to services. */
export async function passThrough(
  app: FastifyInstance,
  paths: readonly PassedPath[],
  { poolOf, tokens, callerOf, maxBytes }: PassThrough,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const { url, methods, target } of paths)
      scope.route({
        method: methods,
        url,
        handler: async (request, reply) => {
          const to = target(request.params as Record<string, string>);
          if (!to)
            return refused(
              request,
              reply,
              404,
              gatewayErrors('request.invalid', { problem: 'There is nothing here.' }),
            );
          let caller: Caller;
          try {
            caller = await callerOf(request, reply);
          } catch (error) {
            return unknownCaller(request, reply, error);
          }
          const length = { left: maxBytes };
          try {
            const answer = await poolOf(to.service).pass({
              method: request.method as 'GET' | 'POST',
              path: `${to.path}${new URL(request.url, 'http://gateway').search}`,
              headers: {
                ...taken(request.headers, PASSED_IN),
                authorization: `Bearer ${await tokens.tokenFor(caller.actor, to.service)}`,
                'x-request-id': caller.requestId,
                traceparent: caller.traceparent,
              },
              ...(request.method === 'POST' && { body: bounded(request.raw, length) }),
              signal: caller.signal,
            });
            return await reply.code(answer.status).headers(taken(answer.headers, PASSED_OUT)).send(answer.body);
          } catch (error) {
            if (length.left < 0) return refused(request, reply, 413, gatewayErrors('limit.body', { max: maxBytes }));
            request.log.warn({ err: error, requestId: request.id, service: to.service }, 'a service does not answer');
            return refused(request, reply, 503, gatewayErrors('service.unavailable'));
          }
        },
      });
  });
}

async function* bounded(body: AsyncIterable<Uint8Array>, length: { left: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    length.left -= chunk.length;
    if (length.left < 0) throw new Error('the body is too large');
    yield chunk;
  }
}

function taken(headers: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name] as string]] : [])),
  );
}

function unknownCaller(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof GraphQLError)) throw error;
  const { http, ...extensions } = error.extensions as { http?: { status: number } };
  request.raw.resume();
  return reply.code(http?.status ?? 401).send({ errors: [{ message: error.message, extensions }] });
}

function refused(request: FastifyRequest, reply: FastifyReply, status: number, error: DomainError): FastifyReply {
  // what is still coming is read away, or its sender would not see the answer
  request.raw.resume();
  return reply.code(status).send({ errors: [{ message: error.message, extensions: errorExtensions(error) }] });
}
