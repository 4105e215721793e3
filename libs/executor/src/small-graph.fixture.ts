import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { graphql, parse } from 'graphql';
import { createExecutor, planner, type Answer, type Executor, type ExecutorSettings } from './index.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject", "@context", "@fromContext"])';

/** Resolvers of a subgraph, by type and field; `__resolveReference` and `__resolveType` as federation has them. */
export type Resolvers = Record<string, Record<string, unknown>>;

/** A subgraph of a small graph: its schema, and either resolvers or the answer to whatever it is asked. */
export interface SmallSubgraph {
  sdl: string;
  resolvers?: Resolvers;
  answer?: (question: { query: string; variables: Record<string, unknown> }, signal?: AbortSignal) => unknown;
}

/** A graph made for one test. */
export interface SmallGraph {
  supergraph: string;
  executor: Executor<string>;
  /** What subgraphs were asked, in order. */
  asked: { subgraph: string; query: string; variables: Record<string, unknown>; context: string }[];
  ask(
    source: string,
    variables?: Record<string, unknown>,
    more?: { signal?: AbortSignal; context?: string },
  ): Promise<Omit<Answer, 'data'> & { data: string | undefined; json: unknown }>;
}

/** The supergraph of subgraph schemas; federation's directives are linked. */
export function supergraphOf(schemas: Record<string, string>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(schemas).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(`${LINK}\n${sdl}`),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** Composes the subgraphs and executes over them, as functions. */
export function smallGraph(
  subgraphs: Record<string, SmallSubgraph>,
  settings: Partial<ExecutorSettings<string>> = {},
): SmallGraph {
  const supergraph =
    settings.supergraph ??
    supergraphOf(Object.fromEntries(Object.entries(subgraphs).map(([name, { sdl }]) => [name, sdl])));
  const schemas = new Map(
    Object.entries(subgraphs).map(([name, { sdl, resolvers = {} }]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(`${LINK}\n${sdl}`), resolvers: resolvers as never }]),
    ]),
  );
  const plans = planner(supergraph);
  const asked: SmallGraph['asked'] = [];
  const executor = createExecutor<string>({
    supergraph,
    plan: (request) => plans.plan(request),
    cacheBytes: 1_000_000,
    async ask({ subgraph, body, context, signal }) {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      asked.push({ subgraph, query, variables, context });
      const { answer } = subgraphs[subgraph] as SmallSubgraph;
      const given = answer
        ? await answer({ query, variables }, signal)
        : await graphql({ schema: schemas.get(subgraph) as never, source: query, variableValues: variables });
      return Buffer.from(typeof given === 'string' ? given : JSON.stringify(given));
    },
    ...settings,
  });
  return {
    supergraph,
    executor,
    asked,
    async ask(source, variables = {}, { signal, context = '' } = {}) {
      const answer = await executor.execute({ document: parse(source), source, variables, context, signal });
      const data = answer.data?.toString();
      return { ...answer, data, json: data === undefined ? undefined : JSON.parse(data) };
    },
  };
}
