/*
 * Why: plans ask the same thing twice. "The author of a post" and "the author of a comment" are two fetches at two
 * places, with the same operation on the same subgraph; a user who wrote both is then asked for twice. Within one
 * request the second question can wait for the first one's answer.
 *
 * What makes that safe:
 *  - the answers live as long as one request, which has one caller: they never cross from one person to another;
 *  - only queries: a mutation may change what the next question would find;
 *  - only fetches whose operation, requirements and subgraph are the same text, so the question is the same in every
 *    part but the name of the operation;
 *  - only answers made of plain values: nothing that a later fetch could merge into is ever shared across fetches;
 *  - nothing that depends on the place (@fromContext) or that the plan corrects afterwards.
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { EntityAnswers } from '../plan/entity-answers.ts';
import { entityTree, fetchesOf } from './reused-objects.ts';

/** An entity that has been asked for in this request: the answers of that fetch, and its position among them. */
export interface Asked {
  answers: Promise<EntityAnswers>;
  index: number;
}

/** What has been asked for in one request so far: representations by their text, for each kind of question. */
export class AskedEntities {
  readonly #byQuestion = new Map<string, Map<string, Asked>>();

  /** The entities that were asked for by this question. */
  of(question: string): Map<string, Asked> {
    let asked = this.#byQuestion.get(question);
    if (!asked) this.#byQuestion.set(question, (asked = new Map()));
    return asked;
  }
}

/** The fetches of a query's plan that ask a question which another fetch asks too, with the text of that question. */
export function repeatedQuestions(
  plan: PlanNode,
  kind: 'query' | 'mutation' | 'subscription',
): ReadonlyMap<FetchNode, string> {
  const questions = new Map<FetchNode, string>();
  if (kind !== 'query') return questions;
  const counts = new Map<string, number>();
  for (const { fetch } of fetchesOf(plan)) {
    const question = questionOf(fetch);
    if (question === undefined) continue;
    questions.set(fetch, question);
    counts.set(question, (counts.get(question) ?? 0) + 1);
  }
  for (const [fetch, question] of questions) if (counts.get(question) === 1) questions.delete(fetch);
  return questions;
}

function questionOf(fetch: FetchNode): string | undefined {
  if (!fetch.requires || fetch.operationKind !== 'query') return undefined;
  if (fetch.inputRewrites?.length || fetch.outputRewrites?.length || fetch.contextRewrites?.length) return undefined;
  if ([...entityTree(fetch).values()].some((below) => below !== null)) return undefined;
  const unnamed = fetch.operationName ? fetch.operation.replace(fetch.operationName, '') : fetch.operation;
  return JSON.stringify([fetch.serviceName, unnamed, fetch.requires]);
}
