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

/** Finds the objects at a path. What is null, missing, or no object because a subgraph broke its schema is left out. */
export type ObjectsAt = (root: JsonObject, shared: ReadonlySet<unknown>) => JsonObject[];

/**
 * Makes what finds the objects at a path. Where one object may stand in several of the given places (names joined by
 * dots) and is among the shared ones, it and what lies below it is found once.
 */
export function objectsAt(path: FlattenPath, places: ReadonlySet<string>): ObjectsAt {
  const steps = path.map((name, index) => ({
    name,
    mayRepeat: places.has(namesOf(path.slice(0, index + 1)).join('.')),
  }));
  return (root, shared) => {
    const found: JsonObject[] = [];
    // Most answers share nothing: nothing is remembered for them
    let seen: Set<unknown> | undefined;
    gather(root, 0);
    return found;

    function gather(start: unknown, from: number): void {
      let value = start;
      for (let index = from; index < steps.length; index += 1) {
        const { name, mayRepeat } = steps[index] as (typeof steps)[number];
        if (name === '@') {
          if (!Array.isArray(value)) return;
          for (const element of value) if (!mayRepeat || isNew(element)) gather(element, index + 1);
          return;
        }
        if (!isJsonObject(value)) return;
        value = value[name];
        if (mayRepeat && !isNew(value)) return;
      }
      if (isJsonObject(value)) found.push(value);
    }

    function isNew(value: unknown): boolean {
      if (!shared.has(value)) return true;
      seen ??= new Set();
      if (seen.has(value)) return false;
      // a list of shared ones is gone into by its next step
      if (!Array.isArray(value)) seen.add(value);
      return true;
    }
  };
}

/** Puts other objects into their places at a path, where the map names one. */
export function replaceAt(root: JsonObject, path: FlattenPath, instead: ReadonlyMap<unknown, JsonObject>): void {
  put(root, 0);

  function put(value: unknown, index: number): unknown {
    const step = path[index];
    if (step === undefined) return instead.get(value) ?? value;
    if (step === '@') {
      if (Array.isArray(value))
        for (let number = 0; number < value.length; number += 1) value[number] = put(value[number], index + 1);
    } else if (isJsonObject(value)) {
      const below = value[step];
      if (below !== undefined) value[step] = put(below, index + 1);
    }
    return value;
  }
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
