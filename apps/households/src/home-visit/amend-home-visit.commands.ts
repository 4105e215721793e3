import { homeVisitAmended, homeVisitWithdrawn } from '@frontline/events';
import { audit, changeAll, checkedId, dayOf, idempotently, type Ctx, type Unit } from '@frontline/platform';
import { caseOfDemand } from '../directory/case-of-demand.ts';
import { assistanceOn } from '../paired-assistance/paired-assistance.queries.ts';
import type { AmendHomeVisitInput, WithdrawHomeVisitInput } from './amend-home-visit.inputs.ts';
import { amendDemand, amendVisit, checkMayAmend, demandAdded, removeDemand, type Change } from './amendment.ts';
import { HomeVisitAmendment } from './home-visit-amendment.entity.ts';
import { areaOf, demandFactsOf, demandOf } from './home-visit.commands.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';
import { homeVisitErrors } from './home-visit.errors.ts';
import { checkAmendment, checkText, MAX_DEMANDS, REASON_MAX } from './home-visit-rules.ts';

/** Demands after an amendment: what changed, which are new or other than before, and whose cases have nothing to answer. */
interface AmendedDemands {
  changes: Change[];
  touched: HomeVisitDemand[];
  withdrawnIds: string[];
}

/**
 * Amends a visit with its demands, keeping what was before: in the history, who and when and why, and in the audit trail.
 * `homeVisit.amended` tells cases which demands opened or withdrew one, and organizations whether it still was a care visit.
 */
export function amendHomeVisit(ctx: Ctx, input: AmendHomeVisitInput): Promise<HomeVisit> {
  const now = ctx.now();
  checkAmendment(input, now);
  return idempotently(ctx, 'amendHomeVisit', HomeVisit, input, (tx) =>
    changeAll(tx, async (unit) => {
      const visit = await visitToAmend(unit, input);
      const fields = amendVisit(visit, input, dayOf);
      const becomesCare = visit.care && fields.some(({ field }) => field === 'care');
      if (becomesCare && !(await assistanceOn(tx, visit.householdId, dayOf(visit.heldAt))))
        throw homeVisitErrors('homeVisit.notAssisted', {}, { field: 'input.care' });
      const { changes, touched, withdrawnIds } = await amendDemands(unit, visit, input, now);
      if (fields.length + changes.length === 0)
        throw homeVisitErrors('homeVisit.nothingAmended', {}, { field: 'input.homeVisitId' });
      visit.amendedAt = now;
      await keepHistory(unit, visit, input.reason, now, [...fields, ...changes], 'homeVisit.amended');
      const { id, heldAt, householdId, residentialAreaId, cadreIds, care } = visit;
      unit.emit(
        visit,
        homeVisitAmended.of({
          homeVisitId: id,
          heldAt: heldAt.toISOString(),
          householdId,
          residentialAreaId,
          cadreIds,
          care,
          demands: touched.map(demandFactsOf),
          withdrawnDemandIds: withdrawnIds,
        }),
      );
      return visit;
    }),
  );
}

/**
 * Withdraws a visit: it did not take place, or was recorded twice. It leaves the lists with its demands and counts for
 * nothing any more; what was recorded stays with its history. Refused while a case of it has been concluded.
 */
export function withdrawHomeVisit(ctx: Ctx, input: WithdrawHomeVisitInput): Promise<HomeVisit> {
  const now = ctx.now();
  checkText(input.reason, REASON_MAX, 'input.reason');
  return idempotently(ctx, 'withdrawHomeVisit', HomeVisit, input, (tx) =>
    changeAll(tx, async (unit) => {
      const visit = await visitToAmend(unit, input);
      const removed = [];
      for (const demand of await standingDemands(unit, visit))
        removed.push({
          demand,
          ...removeDemand(demand, now, await caseStateOf(unit, demand), 'input.homeVisitId'),
        });
      Object.assign(visit, { amendedAt: now, withdrawnAt: now });
      const whole = { field: 'withdrawn', before: null, after: now.toISOString() };
      const changes = [whole, ...removed.flatMap((each) => each.changes)];
      await keepHistory(unit, visit, input.reason, now, changes, 'homeVisit.withdrawn');
      const { id: homeVisitId, householdId, residentialAreaId } = visit;
      const withdrawnDemandIds = removed.filter(({ withdraws }) => withdraws).map(({ demand }) => demand.id);
      unit.emit(visit, homeVisitWithdrawn.of({ homeVisitId, householdId, residentialAreaId, withdrawnDemandIds }));
      return visit;
    }),
  );
}

async function visitToAmend(
  unit: Unit,
  { homeVisitId, expectedVersion }: Pick<AmendHomeVisitInput, 'homeVisitId' | 'expectedVersion'>,
): Promise<HomeVisit> {
  const { actor, service } = unit.ctx;
  const visit = await unit.load(HomeVisit, homeVisitId, {
    field: 'input.homeVisitId',
    expectedVersion: expectedVersion ?? null,
  });
  const person = actor.kind === 'person' ? actor : undefined;
  const amender = { recorder: person?.sub ?? service, cadreId: person?.cadreId, today: unit.ctx.today() };
  checkMayAmend(visit, amender, dayOf);
  return visit;
}

/** Demands that no amendment took away, in their order. */
function standingDemands({ ctx }: Unit, { id }: HomeVisit): Promise<HomeVisitDemand[]> {
  return ctx.em.find(HomeVisitDemand, { homeVisitId: id, amendedAwayAt: null }, { orderBy: { position: 'asc' } });
}

async function caseStateOf({ ctx }: Unit, { id }: HomeVisitDemand): Promise<string | undefined> {
  return (await caseOfDemand(ctx, id))?.state;
}

async function keepHistory(
  unit: Unit,
  { id: homeVisitId }: HomeVisit,
  reason: string,
  at: Date,
  changes: readonly Change[],
  action: string,
): Promise<void> {
  const { actor } = unit.ctx;
  unit.addOwned(
    Object.assign(new HomeVisitAmendment(), {
      homeVisitId,
      at,
      byCadreId: actor.kind === 'person' ? (actor.cadreId ?? null) : null,
      reason: reason.trim(),
      changed: JSON.stringify(changes),
    }),
  );
  await audit(unit.ctx, { action, aggregateType: 'HomeVisit', aggregateIds: [homeVisitId] });
}

async function amendDemands(
  unit: Unit,
  visit: HomeVisit,
  input: AmendHomeVisitInput,
  now: Date,
): Promise<AmendedDemands> {
  const standing = new Map((await standingDemands(unit, visit)).map((each) => [each.id, each]));
  const find = (id: string, field: string): HomeVisitDemand => {
    const found = standing.get(checkedId(id, field).toLowerCase());
    if (!found) throw homeVisitErrors('homeVisit.unknownDemand', {}, { field });
    return found;
  };
  const { addDemands, changeDemands, removeDemandIds } = input;
  if (addDemands.length > 0 && standing.size + addDemands.length - removeDemandIds.length > MAX_DEMANDS)
    throw homeVisitErrors('homeVisit.demands', { max: MAX_DEMANDS }, { field: 'input.addDemands' });
  const result: AmendedDemands = { changes: [], touched: [], withdrawnIds: [] };
  for (const [at, change] of changeDemands.entries()) {
    const path = `input.changeDemands[${at}]`;
    const demand = find(change.demandId, `${path}.demandId`);
    const areaId = change.areaId && (await areaOf(unit.ctx, change.areaId, `${path}.areaId`));
    const { changes, withdraws } = amendDemand(demand, { ...change, areaId }, await caseStateOf(unit, demand), path);
    if (changes.length > 0) result.touched.push(demand);
    if (withdraws) result.withdrawnIds.push(demand.id);
    result.changes.push(...changes);
  }
  for (const [at, id] of removeDemandIds.entries()) {
    const path = `input.removeDemandIds[${at}]`;
    const demand = find(id, path);
    const { changes, withdraws } = removeDemand(demand, now, await caseStateOf(unit, demand), path);
    if (withdraws) result.withdrawnIds.push(demand.id);
    result.changes.push(...changes);
  }
  const next = await nextPosition(unit, visit);
  for (const [at, added] of addDemands.entries()) {
    const demand = await demandOf(unit.ctx, visit, added, next + at, `input.addDemands[${at}]`);
    unit.addOwned(demand);
    result.touched.push(demand);
    result.changes.push(demandAdded(demand));
  }
  return result;
}

/** The place of the next demand; those that were taken away keep theirs. */
async function nextPosition({ ctx }: Unit, { id }: HomeVisit): Promise<number> {
  const all = await ctx.em.find(HomeVisitDemand, { homeVisitId: id });
  return Math.max(-1, ...all.map(({ position }) => position)) + 1;
}
