import { sql } from 'kysely';
import { v7 } from 'uuid';
import { allows, placesFor, type Actor } from '@frontline/access';
import { audit } from '../audit.ts';
import type { Ctx } from '../context.ts';
import { isId, type Sql } from '../rows.ts';
import { personalDataCipher } from '../sealed.ts';
import { batchMoves, type BatchMove, type ImportState } from './batch-lifecycle.ts';
import type { RowIssue } from './line-sentence.ts';
import type { Cell } from './table-file.ts';
import { tableErrors } from './table.errors.ts';
import type { TableKind } from './table-kind.ts';

/** An import of a table file, as it is kept. */
export interface Batch {
  id: string;
  kind: string;
  state: ImportState;
  dryRun: boolean;
  /** The system that is the authority for its rows, where they name none. */
  source: string | null;
  /** Whether it may change records that another system was the authority for. */
  takesOver: boolean;
  format: string | null;
  encoding: string | null;
  /** The first row of the file. */
  header: string[];
  actor: Actor;
  madeBy: string;
  requestId: string;
  fileHash: string | null;
  /** Rows below the header that hold something. */
  total: number;
  /** Number of the last row that was dealt with. */
  doneThrough: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Records that an undo has put back, and those that it left. */
  undone: number;
  kept: number;
  failedAtRow: number | null;
  /** How often its open chunk was begun without coming to an end. */
  attempts: number;
  begunAt: Date;
  changedAt: Date;
}

const columns = sql`id, kind, state, dry_run as "dryRun", source, takes_over as "takesOver", format, encoding, header, actor,
  made_by as "madeBy", request_id as "requestId", file_hash as "fileHash", total, done_through as "doneThrough", created, updated, unchanged,
  refused, undone, kept, failed_at_row as "failedAtRow", attempts, begun_at as "begunAt", changed_at as "changedAt"`;

const dated = (batch: Batch): Batch => ({
  ...batch,
  begunAt: new Date(batch.begunAt),
  changedAt: new Date(batch.changedAt),
});

/** What identifies who made a batch. */
export const makerOf = (actor: Actor): string =>
  actor.kind === 'person' ? actor.sub : actor.kind === 'system' ? `system:${actor.service}` : 'anonymous';

/** Batches that meet a condition over alias `b`, the latest first. */
export async function batchesWhere(ctx: Ctx, condition: Sql, limit = 1, lock = sql``): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select ${columns} from import_batch b where ${condition} order by b.id desc limit ${limit} ${lock}`.execute(
    ctx.em.getKysely(),
  );
  return rows.map(dated);
}

/**
 * Batches that somebody may see: of the kinds whose tables they may bring in, their own, and everybody's if they may do
 * so in the whole district.
 */
export function visibleBatches(actor: Actor, kinds: readonly TableKind[]): Sql {
  const own = kinds.filter(({ access }) => allows(access, actor));
  const everybodys = own.filter(({ access }) => placesFor(actor, access.roles) === 'ALL');
  return sql`(b.kind = any(${own.map(({ name }) => name)}::text[])
    and (b.made_by = ${makerOf(actor)} or b.kind = any(${everybodys.map(({ name }) => name)}::text[])))`;
}

/** A batch that the caller may see. */
export async function visibleBatch(ctx: Ctx, kinds: readonly TableKind[], id: string, field: string): Promise<Batch> {
  const [found] = isId(id)
    ? await batchesWhere(ctx, sql`b.id = ${id}::uuid and ${visibleBatches(ctx.actor, kinds)}`)
    : [];
  if (!found) throw tableErrors('import.notFound', {}, { field });
  return found;
}

/** A file that brings no rows for so long, in seconds, is not coming in any more: its process died. */
const SILENT_SECONDS = 60;

/**
 * Begins a batch, or gives back the one that the same person began with the same key; one whose upload broke off is begun
 * anew.
 */
export async function beginBatch(
  ctx: Ctx,
  batch: Pick<Batch, 'kind' | 'dryRun' | 'source' | 'takesOver'>,
  uploadKey: string | null,
): Promise<{ batch: Batch; begun: boolean }> {
  const { kind, dryRun, source, takesOver } = batch;
  const madeBy = makerOf(ctx.actor);
  await sql`
    delete from import_batch where made_by = ${madeBy} and upload_key = ${uploadKey} and state = 'READING'
      and changed_at < now() - make_interval(secs => ${SILENT_SECONDS})`.execute(ctx.em.getKysely());
  const { rows } = await sql<Batch>`
    insert into import_batch as b (id, kind, state, dry_run, source, takes_over, actor, made_by, request_id, upload_key)
    values (${v7()}, ${kind}, 'READING', ${dryRun}, ${source}, ${takesOver}, ${JSON.stringify(ctx.actor)}::jsonb, ${madeBy}, ${ctx.requestId}, ${uploadKey})
    on conflict (made_by, upload_key) do nothing returning ${columns}`.execute(ctx.em.getKysely());
  const [begun] = rows;
  if (begun) return { batch: dated(begun), begun: true };
  const [known] = await batchesWhere(ctx, sql`b.made_by = ${madeBy} and b.upload_key = ${uploadKey}`);
  return { batch: known as Batch, begun: false };
}

/** Sets columns of a batch. */
export async function setBatch(ctx: Ctx, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const set = Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  await sql`update import_batch set changed_at = now(), ${sql.join(set)} where id = ${id}`.execute(ctx.em.getKysely());
}

/** Notes that the open chunk of a batch is begun; gives how often it has been by now, without coming to its end. */
export async function beginChunk(ctx: Ctx, id: string): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    update import_batch set attempts = attempts + 1 where id = ${id} returning attempts`.execute(ctx.em.getKysely());
  return rows[0]?.attempts ?? 0;
}

/** Moves a batch on as somebody asked; refuses what its state does not allow. */
export async function moveBatch(ctx: Ctx, kinds: readonly TableKind[], id: string, move: BatchMove): Promise<Batch> {
  await visibleBatch(ctx, kinds, id, 'input.id');
  const [batch] = await batchesWhere(ctx, sql`b.id = ${id}::uuid`, 1, sql`for no key update`);
  const { from, to } = batchMoves[move];
  const { state } = batch as Batch;
  if (!from.includes(state)) throw tableErrors('import.state', { action: move, state }, { field: 'input.id' });
  await setBatch(ctx, id, { state: to, attempts: 0 });
  if (move === 'commit') await restartBatch(ctx, id, { dry_run: false });
  await audit(ctx, { action: `import.${move}`, aggregateType: 'importBatch', aggregateIds: [id] });
  return visibleBatch(ctx, kinds, id, 'input.id');
}

/** Forgets what a run has found, so that the next one begins with the first row. */
export async function restartBatch(ctx: Ctx, id: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const db = ctx.em.getKysely();
  await sql`delete from import_issue where batch_id = ${id}`.execute(db);
  await sql`update import_row set outcome = null where batch_id = ${id} and outcome is not null`.execute(db);
  await setBatch(ctx, id, { done_through: 1, created: 0, updated: 0, unchanged: 0, refused: 0, ...more });
}

/** A row as it came, with what has become of it. */
export interface StagedRow {
  number: number;
  cells: Cell[];
  outcome: string | null;
}

/** Keeps rows as they came, sealed; the batch shows that they are coming in. */
export async function stageRows(ctx: Ctx, batchId: string, rows: readonly Pick<StagedRow, 'number' | 'cells'>[]) {
  const cipher = personalDataCipher();
  await sql`
    with coming as (update import_batch set changed_at = now() where id = ${batchId}::uuid)
    insert into import_row (batch_id, number, cells) select ${batchId}::uuid, r.number, r.cells
    from unnest(${rows.map(({ number }) => number)}::int[], ${rows.map(({ cells }) => cipher.seal(JSON.stringify(cells)))}::text[]) as r(number, cells)`.execute(
    ctx.em.getKysely(),
  );
}

/** The next rows behind a number. */
export async function stagedRows(
  ctx: Ctx,
  batchId: string,
  { after, limit, refusedOnly = false }: { after: number; limit: number; refusedOnly?: boolean },
): Promise<StagedRow[]> {
  const { rows } = await sql<{ number: number; cells: string; outcome: string | null }>`
    select number, cells, outcome from import_row where batch_id = ${batchId} and number > ${after}
    ${refusedOnly ? sql`and outcome = 'REFUSED'` : sql``} order by number limit ${limit}`.execute(ctx.em.getKysely());
  const cipher = personalDataCipher();
  return rows.map(({ cells, ...row }) => ({ ...row, cells: JSON.parse(cipher.open(cells)) as Cell[] }));
}

/** Keeps issues, behind those that their rows have. */
export async function keepIssues(ctx: Ctx, batchId: string, issues: readonly RowIssue[]): Promise<void> {
  if (issues.length === 0) return;
  const list = (name: keyof RowIssue, type: string): Sql =>
    sql`${issues.map((issue) => issue[name])}::${sql.raw(type)}[]`;
  await sql`
    insert into import_issue (batch_id, row, nth, "column", code, zh, en)
    select ${batchId}::uuid, r.row,
      row_number() over (partition by r.row order by r.place) + coalesce((select max(i.nth) from import_issue i where i.batch_id = ${batchId}::uuid and i.row = r.row), 0),
      r."column", r.code, r.zh, r.en
    from unnest(${list('row', 'int')}, ${list('column', 'text')}, ${list('code', 'text')}, ${list('zh', 'text')}, ${list('en', 'text')})
      with ordinality as r(row, "column", code, zh, en, place)`.execute(ctx.em.getKysely());
}

/** Issues of batches, by batch, each in the order of rows: behind a place, at most so many of each, of some rows only. */
export async function issuesOf(
  ctx: Ctx,
  batchIds: readonly string[],
  {
    after,
    limit,
    rows: only,
  }: { after?: readonly [row: number, nth: number]; limit: number; rows?: readonly number[] },
): Promise<Map<string, (RowIssue & { nth: number })[]>> {
  const { rows } = await sql<RowIssue & { nth: number; batchId: string }>`
    select i.* from unnest(${[...batchIds]}::uuid[]) as b(id) cross join lateral (
      select batch_id as "batchId", row, nth, "column", code, zh, en from import_issue where batch_id = b.id
        ${after ? sql`and (row, nth) > (${after[0]}::int, ${after[1]}::int)` : sql``} ${only ? sql`and row = any(${[...only]}::int[])` : sql``}
      order by row, nth limit ${limit}) i`.execute(ctx.em.getKysely());
  return Map.groupBy(rows, ({ batchId }) => batchId);
}

/** How many issues batches have. */
export async function countIssues(ctx: Ctx, batchIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select batch_id as id, count(*)::int as count from import_issue where batch_id = any(${[...batchIds]}::uuid[]) group by 1`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
