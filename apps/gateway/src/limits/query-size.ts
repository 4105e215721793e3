import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** How large an operation is once its fragments are put in place. */
export interface QuerySize {
  /** Levels of fields. */
  depth: number;
  /** Fields that have an alias. */
  aliases: number;
  /** Fields of the operation itself. */
  rootFields: number;
}

const nothing: QuerySize = { depth: 0, aliases: 0, rootFields: 0 };

/** Fields that answer about the schema and ask no service; graphql-js bounds how deep they go. */
const introspection = new Set(['__schema', '__type']);

/**
 * Measures the largest operation of a document. Fragments are measured once each, so that a document whose fragments
 * double at every step costs no more than it is long; one that spreads itself counts as empty there (it is refused
 * anyway).
 */
export function querySize(document: DocumentNode): QuerySize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, QuerySize>();

  function ofFragment(name: string): QuerySize {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? ofSelections(fragment.selectionSet) : nothing;
    measured.set(name, size);
    return size;
  }

  function ofSelections(set: SelectionSetNode): QuerySize {
    const total = { ...nothing };
    for (const selection of set.selections) {
      const size =
        selection.kind === Kind.FIELD
          ? ofField(selection)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelections(selection.selectionSet);
      total.depth = Math.max(total.depth, size.depth);
      total.aliases += size.aliases;
      total.rootFields += size.rootFields;
    }
    return total;
  }

  function ofField(field: { name: { value: string }; alias?: unknown; selectionSet?: SelectionSetNode }): QuerySize {
    const inside = field.selectionSet ? ofSelections(field.selectionSet) : nothing;
    return {
      depth: introspection.has(field.name.value) ? 1 : inside.depth + 1,
      aliases: inside.aliases + (field.alias ? 1 : 0),
      rootFields: 1,
    };
  }

  const sizes = document.definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? ofSelections(definition.selectionSet) : nothing,
  );
  return {
    depth: Math.max(0, ...sizes.map(({ depth }) => depth)),
    aliases: Math.max(0, ...sizes.map(({ aliases }) => aliases)),
    rootFields: Math.max(0, ...sizes.map(({ rootFields }) => rootFields)),
  };
}
