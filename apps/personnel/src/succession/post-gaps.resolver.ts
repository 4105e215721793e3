import { Args, ArgsType, Ctx as Context, Field, Query, Resolver } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { LEFT_SERVICE, organizationRecord } from '@frontline/events';
import { Access, connect, LocalDate, PageArgs, sql, validOn, type Connection, type Ctx } from '@frontline/platform';
import { Cadre, CadreConnection } from '../cadre/cadre.entity.ts';
import { hasStatus } from '../cadre/cadre.queries.ts';

@ArgsType()
export class PostGapsArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
  on?: string | null;
}

/** Own posts of a day, over alias `p`, at organizations that have ended by then, or that have not. */
const ownPost = (day: string, ended: boolean) => sql`select p.cadre_id from post p
  where not p.temporary and ${validOn('p', day)} and ${ended ? sql`` : sql`not`} exists (
    select 1 from local_copy o where o.aggregate_type = ${organizationRecord.aggregate} and o.id = p.organization_id
      and (o.data ->> 'until')::date <= ${day}::date)`;

@Resolver()
export class PostGapResolver {
  @Query(() => CadreConnection, {
    nullable: true,
    description:
      '任职缺口 · Cadres in service on a day whose own posts are all at organizations that have ended by then without anybody going on for them, by staff number: they are to be transferred.',
  })
  @Access(STAFF)
  postGaps(@Context() ctx: Ctx, @Args(() => PostGapsArgs) { on, ...page }: PostGapsArgs): Promise<Connection<Cadre>> {
    const day = on ?? ctx.today();
    return connect(ctx, Cadre, page, {
      where: [
        sql`t.id = any(array(${ownPost(day, true)}))`,
        sql`not exists (${ownPost(day, false)} and p.cadre_id = t.id)`,
        sql`not ${hasStatus(LEFT_SERVICE, day)}`,
      ],
      order: [['t.staff_number', 'asc']],
    });
  }
}
