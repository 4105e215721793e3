/** One stretch of a timeline: a value and the half-open days for which it holds; no `until` means: and further on. */
export interface Stretch<V> {
  readonly value: V;
  readonly from: string;
  readonly until?: string | undefined;
}

/** What one thing was, day after day: stretches in order that do not overlap (days are YYYY-MM-DD). */
export type Timeline<V> = readonly Stretch<V>[];

const covers = ({ from, until }: { from: string; until?: string | undefined }, day: string): boolean =>
  from <= day && (until === undefined || day < until);

/** The value of a day; `undefined` before the first stretch, behind the last one and in a gap. */
export function valueOn<V>(timeline: Timeline<V>, day: string): V | undefined {
  return stretchOn(timeline, day)?.value;
}

/** The stretch that covers a day. */
export function stretchOn<V>(timeline: Timeline<V>, day: string): Stretch<V> | undefined {
  return timeline.find((stretch) => covers(stretch, day));
}

/** The same timeline with another value from a day on, until a day or for good; neighbours of one value become one stretch. */
export function put<V>(timeline: Timeline<V>, value: V, from: string, until?: string): Timeline<V> {
  if (until !== undefined && until <= from) return timeline;
  const before = cut(timeline, from);
  const after = until === undefined ? [] : startingAt(timeline, until);
  return joined([...before, { value, from, until }, ...after]);
}

/** What a timeline holds before a day. */
export function cut<V>(timeline: Timeline<V>, day: string): Timeline<V> {
  return timeline
    .filter(({ from }) => from < day)
    .map((stretch) => (stretch.until === undefined || stretch.until > day ? { ...stretch, until: day } : stretch));
}

function startingAt<V>(timeline: Timeline<V>, day: string): Timeline<V> {
  return timeline
    .filter(({ until }) => until === undefined || until > day)
    .map((stretch) => (stretch.from < day ? { ...stretch, from: day } : stretch));
}

function joined<V>(timeline: Timeline<V>): Timeline<V> {
  const result: Stretch<V>[] = [];
  for (const stretch of timeline) {
    const last = result.at(-1);
    if (last && last.value === stretch.value && last.until === stretch.from)
      result[result.length - 1] = { ...last, until: stretch.until };
    else result.push(stretch);
  }
  return result;
}

/** A half-open period of days. */
export interface Period {
  readonly from: string;
  readonly until?: string | undefined;
}

/** Whether two periods have a day in common. */
export function overlap(a: Period, b: Period): boolean {
  return (b.until === undefined || a.from < b.until) && (a.until === undefined || b.from < a.until);
}

/** The first of these periods that shares a day with another one of them. */
export function firstOverlap<P extends Period>(periods: readonly P[]): P | undefined {
  const inOrder = [...periods].sort((a, b) => (a.from < b.from ? -1 : 1));
  return inOrder.find((period, at) => at > 0 && overlap(inOrder[at - 1] as P, period));
}

/** How many of these periods hold on the day on which most of them do. */
export function mostAtOnce(periods: readonly Period[]): number {
  return Math.max(0, ...periods.map(({ from }) => periods.filter((period) => covers(period, from)).length));
}
