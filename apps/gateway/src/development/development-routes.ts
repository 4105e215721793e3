import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '@frontline/access';
import type { DistrictClock, InternalTokens } from '@frontline/platform/process';
import type { DevelopmentIssuer } from '../identity/development-issuer.ts';
import type { SubgraphPool } from '../subgraphs/subgraph-pool.ts';

/** What the routes for development work on. */
export interface DevelopmentControls {
  issuer: DevelopmentIssuer;
  clock: DistrictClock;
  tokens: InternalTokens;
  pools: readonly SubgraphPool[];
}

const tokenRequest = z.object({
  role: z.enum(ROLES),
  place: z
    .string()
    .regex(/^[\w\-.]{1,64}$/, 'must be the code of an organization')
    .optional(),
});
const clockRequest = z.object({ now: z.iso.datetime({ offset: true }) });

/** Routes that exist in development only: a token for any demo account, and the district clock of every service at once. */
export function developmentRoutes(app: FastifyInstance, { issuer, clock, tokens, pools }: DevelopmentControls): void {
  app.post('/development/token', async (request, reply) => {
    const asked = tokenRequest.safeParse(request.body);
    if (!asked.success) return reply.code(400).send({ errors: problems(asked.error) });
    return issuer.tokenFor(asked.data.role, asked.data.place);
  });

  app.post('/development/clock', async (request, reply) => {
    const asked = clockRequest.safeParse(request.body);
    if (!asked.success) return reply.code(400).send({ errors: problems(asked.error) });
    clock.moveTo(Date.parse(asked.data.now) - Date.now());
    const left = (await Promise.all(pools.map(setClock))).filter((name) => name !== undefined);
    if (left.length === 0) return { now: clock.now().toISOString() };
    return reply.code(502).send({
      errors: [
        {
          message: `These services keep their old clock: ${left.join(', ')}.`,
          extensions: { code: 'service.unavailable' },
        },
      ],
    });
  });

  /** The service's name if its clock could not be set. */
  async function setClock(pool: SubgraphPool): Promise<string | undefined> {
    const authorization = `Bearer ${await tokens.sign(pool.name, { kind: 'system', service: 'gateway' })}`;
    const body = Readable.from([Buffer.from(JSON.stringify({ offsetMs: clock.offsetMs }))]);
    const headers = { authorization, 'content-type': 'application/json' };
    try {
      // passed on and not asked: a service answers once it has done the work of its new day, which no page waits for
      const answer = await pool.pass({ method: 'POST', path: '/internal/clock', headers, body });
      await answer.body.toArray();
      return answer.status === 200 ? undefined : pool.name;
    } catch {
      return pool.name;
    }
  }
}

function problems(error: z.ZodError) {
  return error.issues.map(({ path, message }) => ({
    message: `${path.join('.') || 'body'}: ${message}`,
    extensions: { code: 'input.invalid', field: path.join('.') },
  }));
}
