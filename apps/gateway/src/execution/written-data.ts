/*
 * Why: our executor writes the data of an answer as JSON, in the bytes that go over the wire. Apollo Server hands data to
 * its plugins as an object and prints it at the end. Parsing the bytes only to print them again would cost more than
 * executing did; giving plugins bytes would break those that look. So they get an object that parses itself when somebody
 * first looks, and whose bytes are used as they are when nobody has.
 *
 * Apollo Server knows answers as strings. Decoding UTF-8 only to encode it again costs as much as executing a small
 * operation, so the string that passes through it holds one character for each byte ({@link printedAnswer}), and
 * {@link answerBytes} makes bytes of it without looking at them.
 */
import type { FormattedExecutionResult } from 'graphql';

/** The JSON of data that nobody has looked at. One who has may also have changed it. */
const unread = new WeakMap<object, Buffer>();

type Data = Record<string, unknown>;

/** An object of JSON in UTF-8; `null` for `null`. Behaves like the parsed object to whoever reads or changes it. */
export function writtenData(json: Buffer): Data | null {
  if (json.length === 4) return null;
  const target: Data = {};
  const read = (): Data => {
    if (unread.delete(data)) Object.assign(target, JSON.parse(json.toString('utf8')));
    return target;
  };
  const data: Data = new Proxy(target, {
    get: (_, name) => Reflect.get(read(), name),
    set: (_, name, value) => Reflect.set(read(), name, value),
    has: (_, name) => Reflect.has(read(), name),
    deleteProperty: (_, name) => Reflect.deleteProperty(read(), name),
    defineProperty: (_, name, descriptor) => Reflect.defineProperty(read(), name, descriptor),
    ownKeys: () => Reflect.ownKeys(read()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(read(), name),
  });
  unread.set(data, json);
  return data;
}

/** Prints an answer for Apollo Server: JSON in UTF-8, a character for each byte, with data that is bytes already put in as it is. */
export function printedAnswer(answer: FormattedExecutionResult): string {
  const { data, ...rest } = answer;
  const json = data ? unread.get(data) : undefined;
  if (json === undefined) return `${asBytes(JSON.stringify(answer))}\n`;
  const before = asBytes(JSON.stringify(rest));
  return `${before === '{}' ? '{' : `${before.slice(0, -1)},`}"data":${json.toString('latin1')}}\n`;
}

/** What is sent for an answer that {@link printedAnswer} printed. */
export function answerBytes(printed: string): Buffer {
  return Buffer.from(printed, 'latin1');
}

function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
