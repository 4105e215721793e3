import type { pairedAssistanceRecord, RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { countWaitingVisits } from './care-visits.ts';

type Assistance = RecordOf<typeof pairedAssistanceRecord>;

/**
 * Paired assistances began, changed or ended, as households tells: their monthly care duties become what they must be,
 * those that are ahead vanish with an end, and care visits that were told before their assistance count now. Set-based:
 * a district's register of many thousands comes at once. `assistance` holds what the obligation engine needs of them.
 */
export async function followAssistances(ctx: Ctx, records: readonly Assistance[]): Promise<void> {
  const db = ctx.em.getKysely();
  await sql`
    insert into assistance (id, cadre_id, household_id, residential_area_id, valid_from, valid_to)
    select * from unnest(${records.map(({ id }) => id)}::uuid[], ${records.map(({ cadreId }) => cadreId)}::uuid[],
      ${records.map(({ householdId }) => householdId)}::uuid[], ${records.map(({ residentialAreaId }) => residentialAreaId)}::uuid[],
      ${records.map(({ from }) => from)}::date[], ${records.map(({ until }) => until ?? null)}::date[])
    on conflict (id) do update set cadre_id = excluded.cadre_id, household_id = excluded.household_id,
      residential_area_id = excluded.residential_area_id, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      duties_until = null`.execute(db);
  await regenerateDuties(ctx, { assistanceIds: records.map(({ id }) => id) });
  await countWaitingVisits(
    ctx,
    records.map(({ householdId }) => householdId),
  );
}
