import { Pool } from 'undici';

/** A request that is sent again and again. */
export interface Asked {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What a run of equal requests took. */
export interface Run {
  requests: number;
  /** Real seconds from the first request to the last answer. */
  seconds: number;
  /** Milliseconds, sorted. */
  latencies: number[];
}

/**
 * Sends `requests` requests, `concurrency` at a time, each as soon as one is answered (a closed loop). What is asked may
 * be made anew for each, as tokens outlive no long run.
 */
export async function load(
  asked: Asked | (() => Asked | Promise<Asked>),
  { requests, concurrency }: { requests: number; concurrency: number },
): Promise<Run> {
  const next = typeof asked === 'function' ? asked : () => asked;
  const { origin } = new URL((await next()).url);
  const pool = new Pool(origin, { connections: concurrency });
  const latencies: number[] = [];
  let left = requests;
  const began = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const started = performance.now();
      await ask(pool, await next());
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { requests, seconds, latencies: latencies.sort((a, b) => a - b) };
}

/** Sends one request and gives back its body; an answer with errors is no answer. */
export async function ask(pool: Pool, { url, headers, body }: Asked): Promise<string> {
  const answer = await pool.request({
    method: 'POST',
    path: new URL(url).pathname,
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || /^\{"errors"|"errors":\[/.test(text.slice(0, 300)))
    throw new Error(`${url} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
  return text;
}

/** Asks once. */
export async function askOnce(asked: Asked): Promise<string> {
  const pool = new Pool(new URL(asked.url).origin);
  try {
    return await ask(pool, asked);
  } finally {
    await pool.close();
  }
}

/** The value below which a share of sorted numbers lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
