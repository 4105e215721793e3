/*
 * Why: two things that a supergraph may say are planned wrongly by Apollo's planner, which keys selections by name only.
 *
 * 1. Arguments inside @requires: `@requires(fields: "price(currency: EUR)")` and another field that requires
 *    `price(currency: USD)` collide; stock gateways then send one currency's price under both, without an error. The
 *    planner is given a copy of the supergraph in which each such use is a field of its own without arguments, a
 *    *stand-in* (`_required0_price`); argument-stand-ins.ts puts the real fields back into the plan.
 * 2. Keys marked `resolvable: false`: on its way back to a subgraph that owns a required field, the planner may choose a
 *    key by which that subgraph can't find anything. Where the subgraph has another, resolvable key, the copy leaves the
 *    unresolvable one out.
 *
 * Clients never see the copy: schema, validation and introspection come from the supergraph itself.
 */
import {
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';

/** A field of the copy that stands for a field with certain arguments. */
export interface StandIn {
  type: string;
  field: string;
  /** Arguments as they stand in a query, such as `(currency: EUR)`. */
  arguments: string;
}

/** A supergraph to plan with, and what its stand-ins stand for. */
export interface PlanningCopy {
  sdl: string;
  standIns: ReadonlyMap<string, StandIn>;
  /** The stand-ins that a field requires, by `Type.field`. */
  needs: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether a name is that of a stand-in. */
export function isStandIn(name: string): boolean {
  return /^_required\d+_/.test(name);
}

/** What to change in a copy. */
export interface CopyChanges {
  /** Take away the entries by which a subgraph knows the required fields as external: nothing uses them in the copy. */
  dropExternal: boolean;
  dropUnresolvableKeys: boolean;
}

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Copies of a supergraph, the most changed first: the planner refuses some, depending on how the required fields are used elsewhere. Empty when it can be planned as it is. */
export function planningCopies(sdl: string): PlanningCopy[] {
  const hasArguments = /requires: *"(?:[^"\\]|\\.)*\(/.test(sdl);
  const hasUnresolvable = /resolvable: *false/.test(sdl);
  const tries = [
    { dropExternal: true, dropUnresolvableKeys: true },
    { dropExternal: true, dropUnresolvableKeys: false },
    { dropExternal: false, dropUnresolvableKeys: true },
    { dropExternal: false, dropUnresolvableKeys: false },
  ].filter(
    (changes) =>
      (hasArguments || (!changes.dropExternal && changes.dropUnresolvableKeys)) &&
      (hasUnresolvable || !changes.dropUnresolvableKeys),
  );
  return tries.map((changes) => planningCopy(sdl, changes));
}

function planningCopy(sdl: string, { dropExternal, dropUnresolvableKeys }: CopyChanges): PlanningCopy {
  const document = parse(sdl, { noLocation: true });
  const definitions = dropUnresolvableKeys ? document.definitions.map(withoutUnresolvableKeys) : document.definitions;
  const standIns = new StandIns(definitions.filter(isFielded));
  const changed = definitions.map((definition) =>
    isFielded(definition) ? standIns.withRequires(definition) : definition,
  );
  const grown = changed.map((definition) =>
    isFielded(definition) ? standIns.withFields(definition, dropExternal) : definition,
  );
  return {
    sdl: print({ ...document, definitions: grown }),
    standIns: standIns.made,
    needs: standIns.needs,
  };
}

/** Makes stand-ins for the uses of fields with arguments in a supergraph's @requires. */
class StandIns {
  readonly made = new Map<string, StandIn>();
  readonly needs = new Map<string, Set<string>>();
  readonly #types: ReadonlyMap<string, Fielded>;
  readonly #byUse = new Map<string, string>();

  constructor(types: readonly Fielded[]) {
    this.#types = new Map(types.map((type) => [type.name.value, type]));
  }

  /** The type with stand-ins named in its fields' requirements. */
  withRequires(type: Fielded): Fielded {
    return { ...type, fields: type.fields?.map((field) => this.#withRequires(type.name.value, field)) } as Fielded;
  }

  /** The type with the stand-ins for its own fields added to it. */
  withFields(type: Fielded, dropExternal: boolean): Fielded {
    const own = [...this.made].filter(([, { type: name }]) => name === type.name.value);
    const stoodFor = new Set(own.map(([, { field }]) => field));
    const added = own.flatMap(([name, { field }]) => {
      const original = this.#types.get(type.name.value)?.fields?.find((each) => each.name.value === field);
      if (!original) return [];
      const { description: _description, ...rest } = original;
      return [{ ...rest, arguments: [], name: { kind: Kind.NAME, value: name } } satisfies FieldDefinitionNode];
    });
    const fields = (type.fields ?? []).map((field) =>
      dropExternal && stoodFor.has(field.name.value) ? withoutExternal(field) : field,
    );
    return { ...type, fields: [...fields, ...added] } as Fielded;
  }

  #withRequires(type: string, field: FieldDefinitionNode): FieldDefinitionNode {
    const directives = field.directives?.map((directive) => {
      const requires = directive.name.value === 'join__field' ? argument(directive, 'requires') : undefined;
      if (typeof requires !== 'string' || !requires.includes('(')) return directive;
      const key = `${type}.${field.name.value}`;
      const used = this.needs.get(key) ?? new Set<string>();
      this.needs.set(key, used);
      const replaced = print(this.#replaced(selectionsOf(requires), type, used))
        .replace(/\s+/g, ' ')
        .slice(1, -1)
        .trim();
      return {
        ...directive,
        arguments: directive.arguments?.map((each) =>
          each.name.value === 'requires' ? { ...each, value: { kind: Kind.STRING, value: replaced } as const } : each,
        ),
      };
    });
    return directives ? { ...field, directives } : field;
  }

  #replaced(set: SelectionSetNode, type: string, used: Set<string>): SelectionSetNode {
    const selections = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return this.#replacedField(selection, type, used);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      const inner = this.#replaced(selection.selectionSet, selection.typeCondition?.name.value ?? type, used);
      return { ...selection, selectionSet: inner };
    });
    return { ...set, selections };
  }

  #replacedField(selection: FieldNode, type: string, used: Set<string>): FieldNode {
    const field = this.#types.get(type)?.fields?.find((each) => each.name.value === selection.name.value);
    if (!field) return selection;
    const inner = selection.selectionSet && this.#replaced(selection.selectionSet, namedType(field.type), used);
    const withInner = inner ? { ...selection, selectionSet: inner } : selection;
    if (!selection.arguments?.length) return withInner;
    const name = this.#standIn(type, selection);
    used.add(name);
    return { ...withInner, name: { kind: Kind.NAME, value: name }, arguments: [] };
  }

  #standIn(type: string, { name: { value: field }, arguments: given }: FieldNode): string {
    const text = `(${(given ?? []).map((each) => print(each)).join(', ')})`;
    const use = `${type}.${field}${text}`;
    const known = this.#byUse.get(use);
    if (known !== undefined) return known;
    const name = `_required${this.#byUse.size}_${field}`;
    this.#byUse.set(use, name);
    this.made.set(name, { type, field, arguments: text });
    return name;
  }
}

function withoutUnresolvableKeys(definition: DefinitionNode): DefinitionNode {
  if (!isFielded(definition) || !definition.directives) return definition;
  const isKey = (directive: ConstDirectiveNode) =>
    directive.name.value === 'join__type' && argument(directive, 'key') !== undefined;
  const isUnresolvable = (directive: ConstDirectiveNode) =>
    isKey(directive) && argument(directive, 'resolvable') === false;
  const resolving = new Set(
    definition.directives.flatMap((each) => (isKey(each) && !isUnresolvable(each) ? [argument(each, 'graph')] : [])),
  );
  const directives = definition.directives.filter(
    (each) => !isUnresolvable(each) || !resolving.has(argument(each, 'graph')),
  );
  return { ...definition, directives };
}

function withoutExternal(field: FieldDefinitionNode): FieldDefinitionNode {
  const directives = field.directives?.filter(
    (each) => each.name.value !== 'join__field' || argument(each, 'external') !== true,
  );
  return directives ? { ...field, directives } : field;
}

function argument({ arguments: given }: ConstDirectiveNode, name: string): string | boolean | undefined {
  const value = given?.find((each) => each.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

function selectionsOf(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  return (definition as { selectionSet: SelectionSetNode }).selectionSet;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function isFielded(definition: DefinitionNode): definition is Fielded {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
}
