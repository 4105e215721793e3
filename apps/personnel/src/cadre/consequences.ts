import { ceasesOn, type Fact } from '@frontline/events';
import { releaseSubstitute } from '../absence/absence-rules.ts';
import { Absence } from '../absence/absence.entity.ts';
import type { Period } from '../effective/timeline.ts';
import { Liaison } from '../liaison/liaison.entity.ts';
import { releaseLiaisons, type ReleaseReason } from '../liaison/liaison-rules.ts';
import { cancelRotationsOf } from '../rotation/rotation.commands.ts';
import type { OpenFiles } from './open-file.ts';
import type { CadreRank } from './cadre-enums.ts';
import { LEADING_RANKS } from './career.ts';
import { periodOf, type PersonnelFile } from './personnel-file.ts';

/** What ends with a cadre's service on a day, on their own file and on those of others; gives the facts of their own. */
export async function endWithService(files: OpenFiles, file: PersonnelFile, on: string): Promise<Fact[]> {
  const released = releaseLiaisons(file, on, 'CADRE_LEFT');
  await releaseAsLiaison(files, file.cadre.id, on, 'LIAISON_LEFT');
  await releaseAsSubstitute(files, file.cadre.id, { from: on });
  await cancelRotationsOf(files.unit, file.cadre.id, on);
  return released;
}

/**
 * What a register brought in lets a cadre hold with others no more: all of it where they leave by it, whom they go along with
 * where they are promoted or at no office any more, and who goes along with them where they lead no more. Gives the facts of
 * their own.
 */
export async function endByRegister(files: OpenFiles, file: PersonnelFile): Promise<Fact[]> {
  const { cadre, today, leftOn } = file;
  if (leftOn) return endWithService(files, file, leftOn);
  const periods = [...file.ranks, ...file.rows.posts.map(periodOf)];
  const days = periods.flatMap(({ from, until }) => [from, ...(until ? [until] : [])]);
  const leads = (day: string) => LEADING_RANKS.includes(file.rankOn(day) as CadreRank);
  const promoted = ceasesOn(days, (day) => !leads(day), today);
  if (promoted) await releaseAsLiaison(files, cadre.id, promoted, 'LIAISON_PROMOTED');
  const moved = ceasesOn(days, (day) => file.isOfficeCadreOn(day), today);
  if (moved) await releaseAsLiaison(files, cadre.id, moved, 'LIAISON_MOVED');
  const demoted = ceasesOn(days, leads, today);
  return demoted ? releaseLiaisons(file, demoted, 'RELEASED') : [];
}

/** Releases a cadre from every leading cadre with whom they go out on a day or later; each of those files tells it. */
export async function releaseAsLiaison(
  files: OpenFiles,
  liaisonId: string,
  on: string,
  reason: ReleaseReason,
): Promise<void> {
  const held = await files.ctx.em.find(Liaison, { liaisonId, ...endsAfter(on) });
  for (const leader of await files.open(owners(held)))
    files.unit.emit(leader.cadre, ...releaseLiaisons(leader, on, reason, liaisonId));
}

/** Leaves the absences of others without the substitute who is not there for them in a period. */
export async function releaseAsSubstitute(files: OpenFiles, substituteId: string, period: Period): Promise<void> {
  const ahead = { substituteId, ...endsAfter(period.from) };
  const begun = period.until === undefined ? {} : { validFrom: { $lt: period.until } };
  const held = await files.ctx.em.find(Absence, { ...ahead, ...begun });
  for (const absent of await files.open(owners(held)))
    files.unit.emit(absent.cadre, ...releaseSubstitute(absent, substituteId, period));
}

/** Rows that still hold on a day or later. */
export const endsAfter = (day: string) => ({ $or: [{ validTo: null }, { validTo: { $gt: day } }] });

const owners = (rows: readonly { cadreId: string }[]) =>
  [...new Set(rows.map(({ cadreId }) => cadreId))].map((id) => ({ id, field: 'input.cadreId' }));
