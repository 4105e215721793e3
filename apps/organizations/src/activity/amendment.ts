import { addDays } from '@frontline/calendar';
import type { Activity, Demand } from './activity.entity.ts';
import { activityErrors } from './activity.errors.ts';
import type { DemandInput } from './activity.inputs.ts';
import type { AmendActivityInput, ChangeDemandInput } from './amend-activity.inputs.ts';
import type { ActivityKind } from './activity-enums.ts';
import { policyOn } from './activity-policy.ts';
import { checkDemand } from './activity-rules.ts';

/** One thing that an amendment changed; texts as people read them, null for nothing. */
export interface Change {
  readonly field: string;
  readonly demandId?: string;
  readonly promiseId?: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Who amends, on which day (YYYY-MM-DD, Asia/Shanghai). */
export interface Amender {
  readonly recorder: string;
  readonly cadreId?: string | undefined;
  readonly today: string;
}

/** Only who recorded it or took part amends or withdraws an activity, and only within the policy's days after it was recorded. */
export function checkMayAmend(
  { recorder, recordedAt, heldAt, withdrawnAt }: Pick<Activity, 'recorder' | 'recordedAt' | 'heldAt' | 'withdrawnAt'>,
  participantIds: readonly string[],
  amender: Amender,
  dayOf: (instant: Date) => string,
  field = 'input.activityId',
): void {
  const tookPart = amender.cadreId !== undefined && participantIds.includes(amender.cadreId);
  if (recorder !== amender.recorder && !tookPart) throw activityErrors('activity.notYoursToAmend', {}, { field });
  if (withdrawnAt) throw activityErrors('activity.withdrawn', {}, { field });
  const last = addDays(dayOf(recordedAt ?? heldAt), policyOn(amender.today).amendWithinDays);
  if (amender.today > last) throw activityErrors('activity.amendmentTooLate', { last }, { field });
}

/** Kinds that are recorded by themselves, and may be taken for one another or for elsewhere; the others belong to something else. */
export const MAY_BE_MISTAKEN: readonly ActivityKind[] = [
  'VISIT',
  'REPORT_HEARD',
  'CONDITIONS_REVIEW',
  'ENTERPRISE_VISIT',
];

/**
 * Applies what is said of the activity itself, and tells what it changed. The day stays: it decided under which
 * assignment the record was accepted and which duties it fulfilled.
 */
export function amendActivityFields(
  activity: Activity,
  input: AmendActivityInput,
  dayOf: (instant: Date) => string,
): Change[] {
  if (input.heldAt && dayOf(input.heldAt) !== dayOf(activity.heldAt))
    throw activityErrors('activity.dayStays', {}, { field: 'input.heldAt' });
  const kind = input.kind ?? activity.kind;
  if (kind !== activity.kind && !(MAY_BE_MISTAKEN.includes(kind) && MAY_BE_MISTAKEN.includes(activity.kind)))
    throw activityErrors('activity.kindStays', {}, { field: 'input.kind' });
  return assign(activity, {
    kind,
    heldAt: input.heldAt ?? activity.heldAt,
    minutes: input.minutes ?? activity.minutes,
    metCount: input.metCount ?? activity.metCount,
    summary: typeof input.summary === 'string' ? input.summary.trim() || null : activity.summary,
  });
}

/** Cases that have been concluded; what they answered stays as it was said. */
const concluded: readonly string[] = ['CLOSED', 'NOT_ACCEPTED', 'MERGED'];

/** What an amended demand means for its case. */
export interface AmendedDemand {
  readonly changes: Change[];
  /** Its case has nothing to answer any more. */
  readonly withdraws: boolean;
}

/**
 * Changes a demand. One that becomes a CASE opens one; one that is no CASE any more withdraws its case and can't open a
 * second; what a case has taken over (category, kind, place, household) is changed at the case.
 */
export function amendDemand(demand: Demand, change: ChangeDemandInput, path: string): AmendedDemand {
  const before = demand.disposition;
  const disposition = change.disposition ?? before;
  const turned = disposition !== before;
  const after: DemandInput = {
    text: change.text ?? demand.text,
    disposition,
    categoryCode: change.categoryCode ?? demand.categoryCode,
    caseKind: disposition === 'CASE' ? (change.caseKind ?? demand.caseKind ?? null) : (change.caseKind ?? null),
    areaId: change.areaId ?? demand.areaId,
    householdId: change.householdId ?? demand.householdId ?? null,
    outcome: change.outcome ?? (turned ? null : (demand.outcome ?? null)),
  };
  checkDemand(after, path);
  if (before === 'CASE' && disposition === 'CASE') checkCaseKeepsItsOwn(demand, after, path);
  const withdraws = before === 'CASE' && turned;
  if (withdraws) withdrawCaseOf(demand, `${path}.disposition`);
  if (turned && disposition === 'CASE' && demand.caseWithdrawn)
    throw activityErrors('demand.caseWithdrawn', {}, { field: `${path}.disposition` });
  const values = {
    ...after,
    text: after.text.trim(),
    categoryCode: after.categoryCode.trim(),
    areaId: after.areaId ?? demand.areaId,
    outcome: after.outcome?.trim() || null,
  };
  return { changes: assign(demand, values, { demandId: demand.id }), withdraws };
}

/** The activity took place elsewhere: what was about that place is about this one, unless a case has taken it over. */
export function moveDemand(demand: Demand, from: string, to: string): Change[] {
  if (demand.areaId !== from || demand.disposition === 'CASE') return [];
  return assign(demand, { areaId: to }, { demandId: demand.id });
}

/** Takes a demand away: it was not said, or recorded twice. Its words stay with the amendment, its case is withdrawn. */
export function removeDemand(demand: Demand, at: Date, path: string): AmendedDemand {
  const withdraws = demand.disposition === 'CASE';
  if (withdraws) withdrawCaseOf(demand, path);
  demand.amendedAwayAt = at;
  return { changes: [{ field: 'demand', demandId: demand.id, before: demand.text, after: null }], withdraws };
}

/** What an added demand is in the history. */
export const demandAdded = ({ id, text }: Demand): Change => ({
  field: 'demand',
  demandId: id,
  before: null,
  after: text,
});

function withdrawCaseOf(demand: Demand, field: string): void {
  if (demand.caseState && concluded.includes(demand.caseState))
    throw activityErrors('demand.caseConcluded', { state: demand.caseState }, { field });
  demand.caseWithdrawn = true;
}

function checkCaseKeepsItsOwn(demand: Demand, after: DemandInput, path: string): void {
  for (const name of ['categoryCode', 'caseKind', 'areaId', 'householdId'] as const)
    if ((after[name] ?? null) !== (demand[name] ?? null))
      throw activityErrors('demand.caseDecides', {}, { field: `${path}.${name}` });
}

/** Sets what differs, and tells it. */
export function assign<T extends object>(
  target: T,
  values: Partial<T>,
  about: Pick<Change, 'demandId' | 'promiseId'> = {},
): Change[] {
  const changes: Change[] = [];
  for (const field of Object.keys(values) as (keyof T & string)[]) {
    const [before, after] = [shown(target[field]), shown(values[field])];
    if (before === after) continue;
    target[field] = values[field] as T[typeof field];
    changes.push({ field, before, after, ...about });
  }
  return changes;
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
