import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  GraphQLObjectType,
  defaultFieldResolver,
  isIntrospectionType,
  lexicographicSortSchema,
  parse,
  type GraphQLSchema,
} from 'graphql';
import { buildSchema, createResolversMap, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { accessRules, guarded } from './access-rules.ts';
import { withCheckedValues } from './client-values.ts';
import type { Ctx } from './context.ts';
import { Instant } from './scalars.ts';

/** Resolves an entity that another subgraph refers to; `undefined` when it does not exist or the caller may not see it. */
export type ReferenceResolver = (
  ctx: Ctx,
  key: Record<string, string>,
) => Promise<object | undefined> | object | undefined;

const federationLink =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@override"])';

/** What a subgraph's schema is made of. */
export interface GraphDefinition {
  resolvers: readonly (abstract new (...args: never[]) => object)[];
  references: Readonly<Record<string, ReferenceResolver>>;
  /** Types that are reached only by reference. */
  orphanedTypes?: readonly (abstract new (...args: never[]) => object)[];
}

/** The schema in SDL as committed in schema.graphql, and the executable subgraph schema with every access rule in force. */
export async function buildSubgraph({
  resolvers,
  references,
  orphanedTypes = [],
}: GraphDefinition): Promise<{ sdl: string; schema: GraphQLSchema }> {
  const built = await buildSchema({
    resolvers: resolvers as unknown as NonEmptyArray<never>,
    orphanedTypes: orphanedTypes as never,
    scalarsMap: [{ type: Date, scalar: Instant }],
    validate: false,
  });
  const rules = accessRules(built);
  const sdl = `${federationLink}\n\n${printSchemaWithDirectives(lexicographicSortSchema(built))}\n`;
  const map = createResolversMap(built) as Record<string, Record<string, unknown>>;
  const computed = computedFields();
  for (const type of Object.values(built.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || isIntrospectionType(type)) continue;
    const fields = (map[type.name] ??= {});
    for (const [name, field] of Object.entries(type.getFields())) {
      const path = `${type.name}.${name}`;
      const rule = rules.get(path);
      const isRoot = type === built.getQueryType() || type === built.getMutationType();
      // type-graphql gives every plain property an async resolver; graphql-js reads properties itself, many times cheaper
      const resolve = isRoot || computed.has(path) ? field.resolve : undefined;
      const guardedResolve =
        rule === undefined
          ? resolve
          : guarded(path, rule, withCheckedValues(field.args, (resolve ?? defaultFieldResolver) as never));
      if (guardedResolve && guardedResolve !== defaultFieldResolver) fields[name] = guardedResolve;
      else delete fields[name];
    }
  }
  const unknown = Object.keys(references).filter((name) => !(built.getType(name) instanceof GraphQLObjectType));
  if (unknown.length > 0) throw new Error(`references name types that the schema lacks: ${unknown.join(', ')}`);
  const everything = { ...map, ...entityResolvers(references, map['Query']) };
  return { sdl, schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: everything as never }]) };
}

/**
 * `_entities` and the union it answers with. Apollo's own would write `__typename` onto what a reference resolver gives,
 * which is a frozen row; types are kept beside the objects instead.
 */
function entityResolvers(references: GraphDefinition['references'], query: Record<string, unknown> | undefined) {
  const types = new WeakMap<object, string>();
  const entity = async (ctx: Ctx, key: Record<string, string>) => {
    const type = key['__typename'] as string;
    const reference = references[type];
    if (!reference) throw new Error(`No reference resolver for ${type}`);
    const found = await reference(ctx, key);
    if (!found) return null;
    types.set(found, type);
    return found;
  };
  if (Object.keys(references).length === 0) return {};
  return {
    Query: {
      ...query,
      _entities: (_source: unknown, asked: { representations: Record<string, string>[] }, ctx: Ctx) =>
        asked.representations.map((key) => entity(ctx, key)),
    },
    _Entity: { __resolveType: (found: object) => types.get(found) },
  };
}

/** `Type.field` of every field that a method computes or that is shown under another name than its property's. */
function computedFields(): Set<string> {
  const storage = getMetadataStorage();
  const computed = new Set<string>();
  for (const type of storage.objectTypes) {
    const classes = new Set(withAncestors(type.target));
    const fields = storage.objectTypes.filter((each) => classes.has(each.target)).flatMap((each) => each.fields ?? []);
    const resolvers = storage.fieldResolvers.filter(
      (each) => classes.has(each.getObjectType?.() as never) || classes.has(each.target),
    );
    for (const { methodName, schemaName } of resolvers) {
      computed.add(`${type.name}.${fields.find((field) => field.name === methodName)?.schemaName ?? schemaName}`);
    }
    for (const field of fields) if (field.schemaName !== field.name) computed.add(`${type.name}.${field.schemaName}`);
  }
  return computed;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql keeps classes as plain functions
function withAncestors(target: Function): Function[] {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
  const parent = Object.getPrototypeOf(target) as Function | null;
  return parent && parent !== Function.prototype ? [target, ...withAncestors(parent)] : [target];
}
