/** What the district has decided about records of activities, from a day on; days of the calendar in Asia/Shanghai. */
export interface ActivityPolicy {
  /** First day on which it holds, YYYY-MM-DD. */
  readonly from: string;
  /** Days after the day of the record during which it may be amended. */
  readonly amendWithinDays: number;
  /** Days after a case is closed within which whoever heard the demand tells the person. */
  readonly tellBackWithinDays: number;
  /** Longest time that a promise may be given for, in days after the visit. */
  readonly promiseWithinDays: number;
  /** Days after a question was asked, or its dialogue began, within which it is answered; then it becomes a demand. */
  readonly answerWithinDays: number;
  /** Where the numbers come from; ASSUMED when the article and the orders give none. */
  readonly source: 'SEED' | 'ASSUMED';
}

/** Every policy, oldest first; a record is judged by the one of the day of the act. */
const policies: readonly ActivityPolicy[] = [
  {
    from: '2005-01-01',
    amendWithinDays: 14,
    tellBackWithinDays: 7,
    promiseWithinDays: 366,
    answerWithinDays: 3,
    source: 'ASSUMED',
  },
];

/** The policy that holds on a day (YYYY-MM-DD). */
export function policyOn(day: string): ActivityPolicy {
  return policies.findLast(({ from }) => from <= day) ?? (policies[0] as ActivityPolicy);
}
