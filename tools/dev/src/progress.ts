/** A line for whoever started; a terminal that is gone is no error. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a step and says what it is when it takes over two seconds, and how long it took. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const slow = setTimeout(() => say(`… ${name}`), 2_000);
  let done = false;
  try {
    const result = await work();
    done = true;
    return result;
  } finally {
    clearTimeout(slow);
    const seconds = (Date.now() - started) / 1000;
    if (done && seconds > 2) say(`✓ ${name} (${seconds.toFixed(0)} s)`);
  }
}

/** Waits for all, also when one fails, so that nothing goes on behind the error; then throws the first one's. */
export async function together<T extends readonly unknown[]>(
  abort: AbortController,
  ...works: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  let first: { error: unknown } | undefined;
  const results = await Promise.all(
    works.map((work) =>
      work.catch((error: unknown) => {
        first ??= { error };
        abort.abort(error);
        return undefined;
      }),
    ),
  );
  if (first) throw first.error;
  return results as unknown as T;
}
