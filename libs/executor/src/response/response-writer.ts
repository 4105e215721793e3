/*
 * Why: when the plan has run, what was gathered is more than the client asked for (keys, type names), in another order,
 * and unchecked. Completing it, as the specification's section 6.4.3 says, and printing it are one walk here: each
 * position of the operation is compiled into a function that writes a value as JSON, so that no second tree of objects
 * is built only to be printed and thrown away.
 *
 * A writer that says `false` has written nothing: its value is null, sent or made so. Whoever asked for it writes `null`,
 * or, where that isn't allowed, takes back what it has begun itself and says `false` too: so nulls bubble up.
 *
 * Where a value stands is known only to a writer that keeps track, which costs something for every field. So the usual
 * writer doesn't; it only notes *that* something is invalid, and then a tracking one goes over the same data to say
 * where. See operation.ts.
 */
import {
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isAbstractType,
  getNamedType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLInterfaceType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { FetchedNames } from '../planning/planning-document.ts';
import { refuseInheritedName } from '../unsupported.ts';
import type { Completion } from './completion.ts';
import type { ReadNames } from '../values/read-names.ts';
import { leafWriter, unreadLeafWriter } from './leaf-values.ts';
import { selectedFields, type SelectedField, type Selecting } from './selected-fields.ts';

/** Writes a value; writes nothing and says `false` for a null, sent or bubbling. */
type Write = (value: unknown, completion: Completion) => boolean;

/** A field of an object, ready to be written. */
interface FieldPart {
  /** The text before its value, such as `,"name":`. */
  before: Uint8Array;
  write: (object: JsonObject, completion: Completion) => boolean;
  isRequired: boolean;
  /** Whether it is missing because a subgraph knows nothing of the object. */
  isAbsent?: (object: JsonObject, completion: Completion) => boolean;
}

/** What is known of a position of the operation beside its type. */
interface Position {
  /** What is selected there. */
  sets: readonly SelectionSetNode[];
  /** Whether scalars and enums are there as values. */
  isRead: boolean;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const [NULL, EMPTY, OPENED, CLOSED, COMMA, END] = ['null', '{}', '[', ']', ',', '}'].map(bytes) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/** Makes the writer of one operation, for one set of values of the variables that its conditions are decided by. `names` says where its fields are found in the data, `read` which of those are values and which were left where they stand. */
export function responseWriter(
  root: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  selecting: Selecting,
  { names, read }: { names: FetchedNames; read: ReadNames },
  { tracking }: { tracking: boolean },
): (data: JsonObject, completion: Completion) => void {
  const write = objectWriter(root, [selectionSet], true);
  return (data, completion) => {
    if (!write(data, completion)) completion.json.raw(NULL);
  };

  /** Writes objects of one type, whatever their position. */
  function objectWriter(
    type: GraphQLObjectType | GraphQLInterfaceType,
    sets: readonly SelectionSetNode[],
    isRoot = false,
  ): Write {
    const parts: FieldPart[] = [];
    for (const [key, field] of selectedFields(type.name, sets, selecting)) {
      parts.push({
        before: bytes(`${parts.length === 0 ? '{' : ','}${JSON.stringify(key)}:`),
        ...part(type, key, field, isRoot),
      });
    }
    if (parts.length === 0)
      return (_value, { json }) => {
        json.raw(EMPTY);
        return true;
      };
    return (value, completion) => {
      const object = value as JsonObject;
      const { json } = completion;
      const begin = json.length;
      for (const { before, write, isRequired } of tracking ? absentLast(parts, object, completion) : parts) {
        json.raw(before);
        if (write(object, completion)) continue;
        if (isRequired) {
          takeBack(completion, begin);
          return false;
        }
        json.raw(NULL);
      }
      json.raw(END);
      return true;
    };
  }

  function part(
    type: GraphQLObjectType | GraphQLInterfaceType,
    key: string,
    field: SelectedField,
    isRoot: boolean,
  ): Omit<FieldPart, 'before'> {
    if (field.name === '__typename') return typeName(type, key);
    if (isRoot && (field.name === '__schema' || field.name === '__type'))
      return { write: introspectedField(key), isRequired: false };
    const definition = type.getFields()[field.name];
    if (!definition) return { write: () => false, isRequired: false };
    const fetched = names.of(field.nodes[0] as FieldNode);
    const position = { sets: field.selections, isRead: read.has(fetched) };
    const each = valueWriter(definition.type, position, `field ${type.name}.${key}`);
    const write = tracking || isLeafType(getNamedType(definition.type)) ? each : writtenOnce(each);
    refuseInheritedName(fetched);
    const isRequired = isNonNullType(definition.type);
    const isAbsent = (object: JsonObject, completion: Completion) =>
      isRequired && object[fetched] === undefined && isUnknown(object, fetched, completion);
    const at: FieldPart['write'] = (object, completion) => {
      const value = object[fetched];
      if (value !== undefined || !isAbsent(object, completion)) return write(value, completion);
      completion.invalid(`Cannot return null for non-nullable field ${type.name}.${key}.`, true);
      return false;
    };
    return { write: tracking ? tracked(key, at) : at, isRequired, isAbsent };
  }

  function valueWriter(type: GraphQLOutputType, position: Position, where: string): Write {
    if (isNonNullType(type)) {
      const write = valueWriter(type.ofType, position, where);
      return (value, completion) => {
        if (value === null || value === undefined) completion.invalid(`Cannot return null for non-nullable ${where}.`);
        return write(value, completion);
      };
    }
    if (isListType(type)) return listWriter(type, position, where);
    if (isLeafType(type)) return checkedLeaf(type, position, where);
    return positionWriter(type, position.sets, where);
  }

  function listWriter(type: GraphQLList<GraphQLOutputType>, position: Position, where: string): Write {
    const each = valueWriter(type.ofType, position, `array element of type ${String(type.ofType)} in ${where}`);
    const write = tracking || isLeafType(getNamedType(type)) ? each : writtenOnce(each);
    const isRequired = isNonNullType(type.ofType);
    return (value, completion) => {
      if (value === null || value === undefined) return false;
      if (!Array.isArray(value)) {
        completion.invalid(`Invalid non-list value found for ${where}.`);
        return false;
      }
      const { json } = completion;
      const begin = json.length;
      json.raw(OPENED);
      for (let index = 0; index < value.length; index += 1) {
        if (index > 0) json.raw(COMMA);
        if (tracking) completion.path.push(index);
        const isWritten = write(value[index], completion);
        if (tracking) completion.path.pop();
        if (isWritten) continue;
        if (isRequired) {
          takeBack(completion, begin);
          return false;
        }
        json.raw(NULL);
      }
      json.raw(CLOSED);
      return true;
    };
  }

  function checkedLeaf(type: GraphQLLeafType, { isRead }: Position, where: string): Write {
    const write = isRead ? leafWriter(type) : unreadLeafWriter(type);
    return (value, completion) => {
      if (value === null || value === undefined) return false;
      if (write(value, completion.json, completion.bytes.all)) return true;
      completion.invalid(`Invalid value found for ${where}.`);
      return false;
    };
  }

  /** Writes what stands at a position of an object, interface or union type, by the type that the object says it has. */
  function positionWriter(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], where: string): Write {
    const writers = new Map<unknown, Write | undefined>();
    let lastName: unknown;
    let lastWriter: Write | undefined;
    return (value, completion) => {
      if (value === null || value === undefined) return false;
      if (!isJsonObject(value)) {
        completion.invalid(`Invalid non-object value found for ${where}.`);
        return false;
      }
      const name = value['__typename'];
      if (lastWriter === undefined || name !== lastName) {
        lastName = name;
        lastWriter = writerOf(name);
      }
      if (lastWriter) return lastWriter(value, completion);
      completion.invalid(`Invalid __typename found for object at ${where}.`);
      return false;
    };

    function writerOf(name: unknown): Write | undefined {
      if (writers.has(name)) return writers.get(name);
      const runtime = runtimeType(type, name);
      const writer = runtime && objectWriter(runtime, sets);
      // Names that no schema knows come from a subgraph and are not worth remembering
      if (runtime) writers.set(name, writer);
      return writer;
    }
  }

  /** The type of an object that calls itself `name`, if one of that type may stand at the position. */
  function runtimeType(
    type: GraphQLCompositeType,
    name: unknown,
  ): GraphQLObjectType | GraphQLInterfaceType | undefined {
    // Roots may have other names in a subgraph, and are therefore not asked for their names
    if (isRootType(type)) return type;
    const named =
      name === undefined || name === null
        ? type
        : typeof name === 'string'
          ? selecting.schema.getType(name)
          : undefined;
    if (!named || !(isObjectType(named) || isInterfaceType(named))) return undefined;
    if (named === type) return named;
    return isAbstractType(type) && selecting.schema.isSubType(type, named) ? named : undefined;
  }

  /**
   * The name of an object's type. One that a subgraph knows only as an interface, because the fetch that would have told
   * its real type failed or found nothing, has no name that may be shown: it makes the object null.
   */
  function typeName(type: GraphQLObjectType | GraphQLInterfaceType, key: string): Omit<FieldPart, 'before'> {
    if (isObjectType(type)) {
      const text = bytes(JSON.stringify(type.name));
      return { write: (_object, { json }) => (json.raw(text), true), isRequired: true };
    }
    const isAbsent: FieldPart['isAbsent'] = (object, completion) => isUnknown(object, '__typename', completion);
    const none: FieldPart['write'] = (object, completion) => {
      completion.invalid(`The type of an object of ${type.name} is not known.`, isAbsent(object, completion));
      return false;
    };
    return { write: tracking ? tracked(key, none) : none, isRequired: true, isAbsent };
  }

  function isRootType(type: GraphQLCompositeType): type is GraphQLObjectType {
    const { schema } = selecting;
    return type === schema.getQueryType() || type === schema.getMutationType();
  }
}

/** Whether a subgraph that knows nothing of an object would have brought the field. */
function isUnknown(object: JsonObject, field: string, { absent }: Completion): boolean {
  return absent.get(object)?.some((tree) => tree.has(field)) === true;
}

/**
 * The fields of an object in the order in which they are looked at to say what is wrong: what isn't there makes the object
 * null as well as what is broken does, but without a word, and would hide it.
 */
function absentLast(parts: readonly FieldPart[], object: JsonObject, completion: Completion): readonly FieldPart[] {
  if (!completion.absent.has(object)) return parts;
  const isAbsent = (part: FieldPart) => part.isAbsent?.(object, completion) === true;
  return [...parts.filter((part) => !isAbsent(part)), ...parts.filter(isAbsent)];
}

/** An answer about the schema itself, which is there already. */
function introspectedField(key: string): FieldPart['write'] {
  return (_object, { introspected, json }) => {
    const text = introspected[key];
    if (text === undefined) return false;
    json.text(text);
    return true;
  };
}

/** Writes what stands in several places once, and copies it from there. One that keeps track of places can't do that. */
function writtenOnce(write: Write): Write {
  return (value, completion) => {
    if (!completion.shared.has(value)) return write(value, completion);
    const { json, written } = completion;
    const known = written.get(value);
    if (known?.by === write) {
      json.again(known.from, known.to);
      return true;
    }
    const from = json.length;
    const isWritten = write(value, completion);
    if (isWritten) written.set(value, { by: write, from, to: json.length });
    return isWritten;
  };
}

/** Takes back what was begun at a length, since a part of it can't be null. Places that were written may be among it, and are not looked for. */
function takeBack({ json, written, path, passedBeyond }: Completion, begin: number): void {
  json.backTo(begin);
  written.clear();
  passedBeyond(path.length + 1);
}

function tracked(key: string, write: FieldPart['write']): FieldPart['write'] {
  return (object, completion) => {
    completion.path.push(key);
    const isWritten = write(object, completion);
    completion.path.pop();
    return isWritten;
  };
}
