import type { FetchNode, PlanNode } from '@apollo/query-planner';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { AskedEntities } from './entity-reuse.ts';
import { sharingFetches } from './reused-objects.ts';
import type { JsonObject } from '../json.ts';
import { entitiesAsked } from '../plan/joined-questions.fixture.ts';
import { WaitingQuestions } from '../plan/joined-questions.ts';
import type { Run } from '../plan/run.ts';
import { compilePlan } from '../plan/steps.ts';
import { RunBytes } from '../values/run-bytes.ts';
import { TypeHierarchy } from '../supergraph/type-hierarchy.ts';

/** A plan that reads everything: what is put where is looked at here, and not what the answer says. */
const all = { has: () => true };

const types = new TypeHierarchy(buildSchema('type T { id: ID } type Query { a: T }'));

/** A fetch of things by one of their keys, which brings some objects (`v { … }`, below them `deep { … }`) and plain values. */
interface Wanted {
  key: 'k1' | 'k2' | 'k3';
  objects: ('v' | 'w')[];
  plain: boolean;
  isDeep: boolean;
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  key: fc.constantFrom('k1', 'k2', 'k3'),
  objects: fc.uniqueArray(fc.constantFrom('v', 'w'), { maxLength: 2 }),
  plain: fc.boolean(),
  isDeep: fc.boolean(),
});

function fetchOf({ key, objects, plain, isDeep }: Wanted, index: number): FetchNode {
  const fields = [
    ...objects.map((name) => `${name} { x${index}${isDeep ? ` deep { y${index} }` : ''} }`),
    ...(plain || objects.length === 0 ? [`p${index}`] : []),
  ];
  return {
    kind: 'Fetch',
    serviceName: `s${index}`,
    requires: [
      {
        kind: 'InlineFragment',
        typeCondition: 'T',
        selections: [
          { kind: 'Field', name: '__typename' },
          { kind: 'Field', name: key },
        ],
      },
    ],
    operation: `query($representations:[_Any!]!){_entities(representations:$representations){...on T{${fields.join(' ')}}}}`,
    operationKind: 'query',
    operationName: undefined,
    variableUsages: [],
  } as unknown as FetchNode;
}

const at = (node: PlanNode, ...path: string[]): PlanNode => ({ kind: 'Flatten', path, node });

/** What the subgraph of one fetch knows about a thing with that key: every value names the fetch and the key. */
function known(fetch: Wanted, index: number, value: unknown): JsonObject {
  const says = `${index}:${fetch.key}=${String(value)}`;
  return {
    ...Object.fromEntries(
      fetch.objects.map((name) => [
        name,
        { [`x${index}`]: says, ...(fetch.isDeep && { deep: { [`y${index}`]: says } }) },
      ]),
    ),
    ...((fetch.plain || fetch.objects.length === 0) && { [`p${index}`]: says }),
  };
}

function runOn(data: JsonObject, context = ''): Run<string> {
  return {
    data,
    bytes: new RunBytes(),
    errors: [],
    failures: [],
    variables: {},
    shared: new Set(),
    asked: new AskedEntities(),
    waiting: new WaitingQuestions(),
    absent: new Map(),
    context,
    signal: undefined,
  };
}

describe('putting one answer into many places', () => {
  it('never lets a place show what belongs to another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wanted, { minLength: 1, maxLength: 4 }),
        fc.array(fc.record({ k1: fc.nat(2), k2: fc.nat(2), k3: fc.nat(2) }), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (fetches, things, atOnce) => {
          const nodes = fetches.map((each, index) => at(fetchOf(each, index), 'list', '@'));
          const plan: PlanNode = { kind: atOnce ? 'Parallel' : 'Sequence', nodes };
          const execute = compilePlan<string>(plan, 'query', {
            types,
            asked: (path) => path,
            read: all,
            async ask({ subgraph, body }) {
              const index = Number(subgraph.slice(1));
              const fetch = fetches[index] as Wanted;
              const { variables } = JSON.parse(body) as { variables: JsonObject };
              const data = entitiesAsked(variables).answered((each) => known(fetch, index, each[fetch.key]));
              return Buffer.from(JSON.stringify({ data }));
            },
          });
          const run = runOn({ list: things.map((thing) => ({ __typename: 'T', ...thing })) });
          await execute(run);
          const expected = things.map((thing) =>
            fetches.reduce<JsonObject>((sofar, fetch, index) => joined(sofar, known(fetch, index, thing[fetch.key])), {
              __typename: 'T',
              ...thing,
            }),
          );
          expect(run.errors).toEqual([]);
          expect(run.data['list']).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('shares sub-objects only where a single fetch brings them', () => {
    const alone = fetchOf({ key: 'k1', objects: ['v'], plain: true, isDeep: true }, 0);
    const other = fetchOf({ key: 'k2', objects: ['v'], plain: true, isDeep: false }, 1);
    const apart = fetchOf({ key: 'k2', objects: ['w'], plain: true, isDeep: false }, 2);
    const plan = (...fetches: FetchNode[]): PlanNode => ({
      kind: 'Parallel',
      nodes: fetches.map((each) => at(each, 'list', '@')),
    });
    expect([...sharingFetches(plan(alone, apart))]).toEqual([alone, apart]);
    expect([...sharingFetches(plan(alone, other, apart))]).toEqual([apart]);
    const fromContext = {
      ...apart,
      contextRewrites: [{ kind: 'KeyRenamer', path: ['..', 'a'], renameKeyTo: 'c' }],
    } as FetchNode;
    expect([...sharingFetches(plan(alone, fromContext))]).toEqual([]);
  });
});

describe('not asking twice', () => {
  const thing = (id: number) => ({ __typename: 'T', k1: id });
  const plain: Wanted = { key: 'k1', objects: [], plain: true, isDeep: false };
  const twice = (kind: 'Parallel' | 'Sequence', first: FetchNode, second: FetchNode): PlanNode => ({
    kind,
    nodes: [at(first, 'a'), at(second, 'b', '@')],
  });

  async function questionsOf(plan: PlanNode, kind: 'query' | 'mutation'): Promise<number> {
    const asked: number[] = [];
    const execute = compilePlan<string>(plan, kind, {
      types,
      asked: (path) => path,
      read: all,
      async ask({ body }) {
        const { variables } = JSON.parse(body) as { variables: JsonObject };
        const { lists, answered } = entitiesAsked(variables);
        for (const { length } of lists.values()) asked.push(length);
        return Buffer.from(JSON.stringify({ data: answered(() => ({ p0: asked.length, v: {} })) }));
      },
    });
    const run = runOn({ a: thing(1), b: [thing(1), thing(2)] });
    await execute(run);
    return asked.reduce((sum, count) => sum + count, 0);
  }

  it.each(['Parallel', 'Sequence'] as const)('spares the second of two equal questions: %s', async (order) => {
    expect(await questionsOf(twice(order, fetchOf(plain, 0), fetchOf(plain, 0)), 'query')).toBe(2);
  });

  it('does not happen in a mutation, which may have changed the answer', async () => {
    expect(await questionsOf(twice('Sequence', fetchOf(plain, 0), fetchOf(plain, 0)), 'mutation')).toBe(3);
  });

  it.each([
    ['objects', fetchOf({ ...plain, objects: ['v'] }, 0)],
    [
      'corrected names',
      { ...fetchOf(plain, 0), outputRewrites: [{ kind: 'KeyRenamer', path: ['p0'], renameKeyTo: 'q' }] } as FetchNode,
    ],
    [
      'values of the place',
      {
        ...fetchOf(plain, 0),
        contextRewrites: [{ kind: 'KeyRenamer', path: ['..', 'x'], renameKeyTo: 'c' }],
      } as FetchNode,
    ],
  ])('does not happen for answers with %s', async (_, fetch) => {
    expect(await questionsOf(twice('Sequence', fetch, { ...fetch }), 'query')).toBe(3);
  });

  it('never crosses from one caller to another, however their requests interleave', async () => {
    const plan = twice('Parallel', fetchOf(plain, 0), fetchOf(plain, 0));
    const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
    const execute = compilePlan<string>(plan, 'query', {
      types,
      asked: (path) => path,
      read: all,
      async ask({ body, context }) {
        const { variables } = JSON.parse(body) as { variables: JsonObject };
        await turn();
        const data = entitiesAsked(variables).answered(({ k1 }) => ({ p0: `${context} sees ${String(k1)}` }));
        return Buffer.from(JSON.stringify({ data }));
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 6 }), async (callers) => {
        const runs = callers.map((caller) => runOn({ a: thing(1), b: [thing(1), thing(2)] }, caller));
        await Promise.all(runs.map((run) => execute(run)));
        expect(runs.map(({ data }) => [data['a'], data['b']])).toEqual(
          callers.map((caller) => [
            { ...thing(1), p0: `${caller} sees 1` },
            [
              { ...thing(1), p0: `${caller} sees 1` },
              { ...thing(2), p0: `${caller} sees 2` },
            ],
          ]),
        );
      }),
      { numRuns: 50 },
    );
  });
});

function joined(first: JsonObject, second: JsonObject): JsonObject {
  const both = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const present = both[name];
    both[name] =
      typeof present === 'object' && present !== null && typeof value === 'object'
        ? joined(present as JsonObject, value as JsonObject)
        : value;
  }
  return both;
}
