/*
 * Why: a supergraph names the federation features that it rests on. Loading one whose features nobody executes would
 * turn a rule of its authors off without a word: with @authenticated, @requiresScopes and @policy that rule is access
 * control, which nothing here enforces. So exactly what is executed is admitted, and everything else that a supergraph
 * marks as needed for security or execution is refused when it is loaded.
 */
import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES } from '@apollo/federation-internals';

/** What is executed: all that Apollo's gateway executes, and arguments from context (context-values.ts). */
export const executedFeatures: Set<string> = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  'https://specs.apollo.dev/context/v0.1',
]);
