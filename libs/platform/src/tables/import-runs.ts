import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Actor } from '@frontline/access';
import { advisoryLocks } from '../advisory-locks.ts';
import { audit } from '../audit.ts';
import { transaction } from '../change.ts';
import { within, type Ctx } from '../context.ts';
import { batchesWhere, restartBatch, setBatch, type Batch } from './batches.ts';
import { importChunk } from './import-chunk.ts';
import type { TableKind } from './table-kind.ts';
import { undoChunk } from './undo-chunk.ts';

/** How often a process looks for batches that wait, in milliseconds of real time; whoever makes one wakes it. */
const LOOK_MS = 1_000;

/** Attempts at a chunk that fails for a reason that nobody has foreseen, before the batch counts as failed. */
const ATTEMPTS = 3;

/** Days for which the rows of a batch, its issues and its before-images are kept. */
export const KEPT_DAYS = 90;

/** A dry run is over, and everything it did is to be taken back. */
class TakenBack extends Error {}

/**
 * Works on the batches of a service, one chunk at a time, each a transaction with its progress: a process that dies loses
 * nothing but its open chunk, and whichever comes next goes on. A dry run does everything in one transaction and takes it
 * back, so that it finds what the real one would; after a crash it begins anew.
 */
export class ImportRuns {
  readonly #kinds: ReadonlyMap<string, TableKind>;
  readonly #contextFor: (actor: Actor, requestId?: string) => Ctx;
  readonly #log: Logger;
  readonly #failures = new Map<string, number>();
  #looking: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #woken = false;
  #stopping = false;

  constructor(kinds: readonly TableKind[], contextFor: (actor: Actor, requestId?: string) => Ctx, log: Logger) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    this.#contextFor = contextFor;
    this.#log = log;
  }

  /** Looks for work from now on. */
  start(): void {
    if (this.#kinds.size === 0) return;
    this.#looking = setInterval(() => this.wake(), LOOK_MS);
    this.wake();
  }

  /** Says that there is work. */
  wake(): void {
    // one look after the running one sees all that has come by then
    if (this.#woken) return;
    this.#woken = true;
    this.#running = this.#running
      .then(() => {
        this.#woken = false;
        return this.#workAll();
      })
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'imports can’t be worked on; trying again');
      });
  }

  /** Stops at the end of the open chunk. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#looking);
    await this.#running;
  }

  async #workAll(): Promise<void> {
    while (!this.#stopping && (await this.#step()));
  }

  /** One chunk of the oldest open batch; false when there is nothing to do, or another process does it. */
  async #step(): Promise<boolean> {
    const idle = this.#contextFor({ kind: 'system', service: 'import' });
    const open = sql`b.state in ('WAITING', 'RUNNING', 'UNDOING') and b.kind = any(${[...this.#kinds.keys()]}::text[])
      and not exists (select 1 from import_batch o where o.state in ('WAITING', 'RUNNING', 'UNDOING') and o.id < b.id)`;
    const [batch] = await batchesWhere(idle, open);
    if (!batch) return false;
    const kind = this.#kinds.get(batch.kind) as TableKind;
    const ctx = this.#contextFor(batch.actor, batch.requestId);
    try {
      if (batch.dryRun && batch.state !== 'UNDOING') return await this.#dryRun(ctx, kind, batch);
      return await transaction(ctx, (tx) => this.#chunk(tx, kind, batch.id), true);
    } catch (error) {
      return this.#failed(ctx, batch, error);
    }
  }

  async #chunk(ctx: Ctx, kind: TableKind, id: string): Promise<boolean> {
    if (!(await locked(ctx))) return false;
    const [batch] = await batchesWhere(ctx, sql`b.id = ${id}::uuid`, 1, sql`for no key update`);
    if (batch?.state === 'UNDOING') return this.#undo(ctx, kind, batch);
    if (batch?.state !== 'WAITING' && batch?.state !== 'RUNNING') return true;
    const { doneThrough, more, counts } = await importChunk(ctx, ctx, kind, batch);
    await setBatch(ctx, id, { state: more ? 'RUNNING' : 'DONE', done_through: doneThrough, ...summed(batch, counts) });
    if (!more) await this.#finished(ctx, batch);
    return true;
  }

  async #undo(ctx: Ctx, kind: TableKind, batch: Batch): Promise<boolean> {
    const { more, undone, kept } = await undoChunk(ctx, kind, batch);
    await setBatch(ctx, batch.id, {
      undone: batch.undone + undone,
      kept: batch.kept + kept,
      ...(!more && { state: 'UNDONE' }),
    });
    if (!more) await this.#finished(ctx, { ...batch, state: 'UNDONE' });
    return true;
  }

  async #dryRun(ctx: Ctx, kind: TableKind, batch: Batch): Promise<boolean> {
    let worked = true;
    let state = 'CHECKED';
    await restartBatch(ctx, batch.id, { state: 'RUNNING' });
    try {
      await ctx.em.fork().transactional(async (em) => {
        const tx = within(ctx, em as EntityManager);
        if (!(worked = await locked(tx))) throw new TakenBack();
        let open: Batch = { ...batch, doneThrough: 1, created: 0, updated: 0, unchanged: 0, refused: 0 };
        for (let more = true; more;) {
          const result = await importChunk(within(tx, tx.em), ctx, kind, open);
          more = result.more;
          open = { ...open, doneThrough: result.doneThrough, ...summed(open, result.counts) };
          const { doneThrough, created, updated, unchanged, refused } = open;
          await setBatch(ctx, batch.id, { done_through: doneThrough, created, updated, unchanged, refused });
          tx.em.clear();
          const [now] = await batchesWhere(ctx, sql`b.id = ${batch.id}::uuid`);
          if (now?.state !== 'RUNNING') state = now?.state ?? 'CANCELLED';
          if (now?.state !== 'RUNNING' || this.#stopping) break;
        }
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
    if (worked && !this.#stopping) await setBatch(ctx, batch.id, { state });
    return worked;
  }

  async #finished(ctx: Ctx, batch: Batch): Promise<void> {
    this.#failures.delete(batch.id);
    await audit(ctx, {
      action: batch.state === 'UNDONE' ? 'import.undone' : 'import.done',
      aggregateType: 'importBatch',
      aggregateIds: [batch.id],
    });
    // what was still coming in when its process died is not coming any more
    await sql`delete from import_batch where (state = 'READING' and changed_at < now() - interval '1 hour')
      or (state not in ('READING', 'WAITING', 'RUNNING', 'UNDOING') and changed_at < now() - make_interval(days => ${KEPT_DAYS}))`.execute(
      ctx.em.getKysely(),
    );
  }

  /** Tries a chunk again a few times, since what failed may have been the database; then the batch has failed, and says where. */
  async #failed(ctx: Ctx, { id, doneThrough }: Batch, error: unknown): Promise<boolean> {
    const failures = (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    this.#log.error({ err: error, batch: id, failures }, 'a chunk of an import failed');
    if (failures < ATTEMPTS) return false;
    this.#failures.delete(id);
    await setBatch(ctx, id, { state: 'FAILED', failed_at_row: doneThrough + 1 });
    return true;
  }
}

function summed(batch: Batch, counts: Readonly<Record<'created' | 'updated' | 'unchanged' | 'refused', number>>) {
  return {
    created: batch.created + counts.created,
    updated: batch.updated + counts.updated,
    unchanged: batch.unchanged + counts.unchanged,
    refused: batch.refused + counts.refused,
  };
}

async function locked(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{
    locked: boolean;
  }>`select pg_try_advisory_xact_lock(${advisoryLocks.tableImport}) as locked`.execute(ctx.em.getKysely());
  return rows[0]?.locked === true;
}
