/*
 * Why: our executor writes the data of an answer as JSON, in the bytes that go over the wire. Apollo Server hands data to
 * its plugins as an object and prints it at the end. Parsing the bytes only to print them again would cost more than
 * executing did; giving plugins bytes would break those that look. So they get an object that parses itself when somebody
 * first looks, and whose bytes are used as they are when nobody has.
 *
 * Apollo Server knows answers as strings. Decoding UTF-8 only to encode it again costs as much as executing a small
 * operation, so the string that passes through it holds one character for each byte. Long data doesn't even pass: what is
 * printed then breaks off where it would stand, and it goes to the client from where it is (graphql-over-http.ts).
 */
import type { FormattedExecutionResult } from 'graphql';
import { answering } from '../answering.ts';

/** Where data keeps its JSON until somebody looks at it. One who has may also have changed it. */
const unread = Symbol('JSON that nobody has looked at');

type Data = Record<string, unknown> & { [unread]?: Buffer };

/** An object of JSON in UTF-8; `null` for `null`. Behaves like the parsed object to whoever reads or changes it. */
export function writtenData(json: Buffer): Data | null {
  return json.length === 4 ? null : new Proxy<Data>({ [unread]: json }, parsedWhenRead);
}

const parsedWhenRead: ProxyHandler<Data> = {
  get: (data, name) => (name === unread ? data[unread] : Reflect.get(read(data), name)),
  set: (data, name, value) => Reflect.set(read(data), name, value),
  has: (data, name) => Reflect.has(read(data), name),
  deleteProperty: (data, name) => Reflect.deleteProperty(read(data), name),
  defineProperty: (data, name, descriptor) => Reflect.defineProperty(read(data), name, descriptor),
  ownKeys: (data) => Reflect.ownKeys(read(data)),
  getOwnPropertyDescriptor: (data, name) => Reflect.getOwnPropertyDescriptor(read(data), name),
};

function read(data: Data): Data {
  const json = data[unread];
  if (json) {
    delete data[unread];
    Object.assign(data, JSON.parse(json.toString('utf8')));
  }
  return data;
}

/** Data of more bytes goes beside what is printed. */
const LONG = 16_000;

/** What follows data that goes beside what is printed. */
export const END = '}\n';

/**
 * Prints an answer for Apollo Server: JSON in UTF-8, a character for each byte, with data that is bytes already put in as
 * it is, or handed to the request that is being answered if it is long.
 */
export function printedAnswer(answer: FormattedExecutionResult): string {
  const { data, errors, extensions } = answer;
  const json = (data as Data | null | undefined)?.[unread];
  if (json === undefined) return `${asBytes(JSON.stringify(answer))}\n`;
  const hasMore = errors !== undefined || extensions !== undefined;
  const before = `${hasMore ? `${asBytes(JSON.stringify({ errors, extensions })).slice(0, -1)},` : '{'}"data":`;
  const request = json.length > LONG ? answering.getStore() : undefined;
  if (!request) return `${before}${json.toString('latin1')}${END}`;
  request.data = json;
  return before;
}

function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
