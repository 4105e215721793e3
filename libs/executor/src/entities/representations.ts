/*
 * Why: to continue with an entity in another subgraph, the plan says what identifies it there (its key) and what else
 * that subgraph needs (@requires). The representation is written as JSON text at once, because the text does two jobs:
 * it is what is sent, and two entities with the same text are the same question.
 *
 * What an entity needs is resolved once for every concrete type. Nearly always that is a plain list of fields, whose
 * text is put together directly; corrections of the plan and overlapping fragments take the longer way over an object.
 *
 * A field that is missing (not null: missing) means that an earlier fetch failed on a field that can't be null. Then
 * the fragment it stands in is left out, and an entity of which nothing but that is left isn't asked for at all; its
 * error is in the answer already.
 */
import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Rewrite } from '../plan/rewrites.ts';
import type { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import { refuseInheritedName } from '../unsupported.ts';

/** The JSON text under which an entity is asked for; `undefined` when it can't be, or needn't be. */
export type Represent = (entity: JsonObject) => string | undefined;

/**
 * Representations as a fetch requires them. A field is read under its alias and written under its name; plans have no
 * aliases here by themselves, see argument-stand-ins.ts.
 */
export function representations(
  requires: readonly QueryPlanSelectionNode[],
  types: TypeHierarchy,
  correct: Rewrite | undefined,
): Represent {
  refuseInheritedNames(requires);
  const ofType = new Map<string, Represent>();
  return (entity) => {
    const type = entity['__typename'];
    if (typeof type !== 'string') return undefined;
    let represent = ofType.get(type);
    if (!represent) {
      represent = forType(type, requires, types, correct);
      // Names come from subgraphs: one that invents a new one for every entity must not fill the memory
      if (ofType.size < 1000) ofType.set(type, represent);
    }
    return represent(entity);
  };
}

/** The fields that an entity lacks of those that are required of its type, by the names under which they are read. */
export function lacking(
  entity: JsonObject,
  requires: readonly QueryPlanSelectionNode[],
  types: TypeHierarchy,
): string[] {
  const type = entity['__typename'];
  return requires.flatMap((selection) => {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      return entity[name] === undefined ? [name] : [];
    }
    const isMet = typeof type === 'string' && types.fulfils(type, selection.typeCondition ?? type);
    return isMet ? lacking(entity, selection.selections, types) : [];
  });
}

function forType(
  type: string,
  requires: readonly QueryPlanSelectionNode[],
  types: TypeHierarchy,
  correct: Rewrite | undefined,
): Represent {
  const fields = correct ? undefined : plainFields(requires, type, types);
  if (fields?.some(({ name }) => name === '__typename')) {
    const parts = textParts(fields);
    const [key, ...others] = parts.filter(({ from }) => from !== '__typename');
    return key && others.length === 0 && !key.below
      ? remembered(key.from, (entity) => textOf(entity, parts))
      : (entity) => textOf(entity, parts);
  }
  return (entity) => {
    const representation = objectOf(entity, requires, types);
    if (!representation?.['__typename']) return undefined;
    correct?.(representation);
    return JSON.stringify(representation);
  };
}

/** Texts that are remembered for a type, of entities that have nothing but one key. */
const REMEMBERED = 5_000;

/**
 * Most entities have one key and need nothing else, and the same ones come again and again: on one page, and on the
 * next. The text is then remembered by the key. Beside the printing this spares comparing texts, since equal ones are
 * the same string.
 */
function remembered(key: string, represent: Represent): Represent {
  const texts = new Map<unknown, string>();
  return (entity) => {
    const value = entity[key];
    if (typeof value !== 'string' && typeof value !== 'number') return represent(entity);
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = represent(entity);
    if (texts.size >= REMEMBERED) texts.clear();
    if (text !== undefined) texts.set(value, text);
    return text;
  };
}

/** The fields that a type needs, if no fragment below the first level and no name that comes twice makes it harder. */
function plainFields(
  requires: readonly QueryPlanSelectionNode[],
  type: string,
  types: TypeHierarchy,
): QueryPlanFieldNode[] | undefined {
  const fields: QueryPlanFieldNode[] = [];
  let fragments = 0;
  for (const selection of requires) {
    if (selection.kind === 'Field') fields.push(selection);
    else if (selection.typeCondition !== undefined && types.fulfils(type, selection.typeCondition)) {
      fragments += 1;
      for (const inner of selection.selections) {
        if (inner.kind !== 'Field') return undefined;
        fields.push(inner);
      }
    }
  }
  // Of several fragments each may be left out on its own, so their fields can't be one list
  return fragments < 2 && areDistinct(fields) ? fields : undefined;
}

function areDistinct(fields: readonly QueryPlanFieldNode[]): boolean {
  return (
    new Set(fields.map(({ name }) => name)).size === fields.length &&
    fields.every(
      ({ selections }) =>
        !selections ||
        (selections.every(({ kind }) => kind === 'Field') && areDistinct(selections as QueryPlanFieldNode[])),
    )
  );
}

/** One field of a representation as text: what stands before its value, and where the value is read. */
interface TextPart {
  before: string;
  from: string;
  below: readonly TextPart[] | undefined;
}

function textParts(fields: readonly QueryPlanFieldNode[]): readonly TextPart[] {
  return fields.map(({ name, alias, selections }, index) => ({
    before: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    from: alias ?? name,
    below: selections && textParts(selections as QueryPlanFieldNode[]),
  }));
}

function textOf(object: JsonObject, parts: readonly TextPart[]): string | undefined {
  let text = '';
  for (const { before, from, below } of parts) {
    const value = object[from];
    if (value === undefined) return undefined;
    text += before + (below ? textBelow(value, below) : JSON.stringify(value));
  }
  return `${text}}`;
}

/** What is no object where one is needed, because a subgraph broke its schema, is null to the next one. */
function textBelow(value: unknown, parts: readonly TextPart[]): string {
  if (Array.isArray(value)) return `[${value.map((element: unknown) => textBelow(element, parts)).join(',')}]`;
  return (isJsonObject(value) && textOf(value, parts)) || 'null';
}

function objectOf(
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
  types: TypeHierarchy,
): JsonObject | undefined {
  const representation: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const value = source[selection.alias ?? selection.name];
      if (value === undefined) return undefined;
      const part = selection.selections ? valueOf(value, selection.selections, types) : value;
      representation[selection.name] = united(representation[selection.name], part);
    } else if (selection.typeCondition !== undefined) {
      const type = source['__typename'];
      if (typeof type !== 'string' || !types.fulfils(type, selection.typeCondition)) continue;
      for (const [name, part] of Object.entries(objectOf(source, selection.selections, types) ?? {}))
        representation[name] = united(representation[name], part);
    }
  }
  return representation;
}

function valueOf(value: unknown, selections: readonly QueryPlanSelectionNode[], types: TypeHierarchy): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => valueOf(element, selections, types));
  return (isJsonObject(value) && objectOf(value, selections, types)) || null;
}

/** What two fragments need of the same field. */
function united(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length)
    return first.map((element, index) => united(element, second[index]));
  if (!isJsonObject(first) || !isJsonObject(second)) return second;
  const both = { ...first };
  for (const [name, part] of Object.entries(second)) both[name] = united(both[name], part);
  return both;
}

function refuseInheritedNames(selections: readonly QueryPlanSelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      refuseInheritedName(selection.name);
      if (selection.alias !== undefined) refuseInheritedName(selection.alias);
    }
    if (selection.selections) refuseInheritedNames(selection.selections);
  }
}
