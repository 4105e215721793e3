import { type MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import type { Actor } from '@frontline/access';
import type { Logger } from 'pino';
import type { SubgraphSettings } from './config.ts';
import { createContext, type Ctx } from './context.ts';
import { DailyWork } from './daily-work.ts';
import { DistrictClock } from './district-clock.ts';
import { buildSubgraph } from './federation.ts';
import { errorExtensions, platformErrors } from './errors.ts';
import { openGraphQLServer } from './graphql-server.ts';
import { httpService } from './http-service.ts';
import { internalTokens, type InternalTokens } from './internal-token.ts';
import { openLog } from './log.ts';
import type { Manifest } from './manifest.ts';
import { startMessaging } from './messaging/messaging.ts';
import { parkedResolvers } from './messaging/parked-resolver.ts';
import { snapshotResolvers } from './messaging/snapshot.ts';
import { openPaths } from './open-paths.ts';
import { openOrm, pendingMigrations } from './orm.ts';
import type { ReadableEntity } from './rows.ts';
import { aesGcmCipher, installCipher } from './sealed.ts';
import { statementsMetric } from './sql-statements.ts';
import { batchResolvers } from './tables/batch-resolver.ts';
import { ImportRuns } from './tables/import-runs.ts';
import { openTableDoor } from './tables/table-door.ts';

/** The database lacks migrations that this version needs. */
export class SchemaOutdated extends Error {}

/** A subgraph that is running. */
export interface RunningSubgraph {
  url: string;
  clock: DistrictClock;
  tokens: InternalTokens;
  /** A context for work that no request asked for (imports, tests). */
  contextFor(actor: Actor): Ctx;
  /** Does the daily work from now on by itself; until then only a moved clock does it. */
  keepDays(): void;
  stop(): Promise<void>;
}

/** The parts of a subgraph that need a database but no port: what imports run on. */
export interface OpenSubgraph {
  orm: MikroORM;
  log: Logger;
  clock: DistrictClock;
  contextFor(actor: Actor, requestId?: string, traceparent?: string): Ctx;
}

/** Opens database, cipher, clock and log of a subgraph; fails with {@link SchemaOutdated} when migrations are pending. */
export async function openSubgraph(manifest: Manifest, settings: SubgraphSettings): Promise<OpenSubgraph> {
  installCipher(aesGcmCipher(settings.PERSONAL_DATA_KEYS, settings.BLIND_INDEX_KEY));
  const log = openLog(manifest.name, settings.LOG_LEVEL);
  const orm = await openOrm(storageOf(manifest), settings.DATABASE_URL, settings.DATABASE_POOL_MAX);
  const pending = await pendingMigrations(orm);
  if (pending.length > 0) {
    await orm.close(true);
    throw new SchemaOutdated(
      `The database of ${manifest.name} lacks ${pending.length} migration(s) (${pending.join(', ')}). Run the command \`migrate\` of this service first.`,
    );
  }
  const clock = new DistrictClock(settings.CLOCK_OFFSET_MS);
  return {
    orm,
    log,
    clock,
    contextFor: (actor, requestId = `${manifest.name}-${process.pid}`, traceparent) =>
      createContext({
        em: orm.em as EntityManager,
        actor,
        clock,
        requestId,
        log: log.child({ requestId }),
        service: manifest.name,
        ...(traceparent && { traceparent }),
      }),
  };
}

const schemas = new WeakMap<Manifest, ReturnType<typeof buildSubgraph>>();

/** The schema of a subgraph as its manifest and its snapshots make it; made once a process. */
export function schemaOf(manifest: Manifest): ReturnType<typeof buildSubgraph> {
  const made = schemas.get(manifest) ?? schemaFrom(manifest);
  schemas.set(manifest, made);
  return made;
}

function schemaFrom(manifest: Manifest): ReturnType<typeof buildSubgraph> {
  const readable = manifest.entities.filter((entity) => (entity as { visibleTo?: unknown }).visibleTo === undefined);
  if (readable.length > 0)
    throw new Error(
      `These entities do not say which rows a caller may see; give each a static visibleTo(ctx): ${readable.map(({ name }) => name).join(', ')}`,
    );
  return buildSubgraph({
    resolvers: [
      ...manifest.resolvers,
      ...snapshotResolvers(manifest.snapshots ?? []),
      ...parkedResolvers(manifest),
      ...batchResolvers(manifest.name, manifest.tables ?? []),
    ],
    references: manifest.references,
    orphanedTypes: manifest.orphanedTypes ?? [],
  });
}

/** What the ORM needs of a manifest. */
export function storageOf(manifest: Manifest) {
  return {
    name: manifest.name,
    entities: manifest.entities as readonly ReadableEntity<object>[],
    migrations: manifest.migrations,
    migrationsPath: manifest.migrationsPath,
  };
}

/** Starts a subgraph: GraphQL for the gateway alone, health, metrics, relay and consumers. Used by `main.ts` and by tests alike. */
export async function startSubgraph(manifest: Manifest, settings: SubgraphSettings): Promise<RunningSubgraph> {
  const open = await openSubgraph(manifest, settings);
  const { orm, log, clock } = open;
  const { schema } = await schemaOf(manifest);
  const graphql = await openGraphQLServer(schema, log);
  const tokens = internalTokens(settings.INTERNAL_SECRET);
  const { app, metrics } = httpService(manifest.name, log, readiness);
  statementsMetric(metrics);
  const messaging = await startMessaging({ manifest, settings, open, tokens, metrics });

  const imports = new ImportRuns(manifest.tables ?? [], open.contextFor, log);
  const daily = new DailyWork(manifest.daily, () => open.contextFor({ kind: 'system', service: manifest.name }));

  async function readiness() {
    const database = await orm.checkConnection();
    const { degraded, reasons } = messaging.health();
    const missing = database.ok ? reasons : ['the database does not answer', ...reasons];
    return {
      ready: missing.length === 0,
      ...(missing.length > 0 && { reasons: missing }),
      ...(degraded.length > 0 && { degraded }),
    };
  }

  async function callerOf(authorization: string | undefined): Promise<Actor | undefined> {
    return tokens.verify(manifest.name, authorization);
  }
  const refusal = platformErrors('access.internalTokenMissing');
  const refused = { errors: [{ message: refusal.message, extensions: errorExtensions(refusal) }] };

  app.post('/graphql', async (request, reply) => {
    const actor = await callerOf(request.headers.authorization);
    if (!actor) return reply.code(401).send(refused);
    const traceparent = request.headers['traceparent'];
    await graphql.answer(
      request,
      reply,
      open.contextFor(actor, request.id, typeof traceparent === 'string' ? traceparent : undefined),
    );
    return reply;
  });

  await openTableDoor(app, {
    kinds: manifest.tables ?? [],
    runs: imports,
    callerOf: (request) => callerOf(request.headers.authorization),
    contextFor: open.contextFor,
  });

  openPaths(app, {
    paths: manifest.openPaths ?? [],
    callerOf: (request) => callerOf(request.headers.authorization),
    contextFor: open.contextFor,
  });

  app.post<{ Body: { sub?: unknown } }>('/internal/identity', async (request, reply) => {
    const actor = await callerOf(request.headers.authorization);
    if (actor?.kind !== 'system') return reply.code(401).send(refused);
    if (!manifest.identity || typeof request.body?.sub !== 'string') return reply.code(404).send({});
    const known = await manifest.identity(open.contextFor(actor, request.id), request.body.sub);
    return known ?? reply.code(404).send({});
  });

  app.post<{ Body: { offsetMs?: unknown } }>('/internal/clock', async (request, reply) => {
    const actor = await callerOf(request.headers.authorization);
    if (actor?.kind !== 'system') return reply.code(401).send(refused);
    if (settings.FRONTLINE_MODE !== 'development') return reply.code(404).send({});
    if (!Number.isSafeInteger(request.body?.offsetMs))
      return reply.code(400).send({ message: 'offsetMs must be whole milliseconds' });
    clock.moveTo(request.body.offsetMs as number);
    // whoever moves the clock finds the new day as it is to be
    await daily.catchUp();
    return { now: clock.now().toISOString() };
  });

  const url = await app.listen({ host: settings.HOST, port: settings.PORT });
  imports.start();
  log.info({ url }, 'listening');
  return {
    url,
    clock,
    tokens,
    contextFor: open.contextFor,
    keepDays: () => daily.start(),
    async stop() {
      await app.close();
      await daily.stop();
      await imports.stop();
      await graphql.stop();
      await messaging.stop();
      await orm.close(true);
      log.info('stopped');
    },
  };
}
