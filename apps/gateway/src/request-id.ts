import { AsyncLocalStorage } from 'node:async_hooks';

/** The id of the request that is being answered, for error formatting, to which Apollo Server passes no context. */
export const requestIdOf = new AsyncLocalStorage<string>();
