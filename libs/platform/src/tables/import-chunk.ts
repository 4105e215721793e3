import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import { saveRows } from '../save-rows.ts';
import { keepIssues, stagedRows, type Batch, type StagedRow } from './batches.ts';
import { imagesOf, lockedVersions, removeOwned, type Image } from './images.ts';
import { worded, type RowIssue } from './line-sentence.ts';
import { setSources, sourcesOf } from './record-source.ts';
import { tableErrors } from './table.errors.ts';
import type { Decision, Line, LineGroup, LineIssue, RecordChange, TableKind } from './table-kind.ts';
import { headerOf, lineOf } from './table-lines.ts';

/** Rows of one transaction: enough that a statement's cost is spread, few enough that memory and locks stay small. */
export const CHUNK = 1_000;

/** What a chunk came to. */
export interface ChunkResult {
  /** Number of the last row dealt with, and whether more follow. */
  doneThrough: number;
  more: boolean;
  counts: Record<'created' | 'updated' | 'unchanged' | 'refused', number>;
}

type Group = LineGroup & { issues: LineIssue[] };
type Outcomes = Map<number, Decision['outcome']>;

/**
 * Brings the next rows of a batch in. Everything is written through `ctx`, except what became of the rows, which `notes`
 * keeps: the same transaction, or one that outlives a dry run.
 */
export async function importChunk(ctx: Ctx, notes: Ctx, kind: TableKind, batch: Batch): Promise<ChunkResult> {
  const staged = await stagedRows(notes, batch.id, { after: batch.doneThrough, limit: CHUNK + 1 });
  const { rows, groups } = wholeGroups(kind, batch, staged);
  const issues: RowIssue[] = [];
  const outcomes: Outcomes = new Map();
  const refuse = (group: LineGroup, found: readonly LineIssue[]) => {
    issues.push(...found.map(({ number, error }) => worded(kind, number, error)));
    const first = Math.min(...found.map(({ number }) => number));
    for (const { number } of group.lines) {
      outcomes.set(number, 'REFUSED');
      if (!found.some((each) => each.number === number))
        issues.push(worded(kind, number, tableErrors('row.belongs', { row: first })));
    }
  };
  const readable: LineGroup[] = [];
  for (const { issues: found, ...group } of groups) {
    if (found.length > 0) refuse(group, found);
    else readable.push(group);
  }
  const known = await kind.find(ctx, readable);
  const located = readable.map((group) => ({
    ...group,
    ...(known.has(group.key) && { id: known.get(group.key) as string }),
  }));
  const versions = await lockedVersions(ctx, kind.entity, [...known.values()]);
  const owners = await sourcesOf(ctx, kind.entity, [...known.values()]);
  const free = located.filter((group) => {
    const owner = group.id && owners.get(group.id);
    const foreign = owner && owner !== sourceOf(group, batch) && !batch.takesOver;
    if (foreign)
      refuse(group, [
        {
          number: group.lines[0].number,
          error: tableErrors('row.ownedElsewhere', { system: owner }, { field: 'source' }),
        },
      ]);
    return !foreign;
  });
  const decisions = await kind.decide(ctx, free);
  const decided = free.map((group, at) => ({ group, decision: decisions[at] as Decision }));
  const changes: RecordChange[] = [];
  const claims = new Map<string, string | null>();
  const firstRows = new Map<string, number>();
  for (const { group, decision } of decided) {
    if (decision.outcome === 'REFUSED') {
      refuse(group, decision.issues);
      continue;
    }
    const source = sourceOf(group, batch);
    const claimed = (owners.get(decision.id) ?? null) !== source;
    const outcome = decision.outcome === 'UNCHANGED' && claimed ? 'UPDATED' : decision.outcome;
    for (const { number } of group.lines) outcomes.set(number, outcome);
    if (claimed) claims.set(decision.id, source);
    if (outcome !== 'UNCHANGED') firstRows.set(decision.id, group.lines[0].number);
    if (decision.outcome !== 'UNCHANGED') changes.push(decision);
  }
  const before = await imagesOf(ctx, kind, [...firstRows.keys()]);
  await save(ctx, kind, changes);
  await keepImages(ctx, kind, batch, { firstRows, before, versions, owners });
  await setSources(ctx, kind.entity, claims);
  await kind.settle?.(
    ctx,
    changes.map(({ id }) => id),
  );
  await keepIssues(notes, batch.id, issues);
  await keepOutcomes(notes, batch.id, outcomes);
  return {
    doneThrough: rows.at(-1)?.number ?? batch.doneThrough,
    more: rows.length < staged.length,
    counts: countsOf(outcomes),
  };
}

/** The rows to deal with now, and the records that they speak of: a record is not divided between two chunks. */
function wholeGroups(
  kind: TableKind,
  batch: Batch,
  staged: readonly StagedRow[],
): { rows: StagedRow[]; groups: Group[] } {
  const header = headerOf(kind, batch.header);
  const lines = staged.map(({ number, cells }) => {
    const { line, issues } = lineOf(header, number, cells);
    // a line whose key can't be read stands for itself
    const key = kind.keyOf(line) || `row ${number}`;
    return { key, line, issues };
  });
  let count = lines.length;
  if (count > CHUNK) {
    count = CHUNK;
    const next = lines[CHUNK]?.key;
    while (count > 0 && lines[count - 1]?.key === next) count -= 1;
    // a record with more lines than a chunk has is taken in pieces
    if (count === 0) count = CHUNK;
  }
  const groups = [...Map.groupBy(lines.slice(0, count), ({ key }) => key)].map(([key, each]) => ({
    key,
    lines: each.map(({ line }) => line) as [Line, ...Line[]],
    issues: each.flatMap(({ issues }) => issues),
  }));
  return { rows: staged.slice(0, count), groups };
}

/** The system that is the authority for what lines say. */
function sourceOf({ lines }: LineGroup, batch: Batch): string | null {
  return (lines.at(-1)?.values['source'] as string | null | undefined) ?? batch.source;
}

async function save(ctx: Ctx, kind: TableKind, changes: readonly RecordChange[]): Promise<void> {
  for (const [name, owned] of Object.entries(kind.owned)) {
    const concerned = changes.filter((change) => change.owned[name] !== undefined);
    await removeOwned(
      ctx,
      owned,
      concerned.filter(({ outcome }) => outcome === 'UPDATED').map(({ id }) => id),
    );
    await saveRows(ctx, owned.entity as never, concerned.flatMap((change) => change.owned[name] ?? []) as never);
  }
  const facts = await kind.facts(ctx, changes);
  await saveRows(
    ctx,
    kind.entity as never,
    changes.map(({ row }) => row) as never,
    ({ id }: { id: string }) => facts.get(id) ?? [],
  );
}

/** Keeps what records were before this batch; the first chunk that changes one knows it. */
async function keepImages(
  ctx: Ctx,
  kind: TableKind,
  batch: Batch,
  known: {
    firstRows: ReadonlyMap<string, number>;
    before: ReadonlyMap<string, Image>;
    versions: ReadonlyMap<string, number>;
    owners: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const ids = [...known.firstRows.keys()];
  const after = await lockedVersions(ctx, kind.entity, ids);
  await sql`
    insert into import_image (batch_id, record_id, row, version_before, version_after, image, source_before)
    select ${batch.id}::uuid, r.id, r.row, r.before, r.after, r.image::jsonb, r.source
    from unnest(${ids}::uuid[], ${ids.map((id) => known.firstRows.get(id))}::int[], ${ids.map((id) => known.versions.get(id) ?? null)}::int[],
      ${ids.map((id) => after.get(id))}::int[], ${ids.map((id) => (known.before.has(id) ? JSON.stringify(known.before.get(id)) : null))}::text[],
      ${ids.map((id) => known.owners.get(id) ?? null)}::text[]) with ordinality as r(id, row, before, after, image, source, place)
    order by r.place
    on conflict (batch_id, record_id) do update set version_after = excluded.version_after`.execute(ctx.em.getKysely());
}

async function keepOutcomes(ctx: Ctx, batchId: string, outcomes: Outcomes): Promise<void> {
  await sql`
    update import_row t set outcome = r.outcome
    from unnest(${[...outcomes.keys()]}::int[], ${[...outcomes.values()]}::text[]) as r(number, outcome)
    where t.batch_id = ${batchId} and t.number = r.number`.execute(ctx.em.getKysely());
}

function countsOf(outcomes: Outcomes): ChunkResult['counts'] {
  const counts = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const outcome of outcomes.values()) counts[outcome.toLowerCase() as keyof typeof counts] += 1;
  return counts;
}
