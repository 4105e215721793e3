/*
 * Why: durations are observed in the middle of each request, where little of what observes them is at hand for the
 * processor: finding a bucket then takes several times what it takes for many at a time. So they are kept in a row until
 * there are many, or somebody reads the metric.
 */
import { Histogram, type Registry } from 'prom-client';

/** A histogram of durations, in seconds. */
export interface Durations {
  name: string;
  help: string;
  /** Names of the two labels that tell its series apart. */
  labels: readonly [string, string];
  /** Upper bounds of the buckets, in seconds. */
  buckets: number[];
  metrics: Registry;
}

/** Durations of a series that wait to be counted at most. */
const WAITING = 256;

interface Series {
  observe(seconds: number): void;
  waiting: number[];
}

/** Registers a histogram; what is returned observes one duration of the series that has these values for its labels. */
export function durations({ name, help, labels: [first, second], buckets, metrics }: Durations) {
  const known = new Map<string, Series>();
  const histogram = new Histogram({
    name,
    help,
    labelNames: [first, second],
    buckets,
    registers: [metrics],
    collect: () => known.forEach(count),
  });
  return (one: string, other: string | number, seconds: number): void => {
    const key = `${one} ${other}`;
    let series = known.get(key);
    if (!series) {
      const { observe } = histogram.labels({ [first]: one, [second]: String(other) });
      known.set(key, (series = { observe, waiting: [] }));
    }
    if (series.waiting.push(seconds) >= WAITING) count(series);
  };
}

function count({ observe, waiting }: Series): void {
  for (const seconds of waiting) observe(seconds);
  waiting.length = 0;
}
