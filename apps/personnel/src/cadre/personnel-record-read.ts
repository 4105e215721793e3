import { audit, batched, type Ctx } from '@frontline/platform';

/** Puts the reading of a cadre's personal data into the audit trail: once a cadre and request, all of a tick in one statement. */
export async function auditPersonnelRecord(ctx: Ctx, cadreId: string): Promise<void> {
  const action = 'cadre.personnelRecordRead';
  await batched(ctx, action, cadreId, async (aggregateIds) => {
    await audit(ctx, { action, aggregateType: 'cadre', aggregateIds });
    return new Map(aggregateIds.map((id) => [id, true]));
  });
}
