/*
 * Subgraphs that answer anything at all: values of other types, objects for lists, names that nobody asked for. Apollo's
 * executor ends there, so nothing can be compared; but whatever comes, an answer keeps the types that clients were
 * promised, holds nothing that no subgraph sent, and is never null without a word.
 *
 * FRONTLINE_COMPARISONS says how many operations, FRONTLINE_SEED where to begin.
 */
import { executeSync, Kind, parse, print, visit, type FieldNode } from 'graphql';
import { createExecutor, planner, Unsupported, type Executor } from '../index.ts';
import type { JsonObject } from '../json.ts';
import { Dice } from './dice.fixture.ts';
import { randomGraph, type RandomGraph } from './random-graph.fixture.ts';
import { randomOperation } from './random-operation.fixture.ts';
import { worldOf, type Faults } from './world.fixture.ts';

const PER_GRAPH = 20;
const GRAPHS = Math.ceil(Number(process.env['FRONTLINE_COMPARISONS'] ?? 120) / PER_GRAPH);
const SEED = Number(process.env['FRONTLINE_SEED'] ?? 1);

/** Things that may stand anywhere in what a subgraph sends. */
const anything: readonly unknown[] = [
  ...[null, null, 5, 2.5, 3e9, 3e9, 1e300, true, '', 'text', 'RED', [], {}, [null], [[1]], [{}]],
  ...[{ __typename: 'Nobody' }, { __typename: 5 }, [{ __typename: 'Ant', id: 'Ant:3' }], { constructor: 1 }],
];

/** An answer of which a part is replaced, left out, added or turned round. */
function spoilt(value: unknown, dice: Dice, perThousand: number): unknown {
  if (dice.roll(1000) < perThousand) return dice.pick(anything);
  if (Array.isArray(value)) {
    const list = value.map((each) => spoilt(each, dice, perThousand));
    if (dice.chance(1)) list.push(dice.pick(anything));
    return dice.chance(1) ? list.slice(1) : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]): [string, unknown] => [name, spoilt(part, dice, perThousand)]);
  if (dice.chance(2)) parts.pop();
  if (dice.chance(2)) parts.push(['__proto__', { polluted: true }]);
  return Object.fromEntries(dice.chance(3) ? parts.reverse() : parts);
}

/** Adds every value in some JSON, as text; numbers also as the text that an ID would be. */
function addValues(value: unknown, to: Set<string>): void {
  to.add(JSON.stringify(value)).add(JSON.stringify(String(value)));
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) addValues(part, to);
}

/** Every plain value of an answer. Custom scalars may be lists and objects, which came as they are. */
function plainValues(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(plainValues) : [value];
}

const kind: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
  alias: { kind: Kind.NAME, value: 'kind' },
};

/** The operation with the type of each of its objects. */
const withKinds = (source: string) =>
  print(visit(parse(source), { SelectionSet: (set) => ({ ...set, selections: [kind, ...set.selections] }) }));

/** One graph whose subgraphs send what the dice say, and what they have sent. */
function brokenGraph(
  { supergraph, subgraphs }: RandomGraph,
  dice: Dice,
): { executor: Executor<Faults>; sent: Set<string> } {
  const world = worldOf(subgraphs);
  const plans = planner(supergraph);
  const sent = new Set<string>();
  const executor = createExecutor<Faults>({
    supergraph,
    plan: (request) => plans.plan(request),
    cacheBytes: 10_000_000,
    overrideIsOn: () => false,
    async ask({ subgraph, body, context }) {
      const answer = spoilt(
        JSON.parse(await world(subgraph, JSON.parse(body) as never, context)),
        dice,
        dice.pick([10, 50, 200]),
      );
      addValues(answer, sent);
      return Buffer.from(JSON.stringify(answer));
    },
  });
  for (const name of [null, ...Object.keys(executor.schema.getTypeMap())]) sent.add(JSON.stringify(name));
  return { executor, sent };
}

it(
  `${GRAPHS} graphs from seed ${SEED} whose subgraphs send anything are answered with what was promised`,
  async () => {
    const seen = { whole: 0, told: 0 };
    for (let seed = SEED; seed < SEED + GRAPHS; seed += 1) {
      const dice = new Dice(seed);
      const { executor, sent } = brokenGraph(randomGraph(seed), dice);
      const { schema } = executor;
      for (let number = 0; number < PER_GRAPH; number += 1) {
        const operation = randomOperation(schema, dice);
        const { variables } = operation;
        const source = withKinds(operation.source);
        const document = parse(source);
        const where = `FRONTLINE_SEED=${seed} operation ${number}: ${source}`;
        const answer = await executor
          .execute({ document, source, variables, context: { salt: dice.roll(1e9), errors: 3 }, signal: undefined })
          .catch((error: Error) => {
            if (error instanceof Unsupported || /^Was not able to plan/.test(error.message)) return undefined;
            throw new Error(where, { cause: error });
          });
        if (!answer?.data) continue;
        const data = JSON.parse(answer.data.toString()) as JsonObject | null;
        const isTold = answer.errors.length > 0 || answer.invalid.length > 0;
        seen[isTold ? 'told' : 'whole'] += 1;
        if (data === null) {
          expect([where, isTold]).toEqual([where, true]);
          continue;
        }
        // Given the answer as its data, graphql-js has nothing to complete and nothing to refuse
        const completed = executeSync({
          ...{ schema, document, variableValues: variables, rootValue: data },
          fieldResolver: (object: JsonObject, _args, _context, { path: { key } }) => object[key],
          typeResolver: (object) => String((object as JsonObject)['kind']),
        });
        expect([where, completed.errors?.map(({ message }) => message)]).toEqual([where, undefined]);
        expect([where, JSON.stringify(completed.data)]).toEqual([where, JSON.stringify(data)]);
        expect([where, plainValues(data).filter((value) => !sent.has(JSON.stringify(value)))]).toEqual([where, []]);
      }
    }
    expect(({} as JsonObject)['polluted']).toBeUndefined();
    expect(Math.min(seen.whole, seen.told)).toBeGreaterThan(GRAPHS);
  },
  60_000 + GRAPHS * 30_000,
);
