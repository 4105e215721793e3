import type { AmendHomeVisitInput, ChangeHomeVisitDemandInput } from './amend-home-visit.inputs.ts';
import { homeVisitErrors } from './home-visit.errors.ts';
import type { HomeVisit, HomeVisitDemand } from './home-visit.entity.ts';
import type { HomeVisitDemandInput } from './home-visit.inputs.ts';
import { homeVisitPolicyOn } from './home-visit-policy.ts';
import { checkDemand } from './home-visit-rules.ts';

/** One thing that an amendment changed; texts as people read them, null for nothing. */
export interface Change {
  readonly field: string;
  readonly demandId?: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Fields that hold somebody’s words about a home, `demand` (one added or taken away) included. */
export const WORDS: readonly string[] = ['findings', 'text', 'outcome', 'demand'];

/** Who amends, on which day (YYYY-MM-DD, Asia/Shanghai). */
export interface Amender {
  readonly recorder: string;
  readonly cadreId?: string | undefined;
  readonly today: string;
}

const DAY = 86_400_000;

/** A visit that stands is amended or withdrawn only by who recorded it or went, and only within the policy's days after its record. */
export function checkMayAmend(
  { recorder, recordedAt, heldAt, cadreIds, withdrawnAt }: HomeVisit,
  amender: Amender,
  dayOf: (instant: Date) => string,
): void {
  const field = 'input.homeVisitId';
  const went = amender.cadreId !== undefined && cadreIds.includes(amender.cadreId);
  if (recorder !== amender.recorder && !went) throw homeVisitErrors('homeVisit.notYoursToAmend', {}, { field });
  if (withdrawnAt) throw homeVisitErrors('homeVisit.withdrawn', {}, { field });
  const days = homeVisitPolicyOn(amender.today).amendWithinDays;
  // the district has no daylight saving time: each day has 24 hours
  const last = dayOf(new Date((recordedAt ?? heldAt).getTime() + days * DAY));
  if (amender.today > last) throw homeVisitErrors('homeVisit.amendmentTooLate', { last }, { field });
}

/** Applies what is said of the visit itself, and tells what it changed. The day stays: it decided what the visit counts for. */
export function amendVisit(visit: HomeVisit, input: AmendHomeVisitInput, dayOf: (instant: Date) => string): Change[] {
  if (input.heldAt && dayOf(input.heldAt) !== dayOf(visit.heldAt))
    throw homeVisitErrors('homeVisit.dayStays', {}, { field: 'input.heldAt' });
  return assign(visit, {
    heldAt: input.heldAt ?? visit.heldAt,
    findings: input.findings?.trim() ?? visit.findings,
    care: input.care ?? visit.care,
  });
}

/** What an amended demand means for its case. */
export interface AmendedDemand {
  readonly changes: Change[];
  /** Its case has nothing to answer any more. */
  readonly withdraws: boolean;
}

/**
 * Changes a demand. One that becomes a CASE opens one; one that is no CASE any more withdraws its case and can't open a
 * second; what a case has taken over (category, kind, place) is changed at the case.
 *
 * @param caseState where its case stands by our copy; `undefined` while none is known
 */
export function amendDemand(
  demand: HomeVisitDemand,
  change: ChangeHomeVisitDemandInput,
  caseState: string | undefined,
  path: string,
): AmendedDemand {
  const before = demand.disposition;
  const disposition = change.disposition ?? before;
  const turned = disposition !== before;
  const keptKind = disposition === 'CASE' ? demand.caseKind : null;
  const after: HomeVisitDemandInput = {
    text: change.text ?? demand.text,
    disposition,
    categoryCode: change.categoryCode ?? demand.categoryCode,
    caseKind: change.caseKind ?? keptKind ?? null,
    areaId: change.areaId ?? demand.areaId,
    outcome: change.outcome ?? (turned ? null : (demand.outcome ?? null)),
  };
  checkDemand(after, path);
  if (before === 'CASE' && !turned)
    for (const name of ['categoryCode', 'caseKind', 'areaId'] as const)
      if (after[name] !== demand[name])
        throw homeVisitErrors('homeVisit.caseDecides', {}, { field: `${path}.${name}` });
  const withdraws = before === 'CASE' && turned;
  if (withdraws) withdrawCaseOf(demand, caseState, `${path}.disposition`);
  if (turned && disposition === 'CASE' && demand.caseWithdrawn)
    throw homeVisitErrors('homeVisit.caseWithdrawn', {}, { field: `${path}.disposition` });
  const values = {
    ...after,
    text: after.text.trim(),
    categoryCode: after.categoryCode.trim(),
    areaId: after.areaId ?? demand.areaId,
    outcome: after.outcome?.trim() || null,
  };
  return { changes: assign(demand, values, demand.id), withdraws };
}

/** Takes a demand away: it was not said, or recorded twice. Its words stay with the amendment, its case is withdrawn. */
export function removeDemand(
  demand: HomeVisitDemand,
  at: Date,
  caseState: string | undefined,
  path: string,
): AmendedDemand {
  const withdraws = demand.disposition === 'CASE';
  if (withdraws) withdrawCaseOf(demand, caseState, path);
  demand.amendedAwayAt = at;
  return { changes: [{ field: 'demand', demandId: demand.id, before: demand.text, after: null }], withdraws };
}

/** What an added demand is in the history. */
export const demandAdded = ({ id, text }: HomeVisitDemand): Change => ({
  field: 'demand',
  demandId: id,
  before: null,
  after: text,
});

/** Cases that have been concluded; what they answered stays as it was said. */
const concluded: readonly string[] = ['CLOSED', 'NOT_ACCEPTED', 'MERGED'];

function withdrawCaseOf(demand: HomeVisitDemand, caseState: string | undefined, field: string): void {
  if (caseState && concluded.includes(caseState))
    throw homeVisitErrors('homeVisit.caseConcluded', { state: caseState }, { field });
  demand.caseWithdrawn = true;
}

/** Sets what differs, and tells it. */
function assign<T extends object>(target: T, values: Partial<T>, demandId?: string): Change[] {
  return (Object.keys(values) as (keyof T & string)[]).flatMap((field) => {
    const [before, after] = [shown(target[field]), shown(values[field])];
    if (before === after) return [];
    target[field] = values[field] as T[typeof field];
    return [{ field, before, after, ...(demandId && { demandId }) }];
  });
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
