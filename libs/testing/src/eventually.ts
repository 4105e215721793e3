import { setTimeout as pause } from 'node:timers/promises';

/** Pause between two looks, in milliseconds. */
const LOOK_MS = 40;

/**
 * Looks again and again until what it finds is as it should be, and gives that back. Fails after `withinMs` (30 seconds)
 * with what it found last; a look that throws counts as one that found the error.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T> | T,
  holds: (found: T) => boolean,
  { withinMs = 30_000 }: { withinMs?: number } = {},
): Promise<T> {
  let last: unknown;
  for (const deadline = Date.now() + withinMs; ;) {
    try {
      const found = await look();
      if (holds(found)) return found;
      last = JSON.stringify(found, undefined, 2);
    } catch (error) {
      last = error instanceof Error ? error.message : error;
    }
    if (Date.now() > deadline) throw new Error(`It did not come about that ${what}; last seen: ${String(last)}`);
    await pause(LOOK_MS);
  }
}
