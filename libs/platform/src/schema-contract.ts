import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  buildASTSchema,
  type GraphQLSchema,
} from 'graphql';
import { declaredEnums, type DomainEnum } from './domain-enum.ts';
import type { Manifest } from './manifest.ts';
import { ormOptions } from './orm.ts';
import { readingProblems } from './reading-contract.ts';
import { serviceCatalogue } from './service-catalogue.ts';
import { schemaOf, storageOf } from './subgraph.ts';

/** Any URL will do: metadata and snapshot are compared without a database. */
const offline = 'postgresql://offline:offline@127.0.0.1:1/offline';

/**
 * What is wrong with a subgraph's committed files, a sentence each: schema.graphql or catalogue.json differs from the
 * code, something in the graph lacks a description or an enum value a name in either language, the entities differ from the snapshot that the migrations were written for,
 * or an entity is read with other values than it is changed with.
 * A field without an access rule makes this throw, as it keeps the service from starting.
 */
export async function schemaProblems(manifest: Manifest): Promise<string[]> {
  const { sdl } = await schemaOf(manifest);
  const committed = await readFile(schemaFile(manifest), 'utf8').catch(() => '');
  const problems = sdl === committed ? [] : ['schema.graphql differs from the code: run `npm run generate`'];
  const catalogue = await readFile(catalogueFile(manifest), 'utf8').catch(() => '');
  if (catalogue !== serviceCatalogue(manifest))
    problems.push('catalogue.json differs from the code: run `npm run generate`');
  const schema = buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
  problems.push(...undescribed(schema), ...brittle(schema), ...unnamed(schema, declaredEnums()));
  const orm = await MikroORM.init(ormOptions(storageOf(manifest), offline));
  problems.push(...readingProblems(orm));
  if (await orm.migrator.checkSchema())
    problems.push('the entities differ from the migrations’ snapshot: write a migration, then run `main.ts snapshot`');
  return problems;
}

/** Root fields that would take the rest of a page with them when their service is down. */
function brittle(schema: GraphQLSchema): string[] {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields
    .filter((field) => isNonNullType(field.type))
    .map((field) => `Query.${field.name} must be nullable, so that a page lives on without it`);
}

/** Enum values that screens could not show: without a Chinese or an English name. */
export function unnamed(schema: GraphQLSchema, declared: readonly DomainEnum[]): string[] {
  const named = new Map(declared.map((one) => [one.name, one]));
  return Object.values(schema.getTypeMap())
    .filter((type) => isEnumType(type))
    .filter((type) => !isIntrospectionType(type))
    .flatMap((type) => {
      const names = named.get(type.name);
      if (!names) return [`${type.name} has no names for its values: declare it with domainEnum`];
      return type.getValues().flatMap(({ name }) => {
        const { zh = '', en = '' } = names.values[name] ?? {};
        return [
          ...(/\p{Script=Han}/u.test(zh) ? [] : [`${type.name}.${name} has no Chinese name`]),
          ...(/\p{Script=Latin}/u.test(en) && !/\p{Script=Han}/u.test(en)
            ? []
            : [`${type.name}.${name} has no English name`]),
        ];
      });
    });
}

/** Types, fields, arguments and enum values without a description. */
function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const check = (path: string, described: { description?: string | null | undefined }) => {
    if (!described.description?.trim()) missing.push(`${path} has no description`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    if (!isRoot) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
  }
  return missing;
}

/** Writes schema.graphql and catalogue.json beside the subgraph's package.json. */
export async function writeSchema(manifest: Manifest): Promise<void> {
  await writeFile(schemaFile(manifest), (await schemaOf(manifest)).sdl);
  await writeFile(catalogueFile(manifest), serviceCatalogue(manifest));
}

/** Writes the snapshot that drift is checked against; for whoever has just written a migration. */
export async function writeSnapshot(manifest: Manifest): Promise<void> {
  const orm = await MikroORM.init(ormOptions(storageOf(manifest), offline));
  const target = (orm.schema as unknown as { getTargetSchema(): object }).getTargetSchema();
  await writeFile(
    join(sourceFolder(manifest), 'migrations', `.snapshot-${manifest.name}.json`),
    `${JSON.stringify(target, null, 2)}\n`,
  );
}

/** The DDL that the entities would need in an empty database: what a first migration is written from. */
export async function entityDdl(manifest: Manifest): Promise<string> {
  const orm = await MikroORM.init(ormOptions(storageOf(manifest), offline));
  return orm.schema.getCreateSchemaSQL({ wrap: false });
}

function schemaFile(manifest: Manifest): string {
  return join(sourceFolder(manifest), '..', 'schema.graphql');
}

function catalogueFile(manifest: Manifest): string {
  return join(sourceFolder(manifest), '..', 'catalogue.json');
}

/** Built code lies in dist, but what is committed lies beside the sources. */
function sourceFolder(manifest: Manifest): string {
  return join(manifest.migrationsPath, '..', '..', 'src');
}
