import { registerEnumType } from 'type-graphql';

/** One value of a domain enum: its names for screens and what it means. */
export interface EnumValue {
  readonly zh: string;
  readonly en: string;
  /** What the value means, where the name does not say it. */
  readonly description?: string;
}

/** A domain enum as it was declared, for the graph's own list of names. */
export interface DomainEnum {
  readonly name: string;
  readonly zh: string;
  readonly description: string;
  readonly values: Readonly<Record<string, EnumValue>>;
}

/** Every domain enum of this process, by GraphQL name. */
const domainEnums = new Map<string, DomainEnum>();

/** The declaration behind each enum object. */
const declarations = new WeakMap<object, DomainEnum>();

/** How an enum was declared, by the object that {@link domainEnum} gave. */
export function declaredEnum(object: object): DomainEnum {
  const declaration = declarations.get(object);
  if (!declaration) throw new Error('this is no domain enum');
  return declaration;
}

/** The domain enums of this process with the names of their values, in the order of the enums' names. */
export function declaredEnums(): DomainEnum[] {
  return [...domainEnums.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Declares a GraphQL enum with its Chinese and English names. Returns the enum object for `@Field(() => X)`;
 * inside, values are their own names (a string union).
 */
export function domainEnum<const V extends Record<string, EnumValue>>(
  name: string,
  zh: string,
  description: string,
  values: V,
): { readonly [K in keyof V & string]: K } {
  const object = Object.fromEntries(Object.keys(values).map((key) => [key, key])) as {
    readonly [K in keyof V & string]: K;
  };
  registerEnumType(object, {
    name,
    description: `${zh} · ${description}`,
    valuesConfig: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        { description: `${value.zh} · ${value.en}${value.description ? `: ${value.description}` : ''}` },
      ]),
    ) as never,
  });
  const declaration = { name, zh, description, values };
  domainEnums.set(name, declaration);
  declarations.set(object, declaration);
  return object;
}
