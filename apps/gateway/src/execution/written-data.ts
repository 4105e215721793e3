/*
 * Why: our executor writes the data of an answer as JSON text. Apollo Server hands data to its plugins as an object and
 * prints it at the end. Parsing the text only to print it again would cost more than executing did; giving plugins a
 * text would break those that look. So they get an object that parses itself when somebody first looks, and whose text
 * is used as it is when nobody has.
 */
import type { FormattedExecutionResult } from 'graphql';

/** The text of data that nobody has looked at. One who has may also have changed it. */
const unread = new WeakMap<object, string>();

type Data = Record<string, unknown>;

/** An object of JSON text; `null` for the text `null`. Behaves like the parsed object to whoever reads or changes it. */
export function writtenData(text: string): Data | null {
  if (text === 'null') return null;
  const target: Data = {};
  const read = (): Data => {
    if (unread.delete(data)) Object.assign(target, JSON.parse(text));
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
  unread.set(data, text);
  return data;
}

/** Prints an answer for Apollo Server, with data that is text already put in as it is. */
export function printedAnswer(answer: FormattedExecutionResult): string {
  const { data, ...rest } = answer;
  const text = data ? unread.get(data) : undefined;
  if (text === undefined) return `${JSON.stringify(answer)}\n`;
  const before = JSON.stringify(rest);
  return `${before === '{}' ? '{' : `${before.slice(0, -1)},`}"data":${text}}\n`;
}
