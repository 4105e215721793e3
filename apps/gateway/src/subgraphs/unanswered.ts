import { Kind, parse, type GraphQLFormattedError, type SelectionNode } from 'graphql';
import { errorExtensions } from '@frontline/platform/process';
import { gatewayErrors } from '../errors/gateway-errors.ts';

/**
 * The answer in place of one that a service didn't give: an error for every field that is missing. Of many
 * entities only the first gets one, since a page of a hundred would otherwise repeat the same sentence a hundred times.
 * The reason is for the log alone: it tells what runs where.
 */
export function unanswered(operation: string, reason: string): { errors: GraphQLFormattedError[] } {
  const error = gatewayErrors('service.unavailable');
  const extensions = { ...errorExtensions(error), reason };
  return { errors: missingPaths(operation).map((path) => ({ message: error.message, path, extensions })) };
}

/** Paths of the fields that an operation of the gateway asks a service for, as the service itself would write them. */
function missingPaths(operation: string): (string | number)[][] {
  const selections = parse(operation, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [],
  );
  return selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD) return [];
    const key = keyOf(selection);
    if (key !== '_entities') return [[key]];
    return [...new Set(fieldsOf(selection.selectionSet?.selections ?? []))].map((field) => ['_entities', 0, field]);
  });
}

function fieldsOf(selections: readonly SelectionNode[]): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet.selections);
    return selection.kind === Kind.FIELD && selection.name.value !== '__typename' ? [keyOf(selection)] : [];
  });
}

function keyOf(field: { name: { value: string }; alias?: { value: string } }): string {
  return field.alias?.value ?? field.name.value;
}
