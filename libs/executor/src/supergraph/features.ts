/*
 * Why: a supergraph names the federation features that it rests on. Loading one whose features nobody executes would
 * turn a rule of its authors off without a word: with @authenticated, @requiresScopes and @policy that rule is access
 * control, which nothing here enforces. So exactly what is executed is admitted, and everything else that a supergraph
 * marks as needed for security or execution is refused when it is loaded.
 */
import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, type Supergraph } from '@apollo/federation-internals';

/** What is executed here and not by Apollo's gateway, which leaves it out of the plan in silence: arguments from context (context-values.ts). */
const onlyHere = ['https://specs.apollo.dev/context/v0.1'];

/** What is executed: all that Apollo's gateway executes, and more. */
export const executedFeatures: Set<string> = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...onlyHere]);

/**
 * Lets Apollo's gateway load, in this process, every supergraph that is executed here. It offers no setting for that; the
 * set that its loader goes by is the library's default, and is widened by just those features. Whoever uses this must
 * not leave operations of such a graph to Apollo's executor: see {@link isExecutedOnlyHere}.
 */
export function admitExecutedFeatures(): void {
  for (const feature of onlyHere) DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES.add(feature);
}

/** Whether a supergraph rests on features that Apollo's executor would pass over. */
export function isExecutedOnlyHere({ schema }: Supergraph): boolean {
  return [...(schema.coreFeatures?.allFeatures() ?? [])].some(({ url }) => onlyHere.includes(url.base.toString()));
}
