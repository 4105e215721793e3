import { cadreMembershipChanged, cadrePosted, cadreRanked, type Fact } from '@frontline/events';
import type { CadreRank, MembershipKind } from './cadre-enums.ts';
import { cadreErrors } from './cadre.errors.ts';
import type { PersonnelFile } from './personnel-file.ts';

/** Ranks that are division level or higher, and so never those of a liaison. */
export const LEADING_RANKS: readonly CadreRank[] = ['BUREAU', 'DIVISION'];

/** A post that a cadre is given from a day on. */
export interface NewPost {
  organizationId: string;
  title: string;
  on: string;
  /** Keeps the posts held so far (兼任); otherwise they end on that day. */
  beside: boolean;
}

/** Gives a cadre another post from a day on. Refused before recruitment, after they left, or before a later change. */
export function transfer(file: PersonnelFile, { organizationId, title, on, beside }: NewPost): Fact[] {
  refuseOutsideService(file, on, 'input.on');
  const own = file.rows.posts.filter(({ temporary }) => !temporary);
  const later = own.find(({ validFrom }) => validFrom > on);
  if (later) throw cadreErrors('cadre.laterChange', { later: later.validFrom }, { field: 'input.on' });
  const same = own.find((post) => post.organizationId === organizationId && post.title === title && post.holdsOn(on));
  if (same) throw cadreErrors('cadre.samePost', { day: on }, { field: 'input.organizationId' });
  if (!beside) file.end('posts', on, ({ temporary }) => !temporary);
  file.add('posts', { organizationId, title, temporary: false, validFrom: on, validTo: file.leftOn ?? null });
  return [cadrePosted.of({ organizationId, on, record: file.record() })];
}

/** Gives a cadre another rank from a day on. */
export function changeRank(file: PersonnelFile, rank: CadreRank, on: string, field = 'input.rank'): Fact[] {
  refuseOutsideService(file, on, 'input.on');
  const later = file.ranks.find(({ from }) => from > on);
  if (later) throw cadreErrors('cadre.laterChange', { later: later.from }, { field: 'input.on' });
  if (file.rankOn(on) === rank) throw cadreErrors('cadre.sameRank', { day: on }, { field });
  file.putRank(rank, on);
  return [cadreRanked.of({ rank, on, record: file.record() })];
}

/** A cadre joins the Party or the League on a day, or leaves it. */
export function changeMembership(file: PersonnelFile, kind: MembershipKind, on: string, member: boolean): Fact[] {
  refuseOutsideService(file, on, 'input.on');
  const ofKind = file.rows.memberships.filter((each) => each.kind === kind);
  const held = ofKind.find((each) => each.holdsOn(on));
  const later = ofKind.find(({ validFrom }) => validFrom > on);
  if (later) throw cadreErrors('cadre.laterChange', { later: later.validFrom }, { field: 'input.on' });
  if (Boolean(held) === member) throw cadreErrors('cadre.membership', { day: on }, { field: 'input.kind' });
  if (member) file.add('memberships', { kind, validFrom: on, validTo: null });
  else file.end('memberships', on, (each) => each.kind === kind);
  return [cadreMembershipChanged.of({ kind, on, member, record: file.record() })];
}

/** Refuses a day on which the cadre was not yet recruited, or has left. */
export function refuseOutsideService(file: PersonnelFile, day: string, field: string): void {
  if (day < file.cadre.recruitedOn) throw cadreErrors('cadre.beforeRecruitment', {}, { field });
  if (file.leftOn !== undefined && file.leftOn <= day) throw cadreErrors('cadre.left', { day }, { field });
}

/** Refuses a time that begins before recruitment or goes on after the cadre has left, as far as that is settled. */
export function refuseBeyondService(file: PersonnelFile, { from, until }: { from: string; until: string }): void {
  refuseOutsideService(file, from, 'input.from');
  if (file.leftOn !== undefined && file.leftOn < until) refuseOutsideService(file, file.leftOn, 'input.until');
}
