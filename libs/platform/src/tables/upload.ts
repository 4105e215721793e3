import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { allows } from '@frontline/access';
import { audit } from '../audit.ts';
import { platformErrors } from '../errors.ts';
import type { Ctx } from '../context.ts';
import { transaction } from '../change.ts';
import { beginBatch, setBatch, stageRows, type Batch } from './batches.ts';
import { headerOf } from './table-lines.ts';
import { openTable, type TableRow } from './table-file.ts';
import { tableErrors } from './table.errors.ts';
import type { TableKind } from './table-kind.ts';
import type { Encoding } from './text-decoding.ts';

/** Rows that one statement keeps. */
const STAGED = 2_000;

/** What a client says of the file that it sends. */
export interface UploadOptions {
  dryRun: boolean;
  source: string | null;
  takesOver: boolean;
  encoding?: Encoding;
  /** The same key with the same file again gives the batch of the first time. */
  key: string | null;
}

/** Refuses whoever may not exchange a kind of table. */
export function refuseOutsiders(ctx: Ctx, kind: TableKind): void {
  if (allows(kind.access, ctx.actor)) return;
  throw platformErrors(ctx.actor.kind === 'anonymous' ? 'access.signIn' : 'access.denied', { what: kind.en });
}

/**
 * Takes a table file in as it comes: its rows are kept, sealed, and worked on afterwards. A file that can't be read, or
 * whose header isn't right, leaves nothing behind.
 */
export async function upload(
  ctx: Ctx,
  kind: TableKind,
  file: AsyncIterable<Uint8Array>,
  { encoding, key, ...options }: UploadOptions,
): Promise<Batch> {
  refuseOutsiders(ctx, kind);
  const { batch, begun } = await beginBatch(ctx, { kind: kind.name, ...options }, key);
  const hash = createHash('sha256').update(JSON.stringify([kind.name, options]));
  if (!begun) return known(batch, file, hash);
  try {
    const table = await openTable(hashed(file, hash), encoding);
    const { header, total } = await staged(ctx, kind, batch.id, table.rows);
    const state = 'WAITING';
    const fileHash = hash.digest('base64url');
    const what = { format: table.format, encoding: table.encoding() ?? null };
    await transaction(
      ctx,
      async (tx) => {
        await setBatch(tx, batch.id, { state, total, file_hash: fileHash, header: JSON.stringify(header), ...what });
        await audit(tx, { action: 'import.upload', aggregateType: 'importBatch', aggregateIds: [batch.id] });
      },
      true,
    );
    return { ...batch, state, total, header, fileHash, ...what };
  } catch (error) {
    await forget(ctx, batch.id);
    throw error;
  }
}

async function known(batch: Batch, file: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of file) hash.update(chunk);
  // a batch that is still coming in, or broke off, says nothing yet of what it holds
  if (batch.fileHash !== null && batch.fileHash !== hash.digest('base64url'))
    throw platformErrors('idempotency.keyReused');
  return batch;
}

async function* hashed(file: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of file) {
    hash.update(chunk);
    yield chunk;
  }
}

async function staged(ctx: Ctx, kind: TableKind, batchId: string, rows: AsyncIterable<TableRow>) {
  let header: string[] | undefined;
  let total = 0;
  let held: TableRow[] = [];
  for await (const row of rows) {
    if (row.cells.every((cell) => String(cell).trim() === '')) continue;
    if (!header) {
      header = row.cells.map(String);
      headerOf(kind, header);
      continue;
    }
    held.push(row);
    total += 1;
    if (held.length < STAGED) continue;
    await stageRows(ctx, batchId, held);
    held = [];
  }
  if (!header) throw tableErrors('import.noHeader');
  await stageRows(ctx, batchId, held);
  return { header, total };
}

async function forget(ctx: Ctx, batchId: string): Promise<void> {
  await sql`delete from import_batch where id = ${batchId}`.execute(ctx.em.getKysely());
}
