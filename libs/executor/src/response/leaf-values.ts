/*
 * Why: scalars and enums of an answer are checked before they reach a client, who was promised a type. The rules are
 * those of the specification's section 3.5 (result coercion) and 3.9 (enums); custom scalars are the business of the
 * subgraph that owns them, and pass as they are.
 */
import { isEnumType, type GraphQLLeafType } from 'graphql';
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

function written(text: string, json: JsonBytes): boolean {
  json.text(text);
  return true;
}
