import { z } from 'zod';
import { importBatch, refuseUnknown, type Ctx } from '@frontline/platform';
import { code, id, instant, values } from '@frontline/platform/import-fields';
import { areasOfHouseholds } from '../paired-assistance/paired-assistance.commands.ts';
import { fitsCaseKind } from './demand-disposition.ts';
import { CaseKind, Disposition } from './demand-enums.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';

const demandLine = z
  .strictObject({
    id,
    text: z.string().trim().min(1).max(2000),
    disposition: values(Disposition),
    categoryCode: code,
    caseKind: values(CaseKind).optional(),
    areaId: id,
    householdId: id.optional(),
    outcome: z.string().trim().max(2000).optional(),
  })
  .superRefine((demand, context) => {
    const message = 'must be given when the disposition is CASE, and only then';
    if (!fitsCaseKind(demand)) context.addIssue({ code: 'custom', path: ['caseKind'], message });
  });

/** A home visit as another system gives it. */
export const homeVisitLine = z.strictObject({
  id,
  heldAt: instant,
  householdId: id,
  teamId: id.optional(),
  cadreIds: z.array(id),
  findings: z.string().trim().max(4000),
  care: z.boolean(),
  demands: z.array(demandLine).default([]),
});

type HomeVisitLine = z.output<typeof homeVisitLine>;

/** Brings past home visits in, with what was asked for; nobody is told of the past, its cases are brought in by the cases service. */
export async function importHomeVisits(ctx: Ctx, lines: HomeVisitLine[]): Promise<void> {
  const householdIds = lines.map(({ householdId }) => householdId);
  await refuseUnknown(ctx, 'household', householdIds, 'homeVisit.householdId');
  await refuseUnknown(
    ctx,
    'service_team',
    lines.flatMap(({ teamId }) => teamId ?? []),
    'homeVisit.teamId',
  );
  const areas = await areasOfHouseholds(ctx, householdIds);
  const rows = lines.map(({ demands: _demands, teamId, ...visit }) => ({
    ...visit,
    teamId: teamId ?? null,
    residentialAreaId: areas.get(visit.householdId) as string,
  }));
  await importBatch(ctx, HomeVisit, rows);
  const ids = lines.map((line) => line.id);
  await importBatch(ctx, HomeVisitDemand, lines.flatMap(demandRows), { ownedBy: { property: 'homeVisitId', ids } });
}

function demandRows({ id: homeVisitId, demands }: HomeVisitLine) {
  return demands.map(({ caseKind, householdId, outcome, ...demand }, position) => ({
    ...demand,
    homeVisitId,
    position,
    caseKind: caseKind ?? null,
    householdId: householdId ?? null,
    outcome: outcome ?? null,
  }));
}
