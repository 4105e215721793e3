/*
 * Why: the body of a fetch hardly changes from request to request: its query and name are known when the plan is
 * compiled and are written as JSON once. Each request only appends its variables and the representations, which are
 * text already.
 */
import type { FetchNode } from '@apollo/query-planner';
import type { JsonObject } from '../json.ts';
import { Unsupported } from '../unsupported.ts';

/** Writes the body of a fetch's request: the client's variables, values from further up, and representations as JSON texts. */
export type FetchBody = (
  variables: Readonly<Record<string, unknown>>,
  representations?: readonly string[],
  contextValues?: JsonObject,
) => string;

/** The body of a fetch, of which everything that stays the same is written here. */
export function fetchBody({
  operation,
  operationName,
  variableUsages = [],
  requires,
  contextRewrites = [],
}: FetchNode): FetchBody {
  if (requires && variableUsages.includes('representations')) throw new Unsupported('variableName', 'representations');
  const fromContext = new Set(contextRewrites.map(({ renameKeyTo }) => renameKeyTo));
  const named = [...new Set([...variableUsages, ...fromContext])].map((name) => ({
    name,
    before: `${JSON.stringify(name)}:`,
    isContext: fromContext.has(name),
  }));
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(operation)}${name},"variables":{`;
  if (named.length === 0 && !requires) return () => `${head}}}`;
  return (variables, representations, contextValues) => {
    let text = head;
    let separator = '';
    if (representations) {
      text += `"representations":[${representations.join(',')}]`;
      separator = ',';
    }
    for (const { name: variable, before, isContext } of named) {
      const value = isContext ? contextValues?.[variable] : own(variables, variable);
      if (value === undefined) continue;
      text += separator + before + JSON.stringify(value);
      separator = ',';
    }
    return `${text}}}`;
  };
}

function own(variables: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
