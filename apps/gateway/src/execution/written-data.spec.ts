import { printedAnswer, writtenData } from './written-data.ts';

const text = '{"a":{"b":[1,"值"]},"c":null}';

describe('data that is text', () => {
  it('is printed as it is, beside errors and extensions', () => {
    expect(printedAnswer({ data: writtenData(text) })).toBe(`{"data":${text}}\n`);
    const errors = [{ message: 'x' }] as never;
    expect(JSON.parse(printedAnswer({ errors, data: writtenData(text), extensions: { e: 1 } }))).toEqual({
      errors,
      data: JSON.parse(text),
      extensions: { e: 1 },
    });
  });

  it('is an object for whoever looks', () => {
    const data = writtenData(text) as Record<string, unknown>;
    expect(data).toEqual(JSON.parse(text));
    expect([Object.keys(data), 'a' in data, 'x' in data, { ...data }.c, JSON.stringify(data)]).toEqual([
      ['a', 'c'],
      true,
      false,
      null,
      text,
    ]);
  });

  it('may be changed, and is then printed as changed', () => {
    const data = writtenData(text) as Record<string, unknown>;
    (data['a'] as Record<string, unknown>)['b'] = 2;
    data['d'] = 3;
    delete data['c'];
    expect(printedAnswer({ data })).toBe('{"data":{"a":{"b":2},"d":3}}\n');
  });

  it('is null for null, and data of others is printed as ever', () => {
    expect(writtenData('null')).toBeNull();
    expect(printedAnswer({ data: null })).toBe('{"data":null}\n');
    expect(printedAnswer({ data: { a: 1 } })).toBe('{"data":{"a":1}}\n');
    expect(printedAnswer({ errors: [] })).toBe('{"errors":[]}\n');
  });
});
