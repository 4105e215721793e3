/** Where a rotation stands. */
export type RotationStateName = 'PLANNED' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED';

/** What can be done with a rotation. */
export type RotationAction = 'begin' | 'complete' | 'cancel' | 'resume';

/**
 * From which states an action is possible, and where it leads; COMPLETED is final, and so is CANCELLED, unless the departure
 * by which a rotation was cancelled is taken back.
 */
export const rotationActions: Readonly<
  Record<RotationAction, { from: readonly RotationStateName[]; to: RotationStateName }>
> = {
  begin: { from: ['PLANNED'], to: 'ACTIVE' },
  complete: { from: ['ACTIVE'], to: 'COMPLETED' },
  cancel: { from: ['PLANNED', 'ACTIVE'], to: 'CANCELLED' },
  resume: { from: ['CANCELLED'], to: 'PLANNED' },
};

/** The state after an action; `undefined` when it is not possible. */
export function afterAction(state: RotationStateName, action: RotationAction): RotationStateName | undefined {
  const { from, to } = rotationActions[action];
  return from.includes(state) ? to : undefined;
}
