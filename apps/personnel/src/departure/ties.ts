import type { Fact } from '@frontline/events';
import { DomainError } from '@frontline/platform';
import { substituteAgain } from '../absence/absence-rules.ts';
import { Absence } from '../absence/absence.entity.ts';
import { endsAfter } from '../cadre/consequences.ts';
import type { OpenFiles } from '../cadre/open-file.ts';
import type { PersonnelFile } from '../cadre/personnel-file.ts';
import { Liaison } from '../liaison/liaison.entity.ts';
import { resumeLiaison } from '../liaison/liaison-rules.ts';
import { resumeRotationsOf } from '../rotation/rotation.commands.ts';

/** Who goes out with whom and who stands in for whom, with the days for which it was to be. */
export interface Ties {
  liaisons: { leaderId: string; liaisonId: string; from: string; until: string | null }[];
  substitutions: { absentId: string; substituteId: string; from: string; until: string | null }[];
}

/** What rests on a cadre with others on a day or later, as it stands before they leave. */
export async function tiesOf({ ctx }: OpenFiles, { cadre: { id } }: PersonnelFile, on: string): Promise<Ties> {
  const rest = ({ validFrom, validTo = null }: Liaison | Absence) => ({ from: latest(validFrom, on), until: validTo });
  const either = (ofOthers: object) => ({ $and: [endsAfter(on), { $or: [{ cadreId: id }, ofOthers] }] });
  const earliestFirst = { orderBy: { validFrom: 'asc', id: 'asc' } } as const;
  const liaisons = await ctx.em.find(Liaison, either({ liaisonId: id }), earliestFirst);
  const absences = await ctx.em.find(Absence, either({ substituteId: id }), earliestFirst);
  return {
    liaisons: liaisons.map((row) => ({ leaderId: row.cadreId, liaisonId: row.liaisonId, ...rest(row) })),
    substitutions: absences.flatMap((row) => {
      const { cadreId: absentId, substituteId } = row;
      return substituteId ? [{ absentId, substituteId, ...rest(row) }] : [];
    }),
  };
}

/**
 * What ended with others comes back from today on, or from the day of the departure where that lies ahead: who goes out with
 * whom and who stands in, where the rules for new ones allow it and nobody else was named since, and rotations. Days in
 * between stay as they were. Each file tells its own; gives the facts of the cadre's.
 */
export async function tieAgain(
  files: OpenFiles,
  file: PersonnelFile,
  leftBefore: string,
  { liaisons, substitutions }: Ties,
): Promise<Fact[]> {
  const day = latest(leftBefore, file.today);
  const goingOn = ({ until }: { until: string | null }) => !until || until > day;
  const pairs = [
    ...liaisons.filter(goingOn).map(({ leaderId, liaisonId, ...tie }) => {
      return { ...tie, of: leaderId, by: liaisonId, again: resumeLiaison };
    }),
    ...substitutions.filter(goingOn).map(({ absentId, substituteId, ...tie }) => {
      return { ...tie, of: absentId, by: substituteId, again: substituteAgain };
    }),
  ];
  const ids = [...new Set(pairs.flatMap(({ of, by }) => [of, by]))];
  const opened = new Map(
    (await files.open(ids.map((id) => ({ id, field: 'input.cadreId' })))).map((each) => [each.cadre.id, each]),
  );
  const facts = pairs.flatMap(({ of, by, again, from, until }) => {
    const owner = opened.get(of) as PersonnelFile;
    const period = { from: latest(from, day), until: until ?? undefined };
    const told = whereAllowed(() => again(owner, opened.get(by) as PersonnelFile, period));
    if (owner === file) return told;
    files.unit.emit(owner.cadre, ...told);
    return [];
  });
  await resumeRotationsOf(files.unit, file.cadre.id, leftBefore);
  return facts;
}

/** What comes of a decision; nothing where the rules refuse it. */
function whereAllowed(decide: () => Fact[]): Fact[] {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

const latest = (a: string, b: string): string => (a > b ? a : b);
