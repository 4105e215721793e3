/*
 * Why: of the objects that a fetch continues from, many are the same entity: a page of fifty orders by three people
 * needs three people. They are told apart by their representations, and asked for once each. What is remembered until
 * the answer comes are three flat lists and nothing for each entity, since requests by the dozen wait at the same time
 * and all that they hold is moved about by the garbage collector.
 */
import type { JsonObject } from '../json.ts';
import type { Represent } from './representations.ts';

/** Objects of the answer, and the distinct entities that they stand for. */
export interface DistinctEntities {
  /** The representation of each entity, in the order in which they come. */
  texts: readonly string[];
  /** Objects that stand for one of them; those that can't be asked for are left out. */
  objects: readonly JsonObject[];
  /** For each object the number of its entity. */
  entityOf: readonly number[];
  /** For each entity the number of the first object that stands for it. */
  firstOf: readonly number[];
}

/** The entities that some objects stand for. */
export function distinctEntities(candidates: readonly JsonObject[], represent: Represent): DistinctEntities {
  const texts: string[] = [];
  const objects: JsonObject[] = [];
  const entityOf: number[] = [];
  const firstOf: number[] = [];
  const numbers = new Map<string, number>();
  for (const object of candidates) {
    const text = represent(object);
    if (text === undefined) continue;
    let number = numbers.get(text);
    if (number === undefined) {
      number = texts.length;
      numbers.set(text, number);
      texts.push(text);
      firstOf.push(objects.length);
    }
    objects.push(object);
    entityOf.push(number);
  }
  return { texts, objects, entityOf, firstOf };
}

/** The first object that stands for an entity. */
export function firstObject({ objects, firstOf }: DistinctEntities, entity: number): JsonObject | undefined {
  return objects[firstOf[entity] ?? -1];
}
