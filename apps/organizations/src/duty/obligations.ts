import { v5 } from 'uuid';
import { addDays, Recurrence, windowsBetween, type DayOffRule, type Window } from '@frontline/calendar';

/** A window is open no longer than this, which is what the rules of schemes are held to. */
export const LONGEST_WINDOW_DAYS = 366;

/** What a version of a scheme asks of each of its assignments, again and again. */
export interface OwedRule {
  /** Code, unique in its scheme: what makes duties of two versions the same ones. */
  readonly code: string;
  readonly activity: string;
  /** RFC 5545 recurrence of the days on which a window opens. */
  readonly recurrence: string;
  readonly windowDays: number;
  readonly dayOffRule: DayOffRule;
  /** How often in each window; once when absent. */
  readonly times?: number;
}

/** What a scheme says for a time; days are YYYY-MM-DD in Asia/Shanghai, `validTo` is the first on which it no longer holds. */
export interface SchemeTerms {
  readonly number: number;
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly duties: readonly OwedRule[];
}

/** Who owes, towards whom, and while which days hold (half-open). */
export interface Obliged {
  readonly id: string;
  readonly scheme: string;
  /** The answering contactor. */
  readonly contactorId: string;
  readonly targetId: string;
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** A time away (half-open), and who stands in. */
export interface AwayTime {
  readonly from: string;
  readonly until?: string | undefined;
  readonly substituteId?: string | undefined;
}

/** One thing that a scheme asks in one window. */
export interface Asked {
  readonly schemeVersion: number;
  readonly rule: OwedRule;
  readonly window: Window;
}

/** A duty as it must be. */
export interface OwedDuty {
  readonly id: string;
  readonly assignmentId: string;
  readonly contactorId: string;
  readonly substituteId: string | null;
  readonly targetId: string;
  readonly scheme: string;
  readonly schemeVersion: number;
  readonly dutyCode: string;
  readonly activity: string;
  readonly windowStart: string;
  readonly windowEnd: string;
}

/**
 * The id of a duty by its natural key: assignment, code of the rule, the day of the recurrence that opens its window
 * (before days off move it), and, for a rule that asks several times in a window, which time. Whoever makes the duty,
 * when and how often: it is the same one.
 */
export function dutyId(assignmentId: string, dutyCode: string, occurrence: string, nth = 1): string {
  return v5(`${dutyCode}/${occurrence}${nth > 1 ? `/${nth}` : ''}`, assignmentId);
}

/**
 * What a scheme asks in the windows that open from one day to another, both included, over all its versions. A version
 * asks in windows that open while it holds. A rule that a revision leaves as it was keeps its rhythm, so that every
 * second month stays the same one; a changed one counts from its revision. A window closes before the next one of a
 * rule with the same code opens, whichever version opens it.
 */
export function askedBetween(versions: readonly SchemeTerms[], from: string, to: string): Asked[] {
  const inOrder = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const reach = Math.max(0, ...inOrder.flatMap(({ duties }) => duties.map(({ windowDays }) => windowDays)));
  const asked = inOrder.flatMap((version, at) => {
    const first = version.validFrom > from ? version.validFrom : from;
    const last = earlier(addDays(to, reach), version.validTo && addDays(version.validTo, -1));
    return version.duties.flatMap((rule): Asked[] => {
      const owed = { ...rule, recurrence: Recurrence.parse(rule.recurrence) };
      return windowsBetween(owed, first, last, rhythmBegan(inOrder, at, rule)).map((window) => ({
        schemeVersion: version.number,
        rule,
        window,
      }));
    });
  });
  return [...Map.groupBy(asked, ({ rule }) => rule.code).values()]
    .flatMap(withoutOverlap)
    .filter(({ window }) => window.start <= to);
}

/** The duties of one assignment among what its scheme asks: those whose window opens while the assignment holds. */
export function dutiesOwed(asked: readonly Asked[], assignment: Obliged, away: readonly AwayTime[] = []): OwedDuty[] {
  const { id: assignmentId, scheme, contactorId, targetId, validFrom, validTo } = assignment;
  return asked
    .filter(({ window: { start } }) => validFrom <= start && (!validTo || start < validTo))
    .flatMap(({ schemeVersion, rule, window }) =>
      Array.from({ length: rule.times ?? 1 }, (_, at) => ({
        id: dutyId(assignmentId, rule.code, window.occurrence, at + 1),
        assignmentId,
        contactorId,
        substituteId: standIn(away, window.end) ?? null,
        targetId,
        scheme,
        schemeVersion,
        dutyCode: rule.code,
        activity: rule.activity,
        windowStart: window.start,
        windowEnd: window.end,
      })),
    );
}

/**
 * Who stands in for somebody on a day; `undefined` when nobody needs to or nobody was named. A duty is the substitute's
 * when its contactor is away on the window's last day: who is back before that can still keep it.
 */
export function standIn(away: readonly AwayTime[], day: string): string | undefined {
  return away.find(({ from, until }) => from <= day && (until === undefined || day < until))?.substituteId;
}

/** The first day of the oldest version from which on this rule has recurred as it does in the version at `at`. */
function rhythmBegan(inOrder: readonly SchemeTerms[], at: number, { code, recurrence }: OwedRule): string {
  let began = at;
  while (
    began > 0 &&
    inOrder[began - 1]?.validTo === inOrder[began]?.validFrom &&
    inOrder[began - 1]?.duties.some((rule) => rule.code === code && rule.recurrence === recurrence)
  )
    began -= 1;
  return inOrder[began]?.validFrom as string;
}

function withoutOverlap(asked: readonly Asked[]): Asked[] {
  const inOrder = asked.toSorted((a, b) => (a.window.start < b.window.start ? -1 : 1));
  return inOrder.map((one, at) => {
    const next = inOrder[at + 1]?.window.start;
    if (next === undefined || next > one.window.end) return one;
    return { ...one, window: { ...one.window, end: addDays(next, -1) } };
  });
}

function earlier(day: string, other: string | null | undefined): string {
  return other && other < day ? other : day;
}
