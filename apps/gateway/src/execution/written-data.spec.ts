import type { FormattedExecutionResult } from 'graphql';
import { answering, type Answering } from '../answering.ts';
import { END, printedAnswer, writtenData } from './written-data.ts';

const text = '{"a":{"b":[1,"值"]},"c":null}';

const data = () => writtenData(Buffer.from(text)) as Record<string, unknown>;
const sent = (answer: FormattedExecutionResult) => Buffer.from(printedAnswer(answer), 'latin1').toString('utf8');

describe('data that is bytes', () => {
  it('goes beside what is printed if it is long and a request waits for it', () => {
    const long = JSON.stringify({ a: '值'.repeat(6_000) });
    const asked: Answering = { requestId: 'r-1' };
    const errors = [{ message: '值' }] as never;
    const answer = { errors, data: writtenData(Buffer.from(long)) };
    const printed = answering.run(asked, printedAnswer, answer);
    const whole = Buffer.concat([Buffer.from(printed, 'latin1'), asked.data ?? Buffer.alloc(0), Buffer.from(END)]);
    expect(JSON.parse(whole.toString())).toEqual({ errors, data: JSON.parse(long) as unknown });
    expect(asked.data?.toString()).toBe(long);
    expect(JSON.parse(sent(answer))).toEqual({ errors, data: JSON.parse(long) as unknown });
  });

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
