import { v5 } from 'uuid';
import { askedBetween, type SchemeTerms } from '../duty/obligations.ts';

/** Code of the contact scheme that says when representatives receive people. */
export const RECEPTION_SCHEME = 'representatives-public';

/** What kind of reception each rule of that scheme asks for, by the rule's code; other rules of it ask for none. */
const kinds = { reception: 'MONTHLY', concentrated: 'CONCENTRATED' } as const;

/** Whether people are received at the service centre, or all over the communities. */
export type ReceptionKindName = (typeof kinds)[keyof typeof kinds];

/** A day on which receptions are to be held. */
export interface AskedReception {
  readonly kind: ReceptionKindName;
  /** The day that the rule of the scheme gives, before its rule for days off. */
  readonly occurrence: string;
  /** The day on which it is held; receptions on a day off are held, moved or left out as the scheme's rule says. */
  readonly date: string;
  readonly schemeVersion: number;
}

/**
 * The receptions of a calendar year by a scheme's versions, earliest first: its rules are the schedule, and their
 * `dayOffRule` decides what becomes of a 15th that is a day off. Days are YYYY-MM-DD in Asia/Shanghai.
 */
export function receptionsAsked(versions: readonly SchemeTerms[], year: number): AskedReception[] {
  return askedBetween(versions, `${year}-01-01`, `${year}-12-31`)
    .flatMap(({ rule, window: { occurrence, start }, schemeVersion }) => {
      const kind = kinds[rule.code as keyof typeof kinds] as ReceptionKindName | undefined;
      return kind && rule.activity === 'RECEPTION' ? [{ kind, occurrence, date: start, schemeVersion }] : [];
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.kind < b.kind ? 1 : -1));
}

/**
 * The id of a reception by its natural key: subdistrict, kind, the day that the schedule gives, and which of that
 * subdistrict's venues. Whoever plans the year, and however often, it is the same one, even if it was moved.
 */
export function receptionId(subdistrictId: string, kind: ReceptionKindName, occurrence: string, nth = 1): string {
  return v5(`reception/${kind}/${occurrence}/${nth}`, subdistrictId);
}

/** The id of a seat: it stays while people swap, so that whoever shows it elsewhere finds it again. */
export function seatId(reception: string, nth: number): string {
  return v5(`seat/${nth}`, reception);
}

/**
 * Which of a subdistrict's communities receive people at a concentrated reception: so many, other ones each time until
 * all had their turn. `turn` counts the concentrated receptions.
 */
export function communitiesInTurn<C>(communities: readonly C[], count: number, turn: number): C[] {
  const most = Math.min(count, communities.length);
  return Array.from({ length: most }, (_, at) => communities[(turn * most + at) % communities.length] as C);
}
