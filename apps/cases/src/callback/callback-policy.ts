/** What the district has decided about callbacks, from a day on. */
export interface CallbackPolicy {
  /** First day on which it holds, YYYY-MM-DD in Asia/Shanghai. */
  readonly from: string;
  /** Days on which somebody was called in vain, after which the case is concluded as unreachable. */
  readonly daysInVain: number;
  /** Days on which a household may be reached by callbacks within {@link contactWindowDays}, whatever the cases; one day is one contact. */
  readonly contactDays: number;
  /** Length of the time over which contacts are counted, in days up to and with the day of the callback. */
  readonly contactWindowDays: number;
  /** Working days for a case that comes back as rework. */
  readonly reworkWorkingDays: number;
  /** Where the numbers come from: rework is the design's, the others nobody has given. */
  readonly source: 'SEED' | 'ASSUMED';
}

/** Every policy, oldest first. */
const policies: readonly CallbackPolicy[] = [
  { from: '2005-01-01', daysInVain: 3, contactDays: 3, contactWindowDays: 30, reworkWorkingDays: 3, source: 'ASSUMED' },
];

/** The policy that holds on a day (YYYY-MM-DD). */
export function callbackPolicyOn(day: string): CallbackPolicy {
  return policies.findLast(({ from }) => from <= day) ?? (policies[0] as CallbackPolicy);
}
