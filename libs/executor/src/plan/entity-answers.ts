/*
 * Why: a subgraph answers a question about many entities with one list and one list of errors. Which error is about which
 * entity, and whether the list is an answer to the question at all, is found out here once, before anything is merged: a
 * list of another length would put one entity's fields into another's place.
 */
import { isJsonObject } from '../json.ts';
import type { SubgraphError } from './subgraph-answer.ts';

/** What a subgraph answered about the entities that one fetch asked it for. */
export interface EntityAnswers {
  /** By position among the representations; null where the subgraph knows no such entity. What is no object, breaks its type. */
  entities: readonly unknown[];
  /** Errors about one entity, by its position. */
  errorsAbout: ReadonlyMap<number, readonly SubgraphError[]>;
  /** Errors about none of them in particular. */
  otherErrors: readonly SubgraphError[];
  /** Why there is no answer at all. */
  failure?: unknown;
}

/** Sorts an answer by entity. `count` is how many were asked for; an answer about another number of them is a failure. */
export function entityAnswers(data: unknown, errors: readonly SubgraphError[], count: number): EntityAnswers {
  const errorsAbout = new Map<number, SubgraphError[]>();
  const otherErrors: SubgraphError[] = [];
  for (const error of errors) {
    const index = error.path?.[0] === '_entities' ? error.path[1] : undefined;
    if (typeof index !== 'number' || index < 0 || index >= count) otherErrors.push(error);
    else errorsAbout.set(index, [...(errorsAbout.get(index) ?? []), error]);
  }
  const received = isJsonObject(data) ? data['_entities'] : undefined;
  if (Array.isArray(received) && received.length === count) return { entities: received, errorsAbout, otherErrors };
  const entities = new Array<null>(count).fill(null);
  if (errors.length > 0) return { entities, errorsAbout, otherErrors };
  const failure = new Error(`the subgraph was asked for ${count} entities and answered about another number of them`);
  return { entities, errorsAbout, otherErrors, failure };
}
