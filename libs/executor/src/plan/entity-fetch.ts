/*
 * Why: this is where most of a request's time goes, and where a federation gateway can save most: a page of fifty
 * orders by three people needs three people, not fifty. Entities with the same representation are asked for once, in
 * one request to the subgraph, and entities that another fetch of this request asked for by the same question are not
 * asked for again (see entity-reuse.ts for why that is safe).
 */
import type { FetchNode } from '@apollo/query-planner';
import type { Asked } from '../entities/entity-reuse.ts';
import { distinctEntities, firstObject, type DistinctEntities } from '../entities/distinct-entities.ts';
import { joined } from '../entities/equal-places.ts';
import { lacking, representations } from '../entities/representations.ts';
import { entityTree } from '../entities/reused-objects.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { contextGroups } from './context-values.ts';
import { entityAnswers, type EntityAnswers } from './entity-answers.ts';
import { FetchErrors } from './fetch-errors.ts';
import { objectsAt, type FlattenPath } from './flatten-path.ts';
import type { AskForEntities } from './joined-questions.ts';
import { mergeOf } from './merge.ts';
import { rewriteAll } from './rewrites.ts';
import type { Run } from './run.ts';
import { treeAfter } from './selection-tree.ts';
import type { FetchParts, Step } from './steps.ts';

/** A fetch that continues from entities at a path: it asks their subgraph for more of their fields. */
export function entityFetch<Context>(fetch: FetchNode, path: FlattenPath, parts: FetchParts<Context>): Step<Context> {
  const { types } = parts;
  const ask = parts.questions.get(fetch) as AskForEntities<Context>;
  const { requires = [], contextRewrites } = fetch;
  const represent = representations(requires, types, rewriteAll(fetch.inputRewrites, types));
  const tree = treeAfter(entityTree(fetch), fetch.outputRewrites);
  const merge = mergeOf(tree, types);
  const errors = new FetchErrors(fetch, path, tree, parts.asked);
  const correct = rewriteAll(fetch.outputRewrites, types);
  const composites = [...tree].flatMap(([name, below]) => (below ? [name] : []));
  const maySharePlaces = parts.sharing.has(fetch) && !correct;
  const mayJoin = parts.equal.joining.has(fetch);
  const question = parts.repeated.get(fetch);

  if (contextRewrites?.length)
    return async (run) => {
      const groups = contextGroups(run.data, path, contextRewrites, types);
      await Promise.all(groups.map(({ entities, values }) => complete(run, entities, values)));
    };
  const objects = objectsAt(path, parts.equal.places);
  return (run) => complete(run, objects(run.data, run.shared));

  /** Asks for the entities, each distinct one once, and puts what comes back into all their places. */
  async function complete(run: Run<Context>, candidates: readonly JsonObject[], values?: JsonObject): Promise<void> {
    const found = distinctEntities(candidates, represent);
    const { texts } = found;
    if (run.absent.size > 0 && found.objects.length < candidates.length) passOnAbsence(run, candidates, found);
    if (texts.length === 0) return;
    const distinct = mayJoin ? joined(run, path, found) : found;
    if (question === undefined) return put(run, await request(run, texts, values), distinct);
    const known = run.asked.of(question);
    const wanted = texts.filter((text) => !known.has(text));
    const before = texts.map((text) => known.get(text));
    if (wanted.length > 0) {
      const answers = request(run, wanted, values);
      wanted.forEach((text, index) => known.set(text, { answers, index }));
      const received = await answers;
      let index = 0;
      const indexes = before.map((asked) => (asked ? -1 : index++));
      put(run, received, distinct, indexes);
    }
    await takeOver(run, before, distinct);
  }

  /** Where all that is missing for asking is missing because the entity isn't there, what would have been asked isn't either. */
  function passOnAbsence(
    { absent }: Run<Context>,
    candidates: readonly JsonObject[],
    { objects: represented }: DistinctEntities,
  ): void {
    const asked = new Set(represented);
    for (const entity of candidates) {
      const trees = absent.get(entity);
      if (!trees || asked.has(entity)) continue;
      const missing = lacking(entity, requires, types);
      if (missing.length > 0 && missing.every((name) => trees.some((each) => each.has(name))))
        absent.set(entity, [...trees, tree]);
    }
  }

  async function request(run: Run<Context>, texts: readonly string[], values?: JsonObject): Promise<EntityAnswers> {
    try {
      const answer = await ask(run, texts, values);
      return entityAnswers(answer.data, answer.errors, texts.length);
    } catch (failure) {
      return { ...entityAnswers(undefined, [], 0), failure };
    }
  }

  /** Puts answers that another fetch of this request asked for into this fetch's places. Its errors about none in particular were told there. */
  async function takeOver(
    run: Run<Context>,
    before: readonly (Asked | undefined)[],
    distinct: DistinctEntities,
  ): Promise<void> {
    const sources = new Set(before.flatMap((asked) => (asked ? [asked.answers] : [])));
    for (const answers of sources) {
      const received = await answers;
      const indexes = before.map((asked) => (asked?.answers === answers ? asked.index : -1));
      put(run, { ...received, otherErrors: [] }, distinct, indexes);
    }
  }

  /**
   * Puts answers into their places. `indexes` says for each entity where its answer is, -1 for one that was not asked
   * for there; without it, all were and in this order.
   */
  function put(
    run: Run<Context>,
    { entities, errorsAbout, otherErrors, failure }: EntityAnswers,
    distinct: DistinctEntities,
    indexes?: readonly number[],
  ): void {
    const { objects, entityOf, firstOf, texts } = distinct;
    for (const error of otherErrors) errors.ofNone(run, error);
    if (failure !== undefined) {
      const first = indexes ? indexes.findIndex((index) => index >= 0) : 0;
      return errors.failed(run, failure, firstObject(distinct, first));
    }
    if (errorsAbout.size > 0) {
      for (let entity = 0; entity < texts.length; entity += 1)
        for (const error of errorsAbout.get(indexes ? (indexes[entity] ?? -1) : entity) ?? [])
          errors.ofEntity(
            run,
            error,
            objects.filter((_, number) => entityOf[number] === entity),
          );
    }
    // The first place of an entity comes last: it gets what was received itself, of which the others need copies
    for (let number = objects.length - 1; number >= 0; number -= 1) {
      const which = entityOf[number] as number;
      const received = entities[indexes ? (indexes[which] as number) : which];
      if (received === undefined) continue;
      const target = objects[number] as JsonObject;
      if (received === null) {
        if (otherErrors.length === 0 && errorsAbout.size === 0)
          run.absent.set(target, [...(run.absent.get(target) ?? []), tree]);
        continue;
      }
      const isFirst = firstOf[which] === number;
      if (!isJsonObject(received)) {
        if (isFirst) errors.failed(run, new Error('an entity was answered that is no object'), target);
        continue;
      }
      if (correct) {
        // Its type decides which corrections apply; a subgraph that wasn't asked for it leaves it out
        received['__typename'] ??= target['__typename'];
        correct(received);
      }
      if (isFirst || maySharePlaces) merge.into(target, received);
      else merge.copyInto(target, received);
      if (!isFirst && maySharePlaces) for (const name of composites) run.shared.add(received[name]);
    }
  }
}
