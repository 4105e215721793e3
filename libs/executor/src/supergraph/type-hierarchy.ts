/*
 * Why: whether an object fulfils a type condition is asked for every entity, representation and correction of a plan. The
 * schema answers that by looking through lists of types; here each pair of names is looked up once.
 */
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/**
 * Which type names are which other types, asked of the whole supergraph: what travels between subgraphs may be of types
 * that clients can't see.
 */
export class TypeHierarchy {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, boolean>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Whether an object that calls itself `name` fulfils the type condition. Names that the supergraph doesn't know fulfil only themselves. */
  fulfils(name: string, condition: string): boolean {
    if (name === condition) return true;
    const key = `${name} ${condition}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const abstract = this.#schema.getType(condition);
    const type = this.#schema.getType(name);
    const fulfilled =
      abstract !== undefined &&
      isAbstractType(abstract) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      this.#schema.isSubType(abstract, type);
    if (type) this.#known.set(key, fulfilled);
    return fulfilled;
  }

  /** Whether the name is that of an interface, which no object can be: a subgraph with an interface object calls its objects so. */
  isInterface(name: unknown): boolean {
    return typeof name === 'string' && isInterfaceType(this.#schema.getType(name));
  }
}
