/** What the district has decided about records of home visits, from a day on; days of the calendar in Asia/Shanghai. */
export interface HomeVisitPolicy {
  /** First day on which it holds, YYYY-MM-DD. */
  readonly from: string;
  /** Days after the day of the record during which it may be amended or withdrawn; the same as for activities. */
  readonly amendWithinDays: number;
  /** Where the number comes from; ASSUMED when the article and the orders give none. */
  readonly source: 'SEED' | 'ASSUMED';
}

/** Every policy, oldest first; a record is judged by the one of the day of the act. */
const policies: readonly HomeVisitPolicy[] = [{ from: '2005-01-01', amendWithinDays: 14, source: 'ASSUMED' }];

/** The policy that holds on a day (YYYY-MM-DD). */
export function homeVisitPolicyOn(day: string): HomeVisitPolicy {
  return policies.findLast(({ from }) => from <= day) ?? (policies[0] as HomeVisitPolicy);
}
