import { BREAK, visit, type ASTNode, type DocumentNode } from 'graphql';

/**
 * Where in a query's arguments a value stands, as `filter.kinds[1]`: graphql-js names the type that a literal breaks,
 * not the argument that it is for. `undefined` for nodes outside arguments.
 */
export function inputPath(document: DocumentNode, wanted: ASTNode): string | undefined {
  let found: string | undefined;
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node !== wanted) return undefined;
      found = [...ancestors, ...(parent ? [parent] : []), node].reduce<string>(extended, '');
      return BREAK;
    },
  });
  return found === '' ? undefined : found;
}

/** The path, one step further down; steps through fields and operations start it anew. */
function extended(path: string, step: ASTNode | readonly ASTNode[], index: number, steps: readonly unknown[]): string {
  if (isList(step)) {
    const inList = (steps[index - 1] as ASTNode | undefined)?.kind === 'ListValue';
    return inList ? `${path}[${step.indexOf(steps[index + 1] as ASTNode)}]` : path;
  }
  if (step.kind === 'Argument') return step.name.value;
  if (step.kind === 'ObjectField') return `${path}.${step.name.value}`;
  return step.kind === 'Field' || step.kind === 'OperationDefinition' ? '' : path;
}

function isList(step: ASTNode | readonly ASTNode[]): step is readonly ASTNode[] {
  return Array.isArray(step);
}
