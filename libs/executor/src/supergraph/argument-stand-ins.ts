/*
 * Why: a plan made with a planning copy (planning-copy.ts) asks for stand-ins, which no subgraph knows. Here the real
 * fields come back:
 *  - an operation that asks for `_required0_price` asks for `_required0_price: price(currency: EUR)`, so that the value
 *    keeps its own place in the answer;
 *  - a representation reads that place and sends it under the real name, `price`, which is why a required field is read
 *    under its alias and written under its name;
 *  - a fetch whose fields need `price` in two currencies can't send both under one name: it becomes two fetches.
 */
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, spreadFragments, type Fragments } from '../fragments.ts';
import type { PlanningCopy, StandIn } from './planning-copy.ts';

/** The plan with real fields in the place of stand-ins. */
export function withRealFields(plan: PlanNode, copy: Pick<PlanningCopy, 'standIns' | 'needs'>): PlanNode {
  if (copy.standIns.size === 0) return plan;
  switch (plan.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...plan, nodes: plan.nodes.map((child) => withRealFields(child, copy)) };
    case 'Flatten':
      return { ...plan, node: withRealFields(plan.node, copy) };
    case 'Fetch': {
      const fetches = split(plan, copy).map((fetch) => restored(fetch, copy.standIns));
      return fetches.length === 1 ? (fetches[0] as FetchNode) : { kind: 'Parallel', nodes: fetches };
    }
    default:
      return plan;
  }
}

function restored(fetch: FetchNode, standIns: ReadonlyMap<string, StandIn>): FetchNode {
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    Field(node) {
      const real = standIns.get(node.name.value);
      if (!real) return undefined;
      const [definition] = parse(`{ ${(node.alias ?? node.name).value}: ${real.field}${real.arguments} }`, {
        noLocation: true,
      }).definitions as [OperationDefinitionNode];
      const [field] = definition.selectionSet.selections as [FieldNode];
      return node.selectionSet ? { ...field, selectionSet: node.selectionSet } : field;
    },
  });
  return {
    ...fetch,
    operation: print(document),
    ...(fetch.requires && { requires: fetch.requires.map((selection) => restoredRequirement(selection, standIns)) }),
  };
}

function restoredRequirement(
  selection: QueryPlanSelectionNode,
  standIns: ReadonlyMap<string, StandIn>,
): QueryPlanSelectionNode {
  const inner = selection.selections?.map((each) => restoredRequirement(each, standIns));
  if (selection.kind === 'InlineFragment') return { ...selection, selections: inner ?? [] };
  const real = standIns.get(selection.name);
  return {
    ...selection,
    ...(real && { alias: selection.alias ?? selection.name, name: real.field }),
    ...(inner && { selections: inner }),
  };
}

/** The fetch, or several in its place, each of which needs no field under one name with two sets of arguments. */
function split(fetch: FetchNode, { standIns, needs }: Pick<PlanningCopy, 'standIns' | 'needs'>): FetchNode[] {
  const required = new Set(fetch.requires?.flatMap((selection) => standInsIn(selection, standIns)));
  const standsFor = (name: string) => `${standIns.get(name)?.type}.${standIns.get(name)?.field}`;
  if (new Set([...required].map(standsFor)).size === required.size) return [fetch];

  const document = parse(fetch.operation, { noLocation: true });
  const entities = entitiesField(document);
  const fragments = fragmentsOf(document);
  const groups: Set<string>[] = [];
  const groupOf = new Map<string, Set<string>>();
  const clash = (a: string, b: string) => a !== b && standsFor(a) === standsFor(b);
  eachField(entities.selectionSet, '', fragments, (field, type) => {
    const own = needs.get(`${type}.${field.name.value}`) ?? new Set<string>();
    let group = groups.find((each) => ![...own].some((name) => [...each].some((other) => clash(name, other))));
    if (!group) groups.push((group = new Set()));
    for (const name of own) group.add(name);
    groupOf.set(place(type, field), group);
  });
  if (groups.length < 2) return [fetch];
  return groups.map((group) => {
    const selections = only(
      entities.selectionSet,
      '',
      fragments,
      (field, type) => groupOf.get(place(type, field)) === group,
    );
    const used = new Set<string>();
    const operation = visit(withEntities(document, { ...entities, selectionSet: selections }), {
      VariableDefinition: () => false,
      Variable: ({ name }) => void used.add(name.value),
    });
    return {
      ...fetch,
      operation: print(withVariables(operation, used)),
      requires: fetch.requires?.flatMap((selection) => withoutOthers(selection, group, standIns)) ?? [],
      ...(fetch.variableUsages && { variableUsages: fetch.variableUsages.filter((name) => used.has(name)) }),
    };
  });
}

const place = (type: string, field: FieldNode) => `${type}.${(field.alias ?? field.name).value}`;

function standInsIn(selection: QueryPlanSelectionNode, standIns: ReadonlyMap<string, StandIn>): string[] {
  const own = selection.kind === 'Field' && standIns.has(selection.name) ? [selection.name] : [];
  return [...own, ...(selection.selections ?? []).flatMap((each) => standInsIn(each, standIns))];
}

function withoutOthers(
  selection: QueryPlanSelectionNode,
  group: ReadonlySet<string>,
  standIns: ReadonlyMap<string, StandIn>,
): QueryPlanSelectionNode[] {
  if (selection.kind === 'Field' && standIns.has(selection.name) && !group.has(selection.name)) return [];
  if (!selection.selections) return [selection];
  const selections = selection.selections.flatMap((each) => withoutOthers(each, group, standIns));
  return selections.length === 0 ? [] : [{ ...selection, selections }];
}

/** Calls back for each field directly below a selection set, fragments gone through, with the type it is selected on. */
function eachField(
  set: SelectionSetNode | undefined,
  type: string,
  fragments: Fragments,
  found: (field: FieldNode, type: string) => void,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) found(selection, type);
    else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      eachField(fragment?.selectionSet, fragment?.typeCondition?.name.value ?? type, fragments, found);
    }
  }
}

/** The selection set with the fields that are wanted; named fragments are put in place. */
function only(
  set: SelectionSetNode | undefined,
  type: string,
  fragments: Fragments,
  wanted: (field: FieldNode, type: string) => boolean,
): SelectionSetNode {
  const selections = (set?.selections ?? []).flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return wanted(selection, type) ? [selection] : [];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition;
    const inner = only(fragment?.selectionSet, condition?.name.value ?? type, fragments, wanted);
    if (inner.selections.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(condition && { typeCondition: condition }),
        ...(selection.directives && { directives: selection.directives }),
        selectionSet: inner,
      },
    ];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

function entitiesField(document: DocumentNode): FieldNode {
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return operation.selectionSet.selections[0] as FieldNode;
}

/** The document with its one field replaced, and the fragments that it still needs. */
function withEntities(document: DocumentNode, entities: FieldNode): DocumentNode {
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [entities] };
  return {
    ...document,
    definitions: [{ ...operation, selectionSet }, ...spreadFragments(entities, fragmentsOf(document))],
  };
}

function withVariables(document: DocumentNode, used: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
}
