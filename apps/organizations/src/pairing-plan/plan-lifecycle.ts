/** Where the plan of a pairing for a year stands. */
export type PlanState = 'PLANNED' | 'REVIEWED' | 'CONCLUDED';

/** What the branches do with a plan. */
export type PlanAction = 'CHANGE' | 'REVIEW' | 'CONCLUDE';

/**
 * What may be done in each state. A review may be written anew until both have concluded it: whoever does not agree with
 * the other one's writes what they find right, and the other then looks at that.
 */
export const planLifecycle: Readonly<Record<PlanState, readonly PlanAction[]>> = {
  PLANNED: ['CHANGE', 'REVIEW'],
  REVIEWED: ['REVIEW', 'CONCLUDE'],
  CONCLUDED: [],
};

/** What is known of a plan; days are YYYY-MM-DD in Asia/Shanghai. */
export interface PlanFacts {
  readonly reviewedOn?: string | null;
  readonly concludedByBranchOn?: string | null;
  readonly concludedByPartnerOn?: string | null;
}

/** The state of a plan: derived, never stored. */
export function planState({ reviewedOn, concludedByBranchOn, concludedByPartnerOn }: PlanFacts): PlanState {
  if (!reviewedOn) return 'PLANNED';
  return concludedByBranchOn && concludedByPartnerOn ? 'CONCLUDED' : 'REVIEWED';
}

/**
 * The first day on which a year can be looked back upon: 1 December of it, or the day on which the pairing ended before.
 * ASSUMED.
 */
export function reviewableFrom(year: number, pairingEnds: string | null | undefined): string {
  const december = `${year}-12-01`;
  return pairingEnds && pairingEnds < december ? pairingEnds : december;
}
