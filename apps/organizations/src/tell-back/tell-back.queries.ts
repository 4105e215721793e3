import { checkedId, connect, connectUnder, sql, type Connection, type Ctx, type Sql } from '@frontline/platform';
import { below } from '../activity/activity.queries.ts';
import { byDueDay, ownId } from '../promise/promise.queries.ts';
import { owedBy } from './owed-to.ts';
import { TellBack } from './tell-back.entity.ts';
import type { TellBackFilter, TellBacksArgs } from './tell-back.inputs.ts';

/** The states that tell-backs show as SQL over alias `t`; none is upcoming. */
const stateOn = (today: string): Sql => sql`(case when t.told_on > t.due_on then 'LATE'
  when t.told_on is not null and t.told_as = 'SUBSTITUTE' then 'SUBSTITUTED' when t.told_on is not null then 'FULFILLED'
  when exists (select 1 from duty d where d.assignment_id = t.id and d.excuse is not null) then 'EXCUSED'
  when ${today}::date > t.due_on then 'MISSED' else 'DUE' end)`;

function conditions(ctx: Ctx, filter: TellBackFilter): (Sql | undefined)[] {
  return [
    filter.mine ? owedBy(ownId(ctx), ctx.today()) : undefined,
    filter.cadreId ? owedBy(checkedId(filter.cadreId, 'filter.cadreId'), ctx.today()) : undefined,
    filter.withoutCadre ? sql`t.cadre_id is null` : undefined,
    filter.within ? below('t.area_id', filter.within, 'filter.within', ctx.today()) : undefined,
    filter.states ? sql`${stateOn(ctx.today())} = any(${[...filter.states]}::text[])` : undefined,
  ];
}

/** Tell-backs by filter. */
export function tellBacks(ctx: Ctx, { filter, order, ...page }: TellBacksArgs): Promise<Connection<TellBack>> {
  return connect(ctx, TellBack, page, { where: conditions(ctx, filter ?? {}), order: byDueDay(order) });
}

/** Tell-backs that a cadre owes. */
export function tellBacksOf(
  ctx: Ctx,
  cadreId: string,
  { filter, order, ...page }: TellBacksArgs,
): Promise<Connection<TellBack>> {
  return connectUnder(ctx, TellBack, cadreId, page, {
    parent: sql.ref('t.cadre_id'),
    where: conditions(ctx, filter ?? {}),
    order: byDueDay(order),
  });
}
