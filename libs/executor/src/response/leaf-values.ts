/*
 * Why: scalars and enums of an answer are checked before they reach a client, who was promised a type. The rules are
 * those of the specification's section 3.5 (result coercion) and 3.9 (enums); custom scalars are the business of the
 * subgraph that owns them, and pass as they are.
 */
import { isEnumType, type GraphQLLeafType } from 'graphql';

/** The JSON text of a value that is not null; `undefined` if its type does not allow it. */
export type LeafText = (value: unknown) => string | undefined;

const MAX_INT = 2_147_483_647;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? JSON.stringify(value) : undefined);

const builtIn: Readonly<Record<string, LeafText>> = {
  String: text,
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  Int: (value) =>
    Number.isInteger(value) && Math.abs(value as number) <= MAX_INT + ((value as number) < 0 ? 1 : 0)
      ? String(value === 0 ? 0 : value)
      : undefined,
  Float: (value) => (Number.isFinite(value) ? JSON.stringify(value) : undefined),
  // "ID is serialized in the same way as a String"; a subgraph that counts its ids may send the number
  ID: (value) => text(Number.isInteger(value) ? String(value) : value),
};

/** How values of a scalar or enum are written. */
export function leafText(type: GraphQLLeafType): LeafText {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => (typeof value === 'string' && names.has(value) ? JSON.stringify(value) : undefined);
  }
  return builtIn[type.name] ?? ((value) => JSON.stringify(value));
}
