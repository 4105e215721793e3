/*
 * Why: everything between here and a subgraph is a port, so that the same plan runs over HTTP in production and over
 * functions in tests; and because headers, connections, time-outs and size limits are the application's business.
 */
import type { OperationTypeNode } from 'graphql';
import { isJsonObject } from '../json.ts';
import { asRead, readData, type ExpectedObject } from '../values/answer-reader.ts';
import type { RunBytes } from '../values/run-bytes.ts';

/** One question to a subgraph. */
export interface SubgraphQuestion<Context> {
  /** Name of the subgraph. */
  subgraph: string;
  /** The whole body of the request, as JSON text: query, operation name, variables. */
  body: string;
  kind: `${OperationTypeNode}`;
  /** How many fetches of the plan it asks for; more than one where they travel together. */
  fetches: number;
  /** What the caller of the executor gave it for this request: on whose behalf the subgraph is asked. */
  context: Context;
  /** Fires when nobody waits for the answer any more. */
  signal: AbortSignal | undefined;
}

/**
 * Asks a subgraph and returns the body of its answer, JSON in UTF-8. Throws when there is no usable answer; throw
 * {@link SubgraphFailure} to say what clients should be told.
 */
export type AskSubgraph<Context> = (question: SubgraphQuestion<Context>) => Promise<Uint8Array>;

/** A subgraph gave no usable answer. The message and the extensions stand in the errors of the answer, at every field that is missing. */
export class SubgraphFailure extends Error {
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Whether it is this question that gets no answer, and a part of it might get one: it was refused, or its answer is too long. */
  readonly isAboutQuestion: boolean;

  constructor(
    message: string,
    extensions: Readonly<Record<string, unknown>> = {},
    { isAboutQuestion = false, ...options }: ErrorOptions & { isAboutQuestion?: boolean } = {},
  ) {
    super(message, options);
    this.extensions = extensions;
    this.isAboutQuestion = isAboutQuestion;
  }
}

/** An error as a subgraph wrote it. */
export interface SubgraphError {
  message?: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
}

/** The answer of a subgraph, taken apart. */
export interface ParsedAnswer {
  data: unknown;
  errors: readonly SubgraphError[];
}

/**
 * Takes the answer of a subgraph apart, JSON in UTF-8 whose data is expected to look so. Values that nobody reads stay
 * where they stand and are added to the bytes. Throws when it is no answer.
 */
export function parsedAnswer(answer: Uint8Array, expected: ExpectedObject, bytes: RunBytes): ParsedAnswer {
  const read = readData(answer, expected, bytes);
  if (read) return { data: read, errors: NONE };
  // Decoding leaves out the mark that some servers put in front of UTF-8
  const parsed: unknown = JSON.parse(utf8.decode(answer));
  if (!isJsonObject(parsed)) throw new Error('the subgraph answered JSON that is no GraphQL answer');
  const { data, errors } = parsed;
  if (data === undefined && errors === undefined) throw new Error('the subgraph answered neither data nor errors');
  asRead(data, expected, bytes);
  return { data, errors: Array.isArray(errors) ? errors.flatMap(asError) : NONE };
}

const utf8 = new TextDecoder();
const NONE: readonly SubgraphError[] = [];

function asError(error: unknown): SubgraphError[] {
  if (!isJsonObject(error)) return [{}];
  const { message, path, extensions } = error;
  return [
    {
      ...(typeof message === 'string' && { message }),
      ...(Array.isArray(path) && { path: path as (string | number)[] }),
      ...(isJsonObject(extensions) && { extensions }),
    },
  ];
}
