/*
 * Why: the answer grows by merging: each fetch adds fields to objects that other fetches began. Merging follows the
 * names that the fetch asked for and nothing else.
 *
 * An entity that stands in several places of the answer is asked for once, and its fields are put into each of these
 * places. Its sub-objects must then be copied for every place but the first, because a later fetch may merge different
 * data into each; only where that is proven impossible (see reused-objects.ts) may the places share one object.
 */
import { isJsonObject, type JsonObject } from '../json.ts';
import type { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import type { SelectionTree } from './selection-tree.ts';

/** Names of a selection tree as a list, which is gone through faster. */
type MergedNames = readonly { name: string; below: MergedNames | undefined }[];

/** Adds what a fetch received to an object of the answer. */
export interface Merge {
  /** Adds the fields of `source` to `target`, keeping the sub-objects of `source` themselves. */
  into(target: JsonObject, source: JsonObject): void;
  /** The same with copies of the sub-objects, for every place but the first. */
  copyInto(target: JsonObject, source: JsonObject): void;
}

/** Merging of what a fetch brings, which is the names that its tree holds and nothing else. */
export function mergeOf(tree: SelectionTree, types: TypeHierarchy): Merge {
  const names = namesIn(tree);
  return {
    into: (target, source) => merge(target, source, names),
    copyInto: (target, source) => merge(target, copyOf(source, names) as JsonObject, names),
  };

  function merge(target: JsonObject, source: JsonObject, merged: MergedNames): void {
    for (const { name, below } of merged) {
      const value = source[name];
      if (value === undefined) continue;
      if (below) target[name] = joined(target[name], value, below);
      else if (name !== '__typename' || !knowsBetter(target[name], value)) target[name] = value;
    }
  }

  function joined(present: unknown, value: unknown, below: MergedNames): unknown {
    if (isJsonObject(value)) {
      if (!isJsonObject(present)) return value;
      merge(present, value, below);
      return present;
    }
    if (!Array.isArray(value) || !Array.isArray(present) || present.length !== value.length) return value;
    for (let index = 0; index < value.length; index += 1) present[index] = joined(present[index], value[index], below);
    return present;
  }

  /** A subgraph that knows an interface as an object type names the interface; a name that another one gave is closer. */
  function knowsBetter(present: unknown, name: unknown): boolean {
    return typeof present === 'string' && types.isInterface(name) && !types.isInterface(present);
  }
}

function namesIn(tree: SelectionTree): MergedNames {
  return [...tree].map(([name, below]) => ({ name, below: below ? namesIn(below) : undefined }));
}

function copyOf(value: unknown, names: MergedNames | undefined): unknown {
  if (names === undefined) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => copyOf(element, names));
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const { name, below } of names) {
    const part = value[name];
    if (part !== undefined) copy[name] = below ? copyOf(part, below) : part;
  }
  return copy;
}
