import { MEETS_RESIDENTS, roles } from '@frontline/access';
import { cadreRecord, homeVisitRecorded, organizationRecord } from '@frontline/events';
import { byId, changeAll, checkedId, copyOf, dayOf, idempotently, platformErrors, type Ctx } from '@frontline/platform';
import { Household } from '../household/household.entity.ts';
import { assistanceOn } from '../paired-assistance/paired-assistance.queries.ts';
import { ServiceTeam } from '../service-team/service-team.entity.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';
import { homeVisitErrors } from './home-visit.errors.ts';
import type { HomeVisitDemandInput, RecordHomeVisitInput } from './home-visit.inputs.ts';
import { checkHomeVisit } from './home-visit-rules.ts';

/** Who goes to doors, and so may record it, for the households they may see. */
export const RECORDS_HOME_VISITS = roles('CADRE', ...MEETS_RESIDENTS);

/**
 * Records a visit at a door in one transaction: the visit, each demand with its disposition, and the fact from which
 * cases open and care duties are fulfilled. Sent again with the same key it gives the same visit.
 */
export function recordHomeVisit(ctx: Ctx, input: RecordHomeVisitInput): Promise<HomeVisit> {
  checkHomeVisit(input, ctx.now());
  return idempotently(ctx, 'recordHomeVisit', HomeVisit, input, async (tx) => {
    const household = await householdOf(tx, input);
    const team = await teamOf(tx, input, household);
    const cadreIds = await cadresOf(tx, input);
    if (!team && cadreIds.length === 0) throw homeVisitErrors('homeVisit.nobodyWent', {}, { field: 'input.teamId' });
    if (input.care && !(await assistanceOn(tx, household.id, dayOf(input.heldAt))))
      throw homeVisitErrors('homeVisit.notAssisted', {}, { field: 'input.care' });
    const visit = Object.assign(new HomeVisit(), {
      heldAt: input.heldAt,
      householdId: household.id,
      residentialAreaId: household.residentialAreaId,
      teamId: team?.id ?? null,
      cadreIds,
      findings: input.findings.trim(),
      care: input.care,
      recordedAt: tx.now(),
      recorder: tx.actor.kind === 'person' ? tx.actor.sub : tx.service,
    });
    const demands = await Promise.all(
      input.demands.map((demand, position) => demandOf(tx, visit, demand, position, `input.demands[${position}]`)),
    );
    return changeAll(tx, async (unit) => {
      unit.add(visit, recorded(visit, demands));
      for (const demand of demands) unit.addOwned(demand);
      return visit;
    });
  });
}

/** What others learn of the visit: what kind of thing was asked where, never the words. */
function recorded(visit: HomeVisit, demands: readonly HomeVisitDemand[]) {
  const { id, heldAt, householdId, residentialAreaId, teamId, cadreIds, care } = visit;
  return homeVisitRecorded.of({
    homeVisitId: id,
    heldAt: heldAt.toISOString(),
    householdId,
    residentialAreaId,
    ...(teamId && { teamId }),
    cadreIds,
    care,
    demands: demands.map(demandFactsOf),
  });
}

/** A demand as events show it: never its words. */
export function demandFactsOf({ id, disposition, categoryCode, caseKind, areaId, householdId }: HomeVisitDemand) {
  return {
    demandId: id,
    disposition,
    categoryCode,
    areaId,
    ...(caseKind && { caseKind }),
    ...(householdId && { householdId }),
  };
}

async function householdOf(ctx: Ctx, { householdId }: RecordHomeVisitInput): Promise<Household> {
  const field = 'input.householdId';
  const household = await byId(ctx, Household, checkedId(householdId, field));
  if (!household) throw platformErrors('aggregate.notFound', { type: 'Household' }, { field });
  return household;
}

async function teamOf(ctx: Ctx, input: RecordHomeVisitInput, household: Household): Promise<ServiceTeam | undefined> {
  if (!input.teamId) return undefined;
  const field = 'input.teamId';
  const team = await byId(ctx, ServiceTeam, checkedId(input.teamId, field));
  if (!team) throw platformErrors('aggregate.notFound', { type: 'ServiceTeam' }, { field });
  if (team.residentialAreaId !== household.residentialAreaId || !team.holdsOn(dayOf(input.heldAt)))
    throw homeVisitErrors('homeVisit.teamElsewhere', {}, { field });
  return team;
}

/** The cadre who records, and those who went along; each must be known to us. */
async function cadresOf(ctx: Ctx, { withCadreIds }: RecordHomeVisitInput): Promise<string[]> {
  const own = ctx.actor.kind === 'person' && ctx.actor.cadreId ? [ctx.actor.cadreId] : [];
  const others = (withCadreIds ?? []).map((id, at) => checkedId(id, `input.withCadreIds[${at}]`));
  const known = await Promise.all(others.map((id) => copyOf(ctx, cadreRecord, id)));
  const unknown = known.indexOf(undefined);
  if (unknown >= 0)
    throw platformErrors('aggregate.notFound', { type: 'Cadre' }, { field: `input.withCadreIds[${unknown}]` });
  return [...new Set([...own, ...others])];
}

/** A demand as it was given at a visit; refuses a place that we don't know. */
export async function demandOf(
  ctx: Ctx,
  visit: HomeVisit,
  demand: HomeVisitDemandInput,
  position: number,
  path: string,
): Promise<HomeVisitDemand> {
  return Object.assign(new HomeVisitDemand(), {
    homeVisitId: visit.id,
    position,
    text: demand.text.trim(),
    disposition: demand.disposition,
    categoryCode: demand.categoryCode.trim(),
    caseKind: demand.caseKind ?? null,
    areaId: demand.areaId ? await areaOf(ctx, demand.areaId, `${path}.areaId`) : visit.residentialAreaId,
    householdId: visit.householdId,
    outcome: demand.outcome?.trim() || null,
  });
}

/** The place that was named, if we know it. */
export async function areaOf(ctx: Ctx, areaId: string, field: string): Promise<string> {
  if (!(await copyOf(ctx, organizationRecord, checkedId(areaId, field))))
    throw platformErrors('aggregate.notFound', { type: 'Organization' }, { field });
  return areaId;
}
