/*
 * Why: everything that can be known about an operation before its first subgraph is asked, is found out once: the steps
 * of its plan and what its answer looks like. Executing it then is little more than waiting for subgraphs.
 */
import {
  GraphQLError,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { PlanNode } from '@apollo/query-planner';
import { AskedEntities } from './entities/entity-reuse.ts';
import { fragmentsOf } from './fragments.ts';
import { refuseContextNames } from './plan/context-values.ts';
import { WaitingQuestions } from './plan/joined-questions.ts';
import type { Run } from './plan/run.ts';
import { compilePlan } from './plan/steps.ts';
import type { AskSubgraph } from './plan/subgraph-answer.ts';
import type { FetchedNames } from './planning/planning-document.ts';
import { askedPaths } from './response/asked-paths.ts';
import type { Completion, InvalidValue } from './response/completion.ts';
import { introspection } from './response/introspection.ts';
import { JsonBytes } from './response/json-bytes.ts';
import { responseWriter } from './response/response-writer.ts';
import { selectedFields, type Selecting } from './response/selected-fields.ts';
import type { TypeHierarchy } from './supergraph/type-hierarchy.ts';
import { readNames } from './values/read-names.ts';
import { RunBytes } from './values/run-bytes.ts';

/** One request for an operation. */
export interface OperationRequest<Context> {
  variables: Readonly<Record<string, unknown>>;
  /** Given to every question to a subgraph. */
  context: Context;
  /** Fires when nobody waits for the answer any more: no further subgraph is asked. */
  signal?: AbortSignal | undefined;
}

/** The answer to an operation. */
export interface Answer {
  /** JSON text of the data in UTF-8; `undefined` if the operation wasn't executed at all. */
  data: Buffer | undefined;
  errors: readonly GraphQLError[];
  /**
   * Values that broke their types although no subgraph reported an error: what a subgraph sent does not fit its own
   * schema. Empty when there are errors, which nearly always are the cause.
   */
  invalid: readonly InvalidValue[];
}

/** An operation that is ready to be executed. */
export type Operation<Context> = (request: OperationRequest<Context>) => Promise<Answer>;

/** Where answers are written, one after the other: writing one is never interrupted. */
const json = new JsonBytes();

/** What operations of one supergraph are compiled with. */
export interface OperationParts<Context> {
  schema: GraphQLSchema;
  types: TypeHierarchy;
  names: FetchedNames;
  ask: AskSubgraph<Context>;
}

/**
 * Compiles an operation of a valid document for values of the variables that its conditions are decided by. Throws
 * {@link Unsupported} for one that can't be executed here.
 */
export function compileOperation<Context>(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  decided: Readonly<Record<string, unknown>>,
  plan: PlanNode | undefined,
  { schema, types, names, ask }: OperationParts<Context>,
): Operation<Context> {
  const root = schema.getRootType(definition.operation) as GraphQLObjectType;
  const selecting: Selecting = { schema, fragments: fragmentsOf(document), variables: decided };
  const fields = selectedFields(root.name, [definition.selectionSet], selecting);
  const introspect = introspection(schema, document, definition, fields);
  const read = readNames(plan);
  const writer = (tracking: boolean) =>
    responseWriter(root, definition.selectionSet, selecting, { names, read }, { tracking });
  const write = writer(false);
  const asked = askedPaths(definition.selectionSet, selecting, names);
  if (plan) refuseContextNames(plan, definition);
  const execute = plan && compilePlan(plan, definition.operation, { ask, types, read, asked });
  if (!execute && [...fields.values()].some(({ name }) => !name.startsWith('__')))
    return () => Promise.resolve(noPlan());

  return async ({ variables, context, signal }) => {
    const run: Run<Context> = {
      data: {},
      bytes: new RunBytes(),
      errors: [],
      failures: [],
      variables,
      shared: new Set(),
      asked: new AskedEntities(),
      waiting: new WaitingQuestions(),
      absent: new Map(),
      context,
      signal,
    };
    await execute?.(run);
    for (const failure of run.failures) run.errors.push(...failure());
    const introspected = introspect?.(variables) ?? {};
    let isInvalid = false;
    // Whoever wrote before may have been interrupted by an exception
    json.backTo(0);
    write(run.data, {
      bytes: run.bytes,
      json,
      introspected,
      path: [],
      shared: run.shared,
      absent: run.absent,
      written: new Map(),
      invalid: () => void (isInvalid = true),
      passedBeyond: () => undefined,
    });
    const data = json.taken();
    const invalid = isInvalid && run.errors.length === 0 ? invalidValues(run, introspected) : [];
    run.bytes.release();
    return { data, errors: run.errors, invalid };
  };

  /** Goes over the same data once more, this time keeping track of where it is. */
  function invalidValues(
    { data, bytes, absent }: Run<Context>,
    introspected: Completion['introspected'],
  ): InvalidValue[] {
    const found: InvalidValue[] = [];
    const path: Completion['path'] = [];
    writer(true)(data, {
      bytes,
      json,
      introspected,
      path,
      shared: new Set(),
      absent,
      written: new Map(),
      invalid: (message, isAbsent = false) => found.push({ message, path: [...path], isAbsent }),
      passedBeyond(length) {
        const last = found.at(-1);
        // at its own length it is the field of the absent entity itself
        if (last && last.path.length > length) last.isAbsent = false;
      },
    });
    return found;
  }
}

/** A graph may promise fields that can't be reached; answering null for them in silence would hide it. */
function noPlan(): Answer {
  const message = 'No subgraph can be asked for the selected fields.';
  return {
    data: Buffer.from('null'),
    errors: [new GraphQLError(message, { extensions: { code: 'INTERNAL_SERVER_ERROR' } })],
    invalid: [],
  };
}
