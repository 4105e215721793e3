import { DomainError } from '@frontline/platform';
import type { Decision, LineGroup, LineIssue } from '@frontline/platform/tables';
import { liesUnder, officialCodeProblem } from './official-code.ts';
import { lastingColumns, parentColumns, type OrganizationLine } from './organization-columns.ts';
import type { OrganizationKind, OrganizationTree } from './organization-enums.ts';
import { organizationErrors } from './organization.errors.ts';
import {
  rowsOf,
  sameStates,
  statesOf,
  withStates,
  type OrganizationRows,
  type OrganizationState,
} from './organization-states.ts';
import { mayStandUnder } from './tree-places.ts';

/** An organization that lines may name as a parent, or speak of. */
export interface KnownOrganization {
  id: string;
  code: string;
  kind: OrganizationKind;
  validFrom: string;
  validTo: string | null;
}

/** An organization as the database has it. */
export interface HeldOrganization extends KnownOrganization {
  lasting: Readonly<Record<(typeof lastingColumns)[number], unknown>>;
  rows: OrganizationRows;
}

/** What decisions on lines of organizations rest on. */
export interface TreesSoFar {
  byCode: Map<string, KnownOrganization>;
  codeOf(id: string): string | undefined;
  /** Whether one stands, stood or will stand under another. */
  standsUnder(id: string, aboveId: string): boolean;
  /** Notes that one is put under others. */
  put(id: string, parentIds: readonly string[]): void;
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
      if (state.status === 'ACTIVE') refusePlaces(line, state, held, trees);
      if (!held && at === 0) refuseForeignCode(line, state, trees);
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
  return recordOf(group.key, last.line.kind, lasting, { held, before, states }, trees);
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
): Decision {
  const id = held?.id ?? trees.fresh();
  const { organization, names, parents } = rowsOf(states, held?.rows ?? { names: [], parents: [] }, trees.fresh);
  const period = { validFrom: organization.validFrom, validTo: organization.validTo ?? null };
  trees.byCode.set(code, { id, code, kind, ...period });
  trees.put(
    id,
    parents.map(({ parentId }) => parentId),
  );
  const places = (each: readonly OrganizationState[]) =>
    JSON.stringify(each.map(({ from, status, parents: p }) => [from, status, p]));
  return {
    outcome: held ? 'UPDATED' : 'CREATED',
    id,
    row: { id, code, kind, ...lasting, status: organization.status, ...period },
    owned: {
      names: names.map((name) => ({ ...name, organizationId: id })),
      parents: parents.map((parent) => ({ ...parent, organizationId: id })),
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
  return {
    from: line.from,
    status: line.status ?? (line.status === undefined ? current?.status : undefined) ?? 'ACTIVE',
    zh: line.nameZh,
    en: line.nameEn,
    parents: { TERRITORY: parentOf('TERRITORY'), FUNCTION: parentOf('FUNCTION') },
  };
}

function refuseFacts({ code, kind }: OrganizationLine, held: HeldOrganization | undefined): void {
  if (held && held.kind !== kind)
    throw organizationErrors('organization.otherKind', { kind: held.kind }, { field: 'kind' });
  const rule = officialCodeProblem(kind, code);
  if (rule) throw organizationErrors('organization.code', { rule }, { field: 'code' });
}

/** Refuses a parent of the wrong kind, one that isn't there that day, one that stands below, and a code that isn't under it. */
function refusePlaces(
  line: OrganizationLine,
  state: OrganizationState,
  held: HeldOrganization | undefined,
  trees: TreesSoFar,
): void {
  for (const tree of ['TERRITORY', 'FUNCTION'] as const) {
    const field = parentColumns[tree];
    const code = state.parents[tree] && trees.codeOf(state.parents[tree]);
    const parent = code ? trees.byCode.get(code) : undefined;
    if (!parent) continue;
    if (parent.code === line.code || (held && trees.standsUnder(parent.id, held.id)))
      throw organizationErrors('organization.cycle', {}, { field });
    if (!mayStandUnder(tree, line.kind, parent.kind))
      throw organizationErrors('organization.place', { kind: line.kind, parent: parent.kind }, { field });
    if (parent.validFrom > line.from || (parent.validTo && parent.validTo <= line.from))
      throw organizationErrors('organization.notThen', { id: parent.code, from: line.from }, { field });
  }
}

/** A new territory's code lies under its first parent's; one that moves later keeps its code. */
function refuseForeignCode({ code, kind }: OrganizationLine, state: OrganizationState, trees: TreesSoFar): void {
  const parent = state.parents.TERRITORY && trees.codeOf(state.parents.TERRITORY);
  if (!parent || !['SUBDISTRICT', 'TOWN', 'RESIDENTIAL_AREA'].includes(kind) || liesUnder(code, parent)) return;
  throw organizationErrors(
    'organization.code',
    { rule: `the code begins with that of its parent, ${parent}` },
    { field: 'code' },
  );
}
