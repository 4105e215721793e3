/*
 * Why: a page of a hundred orders by six people holds a hundred objects for six entities, each of which is gathered,
 * merged into and written by itself. If two places of the answer hold the same and will always hold the same, one
 * object can stand in both: what a later fetch brings is then put in once, what lies below is found once, and writing
 * the second is copying bytes.
 *
 * That is so if everything that two objects hold is in their representation, and their representations are equal. What
 * is added to them later depends on nothing but what they hold. So at a place of the plan objects may become one if
 *  - one fetch of the plan alone brings the objects that stand there, and nothing but plain values for them;
 *  - each of these values is a part of the representation of the fetch that finds out they are equal;
 *  - that fetch's representations are what the objects hold, not corrected by the plan;
 *  - no value in the plan depends on where an object stands (@fromContext).
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { JsonObject } from '../json.ts';
import { replaceAt, type FlattenPath } from '../plan/flatten-path.ts';
import type { Run } from '../plan/run.ts';
import type { SelectionTree } from '../plan/selection-tree.ts';
import type { DistinctEntities } from './distinct-entities.ts';
import { bringersOf, entityTree, fetchesOf } from './reused-objects.ts';

/** Where objects may become one. */
export interface EqualPlaces {
  /** Fetches that may make one object of equal ones, where they continue from. */
  joining: ReadonlySet<FetchNode>;
  /** The places at which they do so: names without the steps into lists, joined by dots. */
  places: ReadonlySet<string>;
}

/** Less than this share of an entity's places being further ones, looking for them again costs more than it saves. */
const LEAST_REPEATED = 0.5;

/** Where objects of a plan's answer may become one. */
export function equalPlaces(plan: PlanNode): EqualPlaces {
  const fetches = fetchesOf(plan);
  const joining = new Set<FetchNode>();
  const places = new Set<string>();
  if (fetches.some(({ fetch }) => fetch.contextRewrites?.length)) return { joining, places };
  const bringers = bringersOf(fetches);
  for (const { fetch, path } of fetches) {
    if (!fetch.requires || fetch.inputRewrites?.length) continue;
    const place = path.join('.');
    const [bringer, ...others] = bringers.get(place) ?? [];
    if (!bringer || others.length > 0 || bringer.fetch.outputRewrites?.length) continue;
    const brought = treeAt(entityTree(bringer.fetch), path.slice(bringer.path.length));
    if (!brought || !isAllIn(brought, fetch)) continue;
    joining.add(fetch);
    places.add(place);
  }
  return { joining, places };
}

/**
 * Makes one object of those that stand for the same entity at a path: the first of them takes the places of the others.
 * Returns the entities with one object for each, or as they were if too few repeat.
 */
export function joined(run: Run<unknown>, path: FlattenPath, distinct: DistinctEntities): DistinctEntities {
  const { texts, objects, entityOf, firstOf } = distinct;
  if (objects.length - texts.length < objects.length * LEAST_REPEATED) return distinct;
  const first = firstOf.map((number) => objects[number] as JsonObject);
  const instead = new Map<unknown, JsonObject>();
  objects.forEach((object, number) => {
    const standsFor = first[entityOf[number] as number] as JsonObject;
    if (object === standsFor) return;
    instead.set(object, standsFor);
    run.shared.add(standsFor);
  });
  replaceAt(run.data, path, instead);
  const numbers = first.map((_, number) => number);
  return { texts, objects: first, entityOf: numbers, firstOf: numbers };
}

function treeAt(tree: SelectionTree, path: readonly string[]): SelectionTree | undefined {
  let found: SelectionTree | null | undefined = tree;
  for (const name of path) found = found?.get(name);
  return found ?? undefined;
}

/** Whether all that is brought is plain and stands in every representation that the fetch can send. */
function isAllIn(brought: SelectionTree, { requires = [] }: FetchNode): boolean {
  const names = [...brought].map(([name, below]) => (below ? undefined : name));
  return requires.every(
    (fragment) =>
      fragment.kind === 'InlineFragment' &&
      names.every((name) =>
        fragment.selections.some(
          (each) => each.kind === 'Field' && !each.selections && each.name === name && (each.alias ?? name) === name,
        ),
      ),
  );
}
