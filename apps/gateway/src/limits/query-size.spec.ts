import { parse } from 'graphql';
import { querySize } from './query-size.ts';

const sizeOf = (query: string) => querySize(parse(query));

describe('the size of a query', () => {
  it('counts levels of fields, aliases and root fields', () => {
    expect(sizeOf('{ a { b c: d { e } } x: y }')).toEqual({ depth: 3, aliases: 2, rootFields: 2 });
  });

  it('is not made smaller by fragments', () => {
    expect(sizeOf('{ ...R ... { z } } fragment R on Query { a: b { ...S } } fragment S on T { c: d }')).toEqual({
      depth: 2,
      aliases: 2,
      rootFields: 2,
    });
  });

  it('counts a fragment wherever it is spread', () => {
    expect(sizeOf('{ p { ...F } q { ...F } } fragment F on T { a: b }').aliases).toBe(2);
  });

  it('takes the largest operation of a document', () => {
    expect(sizeOf('query A { a } query B { a { b { c } } }').depth).toBe(3);
  });

  it('does not count how deep introspection goes', () => {
    expect(sizeOf('{ __schema { types { fields { type { ofType { name } } } } } }').depth).toBe(1);
  });

  it('measures fragments that double at every step in no time', () => {
    const steps = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on T { x: a { ...F${n + 1} } y: a { ...F${n + 1} } }`,
    );
    const { aliases } = sizeOf(`{ ...F0 } ${steps.join(' ')} fragment F60 on T { z: b }`);
    expect(aliases).toBeGreaterThan(1e15);
  });

  it('survives fragments that spread themselves', () => {
    expect(sizeOf('{ ...A } fragment A on T { a { ...A } }')).toEqual({ depth: 1, aliases: 0, rootFields: 1 });
  });
});
