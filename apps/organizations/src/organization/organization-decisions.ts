import { DomainError } from '@frontline/platform';
import type { Decision, LineGroup, LineIssue, RecordChange } from '@frontline/platform/tables';
import { officialCodeProblem } from './official-code.ts';
import { lastingColumns, parentColumns, type OrganizationLine } from './organization-columns.ts';
import type { OrganizationKind, OrganizationTree } from './organization-enums.ts';
import { organizationErrors } from './organization.errors.ts';
import { NOWHERE, refuseWhereabouts } from './organization-location.ts';
import {
  rowsOf,
  sameStates,
  statesOf,
  withStates,
  type OrganizationRows,
  type OrganizationState,
} from './organization-states.ts';
import {
  refuseForeignCode,
  refusePlace,
  standsUnderItself,
  type Place,
  type PlacedOrganization,
} from './tree-rules.ts';

/** An organization that lines may name as a parent, or speak of. */
export type KnownOrganization = PlacedOrganization;

/** An organization as the database has it. */
export interface HeldOrganization extends KnownOrganization {
  lasting: Readonly<Record<(typeof lastingColumns)[number], unknown>>;
  rows: OrganizationRows;
}

/** What decisions on lines of organizations rest on. */
export interface TreesSoFar {
  byCode: Map<string, KnownOrganization>;
  codeOf(id: string): string | undefined;
  /** Where one stands, stood or will stand, by what has been decided so far. */
  placesOf(id: string): readonly Place[];
  /** Notes where one is put. */
  put(id: string, places: readonly Place[]): void;
  fresh(): string;
}

/** What the lines of one organization come to, by the rules that hold for a change of the trees. */
export function decideOrganization(group: LineGroup, held: HeldOrganization | undefined, trees: TreesSoFar): Decision {
  const issues: LineIssue[] = [];
  const lines = group.lines.map(({ number, values }) => ({ number, line: values as unknown as OrganizationLine }));
  const guard = <R>(number: number, work: () => R): R | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      issues.push({ number, error });
      return undefined;
    }
  };
  const before = held ? statesOf(held.rows) : [];
  let states = before;
  for (const [at, { number, line }] of lines.entries())
    guard(number, () => {
      refuseFacts(line, held);
      const state = stateOf(line, states, trees);
      const first = state.parents.TERRITORY && trees.codeOf(state.parents.TERRITORY);
      if (!held && at === 0 && first) refuseForeignCode(line, { code: first }, 'code');
      const ended = states.find(({ status, from }) => status !== 'ACTIVE' && from < line.from);
      if (ended) throw organizationErrors('organization.backAgain', { on: ended.from }, { field: 'from' });
      states = withStates(states, [state]);
    });
  if (issues.length > 0) return { outcome: 'REFUSED', issues };
  const last = lines.at(-1) as (typeof lines)[number];
  const lasting = Object.fromEntries(
    lastingColumns.map((name) => [
      name,
      last.line[name] === undefined ? (held?.lasting[name] ?? null) : last.line[name],
    ]),
  );
  guard(last.number, () => {
    if ((last.line.kind === 'PARTY_BRANCH') !== (lasting['sector'] !== null))
      throw organizationErrors('organization.sector', {}, { field: 'sector' });
  });
  if (issues.length > 0) return { outcome: 'REFUSED', issues };
  const sameFacts = held && lastingColumns.every((name) => held.lasting[name] === lasting[name]);
  if (held && sameFacts && sameStates(before, states)) return { outcome: 'UNCHANGED', id: held.id };
  const change = recordOf(group.key, last.line.kind, lasting, { held, before, states }, trees);
  const organization = { ...(change.row as unknown as KnownOrganization), code: group.key };
  for (const place of change.owned['parents'] as unknown as Place[]) {
    const said = lines.findLast(({ line }) => line.from <= place.validFrom) ?? last;
    if (!held?.rows.parents.some((each) => samePlace(each, place)))
      guard(said.number, () => refuseNewPlace(organization, place, trees));
  }
  if (issues.length > 0) return { outcome: 'REFUSED', issues };
  trees.byCode.set(group.key, organization);
  trees.put(change.id, change.owned['parents'] as unknown as Place[]);
  return change;
}

function recordOf(
  code: string,
  kind: OrganizationKind,
  lasting: Readonly<Record<string, unknown>>,
  {
    held,
    before,
    states,
  }: { held: HeldOrganization | undefined; before: OrganizationState[]; states: OrganizationState[] },
  trees: TreesSoFar,
): RecordChange {
  const id = held?.id ?? trees.fresh();
  const { organization, names, parents, locations } = rowsOf(
    states,
    held?.rows ?? { names: [], parents: [], locations: [] },
    trees.fresh,
  );
  const period = { validFrom: organization.validFrom, validTo: organization.validTo ?? null };
  const places = (each: readonly OrganizationState[]) =>
    JSON.stringify(each.map(({ from, status, parents: p }) => [from, status, p]));
  return {
    outcome: held ? 'UPDATED' : 'CREATED',
    id,
    row: { id, code, kind, ...lasting, status: organization.status, ...period },
    owned: {
      names: names.map((name) => ({ ...name, organizationId: id })),
      parents: parents.map((parent) => ({ ...parent, organizationId: id })),
      locations: locations.map((location) => ({ ...location, organizationId: id })),
    },
    memo: { moved: held !== undefined && places(before) !== places(states) },
  };
}

/** What a line says of the day, or what holds on it where the line says nothing. */
function stateOf(line: OrganizationLine, states: readonly OrganizationState[], trees: TreesSoFar): OrganizationState {
  const current = states.findLast(({ from }) => from <= line.from);
  const parentOf = (tree: OrganizationTree): string | null => {
    const code = line[parentColumns[tree]];
    if (code === undefined) return current?.parents[tree] ?? null;
    if (code === null) return null;
    const parent = trees.byCode.get(code);
    if (!parent) throw organizationErrors('organization.unknownCode', { code }, { field: parentColumns[tree] });
    return parent.id;
  };
  const { longitude, latitude, outline } = current?.location ?? NOWHERE;
  const location = {
    longitude: line.longitude === undefined ? longitude : line.longitude,
    latitude: line.latitude === undefined ? latitude : line.latitude,
    outline,
  };
  refuseWhereabouts(location, { longitude: 'longitude', latitude: 'latitude', outline: 'outline' });
  return {
    from: line.from,
    status: line.status ?? (line.status === undefined ? current?.status : undefined) ?? 'ACTIVE',
    zh: line.nameZh,
    en: line.nameEn,
    parents: { TERRITORY: parentOf('TERRITORY'), FUNCTION: parentOf('FUNCTION') },
    location,
  };
}

function refuseFacts({ code, kind }: OrganizationLine, held: HeldOrganization | undefined): void {
  if (held && held.kind !== kind)
    throw organizationErrors('organization.otherKind', { kind: held.kind }, { field: 'kind' });
  const rule = officialCodeProblem(kind, code);
  if (rule) throw organizationErrors('organization.code', { rule }, { field: 'code' });
}

const samePlace = (a: Place, b: Place): boolean =>
  a.tree === b.tree && a.parentId === b.parentId && a.validFrom === b.validFrom && a.validTo === b.validTo;

/** Refuses a place that breaks the rules of the trees, by the column that names the parent. */
function refuseNewPlace(organization: KnownOrganization, place: Place, trees: TreesSoFar): void {
  const field = parentColumns[place.tree];
  const parent = trees.byCode.get(trees.codeOf(place.parentId) ?? '');
  if (parent) refusePlace(organization, parent, place, field);
  if (standsUnderItself(organization.id, place, trees.placesOf))
    throw organizationErrors('organization.cycle', {}, { field });
}
