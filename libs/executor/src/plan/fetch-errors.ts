/*
 * Why: a client asked one graph, so errors have to stand where *its* fields are missing, not where they stand in a
 * subgraph's own answer. Codes and all other extensions pass; the name of the subgraph is added for logs and metrics
 * (what of it may reach clients is the application's decision).
 */
import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { AskedPath } from '../response/asked-paths.ts';
import { locate, type FlattenPath, type ResponsePath } from './flatten-path.ts';
import type { Run } from './run.ts';
import type { SelectionTree } from './selection-tree.ts';
import { SubgraphFailure, type SubgraphError } from './subgraph-answer.ts';

/** The code of an error that a subgraph gave none. */
const DOWNSTREAM = 'DOWNSTREAM_SERVICE_ERROR';

/** Writes the errors of one fetch of a plan. */
export class FetchErrors {
  readonly #subgraph: string;
  readonly #path: FlattenPath;
  readonly #tree: SelectionTree;
  readonly #asked: AskedPath;
  /** Names that the plan made up for the subgraph, and those that stand for them in the data. */
  readonly #renamed = new Map<string | number | undefined, string>();

  /** @param tree what the fetch brings for each object at the path. */
  constructor(
    { serviceName, outputRewrites = [] }: FetchNode,
    path: FlattenPath,
    tree: SelectionTree,
    asked: AskedPath,
  ) {
    this.#subgraph = serviceName;
    this.#path = path;
    this.#tree = tree;
    this.#asked = asked;
    for (const rewrite of outputRewrites)
      if (rewrite.kind === 'KeyRenamer') this.#renamed.set(rewrite.path.at(-1), rewrite.renameKeyTo);
  }

  /** An error of a fetch that doesn't continue from entities, once for every place that the fetch continues from. */
  ofRoot(run: Run<unknown>, error: SubgraphError): void {
    if (!error.path) return this.ofNone(run, error);
    const below = this.#inData(error.path);
    for (const { at } of locate(run.data, this.#path)) run.errors.push(this.#error(error, [...at, ...below]));
  }

  /** An error about one entity, once for every place where that entity stands. */
  ofEntity(run: Run<unknown>, error: SubgraphError, targets: readonly JsonObject[]): void {
    const wanted = new Set(targets);
    for (const { object, at } of locate(run.data, this.#path))
      if (wanted.has(object)) run.errors.push(this.#error(error, [...at, ...this.#inData(error.path?.slice(2))]));
  }

  /** An error that names no entity. */
  ofNone(run: Run<unknown>, error: SubgraphError): void {
    run.errors.push(this.#error(error, undefined));
  }

  /**
   * No answer at all: an error for every field that is missing when everything else has come; another subgraph may have
   * sent some of them. Of many entities only the first gets errors, since a page of a hundred would otherwise repeat the
   * same sentence a hundred times. Where nothing can be named, the error has no path.
   */
  failed(run: Run<unknown>, cause: unknown, first: JsonObject | undefined): void {
    const error = {
      message: cause instanceof Error ? cause.message : String(cause),
      ...(cause instanceof SubgraphFailure && { extensions: { ...cause.extensions } }),
    };
    run.failures.push(() => {
      const from =
        first === undefined ? [] : (locate(run.data, this.#path).find(({ object }) => object === first)?.at ?? []);
      const missing = missingIn(first ?? run.data, this.#tree, from);
      const named = missing.filter((path) => this.#asked(path) !== undefined);
      const paths = named.length > 0 ? named : [undefined];
      return paths.map((path) => this.#error(error, path, cause));
    });
  }

  #inData(path: ResponsePath = []): ResponsePath {
    return this.#renamed.size === 0 ? path : path.map((step) => this.#renamed.get(step) ?? step);
  }

  #error({ message, extensions }: SubgraphError, at: ResponsePath | undefined, cause?: unknown): GraphQLError {
    const path = at && this.#asked(at);
    return new GraphQLError(message || `Error while fetching subquery from service "${this.#subgraph}"`, {
      ...(path && { path: [...path] }),
      ...(cause instanceof Error && { originalError: cause }),
      extensions: { code: DOWNSTREAM, ...extensions, serviceName: this.#subgraph },
    });
  }
}

/** Paths of the names of a tree that an object has no value for; of a list, those of its first element. */
function missingIn(value: unknown, tree: SelectionTree, at: ResponsePath): ResponsePath[] {
  if (Array.isArray(value)) return value.length > 0 ? missingIn(value[0], tree, [...at, 0]) : [];
  if (!isJsonObject(value)) return [];
  return [...tree].flatMap(([name, below]) => {
    if (name === '__typename') return [];
    const part = value[name];
    if (part === undefined || part === null) return [[...at, name]];
    return below ? missingIn(part, below, [...at, name]) : [];
  });
}
