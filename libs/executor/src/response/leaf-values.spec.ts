import fc from 'fast-check';
import { buildSchema, type GraphQLLeafType } from 'graphql';
import { JsonBytes } from './json-bytes.ts';
import { leafWriter, unreadLeafWriter } from './leaf-values.ts';

const schema = buildSchema(
  'enum Rank { A BUREAU } scalar Any type Query { rank: Rank any: Any id: ID int: Int float: Float }',
);
const types = ['String', 'ID', 'Int', 'Float', 'Boolean', 'Rank', 'Any'].map(
  (name) => schema.getType(name) as GraphQLLeafType,
);

/** What is written of a value, and `undefined` where its type does not allow it. */
function written(write: (json: JsonBytes) => boolean): unknown {
  const json = new JsonBytes();
  const isWritten = write(json);
  const text = json.taken().toString();
  if (!isWritten) expect(text).toBe('');
  return isWritten ? JSON.parse(text) : undefined;
}

const read = (type: GraphQLLeafType, text: string) =>
  written((json) => leafWriter(type)(JSON.parse(text) as unknown, json));

const unread = (type: GraphQLLeafType, text: string) =>
  written((json) => unreadLeafWriter(type)(3, json, Buffer.from(`"",${text},"behind it"`)));

describe('a value that was left where it stands', () => {
  it.each(types)('is written as one that was read, or refused like it: %s', (type) => {
    const texts = fc.oneof(
      fc.json({ maxDepth: 2 }).filter((text) => text !== 'null'),
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
      fc.constantFrom('-0', '0', '1.0', '-12', '1e2', '1E-2', '2147483647', '2147483648', '-2147483648', '-2147483649'),
      fc.constantFrom('999999999', '9999999999', '12345678901234567890', '"A"', '"BUREAU"', '"C"', '"toString"'),
      fc.constantFrom(
        String.raw`"\u0041"`,
        String.raw`"a\"b\\"`,
        String.raw`"\\"`,
        '{"a":["}"]}',
        '"[1"',
        'true',
        'false',
      ),
    );
    fc.assert(
      fc.property(texts, (text) => expect(unread(type, text)).toEqual(read(type, text))),
      { numRuns: 1000 },
    );
  });

  it('may be a list of such', () => {
    const [any, int] = [schema.getType('Any'), schema.getType('Int')] as GraphQLLeafType[];
    const bytes = Buffer.from('1,"b",');
    const list = [0, null, [2]];
    expect(written((json) => unreadLeafWriter(any as GraphQLLeafType)(list, json, bytes))).toEqual([1, null, ['b']]);
    expect(written((json) => unreadLeafWriter(int as GraphQLLeafType)(list, json, bytes))).toBeUndefined();
  });
});
