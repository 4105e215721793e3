/*
 * Random operations over random graphs, with random faults, executed by Apollo's gateway and by ours. Where nothing
 * fails, graphql-js over the same data decides: our answer has to be its answer to the last character.
 *
 * FRONTLINE_COMPARISONS says how many operations (a few hundred by default), FRONTLINE_SEED where to begin. A failure
 * prints what is needed to see it again.
 */
import { isDeepStrictEqual } from 'node:util';
import { getOperationAST, parse, type FieldNode, type OperationDefinitionNode } from 'graphql';
import { planningText, type FetchedNames } from '../planning/planning-document.ts';
import { bothExecutors, compared, type Both, type Comparable } from './both-executors.fixture.ts';
import { Dice } from './dice.fixture.ts';
import { randomGraph, type RandomGraph } from './random-graph.fixture.ts';
import { randomOperation } from './random-operation.fixture.ts';
import type { Faults } from './world.fixture.ts';

const COUNT = Number(process.env['FRONTLINE_COMPARISONS'] ?? 240);
const SEED = Number(process.env['FRONTLINE_SEED'] ?? 1);
const PER_GRAPH = 40;

/** Kinds of faults, one of which an operation meets. */
const kinds: ((dice: Dice, subgraphs: readonly string[]) => Faults)[] = [
  () => ({ salt: 0 }),
  (dice) => ({ salt: dice.roll(1e9), slow: true }),
  (dice) => ({ salt: dice.roll(1e9), errors: 8 }),
  (dice) => ({ salt: dice.roll(1e9), nulls: 20 }),
  (dice) => ({ salt: dice.roll(1e9), errors: 4, nulls: 10, mismatches: 6 }),
  (dice, subgraphs) => ({ salt: dice.roll(1e9), dead: new Set([dice.pick(subgraphs)]) }),
];

describe(`${COUNT} random operations from seed ${SEED} (FRONTLINE_COMPARISONS, FRONTLINE_SEED)`, () => {
  const known = new Map<string, number>();
  const unknown: string[] = [];

  it(
    'are answered as by the stock executor, or as the specification says',
    async () => {
      for (let graph = 0, seed = SEED; graph * PER_GRAPH < COUNT; seed += 1) {
        const random = graphOrNone(seed);
        if (!random) continue;
        graph += 1;
        const both = await bothExecutors(random);
        const dice = new Dice(seed);
        for (let index = 0; index < PER_GRAPH; index += 1)
          await compare(both, random, dice, `FRONTLINE_SEED=${seed} operation ${index}`);
        await both.stop();
      }
      process.stdout.write(`comparison from seed ${SEED}: ${JSON.stringify(Object.fromEntries(known))}\n`);
      expect(unknown).toEqual([]);
    },
    COUNT * 1_000,
  );

  it('are mostly answered with data, and mostly by several subgraphs', () => {
    expect(known.get('same') ?? 0).toBeGreaterThan(COUNT / 2);
    expect(known.get('asked several subgraphs') ?? 0).toBeGreaterThan(COUNT / 3);
  });

  async function compare(both: Both, { subgraphs }: RandomGraph, dice: Dice, where: string): Promise<void> {
    const { source, variables } = randomOperation(both.schema, dice);
    const faults = dice.pick(kinds)(dice, [...subgraphs.keys()]);
    const note = (kind: string, stock?: Comparable, ours?: Comparable) => {
      known.set(kind, (known.get(kind) ?? 0) + 1);
      if (kind.startsWith('UNKNOWN'))
        unknown.push(
          [
            kind,
            where,
            JSON.stringify({ ...faults, dead: [...(faults.dead ?? [])] }),
            source,
            JSON.stringify({ variables, stock, ours }),
          ].join('\n'),
        );
    };
    const right = await both.undivided(source, variables);
    const wellStock = await both.stock(source, variables, { salt: 0 }).catch(thrown);
    const wellOurs = await both.ours(source, variables, { salt: 0 });
    if (both.questions > 1) note('asked several subgraphs');
    if (!wellOurs) return note('left to the stock executor');
    if (wellOurs.text !== right) return note('UNKNOWN: not as specified', wellStock, wellOurs);
    // A stock answer that is wrong even when nothing fails says nothing about faults either
    if (!isDeepStrictEqual(wellStock.data, JSON.parse(right))) return note('incomplete-stock');
    // Conditions are planned differently, and another plan meets other faults: so both get the operation without them
    const decided = withoutConditions(source, variables);
    const stock = await both.stock(decided, variables, faults).catch(thrown);
    const ours = (await both.ours(decided, variables, faults)) as Comparable;
    const hasInterfaceObject = [...subgraphs.values()].some((sdl) => sdl.includes('type Media @interfaceObject'));
    note(compared(stock, ours, faults, hasInterfaceObject), stock, ours);
  }
});

/** The operation with its conditions decided, as it is planned, but with the client's own names. */
function withoutConditions(source: string, variables: Record<string, unknown>): string {
  const document = parse(source);
  const definition = getOperationAST(document) as OperationDefinitionNode;
  const values = { if2: true, ...variables };
  const names = { of: ({ alias, name }: FieldNode) => (alias ?? name).value } as FetchedNames;
  return planningText(document, definition, values, names);
}

function thrown(error: Error): Comparable {
  return { data: undefined, errors: [{ message: error.message }], invalid: [] };
}

function graphOrNone(seed: number): RandomGraph | undefined {
  try {
    return randomGraph(seed);
  } catch {
    return undefined;
  }
}
