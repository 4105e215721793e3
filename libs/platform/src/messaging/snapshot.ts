import { sql } from 'kysely';
import { Args, ArgsType, Ctx as Context, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { roles } from '@frontline/access';
import { Access, SAME_AS_PARENT } from '../access-rules.ts';
import { PageInfo } from '../connection.ts';
import type { Ctx } from '../context.ts';
import { platformErrors } from '../errors.ts';
import type { SnapshotSource } from '../manifest.ts';
import { isId, tableOf } from '../rows.ts';
import { JsonValue } from '../scalars.ts';

/** Most records of one page of a snapshot: larger than other lists, since all of them are wanted. */
export const SNAPSHOT_PAGE = 1_000;

@ArgsType()
class SnapshotArgs {
  @Field(() => Int, {
    defaultValue: 500,
    description: '每页条数 · How many records to return, 0 to 1,000; 0 asks for epoch and mark alone.',
  })
  first = 500;

  @Field(() => String, { nullable: true, description: '游标 · Return what follows this endCursor.' })
  after?: string | null;
}

/** A page of the records of one aggregate, each with the sequence that its topic has reached for it. */
export interface SnapshotPage {
  epoch: number;
  mark: string;
  nodes: { id: string; sequence: number; record: unknown }[];
  pageInfo: PageInfo;
}

/**
 * Resolver classes that add `Query.<aggregate>Snapshot` for each source: where peers and partners start before they
 * follow the topic.
 */
export function snapshotResolvers(sources: readonly SnapshotSource[]): (abstract new (...args: never[]) => object)[] {
  return sources.map(resolverOf);
}

function resolverOf(source: SnapshotSource): abstract new (...args: never[]) => object {
  const { aggregate } = source.record;
  const name = `${aggregate.charAt(0).toUpperCase()}${aggregate.slice(1)}`;

  @ObjectType(`${name}SnapshotNode`, { description: `快照记录 · One record of the ${aggregate} snapshot.` })
  @Access(SAME_AS_PARENT)
  class Node {
    @Field(() => ID, { description: '标识 · Id, and key of its events.' })
    id!: string;

    @Field(() => Int, {
      description:
        '事件序号 · Sequence of the last event that the record contains; go on with the next one of its topic. 0: none was emitted.',
    })
    sequence!: number;

    @Field(() => JsonValue, { description: '记录 · The record, of the form that the events of this aggregate carry.' })
    record!: unknown;
  }

  @ObjectType(`${name}Snapshot`, {
    description: `快照 · A page of all ${aggregate} records. Read all pages, then follow the topic frontline.${source.record.context}.${aggregate}.v1 and keep the record of the highest (epoch, sequence).`,
  })
  @Access(SAME_AS_PARENT)
  class Page implements SnapshotPage {
    @Field(() => Int, {
      description: '纪元 · Epoch of the sequences; it rises when the owner’s database was set back.',
    })
    epoch!: number;

    @Field({ description: '标记 · Changes whenever any record does; compare it to learn whether to read again.' })
    mark!: string;

    @Field(() => [Node], { description: '记录 · The records, by id.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: '分页信息 · Where this page stands.' })
    pageInfo!: PageInfo;
  }

  @Resolver()
  class SnapshotResolver {
    @Query(() => Page, {
      nullable: true,
      name: `${aggregate}Snapshot`,
      description: `快照 · Every ${aggregate} as other services and partners copy it, in pages; no personal data.`,
    })
    @Access(roles('PARTNER', 'ADMIN'))
    page(@Context() ctx: Ctx, @Args(() => SnapshotArgs) args: SnapshotArgs): Promise<SnapshotPage> {
      return snapshotPage(ctx, source, args);
    }
  }
  return SnapshotResolver;
}

async function snapshotPage(ctx: Ctx, source: SnapshotSource, { first, after }: SnapshotArgs): Promise<SnapshotPage> {
  if (first < 0 || first > SNAPSHOT_PAGE) throw platformErrors('page.size', { max: SNAPSHOT_PAGE });
  if (typeof after === 'string' && !isId(after)) throw platformErrors('page.cursor');
  const db = ctx.em.getKysely();
  const table = tableOf(ctx.em, source.entity);
  const summary = await sql<{ epoch: number; mark: string }>`
    select s.epoch, concat_ws(':', s.epoch, count(*), coalesce(sum(t.event_sequence), 0)) as mark
    from (select coalesce((select (value #>> '{}')::int from platform_setting where key = 'epoch'), 0) as epoch) s
    left join ${table} on true group by s.epoch`.execute(db);
  // the sequence is read before the record: a record that is newer than its sequence is put right by the next event
  const { rows } = await sql<{ id: string; sequence: string }>`
    select t.id, t.event_sequence as sequence from ${table}
    where ${after ? sql`t.id > ${after}` : sql`true`} order by t.id limit ${first + 1}`.execute(db);
  const page = rows.slice(0, first);
  const records =
    page.length > 0
      ? await source.read(
          ctx,
          page.map(({ id }) => id),
        )
      : [];
  const byId = new Map(records.map((record) => [record.id, record]));
  const { epoch = 0, mark = '' } = summary.rows[0] ?? {};
  return {
    epoch,
    mark,
    nodes: page.flatMap(({ id, sequence }) => {
      const record = byId.get(id);
      return record ? [{ id, sequence: Number(sequence), record }] : [];
    }),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      startCursor: page[0]?.id ?? null,
      endCursor: page.at(-1)?.id ?? null,
    },
  };
}
