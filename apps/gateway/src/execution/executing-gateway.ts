/*
 * Why: Apollo's gateway loads the supergraph, replaces it, tells Apollo Server about it, and executes. All of that stays
 * but the last: operations are executed by @frontline/executor, and by Apollo's own executor only where ours can't. It
 * says so in a metric, since that path is slower by an order of magnitude.
 *
 * An executor belongs to one supergraph. Requests that were validated against a graph are executed by the executor of
 * that graph, also while the graph is being replaced.
 */
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { GraphQLError, OperationTypeNode, parse, type GraphQLSchema } from 'graphql';
import {
  createExecutor,
  planningThread,
  Unsupported,
  type Answer,
  type AskSubgraph,
  type Executor,
} from '@frontline/executor';
import type { Caller } from '../identity/caller.ts';
import type { ExecutionMetrics } from './execution-metrics.ts';
import { writtenData } from './written-data.ts';

/** How operations are executed. */
export interface Execution {
  ask: AskSubgraph<Caller>;
  /** Bytes for compiled operations. */
  cacheBytes: number;
  /** Milliseconds after which no request can be waiting any more for the planner of a graph that was replaced. */
  longestRequestMs: number;
  metrics: ExecutionMetrics;
}

/** The executor of one supergraph, with the thread that plans for it. */
interface Graph {
  executor: Executor<Caller>;
  retire(afterMs: number): void;
}

/** Values that broke their types, of which more in one answer say nothing new. */
const REPORTED_VALUES = 20;

/** Apollo's gateway with an executor of our own. */
export class ExecutingGateway extends ApolloGateway {
  readonly #graphs = new WeakMap<GraphQLSchema, Graph>();
  readonly #execution: Execution;
  #current: Graph | undefined;

  constructor(config: GatewayConfig, execution: Execution) {
    super(config);
    this.#execution = execution;
    const stock = this.executor;
    this.executor = (request) => this.#execute(request, stock);
    this.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => this.#take(apiSchema, coreSupergraphSdl));
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.#current?.retire(0);
  }

  /** Resolves when the planner of the current graph has made a first plan; rejects if it can't. */
  async ready(): Promise<void> {
    const source = '{ __typename }';
    await this.#current?.executor.prepare({ document: parse(source), source });
  }

  #take(schema: GraphQLSchema, supergraph: string): void {
    const { ask, cacheBytes, metrics, longestRequestMs } = this.#execution;
    const thread = planningThread(supergraph);
    const executor = createExecutor<Caller>({ supergraph, ask, cacheBytes, plan: metrics.timed(thread.plan) });
    const graph: Graph = {
      executor,
      retire: (afterMs) => void setTimeout(() => void thread.stop(), afterMs).unref(),
    };
    this.#current?.retire(longestRequestMs);
    this.#current = graph;
    this.#graphs.set(schema, graph);
    metrics.keeping(() => executor.kept());
  }

  async #execute(
    request: GatewayGraphQLRequestContext,
    stock: ApolloGateway['executor'],
  ): Promise<GatewayExecutionResult> {
    const { metrics } = this.#execution;
    const graph = this.#graphs.get(request.schema) ?? this.#current;
    if (!graph) throw new Error('no graph is loaded');
    try {
      const answer = await graph.executor.execute(operationOf(request));
      metrics.executed('own');
      return resultOf(answer);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      metrics.executed('apollo', error.reason);
      return stock(request);
    }
  }
}

function operationOf({ document, source, request, operation, context }: GatewayGraphQLRequestContext) {
  const caller = context as Caller;
  // A change is carried through even if nobody waits for its answer: half of it might have happened already
  const signal = operation.operation === OperationTypeNode.QUERY ? caller.signal : undefined;
  return {
    document,
    source,
    operationName: request.operationName ?? undefined,
    variables: request.variables ?? {},
    context: caller,
    signal,
  };
}

function resultOf({ data, errors, invalid }: Answer): GatewayExecutionResult {
  if (data === undefined) return { errors };
  const broken = invalid
    .slice(0, REPORTED_VALUES)
    .map(
      ({ message, path }) => new GraphQLError(message, { path: [...path], extensions: { code: 'INVALID_GRAPHQL' } }),
    );
  const all = [...errors, ...broken];
  return { data: writtenData(data), ...(all.length > 0 && { errors: all }) };
}
