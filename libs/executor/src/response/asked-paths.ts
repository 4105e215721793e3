/*
 * Why: a plan fetches some fields under other names than the client gave them, and some that the client did not ask for
 * at all (what other fields require). An error has to stand at a field of the client's, or nowhere: a path that leads to
 * another field, because that one bears the name by which something else was fetched, would blame what is right.
 */
import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { ResponsePath } from '../plan/flatten-path.ts';
import type { FetchedNames } from '../planning/planning-document.ts';
import { isStandIn } from '../supergraph/planning-copy.ts';
import { isIncluded, type Selecting } from './selected-fields.ts';

/**
 * The path in the answer of what stands at a path in the data. What the client did not ask for keeps its name, if it is
 * one of the graph's and nothing else bears it there; else it has no path.
 */
export type AskedPath = (path: ResponsePath) => ResponsePath | undefined;

/** How the data of one operation is called in its answer. */
export function askedPaths(
  selectionSet: SelectionSetNode,
  { fragments, variables }: Selecting,
  names: FetchedNames,
): AskedPath {
  return (path) => {
    const asked: (string | number)[] = [];
    let sets: readonly SelectionSetNode[] = [selectionSet];
    for (const [index, step] of path.entries()) {
      if (typeof step === 'number') {
        asked.push(step);
        continue;
      }
      const fields = sets.flatMap(fieldsOf);
      const meant = fields.filter((field) => names.of(field) === step);
      const [first] = meant;
      if (!first) {
        const isTaken = isStandIn(step) || fields.some((field) => keyOf(field) === step);
        return isTaken ? undefined : [...asked, ...path.slice(index)];
      }
      asked.push(keyOf(first));
      sets = meant.flatMap((field) => field.selectionSet ?? []);
    }
    return asked;
  };

  /** The fields of a selection set, whatever type of object they are for. */
  function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
    return selections.flatMap((selection) => {
      if (!isIncluded(selection.directives, variables)) return [];
      if (selection.kind === Kind.FIELD) return [selection];
      const set =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection.selectionSet
          : fragments.get(selection.name.value)?.selectionSet;
      return set ? fieldsOf(set) : [];
    });
  }
}

const keyOf = ({ alias, name }: FieldNode) => (alias ?? name).value;
