import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { tellOf } from '../save-rows.ts';
import { keepIssues, type Batch } from './batches.ts';
import { CHUNK } from './import-chunk.ts';
import { lockedVersions, putBack, removeRecords, type Image } from './images.ts';
import { worded, type RowIssue } from './line-sentence.ts';
import { setSources } from './record-source.ts';
import { tableErrors } from './table.errors.ts';
import type { TableKind } from './table-kind.ts';

interface KeptImage {
  id: string;
  row: number;
  versionBefore: number | null;
  versionAfter: number;
  image: Image | null;
  sourceBefore: string | null;
}

/** What a chunk of an undo came to. */
export interface UndoResult {
  more: boolean;
  undone: number;
  kept: number;
}

/**
 * Takes back what the last rows of a batch did: records become what they were, those that it made go, and others are
 * told. What somebody has changed since, or what something else rests on, stays, with an issue that says so.
 */
export async function undoChunk(ctx: Ctx, kind: TableKind, batch: Batch): Promise<UndoResult> {
  const { rows: images } = await sql<KeptImage>`
    select record_id as id, row, version_before as "versionBefore", version_after as "versionAfter", image, source_before as "sourceBefore"
    from import_image where batch_id = ${batch.id} and not settled order by nth desc limit ${CHUNK}`.execute(
    ctx.em.getKysely(),
  );
  const versions = await lockedVersions(
    ctx,
    kind.entity,
    images.map(({ id }) => id),
  );
  const untouched = images.filter(({ id, versionAfter }) => versions.get(id) === versionAfter);
  const made = untouched.filter(({ image }) => image === null).map(({ id }) => id);
  const used = await kind.inUse(ctx, made);
  const issues: RowIssue[] = [];
  const undone: KeptImage[] = [];
  for (const image of images) {
    const use = used.get(image.id);
    if (!untouched.includes(image)) issues.push(worded(kind, image.row, tableErrors('row.changedSince')));
    else if (use !== undefined) issues.push(worded(kind, image.row, tableErrors('row.inUse', { use })));
    else undone.push(image);
  }
  await takeBack(ctx, kind, undone);
  await chain(ctx, kind, batch, undone);
  await keepIssues(ctx, batch.id, issues);
  await sql`update import_image set settled = true where batch_id = ${batch.id} and record_id = any(${images.map(({ id }) => id)}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  return { more: images.length === CHUNK, undone: undone.length, kept: issues.length };
}

async function takeBack(ctx: Ctx, kind: TableKind, images: readonly KeptImage[]): Promise<void> {
  const changed = images.filter((each): each is KeptImage & { image: Image } => each.image !== null);
  const changedIds = changed.map(({ id }) => id);
  const made = images.filter(({ image }) => image === null).map(({ id }) => id);
  await putBack(ctx, kind, new Map(changed.map(({ id, image }) => [id, image])));
  await tellOf(ctx, kind.entity, await kind.withdrawn(ctx, made));
  await kind.forget?.(ctx, made);
  await removeRecords(ctx, kind, made);
  await setSources(
    ctx,
    kind.entity,
    new Map(images.map(({ id, image, sourceBefore }) => [id, image === null ? null : sourceBefore])),
  );
  await kind.settle?.(ctx, [...changedIds, ...made]);
  await tellOf(ctx, kind.entity, await kind.restored(ctx, changedIds));
}

/** An earlier batch that left a record as this one found it can be undone after this one. */
async function chain(ctx: Ctx, kind: TableKind, batch: Batch, images: readonly KeptImage[]): Promise<void> {
  const changed = images.filter(({ image }) => image !== null);
  const now = await lockedVersions(
    ctx,
    kind.entity,
    changed.map(({ id }) => id),
  );
  await sql`
    update import_image i set version_after = r.now
    from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ versionBefore }) => versionBefore)}::int[], ${changed.map(({ id }) => now.get(id))}::int[]) as r(id, before, now)
    where i.record_id = r.id and i.version_after = r.before and i.batch_id <> ${batch.id}::uuid`.execute(
    ctx.em.getKysely(),
  );
}
