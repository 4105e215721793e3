/*
 * Why: an argument marked @fromContext takes its value from an object further up in the answer. The same entity below
 * two different parents therefore needs two different questions: entities are grouped by the values that their places
 * give them, and each group is asked for by itself.
 */
import type { FetchDataKeyRenamer, PlanNode } from '@apollo/query-planner';
import type { OperationDefinitionNode } from 'graphql';
import { fetchesOf } from '../entities/reused-objects.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import { Unsupported } from '../unsupported.ts';
import { locate, type FlattenPath } from './flatten-path.ts';

/** Entities whose places give them the same values. */
export interface ContextGroup {
  /** Values by the name of the variable that carries them. */
  values: JsonObject;
  entities: JsonObject[];
}

/** Refuses an operation with a variable that has the name under which the plan sends a value from further up. */
export function refuseContextNames(plan: PlanNode, { variableDefinitions = [] }: OperationDefinitionNode): void {
  const taken = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  for (const { fetch } of fetchesOf(plan))
    for (const { renameKeyTo } of fetch.contextRewrites ?? [])
      if (taken.has(renameKeyTo)) throw new Unsupported('variableName', renameKeyTo);
}

/** The entities at a path, grouped by the values that they get from further up. */
export function contextGroups(
  root: JsonObject,
  path: FlattenPath,
  contexts: readonly FetchDataKeyRenamer[],
  types: TypeHierarchy,
): ContextGroup[] {
  const groups = new Map<string, ContextGroup>();
  for (const { object, ancestors } of locate(root, path)) {
    const values: JsonObject = {};
    for (const { path: from, renameKeyTo } of contexts) {
      const value = valueFrom(ancestors, from, types);
      if (value !== undefined) values[renameKeyTo] = value;
    }
    const key = JSON.stringify(values);
    const group = groups.get(key);
    if (group) group.entities.push(object);
    else groups.set(key, { values, entities: [object] });
  }
  return [...groups.values()];
}

/** Follows a path such as `..`, `..`, `... on Shop`, `currency`; `undefined` where it doesn't apply. */
function valueFrom(ancestors: readonly JsonObject[], path: readonly string[], types: TypeHierarchy): unknown {
  const up = path.findIndex((step) => step !== '..');
  let value: unknown = ancestors[ancestors.length - 1 - up];
  for (const step of path.slice(up)) {
    if (step.startsWith('... on ')) {
      const name = isJsonObject(value) ? value['__typename'] : undefined;
      if (typeof name === 'string' && !types.fulfils(name, step.slice('... on '.length))) return undefined;
    } else {
      value = stepInto(value, step);
    }
  }
  return value;
}

function stepInto(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => stepInto(element, name));
  return isJsonObject(value) ? value[name] : undefined;
}
