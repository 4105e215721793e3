import { isNowhere, NOWHERE, type Whereabouts } from './organization-location.ts';
import type { OrganizationStatus, OrganizationTree } from './organization-enums.ts';
import type { Held } from './organization-timeline.ts';

/** What an organization is from a day on, until the day of the next state. */
export interface OrganizationState {
  from: string;
  /** What becomes of it on that day: it goes on, or it has ended. */
  status: OrganizationStatus;
  zh: string;
  en: string;
  /** Under what it stands; `null` under nothing. */
  parents: Readonly<Record<OrganizationTree, string | null>>;
  location: Whereabouts;
}

/** The rows that hold what an organization was, day after day. */
export interface OrganizationRows {
  organization: Held & { status: OrganizationStatus };
  names: readonly (Held & { id: string; zh: string; en: string })[];
  parents: readonly (Held & { id: string; tree: OrganizationTree; parentId: string })[];
  locations: readonly (Held & { id: string } & Whereabouts)[];
}

const on = <R extends Held>(rows: readonly R[], day: string): R | undefined =>
  rows.find(({ validFrom, validTo }) => validFrom <= day && (!validTo || day < validTo));

/** The states of an organization, oldest first; neighbours differ. */
export function statesOf({ organization, names, parents, locations }: OrganizationRows): OrganizationState[] {
  const { validFrom, validTo, status } = organization;
  const rows: readonly Held[] = [...names, ...parents, ...locations];
  const days = new Set([validFrom, ...rows.flatMap((row) => [row.validFrom, row.validTo ?? ''])]);
  const within = [...days].filter((day) => day >= validFrom && (!validTo || day < validTo)).sort();
  const states = within.map((day) => {
    const name = on(names, day);
    const { longitude, latitude, outline } = on(locations, day) ?? NOWHERE;
    const parent = (tree: OrganizationTree) =>
      on(
        parents.filter((row) => row.tree === tree),
        day,
      )?.parentId ?? null;
    return {
      from: day,
      status: 'ACTIVE' as const,
      zh: name?.zh ?? '',
      en: name?.en ?? '',
      parents: { TERRITORY: parent('TERRITORY'), FUNCTION: parent('FUNCTION') },
      location: { longitude, latitude, outline },
    };
  });
  const last = states.at(-1);
  const ended = validTo && last ? [{ ...last, from: validTo, status }] : [];
  return joined([...states, ...ended]);
}

/** The same states with others put on their days; each holds until the next one that was there. */
export function withStates(
  states: readonly OrganizationState[],
  put: readonly OrganizationState[],
): OrganizationState[] {
  const byDay = new Map([...states, ...put].map((state) => [state.from, state]));
  return joined([...byDay.values()].sort((a, b) => (a.from < b.from ? -1 : 1)));
}

/** Whether two histories are the same. */
export const sameStates = (a: readonly OrganizationState[], b: readonly OrganizationState[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * The rows of states. Rows that begin on the same day as before keep their ids; `fresh` makes others. The last state of
 * an organization that has ended says on which day, and what became of it.
 */
export function rowsOf(
  states: readonly OrganizationState[],
  before: Omit<OrganizationRows, 'organization'>,
  fresh: () => string,
): OrganizationRows {
  const end = states.find(({ status }) => status !== 'ACTIVE');
  const held = states.filter(({ status }) => status === 'ACTIVE');
  const until = (at: number) => held[at + 1]?.from ?? end?.from ?? null;
  const stretches = <V>(value: (state: OrganizationState) => V) => {
    const result: (Held & { value: V })[] = [];
    held.forEach((state, at) => {
      const last = result.at(-1);
      if (last && JSON.stringify(last.value) === JSON.stringify(value(state))) last.validTo = until(at);
      else result.push({ value: value(state), validFrom: state.from, validTo: until(at) });
    });
    return result;
  };
  const names = stretches(({ zh, en }) => ({ zh, en })).map(({ value, ...period }) => ({
    id: before.names.find(({ validFrom }) => validFrom === period.validFrom)?.id ?? fresh(),
    ...value,
    ...period,
  }));
  const parents = (['TERRITORY', 'FUNCTION'] as const).flatMap((tree) =>
    stretches((state) => state.parents[tree])
      .filter(({ value }) => value !== null)
      .map(({ value, ...period }) => ({
        id: before.parents.find((row) => row.tree === tree && row.validFrom === period.validFrom)?.id ?? fresh(),
        tree,
        parentId: value as string,
        ...period,
      })),
  );
  const locations = stretches(({ location }) => location)
    .filter(({ value }) => !isNowhere(value))
    .map(({ value, ...period }) => ({
      id: before.locations.find(({ validFrom }) => validFrom === period.validFrom)?.id ?? fresh(),
      ...value,
      ...period,
    }));
  const organization = {
    validFrom: held[0]?.from ?? (end as OrganizationState).from,
    validTo: end?.from ?? null,
    status: end?.status ?? ('ACTIVE' as const),
  };
  return { organization, names, parents, locations };
}

function joined(states: readonly OrganizationState[]): OrganizationState[] {
  const same = (a: OrganizationState, b: OrganizationState) =>
    JSON.stringify({ ...a, from: '' }) === JSON.stringify({ ...b, from: '' });
  return states.filter((state, at) => at === 0 || !same(states[at - 1] as OrganizationState, state));
}
