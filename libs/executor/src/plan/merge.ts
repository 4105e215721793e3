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

/** Adds what one fetch received to objects of the answer. */
export class Merge {
  readonly #types: TypeHierarchy;

  constructor(types: TypeHierarchy) {
    this.#types = types;
  }

  /** Adds the fields of `source` that `tree` names to `target`, keeping the sub-objects of `source` themselves. */
  into(target: JsonObject, source: JsonObject, tree: SelectionTree): void {
    for (const [name, below] of tree) {
      const value = source[name];
      if (value === undefined) continue;
      if (below) target[name] = this.#joined(target[name], value, below);
      else if (name !== '__typename' || !this.#knowsBetter(target[name], value)) target[name] = value;
    }
  }

  /** The same with copies of the sub-objects, for every place but the first. */
  copyInto(target: JsonObject, source: JsonObject, tree: SelectionTree): void {
    this.into(target, copyOf(source, tree) as JsonObject, tree);
  }

  #joined(present: unknown, value: unknown, below: SelectionTree): unknown {
    if (isJsonObject(value)) {
      if (!isJsonObject(present)) return value;
      this.into(present, value, below);
      return present;
    }
    if (!Array.isArray(value) || !Array.isArray(present) || present.length !== value.length) return value;
    for (let index = 0; index < value.length; index += 1)
      present[index] = this.#joined(present[index], value[index], below);
    return present;
  }

  /** A subgraph that knows an interface as an object type names the interface; a name that another one gave is closer. */
  #knowsBetter(present: unknown, name: unknown): boolean {
    return typeof present === 'string' && this.#types.isInterface(name) && !this.#types.isInterface(present);
  }
}

function copyOf(value: unknown, tree: SelectionTree | null): unknown {
  if (tree === null) return value;
  if (Array.isArray(value)) return value.map((element: unknown) => copyOf(element, tree));
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const [name, below] of tree) {
    const part = value[name];
    if (part !== undefined) copy[name] = below ? copyOf(part, below) : part;
  }
  return copy;
}
