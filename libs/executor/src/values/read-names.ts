/*
 * Why: a value that only the client reads can stay in the bytes of an answer (run-bytes.ts); one that the plan itself
 * reads has to be there. The plan says what it reads: keys and requirements of entities, values that arguments take from
 * further up, type names, and what it renames. Names are enough: one that is read at any place is made into a value at
 * all of them.
 */
import type { PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { fetchesOf } from '../entities/reused-objects.ts';

/** The names, in the answers of subgraphs, of values that are made of them at once. */
export type ReadNames = Pick<ReadonlySet<string>, 'has'>;

/** The names that a plan reads. */
export function readNames(plan: PlanNode | undefined): ReadNames {
  const names = new Set(['__typename']);
  for (const { fetch } of plan ? fetchesOf(plan) : []) {
    addSelected(names, fetch.requires ?? []);
    const { inputRewrites = [], outputRewrites = [], contextRewrites = [] } = fetch;
    for (const rewrite of [...inputRewrites, ...outputRewrites, ...contextRewrites]) {
      for (const step of rewrite.path) names.add(step);
      if (rewrite.kind === 'KeyRenamer') names.add(rewrite.renameKeyTo);
    }
  }
  return names;
}

function addSelected(names: Set<string>, selections: readonly QueryPlanSelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') names.add(selection.name).add(selection.alias ?? selection.name);
    if (selection.selections) addSelected(names, selection.selections);
  }
}
