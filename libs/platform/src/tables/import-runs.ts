import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Actor } from '@frontline/access';
import { advisoryLocks } from '../advisory-locks.ts';
import { audit } from '../audit.ts';
import { transaction } from '../change.ts';
import { within, type Ctx } from '../context.ts';
import { batchesWhere, beginChunk, keepIssues, restartBatch, setBatch, type Batch } from './batches.ts';
import { importChunk } from './import-chunk.ts';
import { worded } from './line-sentence.ts';
import { tableErrors } from './table.errors.ts';
import type { TableKind } from './table-kind.ts';
import { undoChunk } from './undo-chunk.ts';

/** How often a process looks for batches that wait, in milliseconds of real time; whoever makes one wakes it. */
const LOOK_MS = 1_000;

/**
 * Attempts at a chunk that fails for a reason that nobody has foreseen, or that ends the process which works on it, before
 * the batch counts as failed and the next one has its turn.
 */
const ATTEMPTS = 3;

/** Days for which the rows of a batch, its issues and its before-images are kept. */
export const KEPT_DAYS = 90;

/** A dry run is over, and everything it did is to be taken back. */
class TakenBack extends Error {}

/**
 * Works on the batches of a service, one chunk at a time, each a transaction with its progress: a process that dies loses
 * nothing but its open chunk, and whichever comes next goes on; a chunk that none has come to the end of fails the batch. A dry run does everything in one transaction and takes it
 * back, so that it finds what the real one would; after a crash it begins anew.
 */
export class ImportRuns {
  readonly #kinds: ReadonlyMap<string, TableKind>;
  readonly #contextFor: (actor: Actor, requestId?: string) => Ctx;
  readonly #log: Logger;
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
      const begin = once(() => beginChunk(ctx, batch.id));
      return await transaction(ctx, (tx) => this.#chunk(tx, kind, batch.id, begin), true);
    } catch (error) {
      return this.#failed(ctx, kind, batch, error);
    }
  }

  async #chunk(ctx: Ctx, kind: TableKind, id: string, begin: () => Promise<number>): Promise<boolean> {
    // only who holds the lock begins a chunk; a race that is lost is tried again within the same attempt
    if (!(await locked(ctx))) return false;
    const attempts = await begin();
    const [batch] = await batchesWhere(ctx, sql`b.id = ${id}::uuid`, 1, sql`for no key update`);
    if (!batch || !['WAITING', 'RUNNING', 'UNDOING'].includes(batch.state)) return true;
    if (attempts > ATTEMPTS) return this.#giveUp(ctx, kind, batch);
    if (batch.state === 'UNDOING') return this.#undo(ctx, kind, batch);
    const { doneThrough, more, counts } = await importChunk(ctx, ctx, kind, batch);
    const state = more ? 'RUNNING' : 'DONE';
    await setBatch(ctx, id, { state, attempts: 0, done_through: doneThrough, ...summed(batch, counts) });
    if (!more) await this.#finished(ctx, batch);
    return true;
  }

  async #undo(ctx: Ctx, kind: TableKind, batch: Batch): Promise<boolean> {
    const { more, undone, kept } = await undoChunk(ctx, kind, batch);
    await setBatch(ctx, batch.id, {
      attempts: 0,
      undone: batch.undone + undone,
      kept: batch.kept + kept,
      ...(!more && { state: 'UNDONE' }),
    });
    if (!more) await this.#finished(ctx, { ...batch, state: 'UNDONE' });
    return true;
  }

  async #dryRun(ctx: Ctx, kind: TableKind, batch: Batch): Promise<boolean> {
    let worked = true;
    let spent = false;
    let state = 'CHECKED';
    try {
      await ctx.em.fork().transactional(async (em) => {
        const tx = within(ctx, em as EntityManager);
        if (!(worked = await locked(tx))) throw new TakenBack();
        if ((spent = (await beginChunk(ctx, batch.id)) > ATTEMPTS)) throw new TakenBack();
        await restartBatch(ctx, batch.id, { state: 'RUNNING' });
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
    if (spent) return this.#giveUp(ctx, kind, batch);
    if (worked) await setBatch(ctx, batch.id, { attempts: 0, ...(!this.#stopping && { state }) });
    return worked;
  }

  async #finished(ctx: Ctx, batch: Batch): Promise<void> {
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

  /** Lets a chunk be tried again a few times, since what failed may have been the database. */
  async #failed(ctx: Ctx, kind: TableKind, { id }: Batch, error: unknown): Promise<boolean> {
    const [batch] = await batchesWhere(ctx, sql`b.id = ${id}::uuid`);
    this.#log.error({ err: error, batch: id, attempts: batch?.attempts }, 'a chunk of an import failed');
    return batch !== undefined && batch.attempts >= ATTEMPTS && this.#giveUp(ctx, kind, batch);
  }

  /** The batch has failed, and says where; others have their turn. */
  async #giveUp(ctx: Ctx, kind: TableKind, { id, doneThrough, attempts }: Batch): Promise<true> {
    const row = doneThrough + 1;
    this.#log.error({ batch: id, row, attempts }, 'an import has failed');
    await setBatch(ctx, id, { state: 'FAILED', failed_at_row: row });
    await keepIssues(ctx, id, [worded(kind, row, tableErrors('import.failed', { row }))]);
    return true;
  }
}

/** What a promise came to, however often it is asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
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
