import { sql } from 'kysely';
import { Arg, Args, Ctx as Context, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { transaction } from '../change.ts';
import { Access, SAME_AS_PARENT } from '../access-rules.ts';
import { decodeCursor, encodeCursor, once, PageArgs, pageSize, type Connection } from '../connection.ts';
import type { Ctx } from '../context.ts';
import { onceForKey } from '../idempotency.ts';
import { batched } from '../rows.ts';
import { batchesWhere, countIssues, issuesOf, moveBatch, visibleBatch, visibleBatches, type Batch } from './batches.ts';
import type { BatchMove } from './batch-lifecycle.ts';
import {
  ImportBatch,
  ImportBatchArgs,
  ImportBatchConnection,
  ImportBatchInput,
  ImportIssueConnection,
  type ImportIssue,
} from './batch-types.ts';
import { sourceOf } from './record-source.ts';
import type { TableKind } from './table-kind.ts';

const moves: Readonly<Record<BatchMove, string>> = {
  commit:
    '正式导入 · Brings in what a dry run has checked; rows that it refused are refused again unless their causes are gone.',
  cancel: '取消导入 · Stops an import; rows that are done by then stay, and can be undone.',
  undo: '撤销导入 · Puts every record back to what it was before an import, and tells others; what was changed since stays.',
};

/**
 * Resolver classes through which people follow and steer imports of table files: `<service>ImportBatches`,
 * `<service>ImportBatch` and three mutations. The types are the same in every service, so each field carries the
 * service's name. A service without tables has none of it.
 */
export function batchResolvers(
  service: string,
  kinds: readonly TableKind[],
): (abstract new (...args: never[]) => object)[] {
  if (kinds.length === 0) return [];
  const Service = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;

  @Resolver(() => ImportBatch)
  class BatchResolver {
    @Query(() => ImportBatchConnection, {
      nullable: true,
      name: `${service}ImportBatches`,
      description: `导入批次 · Imports of table files into ${service} that you may see, the latest first.`,
    })
    @Access(STAFF)
    list(@Context() ctx: Ctx, @Args(() => ImportBatchArgs) args: ImportBatchArgs): Promise<Connection<ImportBatch>> {
      return listed(ctx, kinds, args);
    }

    @Query(() => ImportBatch, {
      nullable: true,
      name: `${service}ImportBatch`,
      description: `导入批次 · An import into ${service}; null where you may see none with this id.`,
    })
    @Access(STAFF)
    async one(
      @Context() ctx: Ctx,
      @Arg('id', () => ID, { description: '标识 · Its id.' }) id: string,
    ): Promise<ImportBatch | null> {
      return visibleBatch(ctx, kinds, id, 'id').then(shown, () => null);
    }

    @FieldResolver(() => ImportIssueConnection, { description: '问题 · What is wrong with its rows, by row.' })
    @Access(SAME_AS_PARENT)
    issues(
      @Root() batch: ImportBatch,
      @Context() ctx: Ctx,
      @Args(() => PageArgs) page: PageArgs,
    ): Promise<Connection<ImportIssue>> {
      return listedIssues(ctx, batch.id, page);
    }

    @Mutation(() => ImportBatch, { name: `commit${Service}Import`, description: moves.commit })
    @Access(STAFF)
    commit(
      @Context() ctx: Ctx,
      @Arg('input', () => ImportBatchInput, { description: '内容 · Which import.' }) input: ImportBatchInput,
    ): Promise<ImportBatch> {
      return moved(ctx, kinds, 'commit', input);
    }

    @Mutation(() => ImportBatch, { name: `cancel${Service}Import`, description: moves.cancel })
    @Access(STAFF)
    cancel(
      @Context() ctx: Ctx,
      @Arg('input', () => ImportBatchInput, { description: '内容 · Which import.' }) input: ImportBatchInput,
    ): Promise<ImportBatch> {
      return moved(ctx, kinds, 'cancel', input);
    }

    @Mutation(() => ImportBatch, { name: `undo${Service}Import`, description: moves.undo })
    @Access(STAFF)
    undo(
      @Context() ctx: Ctx,
      @Arg('input', () => ImportBatchInput, { description: '内容 · Which import.' }) input: ImportBatchInput,
    ): Promise<ImportBatch> {
      return moved(ctx, kinds, 'undo', input);
    }
  }
  return [BatchResolver, ...kinds.map(sourceResolver)];
}

/** Records of a table show which system is the authority for them. */
function sourceResolver({ entity }: TableKind): abstract new (...args: never[]) => object {
  @Resolver(() => entity)
  class SourceResolver {
    @FieldResolver(() => String, {
      nullable: true,
      description:
        '权威系统 · Code of the system that is the authority for this record and alone changes it; null: this platform is.',
    })
    @Access(SAME_AS_PARENT)
    source(@Root() record: { id: string }, @Context() ctx: Ctx): Promise<string | null> {
      return sourceOf(ctx, entity, record.id);
    }
  }
  return SourceResolver;
}

async function moved(
  ctx: Ctx,
  kinds: readonly TableKind[],
  move: BatchMove,
  input: ImportBatchInput,
): Promise<ImportBatch> {
  const batch = await onceForKey(
    ctx,
    `import.${move}`,
    input,
    (tx) => transaction(tx, (each) => moveBatch(each, kinds, input.id, move), true),
    (tx, id) => visibleBatch(tx, kinds, id, 'input.id'),
  );
  return shown(batch);
}

function shown({ total, created, updated, unchanged, refused, undone, kept, ...batch }: Batch): ImportBatch {
  const accepted = created + updated + unchanged;
  return Object.assign(new ImportBatch(), batch, {
    progress: { total, read: accepted + refused, accepted, created, updated, unchanged, refused, undone, kept },
  });
}

async function listed(
  ctx: Ctx,
  kinds: readonly TableKind[],
  { kind, ...page }: ImportBatchArgs,
): Promise<Connection<ImportBatch>> {
  const first = pageSize(page);
  const visible = sql`${visibleBatches(ctx.actor, kinds)} ${kind ? sql`and b.kind = ${kind}` : sql``}`;
  const after = typeof page.after === 'string' ? decodeCursor('ImportBatch', [], page.after) : undefined;
  const behind = after ? sql`and b.id < ${after[0]}::uuid` : sql``;
  const found = await batchesWhere(ctx, sql`${visible} ${behind}`, first + 1);
  const edges = found.slice(0, first).map((batch) => ({
    node: shown(batch),
    cursor: encodeCursor('ImportBatch', [], [batch.id]),
  }));
  return paged(edges, found.length > first, page, async () => {
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from import_batch b where ${visible}`.execute(ctx.em.getKysely());
    return rows[0]?.count ?? 0;
  });
}

const byRow = [['row', 'asc']] as const;

/** The issues of a batch, loaded for all batches of a level in one statement, and one more for their counts if asked. */
async function listedIssues(ctx: Ctx, batchId: string, page: PageArgs): Promise<Connection<ImportIssue>> {
  const first = pageSize(page);
  const keys = typeof page.after === 'string' ? decodeCursor('ImportIssue', byRow, page.after) : undefined;
  const after = keys && ([Number(keys[0]), Number(keys[1])] as const);
  const limits = { limit: first + 1, ...(after && { after }) };
  const found =
    (await batched(ctx, `import issues ${JSON.stringify(limits)}`, batchId, (ids) => issuesOf(ctx, ids, limits))) ?? [];
  const edges = found.slice(0, first).map((issue) => ({
    node: issue,
    cursor: encodeCursor('ImportIssue', byRow, [String(issue.row), String(issue.nth)]),
  }));
  return paged(
    edges,
    found.length > first,
    page,
    async () => (await batched(ctx, 'count import issues', batchId, (ids) => countIssues(ctx, ids))) ?? 0,
  );
}

function paged<T>(
  edges: { node: T; cursor: string }[],
  hasNextPage: boolean,
  page: PageArgs,
  count: () => Promise<number>,
): Connection<T> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage: Boolean(page.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: once(count),
  };
}
