import type { EntityManager } from '@mikro-orm/postgresql';
import { audit } from '../audit.ts';
import { within, type Ctx } from '../context.ts';
import { issuesOf, stagedRows, type Batch } from './batches.ts';
import { guarded } from './cell-text.ts';
import type { Language } from './columns.ts';
import { sourcesOf } from './record-source.ts';
import { ANNOTATIONS, headerRow, rowOf } from './table-lines.ts';
import type { TableKind } from './table-kind.ts';

/** Lines that are looked up and written together. */
const PAGE = 1_000;

/** Isolation of an export: one moment of the table, however long it takes to write. */
const ONE_MOMENT = { isolationLevel: 'repeatable read', readOnly: true } as never;

/**
 * All records of a kind that the caller may see, as rows of a file that can be brought in again. It is noted in the audit
 * trail before the first row goes out.
 */
export async function exported(
  ctx: Ctx,
  kind: TableKind,
  language: Language,
): Promise<AsyncIterable<readonly string[]>> {
  await audit(ctx, { action: 'table.export', aggregateType: kind.name });
  return (async function* () {
    yield headerRow(kind, language);
    const em = ctx.em.fork() as EntityManager;
    await em.begin(ONE_MOMENT);
    try {
      const tx = within(ctx, em);
      for await (const page of pages(kind.lines(tx))) {
        const sources = await sourcesOf(tx, kind.entity, [...new Set(page.map(({ id }) => id))]);
        for (const { id, values } of page) yield rowOf(kind, { ...values, source: sources.get(id) ?? null }, language);
      }
    } finally {
      await em.rollback();
    }
  })();
}

async function* pages<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The rows of a batch as they came, with what is wrong with each in both languages, to be corrected and sent again. */
export async function* annotated(ctx: Ctx, batch: Batch, refusedOnly: boolean): AsyncGenerator<readonly string[]> {
  yield [...batch.header, ...ANNOTATIONS.zh];
  const width = batch.header.length;
  for (let after = 0; ;) {
    const rows = await stagedRows(ctx, batch.id, { after, limit: PAGE, refusedOnly });
    const last = rows.at(-1);
    if (!last) return;
    after = last.number;
    const numbers = rows.map(({ number }) => number);
    const issues = await issuesOf(ctx, [batch.id], { rows: numbers, limit: PAGE * 200 });
    const byRow = Map.groupBy(issues.get(batch.id) ?? [], ({ row }) => row);
    for (const { number, cells } of rows) {
      const found = byRow.get(number) ?? [];
      const padded = Array.from({ length: width }, (_, at) => guardedAgain(String(cells[at] ?? '')));
      yield [...padded, String(number), found.map(({ zh }) => zh).join(' '), found.map(({ en }) => en).join(' ')];
    }
  }
}

/** A cell as it came is guarded already if it came out of an export of ours. */
const guardedAgain = (cell: string): string => (cell.startsWith("'") ? cell : guarded(cell));
