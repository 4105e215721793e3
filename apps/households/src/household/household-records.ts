import type { householdRecord, RecordOf } from '@frontline/events';
import type { Ctx } from '@frontline/platform';
import { Household } from './household.entity.ts';

/** The records of these households, for those who copy them: where they belong, not where they live. */
export async function householdRecords(ctx: Ctx, ids: readonly string[]): Promise<RecordOf<typeof householdRecord>[]> {
  const fields = ['id', 'code', 'residentialAreaId', 'gridId'] as const;
  const found = await ctx.em.find(Household, { id: { $in: [...ids] } }, { fields });
  return found.map(({ id, code, residentialAreaId, gridId }) => ({ id, code, residentialAreaId, gridId }));
}
