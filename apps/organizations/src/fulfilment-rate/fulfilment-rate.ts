/** How duties whose windows have closed were kept: how many of each outcome. */
export interface Outcomes {
  /** In time, by who answers for them. */
  readonly fulfilled: number;
  /** In time, by somebody who stood in. */
  readonly substituted: number;
  /** After the window. */
  readonly late: number;
  readonly missed: number;
  readonly excused: number;
}

/** All duties of these outcomes: those that fell due. */
export const fellDue = ({ fulfilled, substituted, late, missed, excused }: Outcomes): number =>
  fulfilled + substituted + late + missed + excused;

/**
 * The share that was kept in time, from 0 to 1, whoever kept it (design/domain.md: fulfilled / (due − excused)); `undefined`
 * when none had to be kept.
 */
export function fulfilmentRate(outcomes: Outcomes): number | undefined {
  const owed = fellDue(outcomes) - outcomes.excused;
  return owed === 0 ? undefined : (outcomes.fulfilled + outcomes.substituted) / owed;
}

/** The share that was excused, from 0 to 1, which stands beside every rate; `undefined` when none fell due. */
export function excusedRate(outcomes: Outcomes): number | undefined {
  const due = fellDue(outcomes);
  return due === 0 ? undefined : outcomes.excused / due;
}
