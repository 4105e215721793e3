/* Runs operations through Apollo's gateway and through ours, over the same subgraphs, and says where they differ. */
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { isDeepStrictEqual } from 'node:util';
import { GraphQLError, parse, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { createExecutor, planner, Unsupported, type Executor } from '../index.ts';
import { isJsonObject } from '../json.ts';
import type { RandomGraph } from './random-graph.fixture.ts';
import { undividedWorld, worldOf, type Faults, type Question } from './world.fixture.ts';

/** An answer in a form that can be compared. */
export interface Comparable {
  data: unknown;
  /** The data as it was written. */
  text?: string | undefined;
  errors: readonly GraphQLFormattedError[];
  /** Whether values were found that break their types. */
  invalid: readonly { message: string }[];
}

/** Both executors over one graph. */
export interface Both {
  schema: GraphQLSchema;
  stock(source: string, variables: Record<string, unknown>, faults: Faults): Promise<Comparable>;
  /** `undefined` for an operation that is left to the stock executor. */
  ours(source: string, variables: Record<string, unknown>, faults: Faults): Promise<Comparable | undefined>;
  /** What the specification says where nothing fails, by graphql-js. */
  undivided: ReturnType<typeof undividedWorld>;
  /** Questions to subgraphs in the last execution. */
  questions: number;
  /** Those of them that were several questions of our executor, asked together. */
  joined: number;
  stop(): Promise<void>;
}

/** Sets both executors up. */
export async function bothExecutors({ supergraph, subgraphs }: RandomGraph): Promise<Both> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const world = worldOf(subgraphs);
  const silence = () => undefined;
  const quiet = { debug: silence, info: silence, warn: silence, error: silence };
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    logger: quiet,
    buildService: ({ name }) => ({
      async process({ request, context }) {
        both.questions += 1;
        return JSON.parse(await world(name, request as Question, (context as { faults: Faults }).faults)) as object;
      },
    }),
  });
  const { executor } = await gateway.load();
  const plans = planner(supergraph);
  const ours: Executor<Faults> = createExecutor<Faults>({
    supergraph,
    plan: (request) => plans.plan(request),
    cacheBytes: 10_000_000,
    overrideIsOn: () => false,
    async ask({ subgraph, body, context }) {
      both.questions += 1;
      const question = JSON.parse(body) as Question;
      if (/\be\d+:_entities\(/.test(question.query)) both.joined += 1;
      return Buffer.from(await world(subgraph, question, context));
    },
  });
  const both: Both = {
    schema: ours.schema,
    undivided: undividedWorld(ours.schema, subgraphs),
    questions: 0,
    joined: 0,
    async stock(source, variables, faults) {
      both.questions = 0;
      const result = await executor({
        request: { query: source, variables },
        document: parse(source),
        source,
        queryHash: source,
        schema: gateway.schema,
        context: { faults },
        logger: quiet,
        metrics: {},
      } as unknown as GatewayGraphQLRequestContext);
      return {
        data: plain(result.data),
        errors: (result.errors ?? []).map(formatted),
        invalid: (result.extensions?.['valueCompletion'] ?? []) as { message: string }[],
      };
    },
    async ours(source, variables, faults) {
      both.questions = both.joined = 0;
      try {
        const answer = await ours.execute({ document: parse(source), source, variables, context: faults });
        const text = answer.data?.toString();
        return {
          data: text === undefined ? undefined : JSON.parse(text),
          text,
          errors: answer.errors.map(formatted),
          invalid: answer.invalid,
        };
      } catch (error) {
        if (error instanceof Unsupported) return undefined;
        throw error;
      }
    },
    stop: () => gateway.stop(),
  };
  return both;
}

/** Errors of the stock executor are not always GraphQL errors. */
function formatted(error: Error): GraphQLFormattedError {
  return error instanceof GraphQLError ? error.toJSON() : { message: error.message };
}

const plain = (data: unknown): unknown => (data === undefined ? undefined : JSON.parse(JSON.stringify(data)));

/**
 * What two answers to the same operation have in common: `same`, the name of a known difference (they are explained in
 * docs/executor-differences.md), or a description of one that nobody knows.
 */
export function compared(stock: Comparable, ours: Comparable, faults: Faults, hasInterfaceObject: boolean): string {
  if (
    faults.mismatches &&
    stock.errors.some(({ message }) => message.startsWith("Cannot create property '__typename'"))
  )
    return 'broken-shape';
  if (stock.data === undefined)
    return faults.mismatches &&
      /Invalid non-(list|object)|non-string value|flatMap|Unexpected array/.test(stock.errors[0]?.message ?? '')
      ? 'broken-shape'
      : 'UNKNOWN: no data from stock';
  if (!isDeepStrictEqual(stock.data, ours.data)) {
    if (hasInterfaceObject && isPartOf(stock.data, ours.data)) return 'incomplete-stock';
    return isEqualButForParts(stock, ours) ? 'part-of-failed' : 'UNKNOWN: data';
  }
  // Stock says nothing of an object whose type nobody tells, since the subgraph that would knows nothing of it
  const broken = ours.invalid.filter(({ message }) => !(faults.absent && message.startsWith('The type of')));
  if (stock.invalid.length > 0 !== broken.length > 0) return 'UNKNOWN: broken types';
  const isExplained = (error: GraphQLFormattedError) =>
    !error.path || isNothing(valueAt(ours.data, error.path)) || isToldByBroken(error) || isAboutOnePart(error);
  if (!ours.errors.every(isExplained)) return 'UNKNOWN: an error stands at a value';
  // A subgraph that breaks its types may send a value where it reports an error; both executors pass both on
  function isToldByBroken({ path }: GraphQLFormattedError): boolean {
    return Boolean(faults.mismatches) && stock.errors.some((error) => isDeepStrictEqual(error.path, path));
  }
  // What two subgraphs are asked for: one fails at it, what the other brings stands
  function isAboutOnePart(told: GraphQLFormattedError): boolean {
    return stock.errors.some((error) => isDeepStrictEqual(error, told));
  }
  const texts = (answer: Comparable, text: (error: GraphQLFormattedError) => unknown) =>
    [...new Set(answer.errors.map((error) => JSON.stringify(text(error))))].sort();
  const same = (text: (error: GraphQLFormattedError) => unknown) =>
    isDeepStrictEqual(texts(stock, text), texts(ours, text));
  if (same(({ message, path, extensions }) => [message, path, extensions])) return 'same';
  if (same(({ message, extensions }) => [message, extensions])) return 'path-of-error';
  if (faults.dead && same(({ message }) => message)) return 'error-of-dead-subgraph';
  if (isDeepStrictEqual(uppermost(stock), uppermost(ours))) return 'error-below-null';
  return 'UNKNOWN: errors';
}

/** The errors of an answer without those whose place lies below the place of another error, as texts in order. */
function uppermost({ errors }: Comparable): string[] {
  const isBelow = (path: readonly unknown[], above: readonly unknown[]) =>
    above.length < path.length && above.every((step, index) => step === path[index]);
  return errors
    .filter(({ path }) => !path || !errors.some((other) => other.path && isBelow(path, other.path)))
    .map(({ message, path, extensions }) => JSON.stringify([message, path, extensions]))
    .sort();
}

/**
 * Whether two answers differ in nothing but what two subgraphs each bring a part of and one fails at: which of the two
 * comes last decides whether the other's part stands, and fetches that travel together come in another order.
 */
function isEqualButForParts(stock: Comparable, ours: Comparable): boolean {
  const texts = new Set(stock.errors.map(({ message }) => message));
  const failed = ours.errors.flatMap(({ message, path }) =>
    path && texts.has(message) && [stock, ours].some(({ data }) => isInParts(valueAt(data, path))) ? [path] : [],
  );
  return isEqual(stock.data, ours.data, []);

  function isEqual(theirs: unknown, own: unknown, at: readonly (string | number)[]): boolean {
    if (isDeepStrictEqual(theirs, own)) return true;
    if (theirs === null || own === null) return failed.some((path) => at.every((step, index) => path[index] === step));
    if (Array.isArray(theirs) && Array.isArray(own))
      return theirs.length === own.length && theirs.every((each, index) => isEqual(each, own[index], [...at, index]));
    if (!isJsonObject(theirs) || !isJsonObject(own)) return false;
    const names = new Set([...Object.keys(theirs), ...Object.keys(own)]);
    return [...names].every((name) => isEqual(theirs[name], own[name], [...at, name]));
  }
}

/** Whether a value can be put together of parts: an object, or a list of objects. */
function isInParts(value: unknown): boolean {
  return isJsonObject(value) || (Array.isArray(value) && value.every((each) => each === null || isInParts(each)));
}

/** Whether an answer lacks nothing but fields of objects whose type was an interface object's: see docs/executor-differences.md. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part) && Array.isArray(whole))
    return part.length === whole.length && part.every((element, index) => isPartOf(element, whole[index]));
  if (typeof part !== 'object' || part === null || typeof whole !== 'object' || whole === null)
    return Object.is(part, whole);
  return Object.entries(part).every(([name, value]) => isPartOf(value, (whole as Record<string, unknown>)[name]));
}

/** Whether a value is null, or of something that was never asked for. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** What stands at the place of an error; nothing also where there is nothing further up. */
function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let value = data;
  for (const step of path) {
    if (isNothing(value)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
