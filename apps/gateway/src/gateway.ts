import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyCors from '@fastify/cors';
import type { ApolloGateway } from '@apollo/gateway';
import type { Logger } from 'pino';
import { ConfigError, DistrictClock, httpService, internalTokens, openLog } from '@frontline/platform/process';
import { answering } from './answering.ts';
import { subgraphUrls, type GatewaySettings } from './config.ts';
import { persistedQueries } from './documents/persisted-queries.ts';
import { trustedDocuments, type TrustedDocuments } from './documents/trusted-documents.ts';
import { developmentRoutes } from './development/development-routes.ts';
import { executionMetrics } from './execution/execution-metrics.ts';
import { printedAnswer } from './execution/written-data.ts';
import { answeredError } from './errors/answered-errors.ts';
import { answers } from './errors/answers.ts';
import { answerHttpErrors } from './errors/http-errors.ts';
import { explorerPages } from './explorer-pages.ts';
import { bearerTokens, publishedKeys } from './identity/bearer-tokens.ts';
import { callers, type Caller } from './identity/caller.ts';
import { callerTokens } from './identity/caller-tokens.ts';
import { developmentIssuer } from './identity/development-issuer.ts';
import { graphqlOverHttp } from './graphql-over-http.ts';
import { identities } from './identity/identities.ts';
import { passThrough, type PassedPath } from './pass-through/pass-through.ts';
import { answerableOperations } from './limits/answerable-operations.ts';
import { sizeLimits } from './limits/size-limits.ts';
import { askSubgraphs } from './subgraphs/ask-subgraphs.ts';
import { subgraphPool, type PoolLimits, type SubgraphPool } from './subgraphs/subgraph-pool.ts';
import { supergraphFromFile } from './supergraph/supergraph-file.ts';

/** A gateway that listens. */
export interface RunningGateway {
  /** Where it listens, such as http://127.0.0.1:4000. */
  url: string;
  /** Finishes what is being answered, then closes. */
  stop(): Promise<void>;
}

/** Starts the gateway: one GraphQL endpoint over all services, the explorer, health and metrics. Used by `main.ts` and by tests alike. */
export async function startGateway(settings: GatewaySettings): Promise<RunningGateway> {
  const log = openLog('gateway', settings.LOG_LEVEL);
  const tokens = internalTokens(settings.INTERNAL_SECRET);
  const pools = new Map(
    [...subgraphUrls(settings)].map(([name, url]) => [name, subgraphPool(name, url, poolLimits(settings))]),
  );
  const { app, metrics, isClosing } = httpService('gateway', log, () => readiness(pools), settings.MAX_BODY_BYTES);
  const development = settings.DEVELOPMENT_ISSUER_FILE
    ? await developmentIssuer(settings.DEVELOPMENT_ISSUER_FILE, settings.ISSUER, settings.ISSUER_AUDIENCE)
    : undefined;
  const keys = development?.keys ?? publishedKeys(settings.ISSUER_JWKS_URL as string);
  const bearers = bearerTokens({ issuer: settings.ISSUER, audience: settings.ISSUER_AUDIENCE, keys });
  const tokensOfCallers = callerTokens(tokens);
  const callerOf = callers(bearers, identities(pool(pools, 'personnel'), tokens, log), log);

  const trusted = await trustedDocuments({
    trust: settings.TRUSTED_DOCUMENTS,
    file: settings.TRUSTED_DOCUMENTS_FILE,
    changed: () => void gateway.warmUp(),
    log,
    metrics,
  });
  const gateway = supergraphFromFile({
    path: settings.SUPERGRAPH_FILE,
    hasAddress: (name) => pools.has(name),
    execution: {
      ask: askSubgraphs({ poolOf: (name) => pool(pools, name), tokens: tokensOfCallers, metrics }),
      expected: () => trusted.texts(),
      cacheBytes: settings.OPERATION_CACHE_BYTES,
      longestRequestMs: settings.SUBGRAPH_TIMEOUT_MS * 2,
      metrics: executionMetrics(metrics),
    },
    log,
    metrics,
  });
  const server = graphqlServer(gateway, trusted, settings, log);
  await server.start().catch((error: Error) => {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`SUPERGRAPH_FILE: ${settings.SUPERGRAPH_FILE} cannot be served: ${error.message}`);
  });

  answerHttpErrors(app, settings.MAX_BODY_BYTES, log);
  if (settings.CORS_ORIGINS.length > 0)
    await app.register(fastifyCors, {
      origin: settings.CORS_ORIGINS.includes('*') ? '*' : settings.CORS_ORIGINS,
      methods: ['GET', 'POST', 'OPTIONS'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'idempotency-key',
        'x-request-id',
        'traceparent',
        'apollo-require-preflight',
      ],
      exposedHeaders: ['x-request-id', 'content-disposition'],
      maxAge: 600,
    });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: graphqlOverHttp({ server, trusted, callerOf, isClosing }),
  });
  const files: PassedPath = {
    url: '/files/:service/*',
    methods: ['GET', 'POST'],
    target: ({ service = '', '*': rest }) => (pools.has(service) ? { service, path: `/files/${rest}` } : undefined),
  };
  const calendars: PassedPath = {
    url: '/calendar/:file',
    methods: ['GET'],
    target: ({ file = '' }) => ({ service: 'organizations', path: `/calendar/${encodeURIComponent(file)}` }),
  };
  await passThrough(app, [files, calendars], {
    poolOf: (name) => pool(pools, name),
    tokens: tokensOfCallers,
    callerOf,
    maxBytes: settings.MAX_FILE_BYTES,
  });
  await explorerPages(app, settings.EXPLORER_DIR, { rolePicker: development !== undefined });
  if (development)
    developmentRoutes(app, {
      issuer: development,
      clock: new DistrictClock(settings.CLOCK_OFFSET_MS),
      tokens,
      pools: [...pools.values()],
    });

  const url = await app.listen({ host: settings.HOST, port: settings.PORT });
  log.info({ url }, 'listening');
  return {
    url,
    async stop() {
      await app.close();
      await server.stop();
      await trusted.stop();
      await Promise.all([...pools.values()].map((each) => each.close()));
      log.info('stopped');
    },
  };
}

function graphqlServer(
  gateway: ApolloGateway,
  trusted: TrustedDocuments,
  settings: GatewaySettings,
  log: Logger,
): ApolloServer<Caller> {
  const bytes = settings.PERSISTED_QUERIES_BYTES;
  return new ApolloServer<Caller>({
    gateway,
    logger: log.child({ part: 'apollo' }),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Without a cache of hashes, ids of trusted documents are still answered
    persistedQueries:
      bytes > 0 || settings.TRUSTED_DOCUMENTS !== 'off' ? { cache: persistedQueries(trusted, bytes) } : false,
    stopOnTerminationSignals: false,
    stringifyResult: printedAnswer,
    parseOptions: { maxTokens: settings.MAX_TOKENS },
    validationRules: [
      answerableOperations,
      sizeLimits({ depth: settings.MAX_DEPTH, aliases: settings.MAX_ALIASES, rootFields: settings.MAX_ROOT_FIELDS }),
    ],
    formatError: (formatted, error) =>
      answeredError(formatted, error, {
        requestId: answering.getStore()?.requestId ?? 'unknown',
        maxTokens: settings.MAX_TOKENS,
        log,
      }),
    plugins: [
      answers(log),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

function poolLimits(settings: GatewaySettings): PoolLimits {
  return {
    timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
    maxAnswerBytes: settings.SUBGRAPH_MAX_ANSWER_BYTES,
    connections: settings.SUBGRAPH_CONNECTIONS,
  };
}

function pool(pools: ReadonlyMap<string, SubgraphPool>, name: string): SubgraphPool {
  const found = pools.get(name);
  if (!found) throw new ConfigError(`no setting names the address of the subgraph "${name}"`);
  return found;
}

/** The gateway answers as long as it runs: with a service down, what the others know can still be asked. */
async function readiness(pools: ReadonlyMap<string, SubgraphPool>) {
  const alive = await Promise.all([...pools.values()].map(async (each) => ((await each.isAlive()) ? [] : each.name)));
  const dead = alive.flat();
  return { ready: true, ...(dead.length > 0 && { degraded: dead.map((name) => `${name} does not answer`) }) };
}
