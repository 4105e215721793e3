import { Kind, parse, visit, type ASTNode } from 'graphql';
import { inputPath } from './input-path.ts';

/** The path of the first value in a query that is written like this. */
function pathOf(query: string, literal: string): string | undefined {
  const document = parse(query);
  let wanted: ASTNode | undefined;
  visit(document, {
    enter(node) {
      if ('value' in node && node.value === literal) wanted ??= node;
    },
  });
  return wanted && inputPath(document, wanted);
}

describe('the path of an input in a query', () => {
  it('leads through objects and lists of one argument', () => {
    expect(pathOf('{ a { cases(filter: { kinds: [{ of: ONE }, { of: TWO }] }) { id } } }', 'TWO')).toBe(
      'filter.kinds[1].of',
    );
  });

  it('is the argument itself for a plain value', () => {
    expect(pathOf('mutation { record(id: "x") { id } }', 'x')).toBe('id');
  });

  it('is absent outside arguments', () => {
    const document = parse('{ a { b } }');
    expect(inputPath(document, document.definitions[0]!)).toBeUndefined();
    expect(document.definitions[0]?.kind).toBe(Kind.OPERATION_DEFINITION);
  });
});
