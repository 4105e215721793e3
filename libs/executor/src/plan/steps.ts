/*
 * Why: a plan is a tree of what to do one after the other and what at once. It is turned into functions once, when the
 * operation is first asked; executing it then is calling them. What only happens if a variable says so does not occur:
 * such conditions are decided before planning (planning-document.ts says why).
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { equalPlaces, type EqualPlaces } from '../entities/equal-places.ts';
import { repeatedQuestions } from '../entities/entity-reuse.ts';
import { sharingFetches } from '../entities/reused-objects.ts';
import type { AskedPath } from '../response/asked-paths.ts';
import type { TypeHierarchy } from '../supergraph/type-hierarchy.ts';
import { Unsupported } from '../unsupported.ts';
import type { ReadNames } from '../values/read-names.ts';
import { entityFetch } from './entity-fetch.ts';
import { flattenPath, type FlattenPath } from './flatten-path.ts';
import { entityQuestions, type AskForEntities } from './joined-questions.ts';
import { rootFetch } from './root-fetch.ts';
import type { Run } from './run.ts';
import type { AskSubgraph } from './subgraph-answer.ts';

/** One part of a plan, ready to run. It never rejects: what goes wrong is an error in the run. */
export type Step<Context> = (run: Run<Context>) => Promise<void>;

/** What every fetch of a plan works with. */
export interface FetchParts<Context> {
  ask: AskSubgraph<Context>;
  types: TypeHierarchy;
  /** Where an error about what stands somewhere in the data is told. */
  asked: AskedPath;
  /** Names whose values the plan reads. */
  read: ReadNames;
  /** How each fetch asks for entities. */
  questions: ReadonlyMap<FetchNode, AskForEntities<Context>>;
  /** Fetches that may put one sub-object into several places. */
  sharing: ReadonlySet<FetchNode>;
  /** Where objects may become one. */
  equal: EqualPlaces;
  /** Fetches that ask what another one asks too, and that question. */
  repeated: ReadonlyMap<FetchNode, string>;
}

/** Compiles a plan. Throws {@link Unsupported} for one that can't be executed here. */
export function compilePlan<Context>(
  plan: PlanNode,
  kind: 'query' | 'mutation' | 'subscription',
  { ask, types, read, asked }: Pick<FetchParts<Context>, 'ask' | 'types' | 'read' | 'asked'>,
): Step<Context> {
  return compile(plan, [], {
    ask,
    types,
    read,
    asked,
    questions: entityQuestions(plan, ask, read),
    sharing: sharingFetches(plan),
    equal: equalPlaces(plan),
    repeated: repeatedQuestions(plan, kind),
  });
}

function compile<Context>(node: PlanNode, path: FlattenPath, parts: FetchParts<Context>): Step<Context> {
  switch (node.kind) {
    case 'Sequence':
      return inOrder(node.nodes.map((child) => compile(child, path, parts)));
    case 'Parallel':
      return atOnce(node.nodes.map((child) => compile(child, path, parts)));
    case 'Flatten':
      return compile(node.node, [...path, ...flattenPath(node.path)], parts);
    case 'Fetch':
      return node.requires ? entityFetch(node, path, parts) : rootFetch(node, path, parts);
    default:
      throw new Unsupported('planNode', node.kind);
  }
}

function inOrder<Context>(steps: readonly Step<Context>[]): Step<Context> {
  return async (run) => {
    for (const step of steps) {
      if (run.signal?.aborted) return;
      await step(run);
    }
  };
}

function atOnce<Context>(steps: readonly Step<Context>[]): Step<Context> {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}
