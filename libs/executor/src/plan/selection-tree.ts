/*
 * Why: what a subgraph sends back is trusted only as far as it was asked for. The tree of names that a fetch asks for
 * drives everything that is done with its answer (merging, copying, naming what is missing), so that a key nobody asked
 * for, `__proto__` above all, is never touched.
 */
import type { FetchDataRewrite } from '@apollo/query-planner';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { fragmentsOf, type Fragments } from '../fragments.ts';
import { refuseInheritedName } from '../unsupported.ts';

/** Names that an answer holds at a position, each with what lies below it; `null` for a scalar or enum. */
export type SelectionTree = Map<string, SelectionTree | null>;

/** What an operation on a subgraph asks for. Type conditions are left out: a name means the same for every type. */
export function selectionTree(operation: string): SelectionTree {
  const document = parse(operation, { noLocation: true });
  const tree: SelectionTree = new Map();
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) grow(tree, definition.selectionSet, fragmentsOf(document));
  return tree;
}

function grow(tree: SelectionTree, { selections }: SelectionSetNode, fragments: Fragments): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      // Type names are written by the schema; only the one under its own name is needed, to tell types apart
      if (selection.name.value === '__typename' && name !== '__typename') continue;
      refuseInheritedName(name);
      if (!selection.selectionSet) {
        if (!tree.has(name)) tree.set(name, null);
        continue;
      }
      const below = tree.get(name) ?? new Map<string, SelectionTree | null>();
      tree.set(name, below);
      grow(below, selection.selectionSet, fragments);
    } else {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment) grow(tree, fragment.selectionSet, fragments);
    }
  }
}

/**
 * Adds the names that an answer holds once the plan's corrections are made: the planner asks for one field under two
 * names where its types clash, and has them renamed in the answer. The old names stay in the tree; one that is gone from
 * an answer does no harm.
 */
export function treeAfter(tree: SelectionTree, rewrites: readonly FetchDataRewrite[] = []): SelectionTree {
  for (const rewrite of rewrites) if (rewrite.kind === 'KeyRenamer') rename(tree, rewrite.path, rewrite.renameKeyTo);
  return tree;
}

function rename(tree: SelectionTree, path: readonly string[], to: string): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  if (step.startsWith('... on ')) return rename(tree, rest, to);
  const below = tree.get(step);
  if (below === undefined) return;
  if (rest.length > 0) {
    if (below) rename(below, rest, to);
    return;
  }
  refuseInheritedName(to);
  if (!tree.has(to)) tree.set(to, below);
}
