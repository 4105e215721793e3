/*
 * Why: this is where most of a request's time goes, and where a federation gateway can save most: a page of fifty
 * visits by three cadres needs three cadres, not fifty. Entities with the same representation are asked for once, in
 * one request to the subgraph, and entities that another fetch of this request asked for by the same question are not
 * asked for again (see entity-reuse.ts for why that is safe).
 */
import type { FetchNode } from '@apollo/query-planner';
import type { Asked } from '../entities/entity-reuse.ts';
import { representations } from '../entities/representations.ts';
import { entityTree } from '../entities/reused-objects.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { contextGroups } from './context-values.ts';
import { entityAnswers, type EntityAnswers } from './entity-answers.ts';
import { fetchBody } from './fetch-body.ts';
import { FetchErrors } from './fetch-errors.ts';
import { objectsAt, type FlattenPath } from './flatten-path.ts';
import { rewriteAll } from './rewrites.ts';
import type { Run } from './run.ts';
import { treeAfter } from './selection-tree.ts';
import type { FetchParts, Step } from './steps.ts';
import { parsedAnswer } from './subgraph-answer.ts';

/** A fetch that continues from entities at a path: it asks their subgraph for more of their fields. */
export function entityFetch<Context>(fetch: FetchNode, path: FlattenPath, parts: FetchParts<Context>): Step<Context> {
  const { ask, merge, types } = parts;
  const represent = representations(fetch.requires ?? [], types, rewriteAll(fetch.inputRewrites, types));
  const body = fetchBody(fetch);
  const tree = treeAfter(entityTree(fetch), fetch.outputRewrites);
  const errors = new FetchErrors(fetch.serviceName, path, tree);
  const correct = rewriteAll(fetch.outputRewrites, types);
  const composites = [...tree].flatMap(([name, below]) => (below ? [name] : []));
  const maySharePlaces = parts.sharing.has(fetch) && !correct;
  const question = parts.repeated.get(fetch);
  const asking = { subgraph: fetch.serviceName, kind: fetch.operationKind } as const;
  const { contextRewrites } = fetch;

  if (contextRewrites?.length)
    return async (run) => {
      const groups = contextGroups(run.data, path, contextRewrites, types);
      await Promise.all(groups.map(({ entities, values }) => complete(run, entities, values)));
    };
  return (run) => complete(run, objectsAt(run.data, path));

  /** Asks for the entities, each distinct one once, and puts what comes back into all their places. */
  async function complete(run: Run<Context>, entities: readonly JsonObject[], values?: JsonObject): Promise<void> {
    const places = new Map<string, JsonObject[]>();
    for (const entity of entities) {
      const text = represent(entity);
      if (text === undefined) continue;
      const same = places.get(text);
      if (same) same.push(entity);
      else places.set(text, [entity]);
    }
    if (places.size === 0) return;
    const known = question === undefined ? undefined : run.asked.of(question);
    const wanted = known ? [...places.keys()].filter((text) => !known.has(text)) : [...places.keys()];
    const before = known && [...places].flatMap(([text, targets]) => waiting(known.get(text), targets));
    if (wanted.length > 0) {
      const answers = request(run, wanted, values);
      wanted.forEach((text, index) => known?.set(text, { answers, index }));
      const received = await answers;
      const [first] = wanted;
      for (const error of received.otherErrors) errors.ofNone(run, error);
      if (received.failure !== undefined) errors.failed(run, received.failure, places.get(first ?? '')?.[0]);
      else wanted.forEach((text, index) => put(run, received, index, places.get(text) ?? []));
    }
    if (before && before.length > 0) await takeOver(run, before);
  }

  async function request(run: Run<Context>, texts: readonly string[], values?: JsonObject): Promise<EntityAnswers> {
    try {
      const text = await ask({
        ...asking,
        body: body(run.variables, texts, values),
        context: run.context,
        signal: run.signal,
      });
      const answer = parsedAnswer(text);
      return entityAnswers(answer.data, answer.errors, texts.length);
    } catch (failure) {
      return { ...entityAnswers(undefined, [], 0), failure };
    }
  }

  /** Puts answers that another fetch of this request asked for into this fetch's places. */
  async function takeOver(
    run: Run<Context>,
    waitingFor: readonly (Asked & { targets: JsonObject[] })[],
  ): Promise<void> {
    const failures = new Set<unknown>();
    for (const { answers, index, targets } of waitingFor) {
      const received = await answers;
      if (received.failure === undefined) put(run, received, index, targets);
      else if (!failures.has(received)) errors.failed(run, received.failure, targets[0]);
      if (received.failure !== undefined) failures.add(received);
    }
  }

  function put(run: Run<Context>, answers: EntityAnswers, index: number, targets: readonly JsonObject[]): void {
    for (const error of answers.errorsAbout.get(index) ?? []) errors.ofEntity(run, error, targets);
    const entity = answers.entities[index];
    const [first, ...others] = targets;
    if (entity === null || entity === undefined || !first) return;
    if (!isJsonObject(entity)) return errors.failed(run, new Error('an entity was answered that is no object'), first);
    if (correct) {
      // Its type decides which corrections apply; a subgraph that wasn't asked for it leaves it out
      entity['__typename'] ??= first['__typename'];
      correct(entity);
    }
    if (maySharePlaces && others.length > 0) for (const name of composites) run.shared.add(entity[name]);
    for (const target of others) {
      if (maySharePlaces) merge.into(target, entity, tree);
      else merge.copyInto(target, entity, tree);
    }
    merge.into(first, entity, tree);
  }
}

function waiting(asked: Asked | undefined, targets: JsonObject[]): (Asked & { targets: JsonObject[] })[] {
  return asked ? [{ ...asked, targets }] : [];
}
