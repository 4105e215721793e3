/*
 * Why: plans, writers and everything compiled are made once and serve every request, so nothing of a request may be kept
 * in them. What one request has gathered lives here and nowhere else; that is also what keeps callers apart.
 */
import type { GraphQLError } from 'graphql';
import type { AskedEntities } from '../entities/entity-reuse.ts';
import type { JsonObject } from '../json.ts';
import type { RunBytes } from '../values/run-bytes.ts';
import type { WaitingQuestions } from './joined-questions.ts';
import type { SelectionTree } from './selection-tree.ts';

/** One operation being executed: what every step of its plan reads and adds to. */
export interface Run<Context> {
  /** The answer so far, in the shape of the operation but with more fields than the client asked for. */
  data: JsonObject;
  /** The answers of subgraphs as they came, in which values stand that the plan doesn't read. */
  bytes: RunBytes;
  errors: GraphQLError[];
  /** Fetches that failed: what they left missing is told when all others have come. */
  failures: (() => GraphQLError[])[];
  /** Variables as the client sent them; subgraphs are sent the same and put in the same defaults. */
  variables: Readonly<Record<string, unknown>>;
  /** Lists and objects that stand in several places of the answer, so that writing one of them once is enough. */
  shared: Set<unknown>;
  asked: AskedEntities;
  /** Questions that are sent together in a moment. */
  waiting: WaitingQuestions;
  /**
   * Entities that a subgraph, asked for them, answered with null and without an error: it knows of none, or of none that
   * this caller may see. With what it would have brought, and what could not be asked elsewhere because that is missing.
   */
  absent: Map<JsonObject, SelectionTree[]>;
  context: Context;
  signal: AbortSignal | undefined;
}
