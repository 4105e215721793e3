import { hasLeft } from '@frontline/events';
import type { Heirs } from '../succession/heirs.ts';
import type { CadreRank, CadreStatus, MembershipKind, StatusReason } from './cadre-enums.ts';

/** A post as it is held on a day. */
export interface HeldPost {
  organizationId: string;
  title: string;
  temporary: boolean;
}

/** What a cadre is from a day on, until the day of the next state. */
export interface CadreState {
  from: string;
  /** Unknown on days before the register begins. */
  status: CadreStatus | null;
  reason: StatusReason | null;
  rank: CadreRank | null;
  posts: readonly HeldPost[];
  memberships: readonly MembershipKind[];
}

interface Period {
  id: string;
  validFrom: string;
  validTo?: string | null;
}

/** The rows that hold what a cadre was, day after day. */
export interface CadreRows {
  statuses: readonly (Period & { status: CadreStatus; reason?: StatusReason | null })[];
  ranks: readonly (Period & { rank: CadreRank })[];
  posts: readonly (Period & HeldPost)[];
  memberships: readonly (Period & { kind: MembershipKind })[];
}

export const NO_ROWS: CadreRows = { statuses: [], ranks: [], posts: [], memberships: [] };

const holdsOn =
  (day: string) =>
  ({ validFrom, validTo }: Period): boolean =>
    validFrom <= day && (!validTo || day < validTo);

const text = (value: unknown): string => JSON.stringify(value);
const inOrder = <V>(values: readonly V[]): V[] => [...values].sort((a, b) => (text(a) < text(b) ? -1 : 1));
const distinct = <V>(values: readonly V[]): V[] => [...new Map(values.map((value) => [text(value), value])).values()];

/** The states of a cadre, oldest first; neighbours differ. */
export function cadreStatesOf(rows: CadreRows): CadreState[] {
  const periods: Period[] = Object.values(rows).flat();
  const days = new Set(periods.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [validTo] : [])]));
  const states = [...days].sort().map((day): CadreState => {
    const held = holdsOn(day);
    const status = rows.statuses.find(held);
    const left = hasLeft(status?.status);
    return ordered({
      from: day,
      status: status?.status ?? null,
      reason: status?.reason ?? null,
      // whoever has left holds nothing, even where a register forgot to end it
      rank: left ? null : (rows.ranks.find(held)?.rank ?? null),
      posts: (left ? [] : rows.posts.filter(held)).map(({ organizationId, title, temporary }) => ({
        organizationId,
        title,
        temporary,
      })),
      memberships: rows.memberships.filter(held).map(({ kind }) => kind),
    });
  });
  return joined(states);
}

/** The same states with others put on their days; each holds until the next one that was there. */
export function withCadreStates(states: readonly CadreState[], put: readonly CadreState[]): CadreState[] {
  const byDay = new Map([...states, ...put.map(ordered)].map((state) => [state.from, state]));
  return joined([...byDay.values()].sort((a, b) => (a.from < b.from ? -1 : 1)));
}

/** The same states with posts where they are: organizations that were taken over give way to their heirs on that day. */
export function withHeirs(states: readonly CadreState[], heirs: Heirs): CadreState[] {
  const earliestFirst = [...heirs].sort(([, a], [, b]) => (a.since < b.since ? -1 : 1));
  return earliestFirst.reduce((before: readonly CadreState[], [organizationId, { heirId, since }]) => {
    const then = before.findLast(({ from }) => from <= since);
    const later = before.filter(({ from }) => from > since);
    const concerned = [...(then ? [{ ...then, from: since }] : []), ...later];
    const moved = concerned.map((state) => ({
      ...state,
      posts: state.posts.map((post) =>
        post.organizationId === organizationId ? { ...post, organizationId: heirId } : post,
      ),
    }));
    return withCadreStates(before, moved);
  }, states) as CadreState[];
}

/** Whether two histories are the same. */
export const sameHistory = (a: readonly CadreState[], b: readonly CadreState[]): boolean => text(a) === text(b);

/** The rows of states; those that hold the same from the same day keep their ids, `fresh` makes others. */
export function cadreRowsOf(states: readonly CadreState[], before: CadreRows, fresh: () => string): CadreRows {
  const stretches = <V extends object>(
    known: readonly (Period & Partial<V>)[],
    valuesOn: (state: CadreState) => readonly V[],
  ): (Period & V)[] => {
    const open = new Map<string, Period & V>();
    const result: (Period & V)[] = [];
    for (const state of states) {
      const values = new Map(valuesOn(state).map((value) => [text(value), value]));
      for (const [key, period] of open)
        if (!values.has(key)) {
          period.validTo = state.from;
          open.delete(key);
        }
      for (const [key, value] of values) {
        if (open.has(key)) continue;
        const same = known.find(
          (row) =>
            row.validFrom === state.from &&
            Object.entries(value).every(([name, held]) => (row[name as keyof V] ?? null) === held),
        );
        const period = { ...value, id: same?.id ?? fresh(), validFrom: state.from, validTo: null };
        open.set(key, period);
        result.push(period);
      }
    }
    return result;
  };
  return {
    statuses: stretches(before.statuses, ({ status, reason }) => (status ? [{ status, reason }] : [])),
    ranks: stretches(before.ranks, ({ rank }) => (rank ? [{ rank }] : [])),
    posts: stretches(before.posts, ({ posts }) => posts),
    memberships: stretches(before.memberships, ({ memberships }) => memberships.map((kind) => ({ kind }))),
  };
}

/** The first day on which two histories differ in something, with what it is from then on. */
export function firstDifference<V>(
  before: readonly CadreState[],
  after: readonly CadreState[],
  value: (state: CadreState | undefined) => V,
): { on: string; is: V; was: V } | undefined {
  const days = [...new Set([...before, ...after].map(({ from }) => from))].sort();
  const at = (states: readonly CadreState[], day: string) => value(states.findLast(({ from }) => from <= day));
  const on = days.find((day) => text(at(before, day)) !== text(at(after, day)));
  return on === undefined ? undefined : { on, is: at(after, on), was: at(before, on) };
}

function ordered(state: CadreState): CadreState {
  return { ...state, posts: inOrder(distinct(state.posts)), memberships: inOrder(distinct(state.memberships)) };
}

function joined(states: readonly CadreState[]): CadreState[] {
  const same = (a: CadreState, b: CadreState) => text({ ...a, from: '' }) === text({ ...b, from: '' });
  return states.filter((state, at) => at === 0 || !same(states[at - 1] as CadreState, state));
}
