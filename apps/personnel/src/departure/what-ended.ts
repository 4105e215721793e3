import type { CadreStatus, StatusReason } from '../cadre/cadre-enums.ts';
import type { FileRows, PersonnelFile } from '../cadre/personnel-file.ts';
import type { Ties } from './ties.ts';

/** What of their own ends with a cadre's service, beside the status. */
const ENDING = ['posts', 'ranks', 'absences', 'experience'] as const;
type Ending = (typeof ENDING)[number];

/** What ends with a cadre's service, as it stood before: kept so that a departure recorded by mistake can be taken back. */
export interface WhatEnded {
  /** The status of each later day, from that of the last day of service on. */
  statuses: { status: CadreStatus; reason: StatusReason | null; from: string; until?: string }[];
  /** Rows that are cut, with the end that they had. */
  cut: { kind: Ending; id: string; validTo: string | null }[];
  /** Rows that would have begun later, and never do. */
  dropped: { kind: Ending; values: Record<string, unknown> }[];
  /** Rows that end on that day by themselves. */
  overAnyway: string[];
  /** What rests on the cadre with others from that day on; absent of departures recorded before it was kept. */
  ties?: Ties;
}

/** What will end when a cadre leaves on a day; asked before it is recorded. */
export function whatEnds(file: PersonnelFile, on: string): WhatEnded {
  const rows = ENDING.flatMap((kind) => (file.rows[kind] as FileRows[Ending][number][]).map((row) => ({ kind, row })));
  const held = rows.filter(({ row }) => !row.validTo || row.validTo > on);
  return {
    statuses: file.rows.statuses
      .filter(({ validTo }) => !validTo || validTo > on)
      .map(({ status, reason = null, validFrom, validTo }) => ({
        status,
        reason,
        from: validFrom > on ? validFrom : on,
        ...(validTo && { until: validTo }),
      })),
    cut: held
      .filter(({ row }) => row.validFrom < on)
      .map(({ kind, row }) => ({ kind, id: row.id, validTo: row.validTo ?? null })),
    dropped: held
      .filter(({ row }) => row.validFrom >= on)
      .map(({ kind, row: { id: _id, cadreId: _cadre, ...values } }) => ({ kind, values: { ...values } })),
    overAnyway: rows.filter(({ row }) => row.validTo === on).map(({ row }) => row.id),
  };
}

/**
 * The file as if a cadre had not left on a day: what was cut goes on, what never began begins, and what was entered since
 * and could but end on that day goes on too. Nobody stands in for what goes on: whoever did may be elsewhere by now, and is
 * asked beside this.
 */
export function goOn(file: PersonnelFile, on: string, { statuses, cut, dropped, overAnyway }: WhatEnded): void {
  for (const { status, reason, from, until } of statuses) file.putStatus(status, from, until, reason ?? undefined);
  const ends = new Map(cut.map(({ id, validTo }) => [id, validTo]));
  const goingOn = (row: { id: string; validTo?: string | null }) => row.validTo === on && !overAnyway.includes(row.id);
  // what was entered since is not among what was cut: it had no end of its own
  for (const row of [...file.rows.posts, ...file.rows.ranks].filter(goingOn)) row.validTo = ends.get(row.id) ?? null;
  for (const row of file.rows.experience.filter(goingOn)) row.validTo = ends.get(row.id) ?? row.validTo ?? null;
  for (const { kind, id } of file.rows.absences.filter(goingOn))
    if (ends.has(id)) file.add('absences', { kind, validFrom: on, validTo: ends.get(id) ?? null, substituteId: null });
  for (const { kind, values } of dropped)
    file.add(kind, { ...values, ...(kind === 'absences' && { substituteId: null }) } as never);
}
