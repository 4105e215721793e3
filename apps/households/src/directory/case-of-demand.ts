import { caseRecord, type RecordOf } from '@frontline/events';
import { batched, sql, type Ctx } from '@frontline/platform';

/** What this service keeps of a case: enough for a door's record to show what came of a demand. */
export type CaseFacts = RecordOf<typeof caseRecord>;

/** The case that was opened from a demand, by our copy of the cases' facts; batched per request. */
export function caseOfDemand(ctx: Ctx, demandId: string): Promise<CaseFacts | undefined> {
  return batched(ctx, 'caseOfDemand', demandId, async (ids) => {
    const { rows } = await sql<{ data: CaseFacts }>`
      select c.data from local_copy c
      where c.aggregate_type = ${sql.lit(caseRecord.aggregate)} and c.data ->> 'demandId' = any(${ids}::text[])`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map(({ data }) => [data.demandId as string, data]));
  });
}
