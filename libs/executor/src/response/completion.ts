/*
 * Why: a writer is made once for an operation and used by every request. What it needs of one request, and what it finds
 * out about its answer, is handed to it.
 */
import type { ResponsePath } from '../plan/flatten-path.ts';
import type { Run } from '../plan/run.ts';
import type { RunBytes } from '../values/run-bytes.ts';
import type { JsonBytes } from './json-bytes.ts';

/** A value of the answer that its type does not allow. It is null there, or further up. */
export interface InvalidValue {
  message: string;
  path: ResponsePath;
  /**
   * Nothing is wrong with it: its entity isn't there, or not for this caller, and the link to it, which may be null, is.
   * Where the null goes further up than that, it takes away what is there, and is no absence.
   */
  isAbsent: boolean;
}

/** What writing an answer finds out about it. */
export interface Completion {
  /** Where values stand that nobody read. */
  bytes: RunBytes;
  /** Where the answer is written. */
  json: JsonBytes;
  /** Told of a value that its type does not allow. */
  invalid(message: string, isAbsent?: boolean): void;
  /** Told that the null which was found last has gone beyond a place that can't be null, whose path has this length. */
  passedBeyond(length: number): void;
  /** JSON texts of the fields that answer about the schema itself, by their names in the answer. */
  introspected: Readonly<Record<string, string>>;
  /** Entities that a subgraph answered with null, with what it would have brought. */
  absent: Run<unknown>['absent'];
  /** Lists and objects that stand in several places. */
  shared: ReadonlySet<unknown>;
  /** From where to where they stand in what is written, once they are, each with what wrote it. */
  written: Map<unknown, { by: unknown; from: number; to: number }>;
  /** Where the value stands that is being written. Only kept by a writer that keeps track. */
  path: (string | number)[];
}
