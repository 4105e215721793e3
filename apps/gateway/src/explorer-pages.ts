import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What the explorer asks the gateway about itself. */
export interface ExplorerFacts {
  /** Whether demo tokens can be had, so that the role picker makes sense. */
  rolePicker: boolean;
}

/** Keeps the explorer to this host, whatever a library inside it might try to load. Monaco needs styles inline. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves the built explorer at `/`, without any request to elsewhere. */
export async function explorerPages(app: FastifyInstance, directory: string, facts: ExplorerFacts): Promise<void> {
  app.get('/explorer.json', async () => facts);
  if (!existsSync(directory)) {
    app.get('/', async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .send('The explorer is not built. Build it: npx nx build explorer\nGraphQL: POST /graphql\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    maxAge: '1h',
    setHeaders(reply, path) {
      void reply.header('content-security-policy', policy);
      void reply.header('x-content-type-options', 'nosniff');
      void reply.header('referrer-policy', 'no-referrer');
      if (path.endsWith('.html')) void reply.header('cache-control', 'no-cache');
    },
  });
}
