/** What the district has decided about receptions beside their days, which stand in the contact scheme. */
export interface ReceptionPolicy {
  /** First day on which it holds, YYYY-MM-DD. */
  readonly from: string;
  /** Delegates who receive at one monthly reception. */
  readonly seatsMonthly: number;
  /** Communities of each subdistrict at which people are received on a concentrated day. */
  readonly communities: number;
  /** Delegates who receive at each of these communities. */
  readonly seatsConcentrated: number;
  /** From when until when people are received, HH:MM in Asia/Shanghai. */
  readonly hours: readonly [string, string];
  /** Where the numbers come from; ASSUMED when the article and the orders give none. */
  readonly source: 'SEED' | 'ASSUMED';
}

/** Every policy, oldest first; a reception is planned by the one of its day. */
const policies: readonly ReceptionPolicy[] = [
  {
    from: '2005-01-01',
    seatsMonthly: 2,
    communities: 3,
    seatsConcentrated: 2,
    hours: ['14:00', '17:00'],
    source: 'ASSUMED',
  },
];

/** The policy that holds on a day (YYYY-MM-DD). */
export function receptionPolicyOn(day: string): ReceptionPolicy {
  return policies.findLast(({ from }) => from <= day) ?? (policies[0] as ReceptionPolicy);
}

/** From when until when people are received at a reception of a day (YYYY-MM-DD in Asia/Shanghai, which has no summer time). */
export function receptionHours(day: string): { opensAt: Date; closesAt: Date } {
  const [opensAt, closesAt] = receptionPolicyOn(day).hours.map((time) => new Date(`${day}T${time}:00+08:00`)) as [
    Date,
    Date,
  ];
  return { opensAt, closesAt };
}
