/*
 * Why: an operation is planned when it is first asked, and whoever asks first waits. Operations that are known
 * beforehand needn't make anybody wait: they are planned when the gateway starts and whenever it takes another graph, by
 * the planning thread, one after the other.
 */
import { Kind, parse, validate } from 'graphql';
import type { Executor } from '@frontline/executor';

/** What became of the operations that are known beforehand. */
export interface WarmUp {
  /** Planned and compiled. */
  planned: number;
  /** Not valid for the graph, or not to be planned: a client and the graph have grown apart. */
  unfitting: number;
  /** For which there was no room any more among the compiled operations; they are planned when they are asked. */
  leftOut: number;
}

/** Share of the room for compiled operations that is filled beforehand; the rest is for what else is asked. */
const FILLED = 0.8;

/** Plans the operations of documents, until the room is filled or `isOver` says that nobody needs them any more. */
export async function warmUp(
  executor: Pick<Executor<never>, 'schema' | 'prepare' | 'kept'>,
  texts: Iterable<string>,
  { cacheBytes, isOver }: { cacheBytes: number; isOver(): boolean },
): Promise<WarmUp> {
  const result = { planned: 0, unfitting: 0, leftOut: 0 };
  for (const source of texts) {
    if (isOver()) break;
    if (executor.kept().bytes > cacheBytes * FILLED) result.leftOut += 1;
    else if (await isPrepared(executor, source)) result.planned += 1;
    else result.unfitting += 1;
  }
  return result;
}

async function isPrepared(executor: Pick<Executor<never>, 'schema' | 'prepare'>, source: string): Promise<boolean> {
  try {
    const document = parse(source);
    if (validate(executor.schema, document, undefined, { maxErrors: 1 }).length > 0) return false;
    for (const definition of document.definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION)
        await executor.prepare({ document, source, operationName: definition.name?.value });
    return true;
  } catch {
    return false;
  }
}
