import fc from 'fast-check';
import type { JsonObject } from '../json.ts';
import { parsedAnswer } from '../plan/subgraph-answer.ts';
import type { SelectionTree } from '../plan/selection-tree.ts';
import { expectedObject, readData } from './answer-reader.ts';
import { RunBytes, valueAt } from './run-bytes.ts';

/** What is asked for: plain values that are read and that are not, and objects below. */
const tree: SelectionTree = new Map([
  ['__typename', null],
  ['id', null],
  ['kept', null],
  ['other', null],
  [
    'below',
    new Map([
      ['id', null],
      ['kept', null],
    ]) as SelectionTree,
  ],
]);
const expected = expectedObject(new Map([['root', tree]]), new Set(['__typename', 'id']));

/** The data that was asked for, with each value in the place of where it stands. */
function resolved(value: unknown, bytes: RunBytes): unknown {
  return asked(value, (place) => (place === null ? null : valueAt(bytes.all, place as number)));
}

/** The data that was asked for. */
function asked(value: unknown, left: (value: unknown) => unknown = (same) => same): unknown {
  return pick(value, new Map([['root', tree]]));

  function pick(at: unknown, names: SelectionTree): unknown {
    if (Array.isArray(at)) return at.map((element: unknown) => pick(element, names));
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(
      [...names].flatMap(([name, further]) => {
        const part = (at as JsonObject)[name];
        if (part === undefined) return [];
        return [[name, further ? pick(part, further) : name === 'id' || name === '__typename' ? part : each(part)]];
      }),
    );
  }

  function each(part: unknown): unknown {
    return Array.isArray(part) ? part.map(each) : left(part);
  }
}

function both(text: string | Uint8Array): { read: unknown; isExpected: boolean } {
  const bytes = new RunBytes();
  // Something stands before it, as it does for all answers but the first
  bytes.add(Buffer.from('"before"'));
  const answer = typeof text === 'string' ? Buffer.from(text) : text;
  const isExpected = readData(answer, expected, bytes) !== undefined;
  try {
    return { read: resolved(parsedAnswer(answer, expected, bytes).data, bytes), isExpected };
  } finally {
    // The next one has what this one was behind it
    bytes.release();
  }
}

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const leaves = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.array(fc.array(leaf, { maxLength: 2 }), { maxLength: 2 }),
);
const below = fc.record({ id: leaves, kept: leaves }, { requiredKeys: [] });
const root = fc.record(
  {
    __typename: fc.constantFrom('T', 'U'),
    id: leaves,
    kept: leaves,
    other: leaves,
    below: fc.oneof(below, fc.array(fc.option(below), { maxLength: 3 }), fc.constant(null)),
  },
  { requiredKeys: [] },
);

/** Without what `JSON.stringify` writes in another way than it was. */
const plain = (value: unknown): unknown => asked(JSON.parse(JSON.stringify(value)));

describe('reading an answer', () => {
  it('finds what JSON.parse finds, whatever is left where it stands', () => {
    fc.assert(
      fc.property(root, (value) => {
        const data = { root: value };
        expect(both(JSON.stringify({ data }))).toEqual({ read: plain(data), isExpected: true });
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, string, unknown]>([
    ['with blanks', '{ "data": {"root": {"id": 1 ,"kept":"a"} } }', { root: { id: 1, kept: 'a' } }],
    ['with a mark in front', '\ufeff{"data":{"root":{"kept":"a"}}}', { root: { kept: 'a' } }],
    ['with names that nobody asked for', '{"data":{"root":{"kept":1,"__proto__":{"a":1}}}}', { root: { kept: 1 } }],
    [
      'with objects where plain values were expected',
      '{"data":{"root":{"kept":{"a":[1,"]}"]},"id":{"b":2}}}}',
      undefined,
    ],
    ['with something plain in place of an object', '{"data":{"root":{"below":3}}}', { root: { below: 3 } }],
    ['with errors', '{"errors":[{"message":"no"}],"data":{"root":{"kept":"a","other":12,"id":"b"}}}', undefined],
    ['without data', '{"data":null}', null],
  ])('that looks otherwise gives the same: %s', (_, text, read) => {
    const wanted = read === undefined ? (JSON.parse(text) as { data: JsonObject }).data : read;
    expect(both(text)).toEqual({ read: plain(wanted), isExpected: false });
  });

  it('takes names in any order, escapes, and all kinds of numbers', () => {
    const text = String.raw`{"data":{"root":{"other":[-0,1e3,1.50,-12,123456789012],"id":"\u6bb7\n","kept":"a\"b\\"}}}`;
    expect(both(text)).toEqual({ read: (JSON.parse(text) as { data: JsonObject }).data, isExpected: true });
  });

  it('that is broken off anywhere, or has one byte changed, says so or means what JSON.parse takes it to mean', () => {
    const whole = Buffer.from(
      String.raw`{"data":{"root":{"__typename":"T","id":"殷","kept":[1.5,-2e3,true],"other":"\n","below":[{"id":7},null]}}}`,
    );
    const meaning = (answer: Uint8Array) => {
      try {
        return both(answer).read;
      } catch {
        return 'no JSON';
      }
    };
    const parsed = (answer: Uint8Array) => {
      try {
        const { data } = JSON.parse(new TextDecoder().decode(answer)) as { data?: unknown };
        return data === undefined ? 'no JSON' : asked(data);
      } catch {
        return 'no JSON';
      }
    };
    for (let length = 0; length < whole.length; length += 1) expect(meaning(whole.subarray(0, length))).toBe('no JSON');
    for (let index = 0; index < whole.length; index += 1)
      for (const byte of [0, 0x20, 0x22, 0x2c, 0x30, 0x5c, 0x5d, 0x65, 0x7d, 0xff]) {
        const changed = Buffer.from(whole);
        changed[index] = byte;
        expect([index, byte, meaning(changed)]).toEqual([index, byte, parsed(changed)]);
      }
  });
});

describe('the place of a request’s answers', () => {
  it('is used again only by what comes after it was given back', () => {
    const first = new RunBytes();
    const at = first.add(Buffer.from('"first"'));
    const second = new RunBytes();
    second.add(Buffer.from('"second"'));
    expect(valueAt(first.all, at)).toBe('first');
    const place = first.all;
    first.release();
    const third = new RunBytes();
    third.add(Buffer.from('"third"'));
    expect(third.all).toBe(place);
    // Whoever comes too late writes somewhere else
    first.add(Buffer.from('"too late"'));
    expect([valueAt(second.all, 0), valueAt(third.all, 0)]).toEqual(['second', 'third']);
  });
});
