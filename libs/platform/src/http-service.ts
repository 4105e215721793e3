import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { durations } from './durations.ts';

/** What a service says of itself to whoever routes traffic to it. */
export interface Readiness {
  ready: boolean;
  /** Ready, but something that can wait is missing (such as a broker); shown, never a reason to stop traffic. */
  degraded?: string[];
  /** Why it is not ready, in a sentence per reason. */
  reasons?: string[];
}

/** A service's HTTP side before its own routes are added. */
export interface HttpService {
  app: FastifyInstance;
  metrics: Registry;
  /** Whether it is about to stop: answers that a route writes by itself then say that their connection ends (`connection: close`). */
  isClosing(): boolean;
}

/** Fastify with request ids, `/livez`, `/readyz` and `/metrics`; the caller adds its routes and listens. */
export function httpService(
  service: string,
  log: Logger,
  readiness: () => Promise<Readiness>,
  bodyLimit = 1_048_576,
): HttpService {
  const metrics = new Registry();
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metrics });
  const observe = durations({
    name: 'http_request_duration_seconds',
    help: 'Seconds from request to answer',
    labels: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    metrics,
  });
  const app = fastify({
    loggerInstance: log as never,
    // Lines about a request name its id themselves; a logger of its own for each request costs more than it tells
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w\-.]{8,100}$/.test(given) ? given : randomUUID();
    },
    forceCloseConnections: 'idle',
  });
  // Nothing but an id, a status and a time is in these lines, so there is nothing to be redacted
  const answered = log.child({}, { redact: [] });
  let closing = false;
  // Connections over which nothing has been asked, such as browsers open ahead of time: Node takes them for busy
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    if (closing) return void socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
  app.addHook('onRequest', (request, reply, done) => {
    unused.delete(request.raw.socket);
    void reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // Else a kept connection whose last answer was on its way would hold the process until its keep-alive ends
    if (closing) void reply.header('connection', 'close');
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { statusCode: status, elapsedTime } = reply;
    observe(route, status, elapsedTime / 1000);
    if (route === '/graphql') answered.info({ requestId: request.id, status, ms: Math.round(elapsedTime) }, 'answered');
    done();
  });
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
  return { app: app as unknown as FastifyInstance, metrics, isClosing: () => closing };
}

/** Resolves when the process is asked to stop (SIGTERM, SIGINT), or at once if it already was. */
export function askedToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}
