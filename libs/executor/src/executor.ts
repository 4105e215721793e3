/*
 * Why: the one door of this library. An executor is made for a supergraph and executes operations of it; what it keeps
 * are compiled operations, as many as fit into a number of bytes.
 */
import { Supergraph } from '@apollo/federation-internals';
import type { PlanNode } from '@apollo/query-planner';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  compileOperation,
  type Answer,
  type Operation,
  type OperationParts,
  type OperationRequest,
} from './operation.ts';
import type { AskSubgraph } from './plan/subgraph-answer.ts';
import type { PlanRequest } from './planning/planner.ts';
import { conditionVariables, FetchedNames, planningText } from './planning/planning-document.ts';
import { executedFeatures, isExecutedOnlyHere } from './supergraph/features.ts';
import { activeOverrides, overrideLabels, type OverrideDecision } from './supergraph/override-labels.ts';
import { TypeHierarchy } from './supergraph/type-hierarchy.ts';
import { Unsupported } from './unsupported.ts';

/** What an executor is made of. */
export interface ExecutorSettings<Context> {
  /** The composed supergraph, SDL. */
  supergraph: string;
  ask: AskSubgraph<Context>;
  /** Makes plans for this supergraph, here or elsewhere. */
  plan(request: PlanRequest): Promise<PlanNode | undefined> | PlanNode | undefined;
  /** Bytes that compiled operations may take, estimated by the lengths of their texts and plans. */
  cacheBytes: number;
  /** Decides for a request whether a labelled @override is on; by default as its `percent(…)` says. */
  overrideIsOn?: OverrideDecision;
}

/** An operation, apart from the values of its variables. */
interface OperationIdentity {
  /** Its name and text, under which it is kept. */
  key: string;
  /** The variables that its conditions are decided by. */
  deciding: readonly string[];
}

/** An operation of a document that is valid for the schema. */
export interface Identified {
  document: DocumentNode;
  /** The text of the document; together with the name it identifies the operation. */
  source: string;
  operationName?: string | undefined;
}

/** Executes operations of one supergraph. */
export interface Executor<Context> {
  /** What clients may ask. */
  schema: GraphQLSchema;
  /** Whether the graph rests on features that Apollo's executor would pass over: nothing may be left to it then. */
  isOnlyExecutedHere: boolean;
  /**
   * Executes one operation. Rejects with {@link Unsupported}, before any subgraph is asked, for one that it can't
   * execute. Variables that don't fit are errors without data.
   */
  execute(requested: Identified & OperationRequest<Context>): Promise<Answer>;
  /** Plans and compiles an operation ahead of its first request, for the defaults of its variables. */
  prepare(operation: Identified): Promise<void>;
  /** Compiled operations that are kept, and the bytes that they are taken to need. */
  kept(): { operations: number; bytes: number };
}

/** Makes an executor. Throws for a supergraph that rests on features which aren't executed. */
export function createExecutor<Context>(settings: ExecutorSettings<Context>): Executor<Context> {
  const supergraph = Supergraph.build(settings.supergraph, { supportedFeatures: executedFeatures });
  const names = new FetchedNames(settings.supergraph);
  const parts: OperationParts<Context> = {
    schema: supergraph.apiSchema().toGraphQLJSSchema(),
    types: new TypeHierarchy(supergraph.schema.toGraphQLJSSchema()),
    names,
    ask: settings.ask,
  };
  const labels = overrideLabels(supergraph);
  const identities = new WeakMap<OperationDefinitionNode, OperationIdentity>();
  const compiled = new LRUCache<string, Operation<Context> | Unsupported>({ maxSize: settings.cacheBytes });
  const underWay = new Map<string, Promise<Operation<Context>>>();

  return {
    schema: parts.schema,
    isOnlyExecutedHere: isExecutedOnlyHere(supergraph),
    kept: () => ({ operations: compiled.size, bytes: compiled.calculatedSize }),
    async execute(requested) {
      const definition = definitionOf(requested);
      const given = definition.variableDefinitions ?? [];
      const { errors, coerced } = getVariableValues(parts.schema, given, requested.variables);
      if (errors) return { data: undefined, errors, invalid: [] };
      const identity = identityOf(requested, definition);
      const undecided = undecidedConditions(identity, definition, coerced);
      if (undecided) return { data: undefined, errors: undecided, invalid: [] };
      return (await compiledFor(requested, definition, identity, coerced))(requested);
    },
    async prepare(operation) {
      const definition = definitionOf(operation);
      const defaults = definition.variableDefinitions?.filter(({ defaultValue }) => defaultValue) ?? [];
      const values = getVariableValues(parts.schema, defaults, {}).coerced ?? {};
      await compiledFor(operation, definition, identityOf(operation, definition), values);
    },
  };

  /** The compiled operation; requests that come while it is being planned wait for the same plan. */
  function compiledFor(
    identified: Identified,
    definition: OperationDefinitionNode,
    identity: OperationIdentity,
    variables: Readonly<Record<string, unknown>>,
  ): Operation<Context> | Promise<Operation<Context>> {
    const decided: Record<string, boolean> = {};
    let key = identity.key;
    for (const name of identity.deciding) {
      const isTrue = variables[name] === true;
      decided[name] = isTrue;
      key += isTrue ? '+' : '-';
    }
    const overrides = activeOverrides(labels, settings.overrideIsOn);
    if (overrides.length > 0) key += JSON.stringify(overrides);
    const known = compiled.get(key);
    if (known instanceof Unsupported) throw known;
    const making = known ?? underWay.get(key);
    if (making) return making;
    const made = compile(identified, definition, decided, overrides, key).finally(() => underWay.delete(key));
    underWay.set(key, made);
    return made;
  }

  /** What is known of an operation whatever its variables; found out once for each that was parsed. */
  function identityOf({ document, source }: Identified, definition: OperationDefinitionNode): OperationIdentity {
    let identity = identities.get(definition);
    if (!identity) {
      const key = JSON.stringify([definition.name?.value, source]);
      identities.set(definition, (identity = { key, deciding: conditionVariables(document, definition) }));
    }
    return identity;
  }

  async function compile(
    { document }: Identified,
    definition: OperationDefinitionNode,
    decided: Readonly<Record<string, boolean>>,
    overrides: readonly string[],
    key: string,
  ): Promise<Operation<Context>> {
    const source = planningText(document, definition, decided, names);
    const plan = await settings.plan({ source, operationName: definition.name?.value, overrides });
    const size = 2 * (key.length + source.length) + 4 * JSON.stringify(plan ?? null).length;
    try {
      const operation = compileOperation(document, definition, decided, plan, parts);
      compiled.set(key, operation, { size });
      return operation;
    } catch (error) {
      if (error instanceof Unsupported) compiled.set(key, error, { size });
      throw error;
    }
  }
}

/** A variable with a default may be null, which no condition can be decided by: an error as for one that must not be. */
function undecidedConditions(
  { deciding }: OperationIdentity,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] | undefined {
  const name = deciding.find((each) => variables[each] === null);
  if (name === undefined) return undefined;
  const nodes = variableDefinitions.filter(({ variable }) => variable.name.value === name);
  return [new GraphQLError(`Variable "$${name}" of non-null type "Boolean!" must not be null.`, { nodes })];
}

function definitionOf({ document, operationName }: Identified): OperationDefinitionNode {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Error(`the document has no operation ${operationName ?? 'that is the only one'}`);
  return definition;
}
