import type { FormattedExecutionResult } from 'graphql';
import { answerBytes, printedAnswer, writtenData } from './written-data.ts';

const text = '{"a":{"b":[1,"值"]},"c":null}';

const data = () => writtenData(Buffer.from(text)) as Record<string, unknown>;
const sent = (answer: FormattedExecutionResult) => answerBytes(printedAnswer(answer)).toString('utf8');

describe('data that is bytes', () => {
  it('is printed as it is, beside errors and extensions', () => {
    expect(sent({ data: data() })).toBe(`{"data":${text}}\n`);
    const errors = [{ message: '值' }] as never;
    expect(JSON.parse(sent({ errors, data: data(), extensions: { e: 1 } }))).toEqual({
      errors,
      data: JSON.parse(text),
      extensions: { e: 1 },
    });
  });

  it('is an object for whoever looks', () => {
    expect(data()).toEqual(JSON.parse(text));
    expect([Object.keys(data()), 'a' in data(), 'x' in data(), { ...data() }['c'], JSON.stringify(data())]).toEqual([
      ['a', 'c'],
      true,
      false,
      null,
      text,
    ]);
    expect(Object.getOwnPropertySymbols(data())).toEqual([]);
  });

  it('may be changed, and is then printed as changed', () => {
    const changed = data();
    (changed['a'] as Record<string, unknown>)['b'] = 2;
    changed['d'] = 3;
    delete changed['c'];
    expect(sent({ data: changed })).toBe('{"data":{"a":{"b":2},"d":3}}\n');
  });

  it('is null for null, and data of others is printed as ever', () => {
    expect(writtenData(Buffer.from('null'))).toBeNull();
    expect(sent({ data: null })).toBe('{"data":null}\n');
    expect(sent({ data: { a: 1 } })).toBe('{"data":{"a":1}}\n');
    expect(sent({ errors: [] })).toBe('{"errors":[]}\n');
  });
});
