import { cadreLiaisonAssigned, cadreLiaisonReleased, type Fact } from '@frontline/events';
import { LEADING_RANKS, refuseOutsideService } from '../cadre/career.ts';
import { checkedPeriod } from '../cadre/cadre.errors.ts';
import { periodOf, type PersonnelFile } from '../cadre/personnel-file.ts';
import { mostAtOnce, overlap, type Period } from '../effective/timeline.ts';
import { liaisonErrors } from './liaison.errors.ts';

/** A cadre under the contact scheme has one or two liaisons (“1—2名联络员”); none is a gap, a third is refused. */
export const MAX_LIAISONS = 2;

/** Assigns an office cadre to go out with a leading one, for a time; both are judged for the whole of it. */
export function assignLiaison(leader: PersonnelFile, liaison: PersonnelFile, period: Period): Fact[] {
  const { from, until } = agreed(leader, liaison, period);
  leader.add('liaisons', { liaisonId: liaison.cadre.id, validFrom: from, validTo: until ?? null });
  return [assigned(leader, liaison, { from, until })];
}

/** Has a liaison go out again with whom they went until it was thought that one of them leaves; the rules are the same. */
export function resumeLiaison(leader: PersonnelFile, liaison: PersonnelFile, period: Period): Fact[] {
  const { from, until } = agreed(leader, liaison, period);
  const liaisonId = liaison.cadre.id;
  const held = leader.rows.liaisons.find((each) => each.liaisonId === liaisonId && each.validTo === from);
  if (held) held.validTo = until ?? null;
  else leader.add('liaisons', { liaisonId, validFrom: from, validTo: until ?? null });
  return [assigned(leader, liaison, { from, until })];
}

/** The days for which a liaison goes out with a leading cadre; refuses what the rules do not allow on all of them. */
function agreed(leader: PersonnelFile, liaison: PersonnelFile, { from, until }: Period): Period {
  const liaisonId = liaison.cadre.id;
  checkedPeriod(from, until, 'input.until');
  if (liaisonId === leader.cadre.id) throw liaisonErrors('liaison.self', {}, { field: 'input.liaisonId' });
  refuseOutsideService(leader, from, 'input.from');
  const rank = leader.rankOn(from);
  if (!rank || !LEADING_RANKS.includes(rank))
    throw liaisonErrors('liaison.leaderRank', { rank: rank ?? 'NONE', day: from }, { field: 'input.cadreId' });
  refuseLiaison(liaison, { from, until });
  const period = { from, until: earliest(until, leader.leftOn, liaison.leftOn) };
  const others = leader.rows.liaisons.filter((each) => overlap(periodOf(each), period));
  if (others.some((each) => each.liaisonId === liaisonId))
    throw liaisonErrors('liaison.twice', {}, { field: 'input.liaisonId' });
  if (tooMany([...others.map(periodOf), period], period))
    throw liaisonErrors('liaison.third', { max: MAX_LIAISONS }, { field: 'input.liaisonId' });
  return period;
}

const assigned = (leader: PersonnelFile, { cadre }: PersonnelFile, { from, until }: Period): Fact =>
  cadreLiaisonAssigned.of({ liaisonId: cadre.id, from, ...(until && { until }), record: leader.record() });

/** Why a liaison is released, as events say it. */
export type ReleaseReason = 'RELEASED' | 'CADRE_LEFT' | 'LIAISON_LEFT' | 'LIAISON_PROMOTED' | 'LIAISON_MOVED';

/** Releases a liaison of a leading cadre from a day on, or all of them; nothing comes of it where none holds then or later. */
export function releaseLiaisons(leader: PersonnelFile, on: string, reason: ReleaseReason, liaisonId?: string): Fact[] {
  const which = (each: { liaisonId: string }): boolean => liaisonId === undefined || each.liaisonId === liaisonId;
  const ended = leader.end('liaisons', on, which);
  const record = leader.record();
  return [...new Set(ended.map((each) => each.liaisonId))].map((released) =>
    cadreLiaisonReleased.of({ liaisonId: released, on, reason, record }),
  );
}

/** Whether more liaisons than allowed hold on some day of a period. */
export function tooMany(periods: readonly Period[], within: Period): boolean {
  const cut = periods
    .filter((each) => overlap(each, within))
    .map((each) => ({ ...each, from: each.from < within.from ? within.from : each.from }));
  return mostAtOnce(cut) > MAX_LIAISONS;
}

function refuseLiaison(liaison: PersonnelFile, period: Period): void {
  const field = 'input.liaisonId';
  if (liaison.statusOn(period.from) !== 'ACTIVE')
    throw liaisonErrors('liaison.notActive', { day: period.from }, { field });
  if (!liaison.isOfficeCadreOn(period.from)) throw liaisonErrors('liaison.office', { day: period.from }, { field });
  const leading = liaison.ranks.find((each) => LEADING_RANKS.includes(each.value) && overlap(each, period));
  if (leading) {
    const day = leading.from > period.from ? leading.from : period.from;
    throw liaisonErrors('liaison.rank', { rank: leading.value, day }, { field });
  }
}

function earliest(...days: (string | undefined)[]): string | undefined {
  return days.filter((day) => day !== undefined).sort()[0];
}
