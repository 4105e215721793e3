import { unwatchFile, watchFile } from 'node:fs';

/** Milliseconds between looks at a file. Looking works for files that are replaced and for mounted ones, where notices get lost. */
const LOOK_EVERY_MS = 500;

/**
 * Calls `changed` whenever a file has changed, one call at a time. It must not reject. Returns the way to stop, which
 * waits for a call that is under way. Following keeps no process alive.
 */
export function followFile(path: string, changed: () => Promise<void>): () => Promise<void> {
  let busy = Promise.resolve();
  const look = () => {
    busy = busy.then(changed);
  };
  watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return async () => {
    unwatchFile(path, look);
    await busy;
  };
}
