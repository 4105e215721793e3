import { hasLeft, isOffice, type organizationRecord, type RecordOf } from '@frontline/events';
import { DomainError } from '@frontline/platform';
import type { Decision, LineGroup, LineIssue } from '@frontline/platform/tables';
import type { CadreLine, PostCell } from './cadre-columns.ts';
import type { CadreStatus, StatusReason } from './cadre-enums.ts';
import { cadreErrors } from './cadre.errors.ts';
import {
  cadreRowsOf,
  cadreStatesOf,
  firstDifference,
  NO_ROWS,
  sameHistory,
  withCadreStates,
  withHeirs,
  type CadreRows,
  type CadreState,
  type HeldPost,
} from './cadre-states.ts';
import { canBecome, FIRST_STATUS } from './cadre-status.ts';
import type { Heirs } from '../succession/heirs.ts';
import { LEADING_RANKS } from './career.ts';
import { refuseRecruitment } from './registration.ts';
import { refuseReason } from './status-changes.ts';

type OrganizationFacts = RecordOf<typeof organizationRecord>;

/** Facts of a cadre that hold whatever the day. */
export type Person = Pick<CadreLine, 'name' | 'sex' | 'bornOn' | 'recruitedOn'>;

/** A cadre as the database has it. */
export interface HeldCadre {
  id: string;
  person: Person;
  rows: CadreRows;
  /** Whether liaisons, rotations or substitutions rest on them. */
  othersRest: boolean;
  /** Whether they are somebody's liaison. */
  goesAlong: boolean;
}

/** What decisions on lines of cadres rest on. */
export interface RegisterFacts {
  today: string;
  organizationBy(code: string): Pick<OrganizationFacts, 'id' | 'from' | 'until'> | undefined;
  /** Where the caller keeps the register; `'ALL'` for the whole district. */
  places: 'ALL' | readonly string[];
  pathOf(organizationId: string): readonly string[];
  /** The kinds of organizations, as far as we have copies of them. */
  kinds: ReadonlyMap<string, string>;
  /** Organizations that were taken over by now, and by whom: posts go on there. */
  heirs: Heirs;
  fresh(): string;
  blindIndex(name: string): string;
}

/** What a changed history came from and to, for the facts that are told of it. */
export interface CadreMemo {
  before: readonly CadreState[];
  after: readonly CadreState[];
}

/** What the lines of one cadre come to, by the rules that hold for registrations and changes. */
export function decideCadre(group: LineGroup, held: HeldCadre | undefined, facts: RegisterFacts): Decision {
  const issues: LineIssue[] = [];
  const before = held ? cadreStatesOf(held.rows) : [];
  let states = before;
  for (const { number, values } of group.lines) {
    const line = values as unknown as CadreLine;
    try {
      refuseRecruitment(line, facts.today);
      const state = stateOf(line, states, facts);
      refuseState(line, state, states);
      states = withHeirs(withCadreStates(states, [state]), facts.heirs);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      issues.push({ number, error });
    }
  }
  const last = group.lines.at(-1) as (typeof group.lines)[number];
  const { name, sex, bornOn, recruitedOn } = last.values as unknown as CadreLine;
  const person: Person = { name, sex, bornOn, recruitedOn };
  try {
    if (issues.length === 0) refuseHistory(before, states, held, facts);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    issues.push({ number: last.number, error });
  }
  if (issues.length > 0) return { outcome: 'REFUSED', issues };
  const samePerson = held && JSON.stringify(held.person) === JSON.stringify(person);
  if (held && samePerson && sameHistory(before, states)) return { outcome: 'UNCHANGED', id: held.id };
  const id = held?.id ?? facts.fresh();
  const rows = cadreRowsOf(states, held?.rows ?? NO_ROWS, facts.fresh);
  const owned = Object.fromEntries(
    Object.entries(rows).map(([kind, each]) => [
      kind,
      (each as { id: string }[]).map((row) => ({ ...row, cadreId: id })),
    ]),
  );
  return {
    outcome: held ? 'UPDATED' : 'CREATED',
    id,
    row: { id, staffNumber: group.key, ...person, nameIndex: facts.blindIndex(name) },
    owned,
    memo: { before, after: states } satisfies CadreMemo,
  };
}

/** What a line says of the day, or what holds on it where the line has no such column. */
function stateOf(line: CadreLine, states: readonly CadreState[], facts: RegisterFacts): CadreState {
  const current = states.findLast(({ from }) => from <= line.from);
  const status = line.status === undefined ? (current?.status ?? FIRST_STATUS) : (line.status ?? FIRST_STATUS);
  const left = hasLeft(status);
  const said = <V>(value: V | null | undefined, otherwise: V): V =>
    value === undefined ? otherwise : (value ?? otherwise);
  const held = left ? [] : (current?.posts ?? []);
  return {
    from: line.from,
    status,
    reason: line.reason === undefined ? (current?.status === status ? current.reason : null) : line.reason,
    rank: line.rank === undefined ? (left ? null : (current?.rank ?? null)) : line.rank,
    posts: line.posts === undefined ? held : (line.posts ?? []).map((post) => postOf(post, line.from, current, facts)),
    memberships: line.memberships === undefined ? (current?.memberships ?? []) : said(line.memberships, []),
  };
}

/** A post by the code of its organization, which exists on the day from which the post is new. */
function postOf(
  { code, ...post }: PostCell,
  day: string,
  current: CadreState | undefined,
  facts: RegisterFacts,
): HeldPost {
  const organization = facts.organizationBy(code);
  if (!organization) throw cadreErrors('cadre.unknownCode', { code }, { field: 'posts' });
  const { id: organizationId, from, until } = organization;
  const goesOn = current?.posts.some((each) => each.organizationId === organizationId);
  if (!goesOn && (day < from || (until !== undefined && until <= day)))
    throw cadreErrors('cadre.organizationNotThere', { day }, { field: 'posts' });
  return { organizationId, ...post };
}

function refuseState(line: CadreLine, state: CadreState, states: readonly CadreState[]): void {
  if (line.from < line.recruitedOn) throw cadreErrors('cadre.beforeRecruitment', {}, { field: 'from' });
  const status = state.status as CadreStatus;
  if (state.reason !== null) refuseReason(status, state.reason as StatusReason);
  if (hasLeft(status) && state.posts.length > 0) throw cadreErrors('cadre.holdsNothing', {}, { field: 'posts' });
  if (hasLeft(status) && state.rank !== null) throw cadreErrors('cadre.holdsNothing', {}, { field: 'rank' });
  const earlier = states.findLast(({ from }) => from < line.from)?.status;
  if (earlier && earlier !== status && !canBecome(earlier, status))
    throw cadreErrors('cadre.illegalMove', { move: status, day: line.from, status: earlier }, { field: 'status' });
}

/** Refuses what the register alone can do, since others' records end with it, and a cadre of another place. */
function refuseHistory(
  before: readonly CadreState[],
  after: readonly CadreState[],
  held: HeldCadre | undefined,
  facts: RegisterFacts,
): void {
  if (held?.othersRest) {
    const left = firstDifference(before, after, (state) => hasLeft(state?.status ?? undefined));
    if (left) throw cadreErrors('cadre.othersRest', {}, { field: 'status' });
    const leads = firstDifference(before, after, (state) => state?.rank != null && LEADING_RANKS.includes(state.rank));
    if (leads) throw cadreErrors('cadre.othersRest', {}, { field: 'rank' });
  }
  if (held?.goesAlong) {
    const atOffice = firstDifference(before, after, (state) =>
      state?.posts.some(({ organizationId }) => isOffice(facts.kinds.get(organizationId))),
    );
    if (atOffice) throw cadreErrors('cadre.othersRest', {}, { field: 'posts' });
  }
  const { places } = facts;
  if (places === 'ALL') return;
  const mine = (states: readonly CadreState[]) =>
    heldFrom(states, facts.today).some(({ organizationId }) =>
      facts.pathOf(organizationId).some((id) => places.includes(id)),
    );
  if ((held && !mine(before)) || !mine(after)) throw cadreErrors('cadre.notYourPlace', {}, { field: 'posts' });
}

/** Posts held on a day or later. */
function heldFrom(states: readonly CadreState[], day: string): HeldPost[] {
  const current = states.findLast(({ from }) => from <= day);
  return [...(current ? [current] : []), ...states.filter(({ from }) => from > day)].flatMap(({ posts }) => posts);
}
