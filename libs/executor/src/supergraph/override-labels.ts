/*
 * Why: `@override(from: "old", label: "percent(20)")` moves a field from one subgraph to another little by little. Which
 * of the two a request asks is decided once per request, before it is planned, and a plan is made and kept for each
 * combination that occurs.
 */
import type { Supergraph } from '@apollo/federation-internals';

/** Whether a labelled override is on for a request. */
export type OverrideDecision = (label: string) => boolean;

/** The labels of all progressive overrides of a supergraph, sorted. */
export function overrideLabels(supergraph: Supergraph): readonly string[] {
  const uses = supergraph.schema.directive('join__field')?.applications() ?? new Set();
  const labels = [...uses].flatMap((use) => {
    const label: unknown = use.arguments()['overrideLabel'];
    return typeof label === 'string' ? [label] : [];
  });
  return [...new Set(labels)].sort();
}

/** The labels that are on for one request. */
export function activeOverrides(labels: readonly string[], isOn: OverrideDecision = byPercent): readonly string[] {
  return labels.length === 0 ? labels : labels.filter(isOn);
}

/** `percent(20)` is on for a fifth of the requests; labels of any other form are decided by whoever knows them, and are off. */
function byPercent(label: string): boolean {
  const percent = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1];
  return percent !== undefined && Math.random() * 100 < Number(percent);
}
