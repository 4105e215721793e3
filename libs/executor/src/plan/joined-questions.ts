/*
 * Why: a plan asks one subgraph several things at the same time: "the people who ordered" and "the people who are to get
 * it" are two fetches, since they stand at two places and want different fields. What a small question costs is the
 * request around it: headers, a connection, tokens, a trace, on both sides. So questions about entities that go to one
 * subgraph at the same moment travel in one request, each under an alias of its own:
 *
 *   query($r1:[_Any!]!,$r4:[_Any!]!){e1:_entities(representations:$r1){…} e4:_entities(representations:$r4){…}}
 *
 * Each fetch gets back what it would have got alone. Where one of the questions spoils the answer to all (a subgraph
 * that refuses the document, or answers it with no data), each is asked again alone, so that it fails alone. Only
 * queries are joined, so asking again changes nothing.
 *
 * Not joined: questions about many entities, beside which a request costs nothing and for which the others would wait;
 * and those with values from further up in the answer, whose variables have the same names in every question.
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { entityTree, fetchesOf } from '../entities/reused-objects.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { expectedData, expectedObject, type ExpectedObject } from '../values/answer-reader.ts';
import type { ReadNames } from '../values/read-names.ts';
import { fetchBody } from './fetch-body.ts';
import type { Run } from './run.ts';
import { treeAfter } from './selection-tree.ts';
import {
  parsedAnswer,
  SubgraphFailure,
  type AskSubgraph,
  type ParsedAnswer,
  type SubgraphError,
  type SubgraphQuestion,
} from './subgraph-answer.ts';

/** Asks for entities, given as JSON texts of their representations. Answers as the subgraph would to this question alone. */
export type AskForEntities<Context> = (
  run: Run<Context>,
  representations: readonly string[],
  contextValues?: JsonObject,
) => Promise<ParsedAnswer>;

/** A question about more entities than this travels alone. */
const MOST_ENTITIES = 200;

/** So many kinds of questions that travelled together are remembered for an operation. */
const MOST_TOGETHER = 100;

/** A question of a fetch as a part of a larger one. All texts are ready to stand inside a JSON string. */
interface Joinable {
  /** Its place among the fetches of its plan: parts always come in this order, so that a subgraph sees few documents. */
  number: number;
  /** Under which its entities are answered. */
  alias: string;
  /** `r1:[_Any!]!` and the client's variables that it uses. */
  definitions: readonly string[];
  variables: readonly string[];
  representations: string;
  selection: string;
  operationName: string | undefined;
  /** What is expected of each of its entities. */
  expected: ExpectedObject;
}

/** A part that waits to be sent. */
interface Waiting {
  part: Joinable;
  representations: readonly string[];
  answered(answer: ParsedAnswer): void;
  failed(failure: unknown): void;
  alone(): Promise<ParsedAnswer>;
}

/** The questions of one request that wait until everything that can go on now has gone on. */
export class WaitingQuestions {
  readonly #bySubgraph = new Map<string, Waiting[]>();

  /** Adds one; `send` is called with all that wait for the subgraph, in the order of the plan. */
  add(subgraph: string, question: Waiting, send: (together: readonly Waiting[]) => void): void {
    const waiting = this.#bySubgraph.get(subgraph);
    if (waiting) return void waiting.push(question);
    this.#bySubgraph.set(subgraph, [question]);
    // Comes after all that an answer has set going: nothing is waited for
    process.nextTick(() => {
      const together = this.#bySubgraph.get(subgraph) ?? [];
      this.#bySubgraph.delete(subgraph);
      send(together.sort((one, other) => one.part.number - other.part.number));
    });
  }
}

/** How each fetch of a plan that continues from entities asks for them. */
export function entityQuestions<Context>(
  plan: PlanNode,
  ask: AskSubgraph<Context>,
  read: ReadNames,
): ReadonlyMap<FetchNode, AskForEntities<Context>> {
  const fetches = fetchesOf(plan).flatMap(({ fetch }) => (fetch.requires ? [fetch] : []));
  const parts = joinableParts(fetches, read);
  const expectedTogether = new Map<string, ExpectedObject>();
  return new Map(fetches.map((fetch) => [fetch, asking(fetch, parts.get(fetch))]));

  function asking(fetch: FetchNode, part: Joinable | undefined): AskForEntities<Context> {
    const body = fetchBody(fetch);
    const { serviceName: subgraph, operationKind: kind } = fetch;
    const expected = expectedData([['_entities', part?.expected ?? expectedEntity(fetch, read)]]);
    const alone: AskForEntities<Context> = async (run, representations, values) => {
      const question = { subgraph, kind, fetches: 1, body: body(run.variables, representations, values) };
      return parsedAnswer(await sent(run, question), expected, run.bytes);
    };
    if (!part) return alone;
    return (run, representations, values) =>
      representations.length > MOST_ENTITIES
        ? alone(run, representations, values)
        : new Promise((answered, failed) => {
            const question = { part, representations, answered, failed, alone: () => alone(run, representations) };
            run.waiting.add(subgraph, question, (together) => void send(run, subgraph, together));
          });
  }

  async function send(run: Run<Context>, subgraph: string, together: readonly Waiting[]): Promise<void> {
    if (together.length === 1) return eachAlone(together);
    try {
      const body = joinedBody(together, run.variables);
      const received = await sent(run, { subgraph, kind: 'query', fetches: together.length, body });
      const answer = parsedAnswer(received, expectedOf(together), run.bytes);
      if (!isJsonObject(answer.data)) return eachAlone(together);
      for (const { part, answered } of together) answered(answerTo(part, answer, answer.data));
    } catch (failure) {
      if (failure instanceof SubgraphFailure && failure.isAboutQuestion) return eachAlone(together);
      for (const { failed } of together) failed(failure);
    }
  }

  /** The same questions travel together again and again. */
  function expectedOf(together: readonly Waiting[]): ExpectedObject {
    const key = together.map(({ part }) => part.number).join();
    let expected = expectedTogether.get(key);
    if (!expected) {
      expected = expectedData(together.map(({ part }) => [part.alias, part.expected]));
      if (expectedTogether.size >= MOST_TOGETHER) expectedTogether.clear();
      expectedTogether.set(key, expected);
    }
    return expected;
  }

  function sent(
    { context, signal }: Run<Context>,
    question: Omit<SubgraphQuestion<Context>, 'context' | 'signal'>,
  ): Promise<Uint8Array> {
    return ask({ ...question, context, signal });
  }
}

function eachAlone(questions: readonly Waiting[]): void {
  for (const { alone, answered, failed } of questions) alone().then(answered, failed);
}

/** What concerns one part of an answer. What concerns none in particular would have been said to each alone. */
function answerTo({ alias }: Joinable, { errors }: ParsedAnswer, data: JsonObject): ParsedAnswer {
  const own = errors.flatMap((error): SubgraphError[] => {
    const [first, ...rest] = error.path ?? [];
    if (first === alias) return [{ ...error, path: ['_entities', ...rest] }];
    return typeof first === 'string' && Object.hasOwn(data, first) ? [] : [error];
  });
  return { data: { _entities: data[alias] }, errors: own };
}

function joinedBody(questions: readonly Waiting[], values: Readonly<Record<string, unknown>>): string {
  const definitions = new Set<string>();
  const variables = new Set<string>();
  let selections = '';
  let sent = '';
  for (const { part, representations } of questions) {
    for (const definition of part.definitions) definitions.add(definition);
    for (const variable of part.variables) variables.add(variable);
    selections += selections === '' ? part.selection : ` ${part.selection}`;
    sent += `${sent === '' ? '' : ','}"${part.representations}":[${representations.join(',')}]`;
  }
  for (const variable of variables)
    if (Object.hasOwn(values, variable)) sent += `,${JSON.stringify(variable)}:${JSON.stringify(values[variable])}`;
  const name = nameOf(questions);
  const named = name === undefined ? '' : `,"operationName":"${name}"`;
  return `{"query":"query${name ? ` ${name}` : ''}(${[...definitions].join(',')}){${selections}}"${named},"variables":{${sent}}}`;
}

/** The name of the first question with the numbers of the others, such as `Page__personnel__1_4`. */
function nameOf([first, ...others]: readonly Waiting[]): string | undefined {
  const name = first?.part.operationName;
  return name && [name, ...others.map(({ part }) => part.number)].join('_');
}

/** The questions that may travel with others: those of subgraphs that are asked for entities by more than one fetch. */
function joinableParts(fetches: readonly FetchNode[], read: ReadNames): ReadonlyMap<FetchNode, Joinable> {
  const taken = new Set(fetches.flatMap(({ variableUsages = [] }) => variableUsages));
  const parts = new Map<FetchNode, Joinable>();
  fetches.forEach((fetch, number) => {
    const isAloneThere = fetches.every((other) => other === fetch || other.serviceName !== fetch.serviceName);
    const part = isAloneThere || taken.has(`r${number}`) ? undefined : joinablePart(fetch, number, read);
    if (part) parts.set(fetch, part);
  });
  return parts;
}

function joinablePart(fetch: FetchNode, number: number, read: ReadNames): Joinable | undefined {
  if (fetch.operationKind !== 'query' || fetch.contextRewrites?.length) return undefined;
  const { definitions } = parse(fetch.operation, { noLocation: true });
  const [operation] = definitions;
  if (definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION || operation.directives?.length)
    return undefined;
  const entities = onlyEntities(operation);
  if (!entities) return undefined;
  const representations = `r${number}`;
  const inJson = (text: string) => JSON.stringify(stripIgnoredCharacters(text)).slice(1, -1);
  return {
    number,
    alias: `e${number}`,
    representations,
    definitions: (operation.variableDefinitions ?? []).map((definition) =>
      definition.variable.name.value === 'representations' ? `$${representations}:[_Any!]!` : inJson(print(definition)),
    ),
    variables: (fetch.variableUsages ?? []).filter((name) => name !== 'representations'),
    selection: `e${number}:_entities(representations:$${representations})${inJson(print(entities))}`,
    operationName: fetch.operationName,
    expected: expectedEntity(fetch, read),
  };
}

function expectedEntity(fetch: FetchNode, read: ReadNames): ExpectedObject {
  return expectedObject(treeAfter(entityTree(fetch), fetch.outputRewrites), read);
}

/** The field `_entities` of a question that asks for nothing else, in the way that all planned questions do. */
function onlyEntities({ selectionSet: { selections } }: OperationDefinitionNode): SelectionSetNode | undefined {
  const [field, ...others] = selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return undefined;
  const { name, alias, directives, selectionSet } = field;
  const isPlain = name.value === '_entities' && !alias && !directives?.length;
  const [argument, ...further] = field.arguments ?? [];
  const isAsked =
    further.length === 0 &&
    argument?.name.value === 'representations' &&
    argument.value.kind === Kind.VARIABLE &&
    argument.value.name.value === 'representations';
  return isPlain && isAsked ? selectionSet : undefined;
}
