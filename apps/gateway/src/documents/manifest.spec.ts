import { readManifest } from './manifest.ts';

describe('a manifest', () => {
  it('may be Apollo’s or a map of ids to texts', () => {
    const apollo = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'a1', name: 'A', type: 'query', body: 'query A { a }' }],
    };
    const expected = [['a1', 'query A { a }']];
    expect([...readManifest(JSON.stringify(apollo))]).toEqual(expected);
    expect([...readManifest(JSON.stringify({ a1: 'query A { a }' }))]).toEqual(expected);
  });

  it.each(['{"a1": 5}', '[]', '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}', 'query {'])(
    'is refused when it is something else: %s',
    (json) => expect(() => readManifest(json)).toThrow(),
  );
});
