import type { RecordOf } from './event-contract.ts';
import type { cadreRecord } from './personnel.events.ts';

type CadreFacts = RecordOf<typeof cadreRecord>;
type CadreStatus = CadreFacts['status'];

/** Statuses in which somebody serves the district no more. */
export const LEFT_SERVICE: readonly CadreStatus[] = ['RETIRED', 'DEPARTED'];

/** Whether a status means that somebody serves the district no more. */
export function hasLeft(status: CadreStatus | undefined): boolean {
  return status !== undefined && LEFT_SERVICE.includes(status);
}

/** The status of a cadre on a day (YYYY-MM-DD); the one that the record was told with where it has no history. */
export function cadreStatusOn({ status, statuses }: Pick<CadreFacts, 'status' | 'statuses'>, day: string): CadreStatus {
  return statuses?.find(({ from, until }) => from <= day && (until === undefined || day < until))?.status ?? status;
}

/** Since which day a cadre has left for good, or will have; `today` where the record says no more than that they have. */
export function leftOn(
  { status, statuses }: Pick<CadreFacts, 'status' | 'statuses'>,
  today: string,
): string | undefined {
  const last = statuses?.reduce((a, b) => (b.from > a.from ? b : a), { status, from: '' });
  if (!last?.from) return hasLeft(status) ? today : undefined;
  return hasLeft(last.status) ? last.from : undefined;
}
