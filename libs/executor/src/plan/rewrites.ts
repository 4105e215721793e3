/*
 * Why: a plan sometimes asks under other names than the answer needs: one response name can't hold an Int for one type
 * and a String for another inside one subgraph's operation, and an interface that a subgraph knows as an object type
 * has to be called by that name when it is asked. The plan lists such corrections beside the fetch.
 */
import type { FetchDataRewrite } from '@apollo/query-planner';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { TypeHierarchy } from '../supergraph/type-hierarchy.ts';

const CONDITION = '... on ';

/** Corrects a value in place. */
export type Rewrite = (value: unknown) => void;

/** The corrections of a plan as one function; `undefined` when there are none. */
export function rewriteAll(
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: TypeHierarchy,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const each = rewrites.map((rewrite) => one(rewrite, types));
  return (value) => {
    for (const rewrite of each) rewrite(value);
  };
}

function one(rewrite: FetchDataRewrite, types: TypeHierarchy): Rewrite {
  const parents = rewrite.path.slice(0, -1);
  const name = rewrite.path.at(-1) ?? '';
  const change =
    rewrite.kind === 'ValueSetter'
      ? (object: JsonObject) => {
          object[name] = rewrite.setValueTo;
        }
      : (object: JsonObject) => {
          if (object[name] === undefined) return;
          object[rewrite.renameKeyTo] = object[name];
          delete object[name];
        };
  return (value) => atEach(value, parents, types, change);
}

/** Objects at a path, lists being gone through by themselves. An object that doesn't say its type is taken to fulfil a condition. */
function atEach(
  value: unknown,
  path: readonly string[],
  types: TypeHierarchy,
  change: (object: JsonObject) => void,
): void {
  if (Array.isArray(value)) {
    for (const element of value) atEach(element, path, types, change);
    return;
  }
  if (!isJsonObject(value)) return;
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (!step.startsWith(CONDITION)) return atEach(value[step], rest, types, change);
  const name = value['__typename'];
  if (typeof name !== 'string' || types.fulfils(name, step.slice(CONDITION.length))) atEach(value, rest, types, change);
}
