import { addDays } from '@frontline/calendar';
import { batched, byId, checkedId, platformErrors, sql, type Ctx, type Sql } from '@frontline/platform';
import { stateOf } from '../duty/duty.queries.ts';
import { Organization } from '../organization/organization.entity.ts';
import type { Outcomes } from './fulfilment-rate.ts';

/** Days that one question may span. */
const MAX_DAYS = 366;

/** Duties whose windows closed from one day to another, both included (YYYY-MM-DD in Asia/Shanghai). */
export interface FulfilmentQuestion {
  from: string;
  to: string;
  /** Towards this organization or what stood below it when the window closed; the whole district when absent. */
  under?: string | null | undefined;
}

/**
 * How duties were kept whose windows closed in a time: of one scheme, by its code, or of all. Windows that are open today
 * say nothing yet and are left out. All schemes asked about at once are one statement. Refuses days in the wrong order or
 * more than a year of them, and an organization that is not there.
 */
export async function outcomesOf(
  ctx: Ctx,
  { from, to, under }: FulfilmentQuestion,
  scheme?: string | null,
): Promise<Outcomes> {
  if (to < from || addDays(from, MAX_DAYS) <= to) {
    const rule = `must lie on or after from, and less than ${MAX_DAYS} days after it`;
    throw platformErrors('input.invalid', { rule }, { field: 'to' });
  }
  const underId = under ? checkedId(under, 'under') : undefined;
  if (underId && !(await byId(ctx, Organization, underId)))
    throw platformErrors('aggregate.notFound', { type: 'Organization' }, { field: 'under' });
  const closed = [
    sql`t.window_end between ${from}::date and ${to}::date and t.window_end < ${ctx.today()}::date`,
    ...(underId ? [stoodBelow(underId)] : []),
  ];
  if (!scheme) return (await counted(ctx, closed))[0]?.outcomes ?? NONE;
  const found = await batched(ctx, `fulfilment:${from}:${to}:${underId}`, scheme, async (schemes) => {
    const each = await counted(ctx, [...closed, sql`t.scheme = any(${schemes}::text[])`], sql`t.scheme`);
    return new Map(each.map(({ of, outcomes }) => [of, outcomes]));
  });
  return found ?? NONE;
}

const NONE: Outcomes = { fulfilled: 0, substituted: 0, late: 0, missed: 0, excused: 0 };

const stoodBelow = (id: string): Sql => sql`exists (select 1 from organization_path op
  where op.descendant_id = t.place_id and op.ancestor_id = ${id} and op.valid_from <= t.window_end
    and (op.valid_to is null or t.window_end < op.valid_to))`;

async function counted(
  ctx: Ctx,
  where: readonly Sql[],
  of: Sql = sql`'all'::text`,
): Promise<{ of: string; outcomes: Outcomes }[]> {
  const { rows } = await sql<Outcomes & { of: string }>`
    select of, (count(*) filter (where state = 'FULFILLED'))::int as fulfilled,
      (count(*) filter (where state = 'SUBSTITUTED'))::int as substituted,
      (count(*) filter (where state = 'LATE'))::int as late,
      (count(*) filter (where state = 'MISSED'))::int as missed,
      (count(*) filter (where state = 'EXCUSED'))::int as excused
    from (select ${of} as of, ${stateOf(ctx.today())} as state from duty t where ${sql.join(where, sql` and `)}) each
    group by of`.execute(ctx.em.getKysely());
  return rows.map(({ of: key, ...outcomes }) => ({ of: key, outcomes }));
}
