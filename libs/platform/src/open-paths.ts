import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '@frontline/access';
import type { Ctx } from './context.ts';

/**
 * What a service answers beside GraphQL to programs that can only fetch an address. The address says enough by itself: it
 * holds a secret, which the service checks; the caller may be anonymous. It is reached through the gateway alone.
 */
export interface OpenPath {
  /** Fastify's pattern, such as `/things/:file`. */
  url: string;
  read(ctx: Ctx, params: Readonly<Record<string, string>>): Promise<OpenAnswer>;
}

/** A text with its media type, nothing (an address that leads nowhere), or a request to come back later. */
export type OpenAnswer =
  { readonly type: string; readonly text: string } | 'NOTHING' | { readonly comeBackAfterSeconds: number };

/** What open paths need of the service that they belong to. */
export interface OpenPathsDoor {
  paths: readonly OpenPath[];
  callerOf(request: FastifyRequest): Promise<Actor | undefined>;
  contextFor(actor: Actor, requestId: string): Ctx;
}

/** Opens the paths. An answer carries an ETag, so that whoever asks again for what they have gets 304 and no text. */
export function openPaths(app: FastifyInstance, { paths, callerOf, contextFor }: OpenPathsDoor): void {
  for (const { url, read } of paths)
    app.get<{ Params: Record<string, string> }>(url, async (request, reply) => {
      const actor = await callerOf(request);
      if (!actor) return reply.code(401).send();
      let answer: OpenAnswer;
      try {
        answer = await read(contextFor(actor, request.id), request.params);
      } catch (error) {
        // neither the address nor the reason is for who asks, nor the address for the log
        request.log.error({ err: error, requestId: request.id, path: url }, 'an open path failed');
        return reply.code(500).type('text/plain').send('Something went wrong on our side\n');
      }
      // what an address with a secret answers is kept by nobody on the way
      void reply.header('cache-control', 'private, no-cache').header('x-content-type-options', 'nosniff');
      if (answer === 'NOTHING') return reply.code(404).type('text/plain').send('Not found\n');
      if ('comeBackAfterSeconds' in answer) {
        const wait = String(answer.comeBackAfterSeconds);
        return reply.code(429).header('retry-after', wait).type('text/plain').send('Too many requests\n');
      }
      const etag = `"${createHash('sha256').update(answer.text).digest('base64url')}"`;
      void reply.header('etag', etag);
      if (known(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return reply.type(answer.type).send(answer.text);
    });
}

/** Whether an If-None-Match names this text; proxies may have made its tag a weak one. */
function known(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
