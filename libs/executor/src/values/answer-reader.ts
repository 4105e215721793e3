/*
 * Why: it is known what an answer looks like before it comes: the names that were asked for, in the order in which they
 * were (the specification's section 7.2.2 says so), printed without a blank. Reading just that takes about half of
 * what JSON.parse needs, since no key is looked up, and values that nobody reads stay in the bytes (run-bytes.ts).
 *
 * An answer that looks any other way, with errors or blanks in it, with names that weren't asked for, is parsed by
 * JSON.parse as a whole, and what it says is brought into the same form. Which of the two ways an answer took can't be
 * told from what comes out.
 */
import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { SelectionTree } from '../plan/selection-tree.ts';
import type { ReadNames } from './read-names.ts';
import type { RunBytes } from './run-bytes.ts';

/** What is expected at a position of an answer where objects stand. */
export interface ExpectedObject {
  fields: readonly ExpectedField[];
  /** Makes an object with all names and no values, so that all that stand here have one shape. */
  empty(): JsonObject;
}

interface ExpectedField {
  name: string;
  /** The name as a key, such as `"name":`. */
  key: Uint8Array;
  /** `undefined` for scalars and enums. */
  below: ExpectedObject | undefined;
  isRead: boolean;
}

/** What is expected where a fetch asks for these names. */
export function expectedObject(tree: SelectionTree, read: ReadNames): ExpectedObject {
  return expected([...tree].map(([name, below]) => [name, below ? expectedObject(below, read) : undefined, read]));
}

/** What is expected of an answer whose data has these names, each with objects below it. */
export function expectedData(parts: readonly (readonly [name: string, below: ExpectedObject])[]): ExpectedObject {
  return expected(parts.map(([name, below]) => [name, below, undefined]));
}

function expected(fields: readonly (readonly [string, ExpectedObject | undefined, ReadNames | undefined])[]) {
  return {
    fields: fields.map(([name, below, read]) => ({
      name,
      key: Buffer.from(`${JSON.stringify(name)}:`),
      below,
      isRead: read?.has(name) === true,
    })),
    empty: emptyObjects(fields.map(([name]) => name)),
  };
}

type Copy = (object: JsonObject) => JsonObject;

/**
 * All of them copy an object. V8 learns for each place in a program which shapes it copies, and is fast as long as they
 * are few; so shapes are dealt out to several places. (Reading took 0.85 of the time that it took with one.)
 */
const copies: readonly Copy[] = [
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
  (object) => ({ ...object }),
];
let dealt = 0;

function emptyObjects(names: readonly string[]): () => JsonObject {
  const one = Object.fromEntries(names.map((name) => [name, undefined]));
  const copy = copies[dealt++ % copies.length] as Copy;
  return () => copy(one);
}

/** The data of an answer that is `{"data":{…}}` as it was expected; `undefined` for any other. */
export function readData(answer: Uint8Array, data: ExpectedObject, bytes: RunBytes): JsonObject | undefined {
  if (!isUtf8(answer)) return undefined;
  const from = bytes.add(answer);
  return reader.data(bytes.all, from, bytes.length, data);
}

/** Brings data that JSON.parse made into the form that {@link readData} gives it, in place. */
export function asRead(value: unknown, expected: ExpectedObject, bytes: RunBytes): void {
  if (Array.isArray(value)) for (const element of value) asRead(element, expected, bytes);
  if (!isJsonObject(value)) return;
  for (const { name, below, isRead } of expected.fields) {
    const part = value[name];
    if (below) asRead(part, below, bytes);
    else if (!isRead && part !== undefined) value[name] = unread(part, bytes);
  }
}

function unread(value: unknown, bytes: RunBytes): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((element: unknown) => unread(element, bytes));
  // A number ends where something else begins
  return bytes.add(Buffer.from(`${JSON.stringify(value)},`));
}

/** Thrown where an answer is not as it is expected. */
const UNEXPECTED = new Error('not as expected');

const code = (character: string) => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const OBJECT = code('{');
const OBJECT_END = code('}');
const LIST = code('[');
const LIST_END = code(']');
const MINUS = code('-');
const ZERO = code('0');
const NINE = code('9');
const POINT = code('.');
const PLUS = code('+');
const EXPONENT = code('e');
const BLANK = code(' ');
/** What JSON takes for a blank (RFC 8259, section 2). */
const BLANKS = [...' \t\n\r'].map(code);
const [HEAD, TRUE, FALSE, NULL] = ['{"data":', 'true', 'false', 'null'].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

/** Whether a byte is a digit. */
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= ZERO && byte <= NINE;

/** Reads one answer after the other; reading one is never interrupted. */
class AnswerReader {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;
  /** Whether the string that was passed over last has an escape, or a character that is not ASCII. */
  #isEscaped = false;
  #isAscii = true;
  /**
   * Strings that were read lately, each at the place that its characters decide. The same keys and names of types come
   * again and again, and making a string of bytes costs more than finding it here.
   */
  readonly #known: string[] = new Array<string>(KNOWN).fill('');

  data(bytes: Buffer, from: number, end: number, expected: ExpectedObject): JsonObject | undefined {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
    try {
      this.#pass(HEAD);
      const data = this.#object(expected);
      if (bytes[this.#at] !== OBJECT_END) return undefined;
      this.#at += 1;
      while (this.#at < end && BLANKS.includes(bytes[this.#at] as number)) this.#at += 1;
      return this.#at === end ? data : undefined;
    } catch (error) {
      if (error !== UNEXPECTED) throw error;
      return undefined;
    }
  }

  #object({ fields, empty }: ExpectedObject): JsonObject {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== OBJECT) throw UNEXPECTED;
    this.#at += 1;
    const object = empty();
    if (bytes[this.#at] === OBJECT_END) {
      this.#at += 1;
      return object;
    }
    const { length } = fields;
    let next = 0;
    for (;;) {
      // A name that is not the next one may be further on: others are left out for objects of this type
      let tried = 0;
      let field = fields[next];
      while (field === undefined || !this.#isKey(field.key)) {
        tried += 1;
        if (tried > length) throw UNEXPECTED;
        next = next + 1 < length ? next + 1 : 0;
        field = fields[next];
      }
      next += 1;
      this.#at += field.key.length;
      object[field.name] = field.below ? this.#composite(field.below) : this.#leaf(field);
      const byte = bytes[this.#at];
      this.#at += 1;
      if (byte === OBJECT_END) return object;
      if (byte !== COMMA) throw UNEXPECTED;
    }
  }

  #composite(below: ExpectedObject): unknown {
    const byte = this.#bytes[this.#at];
    if (byte === OBJECT) return this.#object(below);
    if (byte !== LIST) return this.#pass(NULL);
    const list: unknown[] = [];
    while (this.#hasElement(list.length)) list.push(this.#composite(below));
    return list;
  }

  #leaf(field: ExpectedField): unknown {
    const from = this.#at;
    const byte = this.#bytes[from] as number;
    if (byte === QUOTE) {
      this.#passString();
      return field.isRead ? this.#string(from) : from;
    }
    if (isDigit(byte) || byte === MINUS) {
      this.#passNumber();
      return field.isRead ? Number(this.#bytes.toString('latin1', from, this.#at)) : from;
    }
    switch (byte) {
      case LIST: {
        const list: unknown[] = [];
        while (this.#hasElement(list.length)) list.push(this.#leaf(field));
        return list;
      }
      case TRUE[0]:
        this.#pass(TRUE);
        return field.isRead ? true : from;
      case FALSE[0]:
        this.#pass(FALSE);
        return field.isRead ? false : from;
      default:
        return this.#pass(NULL);
    }
  }

  /** Whether another element of a list comes, of which `count` have come. */
  #hasElement(count: number): boolean {
    const byte = this.#bytes[count === 0 ? this.#at + 1 : this.#at];
    if (count === 0) {
      this.#at += byte === LIST_END ? 2 : 1;
      return byte !== LIST_END;
    }
    this.#at += 1;
    if (byte !== COMMA && byte !== LIST_END) throw UNEXPECTED;
    return byte === COMMA;
  }

  #isKey(key: Uint8Array): boolean {
    const bytes = this.#bytes;
    const at = this.#at;
    for (let index = 0; index < key.length; index += 1) if (bytes[at + index] !== key[index]) return false;
    return true;
  }

  #pass(word: Uint8Array): null {
    if (!this.#isKey(word)) throw UNEXPECTED;
    this.#at += word.length;
    return null;
  }

  /** Goes behind a string. */
  #passString(): void {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.#at + 1;
    let all = 0;
    let isEscaped = false;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) break;
      if (byte < BLANK) throw UNEXPECTED;
      all |= byte;
      if (byte === BACKSLASH) {
        isEscaped = true;
        at += 1;
      }
    }
    if (at >= end) throw UNEXPECTED;
    this.#isEscaped = isEscaped;
    this.#isAscii = all < 0x80;
    const from = this.#at;
    this.#at = at + 1;
    // Rare enough to have somebody else look whether the escapes are such
    if (isEscaped) this.#parsed(from);
  }

  #passNumber(): void {
    const bytes = this.#bytes;
    const from = this.#at;
    const first = bytes[from] === MINUS ? from + 1 : from;
    let at = first;
    while (isDigit(bytes[at])) at += 1;
    const hasMore = at < this.#end && isOfNumber(bytes[at] as number);
    while (at < this.#end && isOfNumber(bytes[at] as number)) at += 1;
    this.#at = at;
    if (at === first || (bytes[first] === ZERO && at > first + 1) || hasMore) this.#parsed(from);
  }

  /** The string that was passed over last. */
  #string(from: number): string {
    const bytes = this.#bytes;
    const begin = from + 1;
    const end = this.#at - 1;
    if (this.#isEscaped) return this.#parsed(from) as string;
    if (!this.#isAscii || end - begin > LONGEST_KNOWN) return bytes.toString('utf8', begin, end);
    let hash = 0;
    for (let index = begin; index < end; index += 1) hash = (hash * 31 + (bytes[index] as number)) | 0;
    const place = hash & (KNOWN - 1);
    const known = this.#known[place] as string;
    if (isText(known, bytes, begin, end)) return known;
    return (this.#known[place] = bytes.toString('latin1', begin, end));
  }

  /** A value from its first byte to where reading has come. */
  #parsed(from: number): unknown {
    try {
      return JSON.parse(this.#bytes.toString('utf8', from, this.#at));
    } catch {
      throw UNEXPECTED;
    }
  }
}

/** Characters of strings that are known again: names of types, and keys, which are UUIDs at the longest. */
const LONGEST_KNOWN = 40;

/** How many of them, a power of two. */
const KNOWN = 4096;

/** What a number may hold beside the digits in front. */
function isOfNumber(byte: number): boolean {
  return isDigit(byte) || byte === POINT || byte === PLUS || byte === MINUS || (byte | 0x20) === EXPONENT;
}

function isText(text: string, bytes: Buffer, begin: number, end: number): boolean {
  if (text.length !== end - begin) return false;
  for (let index = 0; index < text.length; index += 1)
    if (text.charCodeAt(index) !== bytes[begin + index]) return false;
  return true;
}

const reader = new AnswerReader();
