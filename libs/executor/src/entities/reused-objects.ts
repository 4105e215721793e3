/*
 * Why: an entity that stands in many places of an answer is asked for once. Whether its places may then share the
 * sub-objects of what came back, or need copies of their own, is decided here, from the plan alone and before anything
 * runs. Sharing wrongly would be the worst of faults: one place silently showing another place's data.
 *
 * Places share a sub-object only if they were the same question to the same fetch. What a later fetch adds *to* that
 * object then depends on the object alone, so it is the same for every place. The danger is another fetch that brings
 * the same sub-object itself, as part of an answer to a different question (another key, other required fields): its
 * data would be merged into all places at once. So a fetch may share its sub-objects if no other fetch of the plan
 * brings an object at any of the same places, and if no value in the plan depends on where an object stands.
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { flattenPath, namesOf } from '../plan/flatten-path.ts';
import { selectionTree, type SelectionTree } from '../plan/selection-tree.ts';

/** The fetches of a plan that may put one sub-object into several places. */
export function sharingFetches(plan: PlanNode): ReadonlySet<FetchNode> {
  const fetches = fetchesOf(plan);
  if (fetches.some(({ fetch }) => fetch.contextRewrites?.length)) return new Set();
  const bringers = bringersOf(fetches);
  const isAlone = (fetch: PlacedFetch) => placesOf(fetch).every((place) => bringers.get(place)?.size === 1);
  return new Set(fetches.filter(isAlone).map(({ fetch }) => fetch));
}

/** A fetch of a plan, and the place that it continues from: names without the steps into lists. */
export interface PlacedFetch {
  fetch: FetchNode;
  path: readonly string[];
}

/** Who brings the objects at each place of the answer: names joined by dots. */
export function bringersOf(fetches: readonly PlacedFetch[]): ReadonlyMap<string, ReadonlySet<PlacedFetch>> {
  const bringers = new Map<string, Set<PlacedFetch>>();
  for (const fetch of fetches)
    for (const place of placesOf(fetch)) bringers.set(place, (bringers.get(place) ?? new Set()).add(fetch));
  return bringers;
}

/** What a fetch brings for one object that it continues from. */
export function entityTree(fetch: FetchNode): SelectionTree {
  const tree = selectionTree(fetch.operation);
  return fetch.requires ? (tree.get('_entities') ?? new Map()) : tree;
}

/** Every fetch of a plan with the place that it continues from. */
export function fetchesOf(node: PlanNode, path: readonly string[] = []): PlacedFetch[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => fetchesOf(child, path));
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...namesOf(flattenPath(node.path))]);
    case 'Fetch':
      return [{ fetch: node, path }];
    default:
      return [];
  }
}

/** Places at which a fetch brings objects. */
const placesOf = ({ fetch, path }: PlacedFetch) => objectPlaces(entityTree(fetch), path);

function objectPlaces(tree: SelectionTree, path: readonly string[]): string[] {
  return [...tree].flatMap(([name, below]) => {
    const place = [...path, name];
    return below ? [place.join('.'), ...objectPlaces(below, place)] : [];
  });
}
