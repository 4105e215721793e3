/*
 * Why: most fetches of a plan continue from data that is there already: "for every product of every order". The plan
 * says where by a path of names, with `@` for "each element of the list". Finding the objects is needed for every
 * fetch and is kept plain; knowing *where* each of them stands (for errors, and for arguments that come from objects
 * further up) is rare, and is walked for again only then.
 */
import { isJsonObject, type JsonObject } from '../json.ts';
import { Unsupported } from '../unsupported.ts';

/** A path into the answer, `@` standing for every element of a list. */
export type FlattenPath = readonly string[];

/** Position of a value in an answer, as GraphQL errors carry it. */
export type ResponsePath = readonly (string | number)[];

/** The steps of a plan's path; refuses those that pick objects by their type, which the planner only makes when told to. */
export function flattenPath(path: readonly (string | number)[]): FlattenPath {
  return path.map((step) => {
    if (typeof step !== 'string' || step.includes('|')) throw new Unsupported('planPath', String(step));
    return step;
  });
}

/** All objects at a path. What is null, missing, or no object because a subgraph broke its schema is left out. */
export function objectsAt(root: JsonObject, path: FlattenPath): JsonObject[] {
  const found: JsonObject[] = [];
  gather(root, path, 0, found);
  return found;
}

function gather(start: unknown, path: FlattenPath, from: number, found: JsonObject[]): void {
  let value = start;
  for (let index = from; index < path.length; index += 1) {
    const step = path[index] as string;
    if (step === '@') {
      if (Array.isArray(value)) for (const element of value) gather(element, path, index + 1, found);
      return;
    }
    if (!isJsonObject(value)) return;
    value = value[step];
  }
  if (isJsonObject(value)) found.push(value);
}

/** An object at a path, where it stands, and the objects that it stands in, from the root down to itself. */
export interface Located {
  object: JsonObject;
  at: ResponsePath;
  /** One object for each name on the way, the root first, the object itself last. */
  ancestors: readonly JsonObject[];
}

/** All objects at a path with their places, in the order of the answer. An object that several places share comes once for each. */
export function locate(root: JsonObject, path: FlattenPath): Located[] {
  const found: Located[] = [];
  walk(root, 0, [], [root]);
  return found;

  function walk(value: unknown, index: number, at: ResponsePath, ancestors: readonly JsonObject[]): void {
    const step = path[index];
    if (step === undefined) {
      if (isJsonObject(value)) found.push({ object: value, at, ancestors });
    } else if (step === '@') {
      if (!Array.isArray(value)) return;
      value.forEach((element: unknown, position) => {
        const up = isJsonObject(element) ? [...ancestors, element] : ancestors;
        walk(element, index + 1, [...at, position], up);
      });
    } else if (isJsonObject(value)) {
      const next = value[step];
      walk(next, index + 1, [...at, step], isJsonObject(next) ? [...ancestors, next] : ancestors);
    }
  }
}

/** The path without its lists: which place of the operation it is, whatever the number of elements. */
export function namesOf(path: FlattenPath): string[] {
  return path.filter((step) => step !== '@');
}
