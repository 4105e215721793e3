/** Something that holds from a day until a day (YYYY-MM-DD; the first on which it no longer holds, none when open). */
export interface Held {
  validFrom: string;
  validTo?: string | null;
}

/** Whether something still holds on a day or will hold later. */
export const holdsOnOrAfter = (row: Held, day: string): boolean => !row.validTo || row.validTo > day;

/**
 * Makes room in a timeline for what holds from a day on: what held before ends on that day, what was to follow stays and
 * bounds it. Gives the row to fill: the one that began on this very day (it is corrected), or a new one.
 */
export function rowFrom<R extends Held>(rows: readonly R[], from: string, fresh: () => R): R {
  const current = rows.find((row) => row.validFrom <= from && holdsOnOrAfter(row, from));
  if (current?.validFrom === from) return current;
  const row = fresh();
  row.validFrom = from;
  row.validTo = current ? (current.validTo ?? null) : nextStart(rows, from);
  if (current) current.validTo = from;
  return row;
}

/** Ends a timeline on a day; gives the rows that would have begun then or later, and so never hold. */
export function endOn<R extends Held>(rows: readonly R[], day: string): R[] {
  for (const row of rows) if (row.validFrom < day && holdsOnOrAfter(row, day)) row.validTo = day;
  return rows.filter((row) => row.validFrom >= day);
}

function nextStart(rows: readonly Held[], from: string): string | null {
  return (
    rows
      .map(({ validFrom }) => validFrom)
      .filter((day) => day > from)
      .sort()[0] ?? null
  );
}
