/** How often something may be read. */
export interface ReadingLimit {
  readonly reads: number;
  readonly everySeconds: number;
}

/** Most keys that are remembered; beyond it the one that was read longest ago is forgotten. */
const MOST_KEYS = 10_000;

/** Bounds how often each key is read, in windows of its own that begin with its first read. Kept in this process alone. */
export class ReadingRate {
  readonly #limit: ReadingLimit;
  readonly #windows = new Map<string, { began: number; reads: number }>();

  constructor(limit: ReadingLimit) {
    this.#limit = limit;
  }

  /** Counts a read at an instant (milliseconds); the seconds to wait if it is one too many, else `undefined`. */
  read(key: string, now: number): number | undefined {
    const { reads, everySeconds } = this.#limit;
    const last = this.#windows.get(key);
    const window = last && now - last.began < everySeconds * 1_000 ? last : { began: now, reads: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size > MOST_KEYS) this.#windows.delete(this.#windows.keys().next().value as string);
    if (window.reads >= reads) return Math.max(1, Math.ceil((window.began + everySeconds * 1_000 - now) / 1_000));
    window.reads += 1;
    return undefined;
  }
}
