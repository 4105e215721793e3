import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@frontline/access';
import type { Ctx } from '../context.ts';
import { DomainError, errorCatalogue, errorExtensions, platformErrors } from '../errors.ts';
import { visibleBatch } from './batches.ts';
import { LANGUAGES } from './columns.ts';
import { annotated, exported } from './export.ts';
import type { ImportRuns } from './import-runs.ts';
import { FORMATS, MAX_FILE_BYTES, tableBytes, type Format } from './table-file.ts';
import type { TableKind } from './table-kind.ts';
import { headerRow } from './table-lines.ts';
import { tableErrors } from './table.errors.ts';
import { ENCODINGS, type Encoding } from './text-decoding.ts';
import { refuseOutsiders, upload } from './upload.ts';

const truth = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

const uploadQuery = z.strictObject({
  dryRun: truth,
  takeOver: truth,
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,39}$/)
    .optional(),
  encoding: z.enum(ENCODINGS).optional(),
});
const formatQuery = {
  format: z.enum(FORMATS).default('csv'),
  encoding: z.enum(ENCODINGS).default('utf-8'),
  language: z.enum(LANGUAGES).default('zh'),
};
const downloadQuery = z.strictObject(formatQuery);
const annotatedQuery = z.strictObject({ ...formatQuery, only: z.enum(['all', 'refused']).default('all') });

/** What the door needs of the service that it belongs to. */
export interface TableDoor {
  kinds: readonly TableKind[];
  runs: ImportRuns;
  /** Who asks, by the internal token; nobody else gets in. */
  callerOf(request: FastifyRequest): Promise<Actor | undefined>;
  contextFor(actor: Actor, requestId: string): Ctx;
}

/** Files need another door than GraphQL: these are the paths by which tables come in and go out, for the gateway alone. */
export async function openTableDoor(
  app: FastifyInstance,
  { kinds, runs, callerOf, contextFor }: TableDoor,
): Promise<void> {
  if (kinds.length === 0) return;
  const kindOf = (name: string): TableKind => {
    const kind = kinds.find((each) => each.name === name);
    if (kind) return kind;
    throw tableErrors('import.unknownKind', {
      name: name.slice(0, 40),
      known: kinds.map((each) => each.name).join(', '),
    });
  };
  const ctxOf = async (request: FastifyRequest): Promise<Ctx> => {
    const actor = await callerOf(request);
    if (!actor) throw platformErrors('access.internalTokenMissing');
    return contextFor(actor, request.id);
  };
  await app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', { bodyLimit: MAX_FILE_BYTES }, (_request, payload, done) => done(null, payload));
    door.setErrorHandler((error, request, reply) => refuse(error, request, reply));

    door.post<{ Params: { kind: string } }>('/files/imports/:kind', async (request, reply) => {
      const ctx = await ctxOf(request);
      const kind = kindOf(request.params.kind);
      const { takeOver, source = null, encoding, dryRun } = checked(uploadQuery, request.query);
      const key = uploadKey(request.headers['idempotency-key']);
      const body = (request.body ?? Readable.from([])) as AsyncIterable<Uint8Array>;
      const options = { dryRun, takesOver: takeOver, source, key, ...(encoding && { encoding }) };
      const batch = await upload(ctx, kind, body, options);
      runs.wake();
      const { id, state, total, format } = batch;
      return reply
        .code(202)
        .send({ id, kind: kind.name, state, dryRun: batch.dryRun, total, format, encoding: batch.encoding });
    });

    door.get<{ Params: { id: string } }>('/files/imports/:id/rows', async (request, reply) => {
      const ctx = await ctxOf(request);
      const batch = await visibleBatch(ctx, kinds, request.params.id, 'id');
      const { only, ...how } = checked(annotatedQuery, request.query);
      return download(reply, `${batch.kind}-${batch.id.slice(0, 8)}`, how, annotated(ctx, batch, only === 'refused'));
    });

    door.get<{ Params: { kind: string } }>('/files/exports/:kind', async (request, reply) => {
      const ctx = await ctxOf(request);
      const kind = kindOf(request.params.kind);
      refuseOutsiders(ctx, kind);
      const how = checked(downloadQuery, request.query);
      return download(reply, `${kind.name}-${ctx.today()}`, how, await exported(ctx, kind, how.language));
    });

    door.get<{ Params: { kind: string } }>('/files/templates/:kind', async (request, reply) => {
      await ctxOf(request);
      const kind = kindOf(request.params.kind);
      const how = checked(downloadQuery, request.query);
      return download(reply, `${kind.name}-template`, how, Readable.from([headerRow(kind, how.language)]));
    });
  });
}

function checked<S extends z.ZodType>(schema: S, query: unknown): z.output<S> {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'query');
  throw tableErrors('import.parameter', { rule: issue?.message ?? 'valid' }, { field });
}

function uploadKey(header: unknown): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^[A-Za-z0-9\-_.:]{8,100}$/.test(header)) return header;
  throw platformErrors('idempotency.key');
}

function download(
  reply: FastifyReply,
  name: string,
  { format, encoding }: { format: Format; encoding: Encoding },
  rows: AsyncIterable<readonly string[]>,
): FastifyReply {
  const type =
    format === 'xlsx'
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : `text/csv; charset=${encoding}`;
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(Readable.from(tableBytes(rows, format, encoding)));
}

const statuses = { invalid: 400, notFound: 404, forbidden: 403, conflict: 409, illegalState: 409 } as const;

/** Refusals in the shape that GraphQL's have, with a status that says the same. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // what is still coming is read away, or its sender would never see the answer
  request.raw.resume();
  if (!(error instanceof DomainError)) {
    request.log.error({ requestId: request.id, err: error }, 'a request failed unexpectedly');
    const message = 'Something went wrong on our side. The request id helps us to find it.';
    return reply.code(500).send({ errors: [{ message, extensions: { code: 'internal' } }] });
  }
  const status = errorCatalogue.get(error.code)?.status ?? statuses[error.kind];
  return reply.code(status).send({ errors: [{ message: error.message, extensions: errorExtensions(error) }] });
}
