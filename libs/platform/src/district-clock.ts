/**
 * The clock that rules see. It ticks as real time does, moved by an offset, so that a demonstration can stand on its
 * reference day and a test can move from day to day. Tokens, time-outs and the outbox relay use real time instead.
 */
export class DistrictClock {
  #offsetMs: number;

  constructor(offsetMs = 0) {
    this.#offsetMs = offsetMs;
  }

  /** The district's now. */
  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  /** Milliseconds by which the district's now is ahead of (or behind) real time. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Moves the clock; only the development control and tests call it. */
  moveTo(offsetMs: number): void {
    this.#offsetMs = offsetMs;
  }
}

const districtDate = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The hour that was formatted last; a request asks for its day again and again, and formatting costs microseconds. */
let last = { hour: Number.NaN, day: '' };

/** The calendar day of an instant in the district's time zone (Asia/Shanghai), as YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  // days of this zone begin at a full hour of UTC
  const hour = Math.floor(instant.getTime() / 3_600_000);
  if (hour !== last.hour) last = { hour, day: districtDate.format(instant) };
  return last.day;
}
