/*
 * The subgraphs behind a random graph, as functions. There is no data set: every value is computed from the names that
 * lead to it, so all subgraphs agree on what they share, and both executors see the same world. Fields with
 * requirements answer with what they were sent, so that a wrong representation is seen in the answer.
 *
 * Faults are computed in the same way, from the subgraph, the object and the field, and not from the order of requests.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  getNamedType,
  GraphQLError,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isScalarType,
  isUnionType,
  Kind,
  parse,
  visit,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import type { JsonObject } from '../json.ts';
import { hashOf } from './dice.fixture.ts';

/** What goes wrong in subgraphs. */
export interface Faults {
  /** Changes which fields are hit. */
  salt: number;
  /** Out of a hundred fields, so many fail with an error. */
  errors?: number;
  /** So many nullable ones are null without one. */
  nulls?: number;
  /** So many values in finished answers are replaced by ones that their types don't allow. */
  mismatches?: number;
  /** Out of a hundred entities that a subgraph is asked for, it knows nothing of so many: null, and no error. */
  absent?: number;
  /** These subgraphs don't answer at all. */
  dead?: ReadonlySet<string>;
  /** Answers come with pauses, in an order that depends on this number. */
  order?: number;
}

/** A question as both executors send it. */
export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string | undefined;
}

/** Asks a subgraph. */
export type World = (subgraph: string, question: Question, faults: Faults) => Promise<string>;

/** The subgraphs of a graph. */
export function worldOf(subgraphs: ReadonlyMap<string, string>): World {
  const schemas = new Map([...subgraphs].map(([name, sdl]) => [name, schemaOf(name, sdl)]));
  const requiring = new Map([...subgraphs].map(([name, sdl]) => [name, requirementsOf(sdl)]));
  return async (subgraph, { query, variables, operationName }, faults) => {
    if (faults.order !== undefined) await pause(hashOf(`${query}${faults.order}`) % 4);
    if (faults.dead?.has(subgraph)) throw new Error(`${subgraph} does not answer`);
    const answer = await execute({
      schema: schemas.get(subgraph) as GraphQLSchema,
      document: parse(query),
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      fieldResolver: resolver(subgraph, requiring.get(subgraph) ?? new Map(), faults),
      typeResolver: (value) => (value as JsonObject)['__typename'] as string,
      contextValue: faults,
    });
    const errors = answer.errors?.map((error) => error.toJSON());
    const spoilt = faults.mismatches ? mismatched(answer.data, '', faults) : answer.data;
    return JSON.stringify({ data: spoilt, ...(errors && { errors }) });
  };
}

/**
 * The same world without federation: one schema, asked through graphql-js. Where nothing fails, its answer is what the
 * specification says, to the last character.
 */
export function undividedWorld(
  schema: GraphQLSchema,
  subgraphs: ReadonlyMap<string, string>,
): (source: string, variables: Record<string, unknown>) => Promise<string> {
  const requirements = new Map([...subgraphs.values()].flatMap((sdl) => [...requirementsOf(sdl)]));
  const fieldResolver = resolver('', requirements, { salt: 0 });
  return async (source, variables) => {
    const { data, errors } = await execute({
      schema,
      document: parse(source),
      variableValues: variables,
      fieldResolver,
      typeResolver: (value) => typeOf(String((value as JsonObject)['id'])),
    });
    if (errors?.[0]) throw errors[0];
    return JSON.stringify(data);
  };
}

const pause = (turns: number) =>
  turns === 0 ? Promise.resolve() : new Promise<void>((resolve) => setTimeout(resolve, turns));

function schemaOf(subgraph: string, sdl: string): GraphQLSchema {
  const typeDefs = parse(sdl);
  const known = (reference: JsonObject, { salt, absent = 0 }: Faults) =>
    hashOf(`${subgraph} ${idOf(reference)} ${salt}`) % 100 < absent ? null : reference;
  const named: Record<string, object> = {};
  for (const definition of typeDefs.definitions)
    if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION)
      named[definition.name.value] = {
        __resolveType: (value: JsonObject) => value['__typename'],
        __resolveReference: (reference: JsonObject, faults: Faults) =>
          known({ ...reference, __typename: typeOf(String(reference['id'])) }, faults),
      };
    else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && isEntity(definition))
      named[definition.name.value] = { __resolveReference: known };
  return buildSubgraphSchema([{ typeDefs, resolvers: named as never }]);
}

const isEntity = ({ directives = [] }: ObjectTypeDefinitionNode) => directives.some(({ name }) => name.value === 'key');

/** `Type.field` → the names that it requires. */
function requirementsOf(sdl: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  visit(parse(sdl), {
    ObjectTypeDefinition(type) {
      for (const field of type.fields ?? []) {
        const requires = field.directives?.find(({ name }) => name.value === 'requires')?.arguments?.[0]?.value;
        if (requires?.kind === Kind.STRING)
          found.set(
            `${type.name.value}.${field.name.value}`,
            requires.value.replace(/\{[^}]*\}|\([^)]*\)/g, '').split(/\s+/),
          );
      }
    },
  });
  return found;
}

function resolver(
  subgraph: string,
  requirements: ReadonlyMap<string, string[]>,
  faults: Faults,
): GraphQLFieldResolver<JsonObject, unknown> {
  return (source, args, _context, { parentType, fieldName, returnType, schema }) => {
    const id = idOf(source);
    if (fieldName === 'id') return id;
    if (fieldName === 'code') return `code-${id}`;
    // A field that an interface object adds is known by another type elsewhere
    const owner = fieldName.endsWith('Score') ? 'Media' : parentType.name;
    const place = `${owner}.${fieldName} ${id} ${JSON.stringify(args)}`;
    const luck = hashOf(`${subgraph} ${place} ${faults.salt}`) % 100;
    if (luck < (faults.errors ?? 0))
      throw new GraphQLError(`${subgraph} fails at ${place}`, {
        extensions: { code: 'case.failed', field: fieldName },
      });
    if (luck < (faults.errors ?? 0) + (faults.nulls ?? 0) && !isNonNullType(returnType)) return null;
    const required = requirements.get(`${parentType.name}.${fieldName}`);
    const value = (name: string) => (subgraph === '' ? computed(name) : (source[name] ?? null));
    const sent = required ? JSON.stringify(required.map(value)) : '';
    return valueFor(returnType, `${place}${sent}`, schema);

    /** What would have been sent for a required field. */
    function computed(name: string): unknown {
      const field = parentType.getFields()[name];
      if (!field) return null;
      const info = { parentType, fieldName: name, returnType: field.type, schema } as GraphQLResolveInfo;
      return sentAs(resolver(subgraph, requirements, faults)(source, {}, undefined, info));
    }
  };
}

/** A value in the form that requirements ask for: value types by two of their fields. */
function sentAs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sentAs);
  const { __typename: type, $id: id } = (value ?? {}) as JsonObject;
  if (typeof id !== 'string') return value ?? null;
  const part = (name: string, of: GraphQLOutputType) =>
    valueFor(of, `${String(type)}.${name} ${id} {}`, undefined as never);
  return { a: part('a', GraphQLInt), b: part('b', GraphQLString) };
}

function idOf(source: JsonObject | undefined): string {
  if (!source) return '';
  if (typeof source['id'] === 'string') return source['id'];
  return typeof source['code'] === 'string' ? source['code'].replace('code-', '') : String(source['$id'] ?? '');
}

const typeOf = (id: string) => id.split(':')[0] as string;

function valueFor(type: GraphQLOutputType, place: string, schema: GraphQLSchema): unknown {
  const hash = hashOf(place);
  if (isNonNullType(type)) return valueFor(type.ofType, place, schema);
  if (isListType(type))
    return Array.from({ length: hash % 4 }, (_, index) => valueFor(type.ofType, `${place}[${index}]`, schema));
  if (isEnumType(type)) return ['RED', 'GREEN', 'BLUE'][hash % 3];
  if (isScalarType(type)) {
    switch (type.name) {
      case 'Int':
        return (hash % 7) - 1;
      case 'Float':
        return (hash % 100) / 8;
      case 'Boolean':
        return hash % 2 === 0;
      case 'Blob':
        return [{ deep: [hash % 10, null] }, 'text', hash % 100, [], ''][hash % 5];
      default:
        return ['', `值 ${hash % 50} "quoted"\n`, `text ${hash % 1000}`][hash % 3];
    }
  }
  const named = getNamedType(type);
  const objects = possible(named, schema);
  const chosen = objects[hash % objects.length] as string;
  if (chosen === 'Size' || chosen === 'Mood') return { __typename: chosen, $id: place };
  // An interface that this subgraph knows as an object has objects of real types elsewhere
  const real = chosen === 'Media' ? (['Film', 'Song'][hash % 2] as string) : chosen;
  return { __typename: chosen, id: `${real}:${(hash >>> 8) % 5}` };
}

function possible(type: unknown, schema: GraphQLSchema): string[] {
  if (isInterfaceType(type) || isUnionType(type))
    return schema
      .getPossibleTypes(type)
      .map(({ name }) => name)
      .sort();
  return [(type as GraphQLObjectType).name];
}

/** Replaces some scalars by ones of other types, the same ones wherever they stand. */
function mismatched(value: unknown, key: string, faults: Faults): unknown {
  const isHit = (typeof value !== 'object' || value === null) && !/^(|__typename|t\d+|id|code)$/.test(key);
  const hit =
    isHit &&
    hashOf(`${key.replace(/^_alias_/, '')}${JSON.stringify(value)}${faults.salt}`) % 100 < (faults.mismatches ?? 0);
  if (hit) return [null, 'text', 1.5, true][hashOf(`${JSON.stringify(value)}?${faults.salt}`) % 4];
  if (Array.isArray(value)) return value.map((element: unknown) => mismatched(element, key, faults));
  if (typeof value !== 'object' || value === null) return value;
  // Asked together with others, entities stand under another name
  const told = (name: string) => (/^e\d+$/.test(name) ? '_entities' : name);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mismatched(part, told(name), faults)]));
}
