/*
 * Random operations over random graphs, with random faults, executed by Apollo's gateway and by ours. Where nothing
 * fails, graphql-js over the same data decides: our answer has to be its answer to the last character.
 */
import { isDeepStrictEqual } from 'node:util';
import { getOperationAST, parse, type FieldNode, type OperationDefinitionNode } from 'graphql';
import { FetchedNames, planningText } from '../planning/planning-document.ts';
import { bothExecutors, compared, type Both, type Comparable } from './both-executors.fixture.ts';
import { Dice } from './dice.fixture.ts';
import { randomGraph, type RandomGraph } from './random-graph.fixture.ts';
import { randomOperation } from './random-operation.fixture.ts';
import type { Faults } from './world.fixture.ts';

/** Operations asked of one random graph. */
export const PER_GRAPH = 40;

/** What came of comparing. */
export interface Comparison {
  /** How often each kind of outcome was seen: `same`, known differences by name, `asked several subgraphs`. */
  seen: Record<string, number>;
  /** Differences that nobody knows, with what is needed to see them again. */
  unknown: string[];
}

/** Kinds of faults, one of which an operation meets. */
const kinds: ((dice: Dice, subgraphs: readonly string[]) => Faults)[] = [
  () => ({ salt: 0 }),
  (dice) => {
    const salt = dice.roll(1e9);
    return { salt, order: salt };
  },
  (dice) => ({ salt: dice.roll(1e9), errors: 8 }),
  (dice) => {
    const salt = dice.roll(1e9);
    return { salt, nulls: 20, absent: (salt % 2) * 15 };
  },
  (dice) => ({ salt: dice.roll(1e9), errors: 4, nulls: 10, mismatches: 6 }),
  (dice, subgraphs) => ({ salt: dice.roll(1e9), dead: new Set([dice.pick(subgraphs)]) }),
];

/** Compares so many operations, {@link PER_GRAPH} for each seed from `seed` on. The same call compares the same operations. */
export async function compareAtRandom(count: number, seed: number): Promise<Comparison> {
  const seen: Record<string, number> = {};
  const unknown: string[] = [];
  for (let graphs = 0, next = seed; graphs * PER_GRAPH < count; next += 1) {
    const random = graphOrNone(next);
    if (!random) continue;
    graphs += 1;
    const both = await bothExecutors(random);
    const dice = new Dice(next);
    for (let index = 0; index < PER_GRAPH; index += 1)
      await compare(both, random, dice, `FRONTLINE_SEED=${next} operation ${index}`);
    await both.stop();
  }
  process.stdout.write(`comparison of ${count} operations from seed ${seed}: ${JSON.stringify(seen)}\n`);
  return { seen, unknown };

  async function compare(both: Both, { subgraphs, supergraph }: RandomGraph, dice: Dice, where: string): Promise<void> {
    const { source, variables } = randomOperation(both.schema, dice);
    const faults = dice.pick(kinds)(dice, [...subgraphs.keys()]);
    const note = (kind: string, stock?: Comparable, ours?: Comparable) => {
      seen[kind] = (seen[kind] ?? 0) + 1;
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
    const wellOurs = await both.ours(source, variables, { salt: 0 }).catch(thrown);
    if (both.questions > 1) note('asked several subgraphs');
    if (both.joined > 0) note('asked several questions together');
    if (!wellOurs) return note('left to the stock executor');
    // Both ask the same planner; what it can't plan, neither executes
    const [reason] = wellStock.errors;
    if (wellOurs.text === undefined && reason && reason.message === wellOurs.errors[0]?.message)
      return note('refused by the planner');
    if (wellOurs.text !== right) return note('UNKNOWN: not as specified', wellStock, wellOurs);
    // A stock answer that is wrong even when nothing fails says nothing about faults either
    if (!isDeepStrictEqual(wellStock.data, JSON.parse(right))) return note('incomplete-stock');
    // Conditions are planned differently, and another plan meets other faults: so both get the operation without them
    const decided = withoutConditions(source, variables);
    const stock = await both.stock(decided, variables, faults).catch(thrown);
    const ours = (await both.ours(decided, variables, faults)) as Comparable;
    const hasInterfaceObject = [...subgraphs.values()].some((sdl) => sdl.includes('type Media @interfaceObject'));
    const outcome = compared(stock, ours, faults, hasInterfaceObject);
    if (outcome !== 'UNKNOWN: data' && outcome !== 'UNKNOWN: no data from stock') return note(outcome, stock, ours);
    if (await isWrongWithoutFaults(both, decided, variables, right)) return note('incomplete-stock');
    const named = planned(decided, variables, new FetchedNames(supergraph));
    if (named !== decided && (await isMatterOfNames(both, named, variables, faults, ours)))
      return note('incomplete-stock');
    note((await isMatterOfOrder(both, decided, variables, faults, stock)) ? 'part-of-failed' : outcome, stock, ours);
  }
}

/** Orders of answers that are tried. */
const ORDERS = 12;

/**
 * Whether ours gives stock's answer too if the subgraphs answer in another order: two of them then bring parts of one
 * object, and one of them null in its place.
 */
async function isMatterOfOrder(
  both: Both,
  source: string,
  variables: Record<string, unknown>,
  faults: Faults,
  { data }: Comparable,
): Promise<boolean> {
  for (let order = 0; order < ORDERS; order += 1) {
    const again = await both.ours(source, variables, { ...faults, order });
    if (isDeepStrictEqual(again?.data, data)) return true;
  }
  return false;
}

/** Whether stock gives our answer if the client's names are none that it mistakes for required fields. */
async function isMatterOfNames(
  both: Both,
  named: string,
  variables: Record<string, unknown>,
  faults: Faults,
  { data }: Comparable,
): Promise<boolean> {
  const stock = await both.stock(named, variables, faults).catch(thrown);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(stock.data ?? null).replaceAll('"_alias_', '"')), data);
}

/** Whether stock answers an operation wrongly even when nothing fails. Its conditions being decided changes its plan, and so may its faults. */
async function isWrongWithoutFaults(both: Both, source: string, variables: Record<string, unknown>, right: string) {
  const { data } = await both.stock(source, variables, { salt: 0 }).catch(thrown);
  return !isDeepStrictEqual(data, JSON.parse(right));
}

/**
 * The operation with its conditions decided, as it is planned, but with the client's own names. Decided twice: only then
 * the fragments are gone that nothing spreads any more, for which the planner would ask in another order.
 */
function withoutConditions(source: string, variables: Record<string, unknown>): string {
  const names = { of: ({ alias, name }: FieldNode) => (alias ?? name).value } as FetchedNames;
  return planned(planned(source, variables, names), variables, names);
}

/** The operation as it is planned, with its fields under these names. */
function planned(source: string, variables: Record<string, unknown>, names: FetchedNames): string {
  const document = parse(source);
  const values = { if2: true, ...variables };
  return planningText(document, getOperationAST(document) as OperationDefinitionNode, values, names);
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
