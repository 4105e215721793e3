import type { FetchNode, PlanNode } from '@apollo/query-planner';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import type { JsonObject } from '../json.ts';
import { entitiesAsked } from '../plan/joined-questions.fixture.ts';
import { WaitingQuestions } from '../plan/joined-questions.ts';
import type { Run } from '../plan/run.ts';
import { compilePlan } from '../plan/steps.ts';
import { RunBytes } from '../values/run-bytes.ts';
import { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import { AskedEntities } from './entity-reuse.ts';
import { equalPlaces } from './equal-places.ts';

/** A plan that reads everything: what is put where is looked at here, and not what the answer says. */
const all = { has: () => true };

const types = new TypeHierarchy(buildSchema('type T { id: ID } type Query { list: [T] }'));

type Key = 'k1' | 'k2';

/** Fetches that continue from the things of a list: by which keys, and whether each brings a link to another thing that is followed. */
interface Wanted {
  keys: Key[];
  isLinking: boolean;
}

/** A thing of the list, by the keys under which its subgraph knows it. Two of them may have one key in common and not the other. */
type Thing = Record<Key, number>;

const keys = fc.uniqueArray(fc.constantFrom<Key>('k1', 'k2'), { minLength: 1 });
const wanted: fc.Arbitrary<Wanted> = fc.record({ keys, isLinking: fc.boolean() });
const things: fc.Arbitrary<Thing[]> = fc.array(fc.record({ k1: fc.nat(1), k2: fc.nat(1) }), {
  minLength: 1,
  maxLength: 8,
});

const fetched = (more: Partial<FetchNode> & Pick<FetchNode, 'serviceName' | 'operation'>) =>
  ({ kind: 'Fetch', operationKind: 'query', variableUsages: [], ...more }) as unknown as FetchNode;

const rootFetch = (brought: readonly Key[]) =>
  fetched({ serviceName: 'root', operation: `{list{__typename ${brought.join(' ')}}}` });

function entityFetch(serviceName: string, by: readonly Key[], selected: string): FetchNode {
  const fields = ['__typename', ...by].map((name) => ({ kind: 'Field', name }));
  return fetched({
    serviceName,
    operation: `query($representations:[_Any!]!){_entities(representations:$representations){...on T{${selected}}}}`,
    requires: [{ kind: 'InlineFragment', typeCondition: 'T', selections: fields }],
  } as never);
}

const at = (node: PlanNode, ...path: string[]): PlanNode => ({ kind: 'Flatten', path, node });

/** What the fetch with a number says of a thing: all of it names the fetch and the keys it was asked by. */
function said({ keys: by, isLinking }: Wanted, number: number, thing: Readonly<Record<string, unknown>>): JsonObject {
  const asked = by.map((key) => `${key}=${String(thing[key])}`).join();
  return {
    [`p${number}`]: `${number} ${asked}`,
    ...(isLinking && { [`link${number}`]: { __typename: 'T', k1: (asked.length + Number(thing[by[0] as Key])) % 2 } }),
  };
}

const saidOfLinked = (number: number, thing: Readonly<Record<string, unknown>>) => ({
  q: `${number} ${String(thing['k1'])}`,
});

/** By its first key 0, a fetch with an odd number knows nothing and says so. */
const fails = ({ keys: by }: Wanted, number: number, thing: Readonly<Record<string, unknown>>) =>
  number % 2 === 1 && thing[by[0] as Key] === 0;

function planOf(brought: readonly Key[], fetches: readonly Wanted[], order: 'Sequence' | 'Parallel'): PlanNode {
  const first = fetches.map(({ keys: by, isLinking }, number) =>
    at(entityFetch(`s${number}`, by, `p${number}${isLinking ? ` link${number}{__typename k1}` : ''}`), 'list', '@'),
  );
  const second = fetches.flatMap(({ isLinking }, number) =>
    isLinking ? [at(entityFetch(`linked${number}`, ['k1'], 'q'), 'list', '@', `link${number}`)] : [],
  );
  const nodes: PlanNode[] = [rootFetch(brought), { kind: order, nodes: first }];
  if (second.length > 0) nodes.push({ kind: 'Parallel', nodes: second });
  return { kind: 'Sequence', nodes };
}

async function executed(plan: PlanNode, fetches: readonly Wanted[], brought: readonly Key[], list: readonly Thing[]) {
  const run: Run<undefined> = {
    data: {},
    bytes: new RunBytes(),
    errors: [],
    failures: [],
    variables: {},
    shared: new Set(),
    asked: new AskedEntities(),
    waiting: new WaitingQuestions(),
    absent: new Map(),
    context: undefined,
    signal: undefined,
  };
  await compilePlan<undefined>(plan, 'query', {
    types,
    asked: (path) => path,
    read: all,
    async ask({ subgraph, body }) {
      if (subgraph === 'root')
        return Buffer.from(JSON.stringify({ data: { list: list.map((thing) => stub(thing, brought)) } }));
      const { variables } = JSON.parse(body) as { variables: JsonObject };
      const { lists, answered } = entitiesAsked(variables);
      const number = Number(/\d+/.exec(subgraph)?.[0]);
      if (subgraph.startsWith('linked'))
        return Buffer.from(JSON.stringify({ data: answered((each) => saidOfLinked(number, each)) }));
      const fetch = fetches[number] as Wanted;
      const errors = [...(lists.get('_entities') ?? [])].flatMap((each, index) =>
        fails(fetch, number, each) ? [{ message: 'no', path: ['_entities', index, `p${number}`] }] : [],
      );
      return Buffer.from(
        JSON.stringify({
          data: answered((each) => (fails(fetch, number, each) ? null : said(fetch, number, each))),
          ...(errors.length > 0 && { errors }),
        }),
      );
    },
  })(run);
  return run;
}

const stub = (thing: Thing, brought: readonly Key[]): JsonObject => ({
  __typename: 'T',
  ...Object.fromEntries(brought.map((key) => [key, thing[key]])),
});

describe('one object for equal places', () => {
  it('shows each place what it would have shown with an object of its own', async () => {
    let oneForSeveral = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(wanted, { minLength: 1, maxLength: 3 }),
        keys,
        things,
        fc.boolean(),
        async (any, brought, list, atOnce) => {
          const fetches = any.filter(({ keys: by }) => by.every((key) => brought.includes(key)));
          fc.pre(fetches.length > 0);
          const run = await executed(
            planOf(brought, fetches, atOnce ? 'Parallel' : 'Sequence'),
            fetches,
            brought,
            list,
          );
          const expected = list.map((thing) => {
            const whole = stub(thing, brought);
            fetches.forEach((fetch, number) => {
              if (fails(fetch, number, thing)) return;
              const more = said(fetch, number, thing);
              const linked = more[`link${number}`];
              Object.assign(
                whole,
                more,
                linked && { [`link${number}`]: { ...linked, ...saidOfLinked(number, linked as JsonObject) } },
              );
            });
            return whole;
          });
          expect(run.data).toEqual({ list: expected });
          expect(run.errors.map(({ path }) => path?.join('.')).sort()).toEqual(
            list
              .flatMap((thing, index) =>
                fetches.flatMap((fetch, number) => (fails(fetch, number, thing) ? [`list.${index}.p${number}`] : [])),
              )
              .sort(),
          );
          const shown = run.data['list'] as unknown[];
          if (new Set(shown).size < shown.length) oneForSeveral += 1;
        },
      ),
      { numRuns: 600 },
    );
    // else nothing was shown at all
    expect(oneForSeveral).toBeGreaterThan(20);
  });

  it.each<[string, readonly Key[], readonly Wanted[], number]>([
    ['is made where all that they hold is asked by', ['k1'], [{ keys: ['k1'], isLinking: false }], 1],
    [
      'is not made where they may differ in what is not asked by',
      ['k1', 'k2'],
      [{ keys: ['k1'], isLinking: false }],
      0,
    ],
    [
      'is made by the one of two fetches that asks by all of it',
      ['k1', 'k2'],
      [
        { keys: ['k1'], isLinking: false },
        { keys: ['k2', 'k1'], isLinking: false },
      ],
      1,
    ],
  ])('%s', (_, brought, fetches, count) => {
    expect(equalPlaces(planOf(brought, fetches, 'Parallel')).joining.size).toBe(count);
  });

  it('is not made where two fetches bring the objects of a place', () => {
    const bringing = entityFetch('other', ['k1'], 'link0{__typename k1}');
    const fetches = [{ keys: ['k1' as Key], isLinking: true }];
    const plan = planOf(['k1'], fetches, 'Parallel');
    expect(equalPlaces(plan).places).toEqual(new Set(['list', 'list.link0']));
    const contested: PlanNode = { kind: 'Sequence', nodes: [at(bringing, 'list', '@'), plan] };
    expect(equalPlaces(contested).places).toEqual(new Set(['list']));
  });

  it('is not made where the plan takes values from further up', () => {
    const plan = planOf(['k1'], [{ keys: ['k1'], isLinking: false }], 'Parallel');
    const fromContext = {
      ...entityFetch('other', ['k1'], 'x'),
      contextRewrites: [{ kind: 'KeyRenamer', path: ['..', 'a'], renameKeyTo: 'c' }],
    };
    const nodes = [plan, at(fromContext as FetchNode, 'list', '@')];
    expect(equalPlaces({ kind: 'Sequence', nodes }).joining.size).toBe(0);
  });
});
