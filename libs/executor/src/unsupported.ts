/*
 * Why: an executor that answers most operations right and a few wrong is worse than a slow one. Whatever is not
 * executed for certain is refused while an operation is compiled, before any subgraph is asked, so that the caller can
 * hand the operation to another executor. The reason is a short, stable word, since it labels a metric.
 */

/** Why an operation cannot be executed here. */
export type UnsupportedReason =
  /** The plan holds a node that is not executed: a deferred part or a subscription. */
  | 'planNode'
  /** The plan addresses its data in a way that is not executed. */
  | 'planPath'
  /** The graph has a field, needed between subgraphs, with a name that every JavaScript object has, such as `constructor`. */
  | 'responseName'
  /** A variable has the name that federation, or the plan, needs for its own. */
  | 'variableName';

/** An operation that this executor doesn't execute. No subgraph has been asked when it is thrown. */
export class Unsupported extends Error {
  readonly reason: UnsupportedReason;

  constructor(reason: UnsupportedReason, detail: string) {
    super(`cannot be executed here (${reason}): ${detail}`);
    this.reason = reason;
  }
}

/**
 * Refuses names that a parsed answer seems to hold although the subgraph never sent them, because every object inherits
 * them. Checking once for each name is what lets all later code read `object[name]` plainly.
 */
export function refuseInheritedName(name: string): void {
  if (name in Object.prototype) throw new Unsupported('responseName', name);
}
