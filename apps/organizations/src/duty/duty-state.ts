/** What is known of a duty; dates are days in Asia/Shanghai. */
export interface DutyFacts {
  readonly windowStart: string;
  /** Last day of the window. */
  readonly windowEnd: string;
  readonly fulfilledOn?: string | null;
  /** Fulfilled by somebody else than the contactor, who stood in. */
  readonly substituted?: boolean;
  readonly excused?: boolean;
}

/** Where a duty stands. */
export type DutyState = 'UPCOMING' | 'DUE' | 'FULFILLED' | 'LATE' | 'MISSED' | 'EXCUSED' | 'SUBSTITUTED';

/**
 * The state of a duty on a day. It is derived and never stored: what was fulfilled stays so even if it was excused later;
 * fulfilment after the window is LATE; nothing is MISSED before its window has passed.
 */
export function dutyState(
  { windowStart, windowEnd, fulfilledOn, substituted, excused }: DutyFacts,
  today: string,
): DutyState {
  if (fulfilledOn) {
    if (fulfilledOn > windowEnd) return 'LATE';
    return substituted ? 'SUBSTITUTED' : 'FULFILLED';
  }
  if (excused) return 'EXCUSED';
  if (today > windowEnd) return 'MISSED';
  return today < windowStart ? 'UPCOMING' : 'DUE';
}
