/*
 * Why: what a client asks about the schema needs no subgraph, and graphql-js answers it by the book. Those fields are cut
 * out of the operation and given to it; for most documents the answer never changes, and is kept as text.
 */
import { executeSync, Kind, visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { fragmentsOf } from '../fragments.ts';
import type { SelectedField } from './selected-fields.ts';

/** Fields that answer about the schema. */
const INTROSPECTION = new Set(['__schema', '__type']);

/**
 * Answers the fields that ask about the schema itself, by graphql-js, as JSON texts by their names in the answer.
 * Returns `undefined` for an operation that has none.
 */
export function introspection(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fields: ReadonlyMap<string, SelectedField>,
): ((variables: Readonly<Record<string, unknown>>) => Record<string, string>) | undefined {
  const nodes = [...fields.values()].flatMap((field) => (INTROSPECTION.has(field.name) ? field.nodes : []));
  if (nodes.length === 0) return undefined;
  const alone: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, directives: [], selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } },
      ...fragmentsOf(document).values(),
    ],
  };
  let usesVariables = false;
  visit(alone.definitions[0] as OperationDefinitionNode, {
    VariableDefinition: () => false,
    Variable: () => {
      usesVariables = true;
    },
    // What a fragment uses isn't looked into: asking again is only slower
    FragmentSpread: () => {
      usesVariables = true;
    },
  });
  let kept: Record<string, string> | undefined;
  return (variables) => {
    if (kept) return kept;
    const { data, errors } = executeSync({ schema, document: alone, variableValues: variables });
    if (errors?.[0]) throw errors[0];
    const texts = Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
    if (!usesVariables) kept = texts;
    return texts;
  };
}
