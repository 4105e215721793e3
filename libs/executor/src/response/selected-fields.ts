/*
 * Why: which fields an answer holds, and in which order, is what the specification calls CollectFields (section 6.3.2):
 * fragments that fit the object's type are gone through in place, @skip and @include are applied, and a name that is
 * selected twice stands where it came first, with both selections below it. Types and conditions are known when the
 * writer of an operation is made, so none of this is done again for each object.
 */
import {
  isAbstractType,
  isObjectType,
  isInterfaceType,
  Kind,
  type DirectiveNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../fragments.ts';

/** A field of the answer. */
export interface SelectedField {
  /** Name in the schema. */
  name: string;
  /** What is selected below it, one set for each time that it is selected. */
  selections: SelectionSetNode[];
  nodes: FieldNode[];
}

/** What is needed to tell which fields are selected. */
export interface Selecting {
  schema: GraphQLSchema;
  fragments: Fragments;
  /** Values of the variables that conditions are decided by. */
  variables: Readonly<Record<string, unknown>>;
}

/** The fields that are selected on an object of the type, by the name that they have in the answer. */
export function selectedFields(
  type: string,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
): ReadonlyMap<string, SelectedField> {
  const fields = new Map<string, SelectedField>();
  const spread = new Set<string>();
  for (const set of sets) collect(set);
  return fields;

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isIncluded(selection.directives, selecting.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        add(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (fits(type, selection.typeCondition?.name.value, selecting.schema)) collect(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = selecting.fragments.get(selection.name.value);
        if (fragment && fits(type, fragment.typeCondition.name.value, selecting.schema)) collect(fragment.selectionSet);
      }
    }
  }

  function add(node: FieldNode): void {
    const key = (node.alias ?? node.name).value;
    const field = fields.get(key) ?? { name: node.name.value, selections: [], nodes: [] };
    fields.set(key, field);
    field.nodes.push(node);
    if (node.selectionSet) field.selections.push(node.selectionSet);
  }
}

/** Whether @skip and @include let a selection stand. */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  return !directives?.some(({ name: { value: name }, arguments: given }) => {
    const condition = given?.[0]?.value;
    if ((name !== 'skip' && name !== 'include') || !condition) return false;
    const holds =
      condition.kind === Kind.VARIABLE
        ? variables[condition.name.value] === true
        : condition.kind === Kind.BOOLEAN && condition.value;
    return name === 'skip' ? holds : !holds;
  });
}

function fits(type: string, condition: string | undefined, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type) return true;
  const abstract = schema.getType(condition);
  const object = schema.getType(type);
  return (
    isAbstractType(abstract) && (isObjectType(object) || isInterfaceType(object)) && schema.isSubType(abstract, object)
  );
}
