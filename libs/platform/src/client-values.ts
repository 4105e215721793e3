import {
  getNamedType,
  getNullableType,
  GraphQLID,
  isInputObjectType,
  isListType,
  type GraphQLArgument,
  type GraphQLFieldResolver,
  type GraphQLInputType,
} from 'graphql';
import type { Ctx } from './context.ts';
import { platformErrors } from './errors.ts';
import { checkedId } from './rows.ts';

/**
 * Puts before a resolver what GraphQL's own types can't say of its arguments: every `ID` has the form of this graph's ids
 * (`input.id`), and every text can be stored (`input.text`). Both name the path of the value, such as `filter.search`.
 */
export function withCheckedValues(
  declared: readonly GraphQLArgument[],
  resolve: GraphQLFieldResolver<unknown, Ctx>,
): GraphQLFieldResolver<unknown, Ctx> {
  if (declared.length === 0) return resolve;
  return (source, args, ctx, info) => {
    for (const { name, type } of declared) check(args[name], type, name);
    return resolve(source, args, ctx, info);
  };
}

function check(value: unknown, declared: GraphQLInputType, path: string): void {
  if (value === undefined || value === null) return;
  const type = getNullableType(declared);
  if (isListType(type)) {
    for (const [at, each] of (value as unknown[]).entries()) check(each, type.ofType, `${path}[${at}]`);
  } else if (isInputObjectType(type)) {
    const given = value as Record<string, unknown>;
    for (const field of Object.values(type.getFields())) check(given[field.name], field.type, `${path}.${field.name}`);
  } else if (getNamedType(type) === GraphQLID) checkedId(value as string, path);
  else checkText(value, path);
}

/** Texts at any depth: a scalar may be JSON. */
function checkText(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw platformErrors('input.text', {}, { field: path });
    }
  } else if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) checkText(each, `${path}[${at}]`);
  } else if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    for (const [name, each] of Object.entries(value)) {
      checkText(name, path);
      checkText(each, `${path}.${name}`);
    }
  }
}
