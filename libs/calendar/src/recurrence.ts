import { RRuleTemporal } from 'rrule-temporal';
import { partsOf, RecurrenceError, written, type RecurrenceParts } from './recurrence-parts.ts';
import { addDays } from './working-days.ts';

/** A span in which occurrences are counted. */
export type Period = 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** Years after which the Gregorian calendar repeats itself, weekdays included. */
const CYCLE_YEARS = 400;

/** Beyond this, rrule-temporal's guard against rules without end would stop what is only long. */
const ITERATIONS = 1_000_000;

/**
 * A recurrence of whole days, in the district's calendar (Asia/Shanghai), as RFC 5545 writes it: `FREQ=MONTHLY;BYDAY=2TH`.
 *
 * The start (DTSTART) is given with each question, since one rule serves contacts that began on different days. Nothing
 * occurs before it; INTERVAL and COUNT count from it, and what the rule leaves open (the day of a plain
 * `FREQ=MONTHLY`) is taken from it. It is itself an occurrence only where it fits the rule: RFC 5545 leaves the other
 * case undefined. Days that a month does not have (the 31st of April) are left out, as the RFC says.
 */
export class Recurrence {
  readonly #parts: RecurrenceParts;

  private constructor(parts: RecurrenceParts) {
    this.#parts = parts;
  }

  /** Reads a rule, without `RRULE:` in front. Throws {@link RecurrenceError}, which names the part and the rule it breaks. */
  static parse(text: string): Recurrence {
    const recurrence = new Recurrence(partsOf(text));
    if (recurrence.#never())
      throw new RecurrenceError('RRULE', 'must fall on some day; no year has one that fits every part');
    return recurrence;
  }

  /** The rule with its parts in the order of the RFC's grammar, so that equal rules written alike are equal texts. */
  get text(): string {
    return written(this.#parts);
  }

  /** The days from `from` to `to`, both included, on which it occurs, in order. All are YYYY-MM-DD. */
  between(from: string, to: string, start: string): string[] {
    if (to < from || to < start) return [];
    return this.#rule(this.text, start)
      .between(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`), true)
      .map((occurrence) => occurrence.toString().slice(0, 10));
  }

  /** How often it occurs in the week (from Monday), month, quarter or year that a day lies in. */
  countIn(period: Period, day: string, start: string): number {
    const [first, last] = boundsOf(period, day);
    return this.between(first, last, start).length;
  }

  /** Days are reckoned at midnight UTC: they are whole, and Shanghai itself had summer time from 1986 to 1991. */
  #rule(text: string, start: string): RRuleTemporal {
    // with a date alone UNTIL would be compared with a midnight; RFC 5545 wants both of one kind
    const rule = text.replace(/(?<=UNTIL=)\d{8}/, '$&T000000Z');
    return new RRuleTemporal({
      rruleString: `DTSTART:${start.replaceAll('-', '')}T000000Z\nRRULE:${rule}`,
      maxIterations: ITERATIONS,
      maxCandidateEvaluations: ITERATIONS,
      cache: false,
    });
  }

  /** Whether no day at all fits the parts, such as the 30th of February; looked for in spans that grow, as most rules fit soon. */
  #never(): boolean {
    const bounds = ['INTERVAL', 'COUNT', 'UNTIL'];
    const unbounded = new Map([...this.#parts].filter(([name]) => !bounds.includes(name)));
    const rule = this.#rule(written(unbounded), '2000-01-01');
    return [1, 4, 28, CYCLE_YEARS].every(
      (years) =>
        rule.between(new Date(Date.UTC(2000, 0, 1)), new Date(Date.UTC(2000 + years, 0, 1)), true).length === 0,
    );
  }
}

function boundsOf(period: Period, day: string): [string, string] {
  const [year, month] = day.split('-').map(Number) as [number, number];
  if (period === 'WEEK') {
    const monday = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    return [monday, addDays(monday, 6)];
  }
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[period];
  const first = Math.floor((month - 1) / months) * months;
  const dayOne = (at: number): string => new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10);
  return [dayOne(first), addDays(dayOne(first + months), -1)];
}
