import { readCommitted } from './repository.ts';

/** Names of the public graph: its types, and the values of its enums as `Type.VALUE`. */
function namesOfTheGraph(): Set<string> {
  const names = new Set<string>();
  const sdl = readCommitted('apps/gateway/schema.graphql') ?? '';
  for (const [, kind, type = '', body = ''] of sdl.matchAll(/^(type|enum) (\w+)[^{]*\{([^}]*)\}/gm)) {
    names.add(type);
    if (kind === 'enum')
      for (const [value] of body.matchAll(/^ {2}[A-Z][A-Z0-9_]*/gm)) names.add(`${type}.${value.trim()}`);
  }
  return names;
}

describe('the glossary', () => {
  const glossary = readCommitted('docs/glossary.md') ?? '';
  const quoted = [...glossary.matchAll(/`([A-Z]\w+(?:\.[A-Z_]+)?)`/g)].map(([, name = '']) => name);

  it('names in the graph only what is there', () => {
    const graph = namesOfTheGraph();
    expect(quoted.length).toBeGreaterThan(40);
    expect(quoted.filter((name) => !graph.has(name))).toEqual([]);
  });

  it('explains each word once', () => {
    const words = [...glossary.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, word = '']) => word);
    const twice = words.filter(
      (word, at) => !['English', 'word'].includes(word) && !/^-+$/.test(word) && words.indexOf(word) !== at,
    );
    expect(twice).toEqual([]);
  });
});
