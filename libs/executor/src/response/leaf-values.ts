/*
 * Why: scalars and enums of an answer are checked before they reach a client, who was promised a type. The rules are
 * those of the specification's section 3.5 (result coercion) and 3.9 (enums); custom scalars are the business of the
 * subgraph that owns them, and pass as they are.
 */
import { isEnumType, type GraphQLLeafType } from 'graphql';
import { endOfString, valueAt } from '../values/run-bytes.ts';
import type { JsonBytes } from './json-bytes.ts';

/** Writes a value that is not null; writes nothing and says `false` if its type does not allow it. */
export type WriteLeaf = (value: unknown, json: JsonBytes) => boolean;

const MAX_INT = 2_147_483_647;

const string: WriteLeaf = (value, json) => {
  if (typeof value !== 'string') return false;
  json.string(value);
  return true;
};

const builtIn: Readonly<Record<string, WriteLeaf>> = {
  String: string,
  Boolean: (value, json) => typeof value === 'boolean' && written(String(value), json),
  Int: (value, json) =>
    Number.isInteger(value) &&
    Math.abs(value as number) <= MAX_INT + ((value as number) < 0 ? 1 : 0) &&
    written(String(value === 0 ? 0 : value), json),
  Float: (value, json) => Number.isFinite(value) && written(JSON.stringify(value), json),
  // "ID is serialized in the same way as a String"; a subgraph that counts its ids may send the number
  ID: (value, json) => string(Number.isInteger(value) ? String(value) : value, json),
};

/** How values of a scalar or enum are written. */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const names = new Map<unknown, Buffer>(type.getValues().map(({ name }) => [name, Buffer.from(`"${name}"`)]));
    return (value, json) => {
      const name = names.get(value);
      if (name) json.raw(name);
      return name !== undefined;
    };
  }
  return builtIn[type.name] ?? ((value, json) => written(JSON.stringify(value), json));
}

/** Writes a value that is not null, given by its place in some bytes; writes nothing and says `false` if its type does not allow it. */
export type WriteUnread = (place: unknown, json: JsonBytes, bytes: Buffer) => boolean;

const QUOTE = '"'.charCodeAt(0);

/**
 * How values of a scalar or enum are written that were left where they stand. Strings and short integers are copied
 * where their type allows them; all others become values, and the same rules hold.
 */
export function unreadLeafWriter(type: GraphQLLeafType): WriteUnread {
  const write = leafWriter(type);
  const isCustom = !isEnumType(type) && !(type.name in builtIn);
  const mayBeString = isCustom || type.name === 'String' || type.name === 'ID';
  const mayBeInteger = isCustom || type.name === 'Int' || type.name === 'Float';
  return (place, json, bytes) => {
    if (typeof place !== 'number') return write(valueOf(place, bytes), json);
    if (bytes[place] === QUOTE) {
      if (!mayBeString) return write(valueAt(bytes, place), json);
      json.copied(bytes, place, endOfString(bytes, place));
      return true;
    }
    const end = mayBeInteger ? endOfShortInteger(bytes, place) : 0;
    if (end === 0) return write(valueAt(bytes, place), json);
    json.copied(bytes, place, end);
    return true;
  };
}

/** A list of values that were left where they stand. */
function valueOf(place: unknown, bytes: Buffer): unknown {
  if (Array.isArray(place)) return place.map((element: unknown) => valueOf(element, bytes));
  return typeof place === 'number' ? valueAt(bytes, place) : place;
}

/** So many digits are an Int whatever they are. */
const SHORT = 9;

/** Where an integer ends that JavaScript would write just so; 0 for all else. */
function endOfShortInteger(bytes: Buffer, at: number): number {
  const isNegative = bytes[at] === 0x2d;
  const first = isNegative ? at + 1 : at;
  let end = first;
  while (isBetween(bytes[end], 0x30, 0x39)) end += 1;
  const digits = end - first;
  if (digits === 0 || digits > SHORT || (isNegative && bytes[first] === 0x30)) return 0;
  const next = (bytes[end] as number) | 0x20;
  return next === 0x2e || next === 0x65 ? 0 : end;
}

function isBetween(byte: number | undefined, from: number, to: number): boolean {
  return byte !== undefined && byte >= from && byte <= to;
}

function written(text: string, json: JsonBytes): boolean {
  json.text(text);
  return true;
}
