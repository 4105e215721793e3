import { manyBy, sql, type Ctx } from '@frontline/platform';
import type { CaseState } from '../case/case-enums.ts';
import type { HistoryEntry } from './callback-outcome.ts';
import { Callback } from './callback.entity.ts';

/** Callbacks about a case, earliest first. */
export const callbacksOf = (ctx: Ctx, caseId: string): Promise<Callback[]> =>
  manyBy(ctx, Callback, 'caseId', caseId, { order: [['t.recorded_at', 'asc']] });

/** The history of a case, for what it decides about callbacks. */
export async function historyOf(ctx: Ctx, caseId: string): Promise<HistoryEntry[]> {
  const { rows } = await sql<{ state: CaseState; at: Date | string; byCadreId: string | null }>`
    select state, at, by_cadre_id as "byCadreId" from case_move where case_id = ${caseId} order by at, id`.execute(
    ctx.em.getKysely(),
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** Days since a day on which somebody was called in vain about a case. */
export function daysInVain(ctx: Ctx, caseId: string, since: string): Promise<string[]> {
  return days(
    ctx,
    sql`select distinct held_on::text as day from callback where case_id = ${caseId} and not reached and held_on >= ${since}::date`,
  );
}

/**
 * Days after a day on which callbacks reached a household, about whatever case, in order. The household is locked until
 * the transaction ends, so that two callbacks at once can't both be the last one of its budget.
 */
export async function contactDays(ctx: Ctx, householdId: string, after: string): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`callbacks ${householdId}`}, 0))`.execute(
    ctx.em.getKysely(),
  );
  return days(
    ctx,
    sql`select distinct c.held_on::text as day from callback c join case_file f on f.id = c.case_id
      where f.household_id = ${householdId} and c.reached and c.held_on > ${after}::date order by 1`,
  );
}

async function days(ctx: Ctx, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await query.execute(ctx.em.getKysely());
  return (rows as { day: string }[]).map(({ day }) => day);
}
