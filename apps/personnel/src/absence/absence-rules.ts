import { cadreAbsenceEnded, cadreAbsenceRecorded, cadreSubstituteChanged, type Fact } from '@frontline/events';
import { checkedPeriod } from '../cadre/cadre.errors.ts';
import { refuseBeyondService } from '../cadre/career.ts';
import { periodOf, type PersonnelFile } from '../cadre/personnel-file.ts';
import { overlap, type Period } from '../effective/timeline.ts';
import type { Absence, AbsenceKind } from './absence.entity.ts';
import { absenceErrors } from './absence.errors.ts';

/** A period away that is to be recorded. */
export interface NewAbsence {
  kind: AbsenceKind;
  from: string;
  /** First day back. */
  until: string;
}

/**
 * Records a period away. A substitute is at their post all the time and is not away themselves; whoever substitutes for
 * another one then may not be away (`substituting`: their absences in which this cadre stands in). So nobody stands in
 * for somebody who stands in, and no circle can arise.
 */
export function recordAbsence(
  file: PersonnelFile,
  { kind, from, until }: NewAbsence,
  substituting: readonly Period[],
  substitute?: PersonnelFile,
): Fact[] {
  const period = { from, until };
  checkedPeriod(from, until, 'input.until');
  refuseBeyondService(file, { from, until });
  const other = file.absentDuring(period);
  if (other) throw absenceErrors('absence.overlaps', { from: other.validFrom }, { field: 'input.from' });
  if (substituting.some((each) => overlap(each, period)))
    throw absenceErrors('absence.substitutes', {}, { field: 'input.cadreId' });
  if (substitute) refuseSubstitute(file, substitute, period);
  const substituteId = substitute?.cadre.id;
  const absence = file.add('absences', {
    kind,
    substituteId: substituteId ?? null,
    validFrom: from,
    validTo: until,
  });
  const about = { absenceId: absence.id, from, until, record: file.record() };
  return [cadreAbsenceRecorded.of({ ...about, ...(substituteId && { substituteId }) })];
}

/** Ends an absence earlier than recorded; with a day on or before its first it never takes place. */
export function endAbsence(file: PersonnelFile, absenceId: string, on: string): Fact[] {
  const absence = absenceOf(file, absenceId);
  if (absence.validTo && absence.validTo <= on) throw outside(absence, on);
  file.end('absences', on, ({ id }) => id === absenceId);
  return [cadreAbsenceEnded.of({ absenceId, on, record: file.record() })];
}

/** Has another cadre, or nobody, stand in for the rest of an absence; the days before keep who stood in then. */
export function changeSubstitute(file: PersonnelFile, absenceId: string, on: string, other?: PersonnelFile): Fact[] {
  const absence = absenceOf(file, absenceId);
  const { from, until } = periodOf(absence);
  if (on < from || (until !== undefined && until <= on)) throw outside(absence, on);
  if (other) refuseSubstitute(file, other, { from: on, until });
  return [substituted(file, absence, on, other?.cadre.id)];
}

/** A substitute is not there for a time (they left, or are on leave): the rest of each absence within it has none. */
export function releaseSubstitute(file: PersonnelFile, substituteId: string, away: Period): Fact[] {
  return file.rows.absences
    .filter((absence) => absence.substituteId === substituteId && overlap(periodOf(absence), away))
    .map((absence) => substituted(file, absence, absence.validFrom > away.from ? absence.validFrom : away.from));
}

/** Has somebody stand in again for what is left of absences in which they stood in, where nobody else does by now. */
export function substituteAgain(file: PersonnelFile, substitute: PersonnelFile, { from, until }: Period): Fact[] {
  refuseSubstitute(file, substitute, { from, until });
  const nobodys = file.rows.absences.filter((each) => !each.substituteId && overlap(periodOf(each), { from, until }));
  return nobodys.flatMap((each) =>
    changeSubstitute(file, each.id, each.validFrom > from ? each.validFrom : from, substitute),
  );
}

function substituted(file: PersonnelFile, absence: Absence, on: string, substituteId?: string): Fact {
  let rest = absence;
  if (on > absence.validFrom) {
    rest = file.add('absences', {
      kind: absence.kind,
      substituteId: substituteId ?? null,
      validFrom: on,
      validTo: absence.validTo ?? null,
    });
    absence.validTo = on;
  } else absence.substituteId = substituteId ?? null;
  return cadreSubstituteChanged.of({
    absenceId: rest.id,
    on,
    ...(substituteId && { substituteId }),
    record: file.record(),
  });
}

function refuseSubstitute(file: PersonnelFile, substitute: PersonnelFile, period: Period): void {
  const field = 'input.substituteId';
  if (substitute.cadre.id === file.cadre.id) throw absenceErrors('absence.self', {}, { field });
  if (!substitute.isActiveThroughout(period))
    throw absenceErrors('absence.substituteNotActive', { ...period }, { field });
  const away = substitute.absentDuring(period);
  if (away) throw absenceErrors('absence.substituteAway', { from: away.validFrom }, { field });
}

function absenceOf(file: PersonnelFile, absenceId: string): Absence {
  const absence = file.rows.absences.find(({ id }) => id === absenceId);
  if (!absence) throw absenceErrors('absence.unknown', {}, { field: 'input.absenceId' });
  return absence;
}

function outside({ validFrom: from, validTo: until }: Absence, day: string): Error {
  return absenceErrors('absence.outside', { day, from, until }, { field: 'input.on' });
}
