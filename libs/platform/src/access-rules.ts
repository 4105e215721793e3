import { Extensions } from 'type-graphql';
import {
  GraphQLObjectType,
  isIntrospectionType,
  isNonNullType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { allows, type AccessRule, type Actor } from '@frontline/access';
import type { Ctx } from './context.ts';
import { platformErrors } from './errors.ts';

/** The rule of wrappers (connections, edges, payload parts): whoever may read the field that leads there may read them. */
export const SAME_AS_PARENT = 'SAME_AS_PARENT';

/** What can stand in {@link Access}. */
export type FieldAccess = AccessRule | typeof SAME_AS_PARENT;

/**
 * Gives a GraphQL type (and so each of its fields), or one field, query or mutation, its access rule.
 * A field's own rule replaces its type's. A field without any rule stops the schema from being built.
 */
export function Access(rule: FieldAccess): ClassDecorator & PropertyDecorator & MethodDecorator {
  return Extensions({ access: rule }) as never;
}

/** The rule of every field, as `Type.field`; throws with the list of fields that have none. */
export function accessRules(schema: GraphQLSchema): Map<string, FieldAccess> {
  const rules = new Map<string, FieldAccess>();
  const without: string[] = [];
  const brittle: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = (field.extensions['access'] ?? type.extensions['access']) as FieldAccess | undefined;
      const own = field.extensions['access'] as FieldAccess | undefined;
      if (
        own &&
        own !== SAME_AS_PARENT &&
        own !== type.extensions['access'] &&
        isNonNullType(field.type) &&
        !isRoot(schema, type)
      )
        brittle.push(`${type.name}.${field.name}`);
      if (rule === undefined) without.push(`${type.name}.${field.name}`);
      else rules.set(`${type.name}.${field.name}`, rule);
    }
  }
  if (without.length > 0)
    throw new Error(`These fields have no access rule; give each one @Access(…): ${without.join(', ')}`);
  if (brittle.length > 0)
    throw new Error(
      `These fields have an access rule of their own and must be nullable, or a refusal would hide the whole object: ${brittle.join(', ')}`,
    );
  return rules;
}

function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return type === schema.getQueryType() || type === schema.getMutationType();
}

/** Puts a rule before a resolver. */
export function guarded(
  what: string,
  rule: FieldAccess,
  resolve: GraphQLFieldResolver<unknown, Ctx>,
): GraphQLFieldResolver<unknown, Ctx> {
  if (rule === SAME_AS_PARENT || allows(rule, { kind: 'anonymous' })) return resolve;
  return (source, args, ctx, info) => {
    demand(rule, ctx.actor, what);
    return resolve(source, args, ctx, info);
  };
}

function demand(rule: AccessRule, actor: Actor, what: string): void {
  if (allows(rule, actor)) return;
  throw platformErrors(actor.kind === 'anonymous' ? 'access.signIn' : 'access.denied', { what });
}
