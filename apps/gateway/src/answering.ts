import { AsyncLocalStorage } from 'node:async_hooks';

/** A request that is being answered. */
export interface Answering {
  requestId: string;
  /** The JSON of its data, where that goes to the client beside what Apollo Server prints (execution/written-data.ts). */
  data?: Buffer;
}

/** The request that is being answered, where Apollo Server passes no context: when it formats errors and prints answers. */
export const answering = new AsyncLocalStorage<Answering>();
