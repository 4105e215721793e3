/*
 * Why: plans are made by Apollo's query planner; nothing of planning is ours but what it is given (planning-copy.ts) and
 * how its result is read. Planning is slow (tens of milliseconds for a large operation) and synchronous, so this module
 * knows nothing of the rest: it runs in a worker thread as well as here (planning-thread.ts).
 */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type PlanNode } from '@apollo/query-planner';
import { parse, type DocumentNode } from 'graphql';
import { executedFeatures } from '../supergraph/features.ts';
import { withRealFields } from '../supergraph/argument-stand-ins.ts';
import { planningCopies, type PlanningCopy } from '../supergraph/planning-copy.ts';

/** An operation to plan. */
export interface PlanRequest {
  /** The text of the document. */
  source: string;
  operationName: string | undefined;
  /** Labels of progressive overrides that are on for this request. */
  overrides: readonly string[];
}

/** Plans operations of one supergraph. */
export interface Planner {
  /** The plan, or `undefined` for an operation that needs no subgraph. */
  plan(request: PlanRequest): PlanNode | undefined;
}

/** A planner over a supergraph; throws for one that rests on features which aren't executed. */
export function planner(sdl: string): Planner {
  const { supergraph, queryPlanner, copy } = acceptable(sdl);
  const schema = supergraph.apiSchema();
  return {
    plan({ source, operationName, overrides }) {
      const document: DocumentNode = parse(source, { noLocation: true });
      const operation = operationFromDocument(schema, document, {
        validate: false,
        ...(operationName !== undefined && { operationName }),
      });
      const { node } = queryPlanner.buildQueryPlan(operation, {
        overrideConditions: new Map(overrides.map((label) => [label, true])),
      });
      if (!node) return undefined;
      return copy ? withRealFields(node as PlanNode, copy) : (node as PlanNode);
    },
  };
}

/** The first copy that the planner accepts; the supergraph itself if there is none. */
function acceptable(sdl: string): { supergraph: Supergraph; queryPlanner: QueryPlanner; copy?: PlanningCopy } {
  for (const copy of planningCopies(sdl)) {
    try {
      return { ...built(copy.sdl), copy };
    } catch {
      // The next one changes less
    }
  }
  return built(sdl);
}

function built(sdl: string): { supergraph: Supergraph; queryPlanner: QueryPlanner } {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: executedFeatures });
  return { supergraph, queryPlanner: new QueryPlanner(supergraph) };
}
