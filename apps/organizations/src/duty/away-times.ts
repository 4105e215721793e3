import { cadreRecord, type RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';
import type { AwayTime } from './obligations.ts';

/** When these cadres are away, by our copies of their records; `newer` is what an event has told since. Who never is may be absent. */
export async function awayTimes(
  ctx: Ctx,
  cadreIds: readonly string[],
  newer: ReadonlyMap<string, readonly AwayTime[]> | undefined,
): Promise<ReadonlyMap<string, readonly AwayTime[]>> {
  const { rows } = await sql<{ id: string; absences: RecordOf<typeof cadreRecord>['absences'] }>`
    select id, data -> 'absences' as absences from local_copy
    where aggregate_type = ${cadreRecord.aggregate} and id = any(${[...new Set(cadreIds)]}::uuid[]) and jsonb_array_length(data -> 'absences') > 0`.execute(
    ctx.em.getKysely(),
  );
  return new Map<string, readonly AwayTime[]>([
    ...rows.map(({ id, absences = [] }) => [id, absences] as const),
    ...(newer ?? []),
  ]);
}
