/*
 * Why: two habits of clients lead Apollo's planner to plans that answer wrongly without an error. Both are taken out of
 * an operation before it is planned; the answer is then written by the operation as it was sent.
 *
 * 1. Conditions. Beside `b @include(if: $v)`, where `b` requires `r`, the planner fetches `r` only if `$v` holds, but
 *    then waits for `r` in every case: with `$v` false, fields that have nothing to do with it are null. So conditions
 *    are decided first, and each combination of their values that occurs is planned by itself.
 * 2. Names. The planner tells selections apart by the name that they have in the answer. A client that calls another
 *    field by the name of a key or of a required field (`{ id: title }`), or gives a required field other arguments,
 *    makes a subgraph be asked with the wrong value. So such fields are fetched under a name of their own, `_alias_id`;
 *    and so are those called `constructor` or the like, which every JavaScript object seems to have.
 */
import {
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, spreadFragments } from '../fragments.ts';
import { isIncluded } from '../response/selected-fields.ts';

const PREFIX = '_alias_';

/** Under which names the fields of an operation are fetched. */
export class FetchedNames {
  readonly #federated: ReadonlySet<string>;

  /** @param supergraph SDL, in which keys and requirements name fields. */
  constructor(supergraph: string) {
    const names = new Set<string>();
    visit(parse(supergraph, { noLocation: true }), {
      Directive({ name: { value: directive }, arguments: given = [] }) {
        if (!directive.startsWith('join__')) return;
        for (const { name, value } of given)
          if (/^(key|requires|contextArguments)$/.test(name.value))
            for (const [word] of print(value).matchAll(/\w+/g)) names.add(word);
      },
    });
    this.#federated = names;
  }

  /** The name in the data that subgraphs send of a field that the client wants by its alias or own name. */
  of({ alias, name, arguments: given }: FieldNode): string {
    const key = (alias ?? name).value;
    const isOther = alias !== undefined && alias.value !== name.value;
    const clashes = this.#federated.has(key) && (isOther || (given?.length ?? 0) > 0);
    const isInherited = key in Object.prototype;
    return clashes || isInherited || (isOther && key.startsWith('_')) ? PREFIX + key : key;
  }
}

/** The text of an operation as it is planned: nothing conditional, and names that can't be mistaken. */
export function planningText(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  decided: Readonly<Record<string, unknown>>,
  names: FetchedNames,
): string {
  const fragments = spreadFragments(definition, fragmentsOf(document));
  return [definition, ...fragments]
    .map((each) => print({ ...each, selectionSet: planned(each.selectionSet) }))
    .join('\n');

  function planned({ selections }: SelectionSetNode): SelectionSetNode {
    const kept = selections.filter(({ directives }) => isIncluded(directives, decided)).map(plannedSelection);
    // An object of which nothing is left is still an object, and its place has to be found
    return { kind: Kind.SELECTION_SET, selections: kept.length > 0 ? kept : [typeName] };
  }

  function plannedSelection(selection: SelectionNode): SelectionNode {
    const directives =
      selection.directives?.filter(({ name }) => name.value !== 'skip' && name.value !== 'include') ?? [];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return { ...selection, directives };
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return { ...selection, directives, selectionSet: planned(selection.selectionSet) };
    const fetched = names.of(selection);
    const inner = selection.selectionSet && planned(selection.selectionSet);
    return {
      ...selection,
      directives,
      ...(fetched !== selection.name.value && { alias: { kind: Kind.NAME, value: fetched } }),
      ...(inner && { selectionSet: inner }),
    };
  }
}

const typeName: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Variables that an operation's conditions are decided by. */
export function conditionVariables(document: DocumentNode, definition: OperationDefinitionNode): string[] {
  const found = new Set<string>();
  for (const each of [definition, ...spreadFragments(definition, fragmentsOf(document))])
    visit(each, {
      Directive({ name: { value: name }, arguments: given }) {
        const condition = given?.[0]?.value;
        if ((name === 'skip' || name === 'include') && condition?.kind === Kind.VARIABLE)
          found.add(condition.name.value);
      },
    });
  return [...found];
}
