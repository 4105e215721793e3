import { homeVisitCaseClosed, type caseRecord, type RecordOf } from '@frontline/events';
import { byId, change, type Ctx } from '@frontline/platform';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';

/**
 * A case is closed. Where a demand at a door had opened it, the visit tells who heard it: they owe to tell the person.
 * Nothing for demands of others, and for those that an amendment took away.
 */
export async function tellOfClosedCase(
  ctx: Ctx,
  { id: caseId, demandId, source, closedAt }: RecordOf<typeof caseRecord> & { closedAt: string },
): Promise<void> {
  const demand = source?.kind === 'HOME_VISIT' ? await byId(ctx, HomeVisitDemand, demandId) : undefined;
  if (!demand || demand.amendedAwayAt) return;
  const { id, areaId, homeVisitId } = demand;
  await change(ctx, HomeVisit, homeVisitId, ({ cadreIds }) => [
    homeVisitCaseClosed.of({ homeVisitId, demandId: id, caseId, areaId, cadreIds, closedAt }),
  ]);
}
