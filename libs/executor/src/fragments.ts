/*
 * Why: operations of clients and of plans both name fragments, and everything that walks through one has to follow them.
 */
import { Kind, visit, type ASTNode, type DocumentNode, type FragmentDefinitionNode } from 'graphql';

/** Named fragments by their names. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The named fragments of a document. */
export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** The fragments that a node spreads, itself or through other fragments. */
export function spreadFragments(node: ASTNode, fragments: Fragments): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const look = (at: ASTNode): void => {
    visit(at, {
      FragmentSpread({ name: { value: name } }) {
        const fragment = fragments.get(name);
        if (!fragment || found.has(name)) return;
        found.set(name, fragment);
        look(fragment);
      },
    });
  };
  look(node);
  return [...found.values()];
}
