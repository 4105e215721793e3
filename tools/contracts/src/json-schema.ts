import { z } from 'zod';
import { topicOf, type EventContract } from '@frontline/events';

/** The part of JSON Schema that event contracts use. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  items?: JsonSchema;
  examples?: readonly unknown[];
  minimum?: number;
  [keyword: string]: unknown;
}

/**
 * The JSON Schema of an event's data, as partners validate with it. It allows fields that it doesn't name, since within
 * a major fields are added; the patterns by which zod checks dates and ids are left to `format`.
 */
export function dataSchema(contract: EventContract): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(contract.data, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  }) as JsonSchema;
  return {
    ...($schema && { $schema }),
    $id: `urn:${topicOf(contract).replaceAll('.', ':')}:${contract.type}`,
    title: contract.type,
    description: `${contract.when} ${contract.why}`,
    ...schema,
  };
}

/** A field of an event's data, as documents list it. */
export interface SchemaField {
  /** Dotted path from the top of the data; `[]` stands for the members of a list. */
  path: string;
  /** Its type in words: `uuid`, `date`, `string`, `A | B`, `list of uuid`. */
  type: string;
  required: boolean;
  description: string;
}

/** All fields of a schema, those of objects and list members after the field that holds them. */
export function fieldsOf(schema: JsonSchema, prefix = ''): SchemaField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const members = property.items ?? property;
    const field = {
      path,
      type: typeOf(property),
      required: schema.required?.includes(name) ?? false,
      description: property.description ?? '',
    };
    return [field, ...fieldsOf(members, property.items ? `${path}[].` : `${path}.`)];
  });
}

function typeOf({ type, format, enum: values, items }: JsonSchema): string {
  if (values) return values.join(' | ');
  if (items) return `list of ${typeOf(items)}`;
  return format ?? type ?? 'anything';
}
