import type { ResponsePath } from '../plan/flatten-path.ts';

/** A value of the answer that its type does not allow. It is null there, or further up. */
export interface InvalidValue {
  message: string;
  path: ResponsePath;
}

/** What writing an answer finds out about it. */
export interface Completion {
  /** Told of a value that its type does not allow. */
  invalid(message: string): void;
  /** JSON texts of the fields that answer about the schema itself, by their names in the answer. */
  introspected: Readonly<Record<string, string>>;
  /** Lists and objects that stand in several places. */
  shared: ReadonlySet<unknown>;
  /** Their texts, once they are written, each with what wrote it. */
  written: Map<unknown, { by: unknown; text: string }>;
  /** Where the value stands that is being written. Only kept by a writer that keeps track. */
  path: (string | number)[];
}
