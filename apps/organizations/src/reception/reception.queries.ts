import {
  batched,
  checkedId,
  connect,
  connectUnder,
  manyBy,
  sql,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { below } from '../activity/activity.queries.ts';
import { ReceptionDay, ReceptionSeat } from './reception-day.entity.ts';
import type { ReceptionFilter, ReceptionsArgs } from './reception.inputs.ts';

const order = [['t.date', 'asc']] as const;

/** `ReceptionDay.stateOn` as SQL over a reception under alias `t`; a test holds both together. */
const stateOf = (today: string): Sql => sql`(case when t.activity_id is not null then 'HELD'
  when t.cancelled_on is not null then 'CANCELLED' when t.date < ${today}::date then 'UNRECORDED' else 'PLANNED' end)`;

function conditions(filter: ReceptionFilter, today: string): (Sql | undefined)[] {
  const { from, to, kinds, states, within, representativeId } = filter;
  return [
    from ? sql`t.date >= ${from}::date` : undefined,
    to ? sql`t.date <= ${to}::date` : undefined,
    kinds ? sql`t.kind = any(${[...kinds]}::text[])` : undefined,
    states ? sql`${stateOf(today)} = any(${[...states]}::text[])` : undefined,
    within ? sql`(t.venue_id = ${within} or ${below('t.subdistrict_id', within, 'filter.within', today)})` : undefined,
    representativeId
      ? sql`exists (select 1 from reception_seat s where s.reception_day_id = t.id and s.representative_id = ${checkedId(representativeId, 'filter.representativeId')})`
      : undefined,
  ];
}

/** Receptions by filter, earliest first. */
export function receptionDays(ctx: Ctx, { filter, ...page }: ReceptionsArgs): Promise<Connection<ReceptionDay>> {
  return connect(ctx, ReceptionDay, page, { where: conditions(filter ?? {}, ctx.today()), order });
}

/** Receptions of a subdistrict, or at which a representative or a cadre receives, earliest first. */
export function receptionDaysUnder(
  ctx: Ctx,
  parent: 'subdistrict' | 'representative' | 'cadre',
  id: string,
  { filter, ...page }: ReceptionsArgs,
): Promise<Connection<ReceptionDay>> {
  const where = conditions(filter ?? {}, ctx.today());
  if (parent === 'subdistrict')
    return connectUnder(ctx, ReceptionDay, id, page, { parent: sql.ref('t.subdistrict_id'), where, order });
  return connectUnder(ctx, ReceptionDay, id, page, {
    join: sql`join reception_seat mine on mine.reception_day_id = t.id`,
    parent: sql.ref(`mine.${parent}_id`),
    where,
    order,
  });
}

/** The seats of a reception, in their order. */
export const seatsOf = (ctx: Ctx, receptionDayId: string): Promise<ReceptionSeat[]> =>
  manyBy(ctx, ReceptionSeat, 'receptionDayId', receptionDayId, { order: [['t.nth', 'asc']] });

/** How many demands stand at an activity, whoever may read them. */
export async function raisedAt(ctx: Ctx, activityId: string): Promise<number> {
  const found = await batched(ctx, 'reception:raised', activityId, async (ids) => {
    const { rows } = await sql<{ id: string; raised: number }>`
      select d.activity_id as id, count(*)::int as raised from demand d
      where d.activity_id = any(${ids}::uuid[]) and d.amended_away_at is null group by 1`.execute(ctx.em.getKysely());
    return new Map(rows.map(({ id, raised }) => [id, raised]));
  });
  return found ?? 0;
}
