/*
 * Why: what a plan begins with is no question about entities: a subgraph is asked for fields of its query or mutation
 * type, and what it answers is the beginning of the answer. There is nothing to tell apart and nothing to save, so this
 * stays beside entity-fetch.ts instead of being a special case of it.
 */
import type { FetchNode } from '@apollo/query-planner';
import { isJsonObject } from '../json.ts';
import { expectedObject } from '../values/answer-reader.ts';
import { fetchBody } from './fetch-body.ts';
import { FetchErrors } from './fetch-errors.ts';
import { objectsAt, type FlattenPath } from './flatten-path.ts';
import { mergeOf } from './merge.ts';
import { rewriteAll } from './rewrites.ts';
import { selectionTree, treeAfter } from './selection-tree.ts';
import type { FetchParts, Step } from './steps.ts';
import { parsedAnswer } from './subgraph-answer.ts';

/**
 * A fetch that asks a root type of a subgraph. It mostly begins a plan; further down it stands where a field of some
 * object leads back to the query type.
 */
export function rootFetch<Context>(
  fetch: FetchNode,
  path: FlattenPath,
  { ask, types, read, equal, asked }: FetchParts<Context>,
): Step<Context> {
  const objects = objectsAt(path, equal.places);
  const body = fetchBody(fetch);
  const tree = treeAfter(selectionTree(fetch.operation), fetch.outputRewrites);
  const expected = expectedObject(tree, read);
  const merge = mergeOf(tree, types);
  const errors = new FetchErrors(fetch, path, tree, asked);
  const correct = rewriteAll(fetch.outputRewrites, types);
  const question = { subgraph: fetch.serviceName, kind: fetch.operationKind, fetches: 1 } as const;
  return async (run) => {
    const targets = objects(run.data, run.shared);
    const [first, ...others] = targets;
    if (!first) return;
    try {
      const { variables, context, signal } = run;
      const received = await ask({ ...question, body: body(variables), context, signal });
      const answer = parsedAnswer(received, expected, run.bytes);
      for (const error of answer.errors) errors.ofRoot(run, error);
      if (!isJsonObject(answer.data)) return;
      correct?.(answer.data);
      for (const target of others) merge.copyInto(target, answer.data);
      merge.into(first, answer.data);
    } catch (failure) {
      errors.failed(run, failure, path.length === 0 ? undefined : first);
    }
  };
}
