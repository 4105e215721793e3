/** What is wrong with a recurrence rule: which part of it, and the rule that the part breaks. */
export class RecurrenceError extends Error {
  /** Name of the part, such as `BYMONTHDAY`; the text as a whole is `RRULE`. */
  readonly part: string;
  /** What RFC 5545 (or this calendar of whole days) asks of the part. */
  readonly rule: string;

  constructor(part: string, rule: string) {
    super(`${part} ${rule}`);
    this.name = 'RecurrenceError';
    this.part = part;
    this.rule = rule;
  }
}

/** A rule taken apart: the values of each part as they were written, in canonical order. */
export type RecurrenceParts = ReadonlyMap<string, string>;

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'];
const WEEKDAY = 'MO|TU|WE|TH|FR|SA|SU';

/** Parts in the order in which they are written, each with what its value must be. */
const grammar: Readonly<Record<string, (value: string) => string | undefined>> = {
  FREQ: (value) => (FREQUENCIES.includes(value) ? undefined : `must be one of ${FREQUENCIES.join(', ')}`),
  INTERVAL: (value) => positive(value),
  COUNT: (value) => positive(value),
  UNTIL: (value) => (isCompactDay(value) ? undefined : 'must be a day that exists, written YYYYMMDD'),
  BYMONTH: listOf('a month from 1 to 12', (value) => isWithin(value, 1, 12)),
  BYWEEKNO: listOf('a week from 1 to 53 or -53 to -1', (value) => isWithin(value, -53, 53)),
  BYYEARDAY: listOf('a day from 1 to 366 or -366 to -1', (value) => isWithin(value, -366, 366)),
  BYMONTHDAY: listOf('a day from 1 to 31 or -31 to -1', (value) => isWithin(value, -31, 31)),
  BYDAY: listOf('a weekday such as TH, or 2TH for the second one (1 to 53 or -53 to -1)', (value) => {
    const [, nth, weekday] = /^([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)$/.exec(value) ?? [];
    return weekday !== undefined && (nth === undefined || isWithin(nth, -53, 53));
  }),
  BYSETPOS: listOf('a position from 1 to 366 or -366 to -1', (value) => isWithin(value, -366, 366)),
  WKST: (value) => (new RegExp(`^(${WEEKDAY})$`).test(value) ? undefined : `must be one of ${WEEKDAY}`),
};

/**
 * Takes a recurrence rule apart and checks it against RFC 5545, section 3.3.10, for events of whole days: times of day
 * (HOURLY and finer, BYHOUR, …) are refused, and UNTIL is a date. Throws {@link RecurrenceError} at the first fault.
 */
export function partsOf(text: string): RecurrenceParts {
  const given = new Map<string, string>();
  for (const piece of text.split(';')) {
    const [name = '', value = '', ...more] = piece.split('=');
    if (name === '' || value === '' || more.length > 0)
      throw new RecurrenceError('RRULE', `must be parts NAME=VALUE joined by semicolons; "${piece}" is not one`);
    if (!Object.hasOwn(grammar, name))
      throw new RecurrenceError(
        name,
        `is not a part that a rule of whole days can have (${Object.keys(grammar).join(', ')})`,
      );
    if (given.has(name)) throw new RecurrenceError(name, 'must not be given twice');
    const fault = grammar[name]?.(value);
    if (fault) throw new RecurrenceError(name, fault);
    given.set(name, value);
  }
  if (!given.has('FREQ')) throw new RecurrenceError('FREQ', `must be given, as one of ${FREQUENCIES.join(', ')}`);
  refuseCombinations(given);
  const order = Object.keys(grammar);
  return new Map([...given].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

/** A rule in one way of writing it: its parts in the order of {@link partsOf}. */
export function written(parts: RecurrenceParts): string {
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';');
}

/** What RFC 5545 says of parts that stand together. */
function refuseCombinations(parts: RecurrenceParts): void {
  const freq = parts.get('FREQ') as string;
  const refuse = (name: string, isWrong: boolean, rule: string): void => {
    if (parts.has(name) && isWrong) throw new RecurrenceError(name, rule);
  };
  const isOrdinal = /\d/.test(parts.get('BYDAY') ?? '');
  refuse('COUNT', parts.has('UNTIL'), 'must not be given together with UNTIL');
  refuse(
    'BYDAY',
    isOrdinal && !['MONTHLY', 'YEARLY'].includes(freq),
    'may count weekdays (2TH) only with FREQ=MONTHLY or YEARLY',
  );
  refuse('BYDAY', isOrdinal && parts.has('BYWEEKNO'), 'must not count weekdays (2TH) together with BYWEEKNO');
  refuse('BYMONTHDAY', freq === 'WEEKLY', 'must not be given with FREQ=WEEKLY');
  refuse('BYYEARDAY', freq !== 'YEARLY', 'may be given only with FREQ=YEARLY');
  refuse('BYWEEKNO', freq !== 'YEARLY', 'may be given only with FREQ=YEARLY');
  const selects = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  refuse('BYSETPOS', !selects, 'needs another BY part to choose from');
}

function positive(value: string): string | undefined {
  return /^[1-9]\d{0,4}$/.test(value) ? undefined : 'must be a whole number from 1 to 99999';
}

function isWithin(value: string, least: number, most: number): boolean {
  return /^[+-]?\d{1,3}$/.test(value) && Number(value) !== 0 && Number(value) >= least && Number(value) <= most;
}

function listOf(what: string, isOne: (value: string) => boolean): (value: string) => string | undefined {
  return (values) => (values.split(',').every(isOne) ? undefined : `must be a list, each ${what}`);
}

function isCompactDay(value: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
