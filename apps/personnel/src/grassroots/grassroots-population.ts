/**
 * Whose grassroots experience is asked for. The seed: in 2005 "全区58.1%的处级干部和新进机关年轻干部没有基层经历" — division-level
 * cadres, and young cadres newly recruited into offices. It gives neither age nor years; those below are ASSUMED, after the
 * usual meaning of 年轻干部 (35 and under) and of a first term in an office (three years).
 */
export const grassrootsPopulation = {
  rank: 'DIVISION',
  /** Whole years of age at most, on the day asked about. */
  youngUntilAge: 35,
  /** Years since recruitment at most, on the day asked about. */
  newForYears: 3,
  /** Kinds of organization that count as an office (机关). */
  officeKinds: ['LEADING_BODY', 'DEPARTMENT'],
} as const;
