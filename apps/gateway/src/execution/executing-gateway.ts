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
import { GraphQLError, OperationTypeNode, parse, validate, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  createExecutor,
  planningThread,
  Unsupported,
  type Answer,
  type AskSubgraph,
  type Executor,
  type Identified,
} from '@frontline/executor';
import type { Caller } from '../identity/caller.ts';
import type { Asking } from '../subgraphs/ask-subgraphs.ts';
import type { ExecutionMetrics } from './execution-metrics.ts';
import { warmUp } from './warm-up.ts';
import { writtenData } from './written-data.ts';

/** How operations are executed. */
export interface Execution {
  ask: AskSubgraph<Asking>;
  /** Texts of documents that are known before they are asked. */
  expected(): Iterable<string>;
  /** Bytes for compiled operations. */
  cacheBytes: number;
  /** Milliseconds after which no request can be waiting any more for the planner of a graph that was replaced. */
  longestRequestMs: number;
  metrics: ExecutionMetrics;
}

/** The executor of one supergraph, with the thread that plans for it. */
interface Graph {
  executor: Executor<Asking>;
  isRetired: boolean;
  retire(afterMs: number): void;
}

/** Values that broke their types, of which more in one answer say nothing new. */
const REPORTED_VALUES = 20;

/** Operations that are planned for a new graph before it is taken. */
const PREPARED = 100;

/** Share of the bytes for compiled operations that the texts of those may take besides. */
const REMEMBERED = 0.1;

/** What any planner can plan, once it runs. */
const smallest: Identified = { document: parse('{ __typename }'), source: '{ __typename }' };

/** Apollo's gateway with an executor of our own. */
export class ExecutingGateway extends ApolloGateway {
  readonly #graphs = new WeakMap<GraphQLSchema, Graph>();
  readonly #execution: Execution;
  /** The operations that were asked last, by their texts. */
  readonly #asked: LRUCache<string, Pick<Identified, 'operationName'>>;
  #current: Graph | undefined;
  #next: { supergraph: string; graph: Graph } | undefined;

  constructor(config: GatewayConfig, execution: Execution) {
    super(config);
    this.#execution = execution;
    this.#asked = new LRUCache({ max: PREPARED, maxSize: Math.ceil(execution.cacheBytes * REMEMBERED) });
    const stock = this.executor;
    this.executor = (request) => this.#execute(request, stock);
    this.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => this.#take(apiSchema, coreSupergraphSdl));
  }

  override async load(...options: Parameters<ApolloGateway['load']>): ReturnType<ApolloGateway['load']> {
    const loaded = await super.load(...options);
    await this.#current?.executor.prepare(smallest);
    void this.warmUp();
    return loaded;
  }

  /** Plans what is known before it is asked, for the graph in force; requests are answered meanwhile. */
  async warmUp(): Promise<void> {
    if (this.#current) await this.#warmUp(this.#current);
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.#current?.retire(0);
    this.#next?.graph.retire(0);
  }

  /**
   * Makes the executor of a graph ready aside, with plans for what is expected and what was asked lately, to be used when that graph is taken.
   * Rejects for a graph that can't be planned.
   */
  async prepare(supergraph: string): Promise<void> {
    const graph = this.#graph(supergraph);
    try {
      await graph.executor.prepare(smallest);
      await this.#warmUp(graph);
      for (const [source, { operationName }] of [...this.#asked.entries()]) {
        const operation = { source, operationName, document: parse(source) };
        if (validate(graph.executor.schema, operation.document).length === 0) await prepared(graph, operation);
      }
    } catch (error) {
      graph.retire(0);
      throw error;
    }
    this.#next?.graph.retire(0);
    this.#next = { supergraph, graph };
  }

  async #warmUp(graph: Graph): Promise<void> {
    const { expected, cacheBytes, metrics } = this.#execution;
    const result = await warmUp(graph.executor, expected(), { cacheBytes, isOver: () => graph.isRetired });
    if (!graph.isRetired) metrics.warmedUp(result);
  }

  #take(schema: GraphQLSchema, supergraph: string): void {
    const graph = this.#next?.supergraph === supergraph ? this.#next.graph : this.#graph(supergraph);
    this.#next = undefined;
    this.#current?.retire(this.#execution.longestRequestMs);
    this.#current = graph;
    this.#graphs.set(schema, graph);
    this.#execution.metrics.keeping(() => graph.executor.kept());
  }

  #graph(supergraph: string): Graph {
    const { ask, cacheBytes, metrics } = this.#execution;
    const thread = planningThread(supergraph);
    const graph: Graph = {
      executor: createExecutor<Asking>({ supergraph, ask, cacheBytes, plan: metrics.timed(thread.plan) }),
      isRetired: false,
      retire(afterMs) {
        graph.isRetired = true;
        setTimeout(() => void thread.stop(), afterMs).unref();
      },
    };
    return graph;
  }

  async #execute(
    request: GatewayGraphQLRequestContext,
    stock: ApolloGateway['executor'],
  ): Promise<GatewayExecutionResult> {
    const { metrics } = this.#execution;
    const graph = this.#graphs.get(request.schema) ?? this.#current;
    if (!graph) throw new Error('no graph is loaded');
    try {
      const operation = operationOf(request);
      const answer = await graph.executor.execute(operation);
      const { source, operationName } = operation;
      this.#asked.set(source, { operationName }, { size: 2 * source.length });
      metrics.executed('own');
      if (answer.invalid.length > 0) metrics.absent(answer.invalid.filter(({ isAbsent }) => isAbsent).length);
      return resultOf(answer);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      if (graph.executor.isOnlyExecutedHere) {
        metrics.executed('nobody', error.reason);
        throw error;
      }
      metrics.executed('apollo', error.reason);
      return stock(request);
    }
  }
}

/** One that doesn't fit any more is no reason to refuse the graph. */
async function prepared({ executor }: Graph, operation: Identified): Promise<void> {
  await executor.prepare(operation).catch(() => undefined);
}

function operationOf({
  document,
  source,
  request,
  operation,
  context,
  overallCachePolicy,
}: GatewayGraphQLRequestContext) {
  const caller = context as Caller;
  // A change is carried through even if nobody waits for its answer: half of it might have happened already
  const signal = operation.operation === OperationTypeNode.QUERY ? caller.signal : undefined;
  return {
    document,
    source,
    operationName: request.operationName ?? undefined,
    variables: request.variables ?? {},
    context: { caller, cachePolicy: overallCachePolicy },
    signal,
  };
}

function resultOf({ data, errors, invalid }: Answer): GatewayExecutionResult {
  if (data === undefined) return { errors };
  if (errors.length === 0 && invalid.length === 0) return { data: writtenData(data) };
  // What isn't there for this caller is null without a word, as it would be if only fields had been asked that may be null
  const broken = invalid
    .filter(({ isAbsent }) => !isAbsent)
    .slice(0, REPORTED_VALUES)
    .map(
      ({ message, path }) => new GraphQLError(message, { path: [...path], extensions: { code: 'INVALID_GRAPHQL' } }),
    );
  const all = [...errors, ...broken];
  return { data: writtenData(data), ...(all.length > 0 && { errors: all }) };
}
