import { buildSchema, findBreakingChanges } from 'graphql';

/** A break of the public API that was decided on: which one, and why its clients can live with it. */
export interface AllowedBreak {
  /** The change exactly as `check` prints it. */
  change: string;
  /** Why it is acceptable, in a sentence. */
  reason: string;
}

/** The outcome of comparing two versions of the public API. */
export interface Breaks {
  /** Changes that would break a client and that nobody allowed. */
  refused: string[];
  /** Changes that would break a client and that are allowed, with the reason. */
  allowed: AllowedBreak[];
}

/** Compares two versions of the public API (SDL) for changes that would break a client's query. */
export function breaksBetween(before: string, after: string, allowed: readonly AllowedBreak[]): Breaks {
  const found = findBreakingChanges(buildSchema(before), buildSchema(after)).map(({ description }) => description);
  const reasons = new Map(allowed.map((entry) => [entry.change, entry]));
  return {
    refused: found.filter((change) => !reasons.has(change)),
    allowed: found.flatMap((change) => reasons.get(change) ?? []),
  };
}
