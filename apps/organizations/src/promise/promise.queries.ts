import {
  checkedId,
  connect,
  connectUnder,
  sql,
  type Connection,
  type Ctx,
  type Order,
  type Sql,
} from '@frontline/platform';
import { standsInFor } from '../directory/cadre-copies.ts';
import { below } from '../activity/activity.queries.ts';
import { GivenPromise } from './promise.entity.ts';
import type { DueOrder, PromiseFilter, PromisesArgs } from './promise.inputs.ts';

/** The keys of an order by due day. */
export const byDueDay = (order: DueOrder): Order => [['t.due_on', order === 'LATEST_DUE_FIRST' ? 'desc' : 'asc']];

/** The caller's own id as a cadre; matches nobody when the caller is none. */
export const ownId = ({ actor }: Ctx): string | null => (actor.kind === 'person' ? (actor.cadreId ?? null) : null);

/** The states of `promise-state.ts` as SQL over alias `t`. */
const stateOn = (
  today: string,
): Sql => sql`(case when t.amended_away_at is not null then 'WITHDRAWN' when t.kept_on > t.due_on then 'KEPT_LATE'
  when t.kept_on is not null then 'KEPT' when ${today}::date > t.due_on then 'BROKEN' else 'OPEN' end)`;

/** Those that the caller gave, and those still open of whom they stand in for. */
function mine(ctx: Ctx): Sql {
  const own = ownId(ctx);
  if (own === null) return sql`false`;
  return sql`(t.cadre_id = ${own} or t.kept_on is null and t.cadre_id in (${standsInFor(own, ctx.today())}))`;
}

function conditions(ctx: Ctx, filter: PromiseFilter): (Sql | undefined)[] {
  return [
    // what was never given is shown to who asks for it
    filter.states?.includes('WITHDRAWN') ? undefined : sql`t.amended_away_at is null`,
    filter.mine ? mine(ctx) : undefined,
    filter.cadreId ? sql`t.cadre_id = ${checkedId(filter.cadreId, 'filter.cadreId')}` : undefined,
    filter.targetWithin ? below('t.target_id', filter.targetWithin, 'filter.targetWithin', ctx.today()) : undefined,
    filter.states ? sql`${stateOn(ctx.today())} = any(${[...filter.states]}::text[])` : undefined,
    filter.dueFrom ? sql`t.due_on >= ${filter.dueFrom}::date` : undefined,
    filter.dueTo ? sql`t.due_on <= ${filter.dueTo}::date` : undefined,
  ];
}

/** Promises by filter. */
export function promises(ctx: Ctx, { filter, order, ...page }: PromisesArgs): Promise<Connection<GivenPromise>> {
  return connect(ctx, GivenPromise, page, { where: conditions(ctx, filter ?? {}), order: byDueDay(order) });
}

/** Promises that a cadre gave, or that were given at an organization or an activity. */
export function promisesUnder(
  ctx: Ctx,
  parent: 'cadre' | 'target' | 'activity',
  id: string,
  { filter, order, ...page }: PromisesArgs,
): Promise<Connection<GivenPromise>> {
  return connectUnder(ctx, GivenPromise, id, page, {
    parent: sql.ref(`t.${parent}_id`),
    where: conditions(ctx, filter ?? {}),
    order: byDueDay(order),
  });
}
